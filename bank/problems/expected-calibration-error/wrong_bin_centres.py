"""Uses the middle of the bin instead of the mean probability.
Fails: the example
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
    table[full, 1] = ((np.arange(n_bins) + 0.5) / n_bins)[full]
    gap = np.abs(table[full, 2] - table[full, 1])
    ece = (count[full] * gap).sum() / len(p)
    return table, float(ece), float(gap.max())
