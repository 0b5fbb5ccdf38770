"""Returns infinity."""

def solve(values):
    return float("inf")
