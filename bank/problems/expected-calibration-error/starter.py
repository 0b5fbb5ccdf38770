import numpy as np


def reliability(
    p: np.ndarray, y: np.ndarray, n_bins: int
) -> tuple[np.ndarray, float, float]:
    """Reliability table [n_bins, 3] (count, mean probability, share of ones), ECE and MCE. p[n], y[n]."""
    raise NotImplementedError
