"""Returns a list that is small in memory and endless on the wire."""

def solve(values):
    row = [0]
    for _ in range(40):
        row = [row, row]
    return row
