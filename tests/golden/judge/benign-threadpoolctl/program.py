"""Raises the number of BLAS threads."""

import numpy as np
from threadpoolctl import threadpool_limits

with threadpool_limits(2):
    print("ok" if (np.ones((500, 500)) @ np.ones((500, 500)))[0, 0] == 500 else "bad")
