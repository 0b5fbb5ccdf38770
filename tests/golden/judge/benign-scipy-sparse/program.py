"""Solves a sparse system."""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import spsolve

A = sp.diags([2.0] * 100, format="csc")
print("ok" if np.allclose(spsolve(A, np.ones(100)), 0.5) else "bad")
