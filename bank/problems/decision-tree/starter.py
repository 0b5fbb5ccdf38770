import numpy as np


def fit_tree(X: np.ndarray, y: np.ndarray, max_depth: int, min_leaf: int) -> dict:
    """A classification tree as nested dicts. X[n, d], y[n]."""
    raise NotImplementedError
