"""An honest solution with a list comprehension."""

import numpy as np


def solve(x):
    return np.add(x, x)
