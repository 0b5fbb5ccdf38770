"""Sum of a list of integers: three hidden cases with values no candidate can guess."""

from greenroom.judge.cases import Case


def visible():
    return [Case("three numbers", args=[[1, 2, 4]])]


def hidden(rng):
    return [Case(f"random list {i}", args=[[int(v) for v in rng.integers(0, 10**9, 5)]]) for i in range(3)]
