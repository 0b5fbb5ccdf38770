"""Changes its input to fit."""

def solve(x):
    x *= 2.0
    return x
