"""Lets a probability of 1 fall into a bin of its own.
Fails: the example
"""
import numpy as np


def reliability(p, y, n_bins):
    bins = (p * n_bins).astype(int)
    count = np.bincount(bins, minlength=n_bins)[:n_bins]
    table = np.full((n_bins, 3), np.nan)
    table[:, 0] = count
    full = count > 0
    for column, values in ((1, p), (2, y)):
        total = np.bincount(bins, weights=values, minlength=n_bins)[:n_bins]
        table[full, column] = total[full] / count[full]
    gap = np.abs(table[full, 2] - table[full, 1])
    ece = (count[full] * gap).sum() / len(p)
    return table, float(ece), float(gap.max())
