"""Averages the gaps of bins without weighting by count.
Fails: bins of unequal size
"""
import numpy as np


def reliability(p, y, n_bins):
    bins = np.minimum((p * n_bins).astype(int), n_bins - 1)
    count = np.bincount(bins, minlength=n_bins)
    table = np.full((n_bins, 3), np.nan)
    table[:, 0] = count
    full = count > 0
    for column, values in ((1, p), (2, y)):
        total = np.bincount(bins, weights=values, minlength=n_bins)
        table[full, column] = total[full] / count[full]
    gap = np.abs(table[full, 2] - table[full, 1])
    ece = gap.mean()
    return table, float(ece), float(gap.max())
