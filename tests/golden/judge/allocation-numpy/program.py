"""Asks numpy for a terabyte."""

import numpy as np

np.ones(1 << 37)
