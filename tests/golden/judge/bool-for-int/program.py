"""Returns True where 1 is asked for."""

def solve(x):
    return True
