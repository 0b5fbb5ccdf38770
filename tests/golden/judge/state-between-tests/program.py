"""Remembers what it saw and answers with what it remembers."""

seen = []


def solve(values):
    seen.append(sum(values))
    return seen[0]
