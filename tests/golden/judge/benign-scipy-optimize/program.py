"""Minimises a function."""

from scipy.optimize import minimize

print("ok" if abs(minimize(lambda x: (x[0] - 3) ** 2, [0.0]).x[0] - 3) < 1e-3 else "bad")
