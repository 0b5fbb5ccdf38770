"""Loops in BLAS."""

import numpy as np

x = np.ones((600, 600))
while True:
    x @ x
