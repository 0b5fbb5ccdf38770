"""Returns an integer of a million digits."""

def solve(values):
    return 1 << 3_400_000
