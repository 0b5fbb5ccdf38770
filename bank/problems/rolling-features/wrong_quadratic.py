"""Scans every earlier row of the user for each row: quadratic.
Fails: one user, many rows
"""
import numpy as np


def rolling_features(user, at, amount, window):
    out = np.full((len(user), 4), np.nan)
    for i in range(len(user)):
        same = user == user[i]
        inside = same & (at >= at[i] - window) & (at < at[i])
        out[i, 0] = inside.sum()
        out[i, 1] = amount[inside].sum()
        if inside.any():
            out[i, 2] = amount[inside].mean()
        earlier = same & (at < at[i])
        if earlier.any():
            out[i, 3] = at[i] - at[earlier].max()
    return out
