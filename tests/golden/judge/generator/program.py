"""Returns a generator."""

def solve(values):
    return (value for value in values)
