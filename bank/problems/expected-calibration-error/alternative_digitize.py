"""Edges and np.digitize; one mask a bin."""
import numpy as np


def reliability(p, y, n_bins):
    edges = np.arange(1, n_bins) / n_bins
    which = np.digitize(p, edges, right=False)
    rows = []
    for b in range(n_bins):
        inside = which == b
        n = int(inside.sum())
        rows.append([n, p[inside].mean(), y[inside].mean()] if n else [0, np.nan, np.nan])
    table = np.array(rows, dtype=float)
    gaps = np.abs(table[:, 1] - table[:, 2])
    return table, float(np.nansum(table[:, 0] * gaps) / table[:, 0].sum()), float(np.nanmax(gaps))
