"""The window includes the row itself and its twins of the same second: leakage.
Fails: two payments in one second
"""
import numpy as np


def rolling_features(user, at, amount, window):
    n = len(user)
    out = np.full((n, 4), np.nan)
    order = np.lexsort((at, user))
    bounds = np.flatnonzero(np.diff(user[order])) + 1
    for rows in np.split(order, bounds):
        t = at[rows]
        start = np.searchsorted(t, t - window, side="left")
        end = np.searchsorted(t, t, side="right")
        running = np.concatenate([[0.0], np.cumsum(amount[rows])])
        count = end - start
        total = running[end] - running[start]
        out[rows, 0] = count
        out[rows, 1] = total
        some = count > 0
        out[rows[some], 2] = total[some] / count[some]
        seen = end > 0
        out[rows[seen], 3] = t[seen] - t[end[seen] - 1]
    return out
