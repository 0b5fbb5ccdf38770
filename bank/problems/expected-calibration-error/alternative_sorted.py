"""Sort by probability and cut the sorted rows at the edges; sums by np.add.reduceat over bins in use."""
import numpy as np


def reliability(p, y, n_bins):
    order = np.argsort(p, kind="stable")
    p, y = p[order], np.asarray(y, dtype=float)[order]
    cuts = np.searchsorted(p, np.arange(n_bins) / n_bins, side="left")
    count = np.diff(np.append(cuts, len(p)))
    used = np.flatnonzero(count)
    table = np.full((n_bins, 3), np.nan)
    table[:, 0] = count
    table[used, 1] = np.add.reduceat(p, cuts[used]) / count[used]
    table[used, 2] = np.add.reduceat(y, cuts[used]) / count[used]
    gap = np.abs(table[used, 2] - table[used, 1])
    return table, float(np.average(gap, weights=count[used])), float(np.max(gap))
