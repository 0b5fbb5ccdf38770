"""Returns an integer of 60,000 digits."""

def solve(values):
    return 10**60_000
