"""Imports a part of scipy that was not loaded before."""

from scipy.integrate import quad

print("ok" if abs(quad(lambda x: x, 0, 1)[0] - 0.5) < 1e-9 else "bad")
