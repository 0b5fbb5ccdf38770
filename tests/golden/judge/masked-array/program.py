"""Returns a masked array with every value masked."""

import numpy as np


def solve(x):
    return np.ma.masked_all(x.shape)
