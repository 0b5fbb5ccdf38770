"""Returns a list nested a hundred thousand deep."""

def solve(values):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested
