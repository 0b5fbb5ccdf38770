"""Returns a list that holds itself."""

def solve(values):
    cycle = []
    cycle.append(cycle)
    return cycle
