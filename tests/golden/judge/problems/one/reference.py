def solve(x):
    return 1
