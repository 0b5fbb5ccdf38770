"""Returns an array larger than an answer may be."""

import numpy as np


def solve(x):
    return np.zeros(9_000_000)
