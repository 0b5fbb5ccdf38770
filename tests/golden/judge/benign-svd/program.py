"""Singular value decomposition."""

import numpy as np

x = np.random.default_rng(0).normal(size=(200, 50))
u, s, vt = np.linalg.svd(x, full_matrices=False)
print("ok" if np.allclose(u * s @ vt, x) else "bad")
