"""Returns an array of NaN."""

import numpy as np


def solve(x):
    return np.full_like(x, np.nan)
