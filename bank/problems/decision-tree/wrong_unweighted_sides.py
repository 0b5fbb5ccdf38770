"""Adds the impurities of the sides without weighting by size.
Fails: weighted sides
"""
import numpy as np

SAME = 1e-9


def best_split(X, onehot, min_leaf):
    """(cost, feature, threshold), or None where no split is allowed."""
    n = len(X)
    best = None
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature], kind="stable")
        values = X[order, feature]
        left = np.cumsum(onehot[order], axis=0)[:-1]
        right = onehot.sum(axis=0) - left
        n_left = np.arange(1, n)
        n_right = n - n_left
        cost = n * (2 - (left**2).sum(axis=1) / n_left**2 - (right**2).sum(axis=1) / n_right**2) / 2
        allowed = (values[:-1] < values[1:]) & (n_left >= min_leaf) & (n_right >= min_leaf)
        if not allowed.any():
            continue
        cost = np.where(allowed, cost, np.inf)
        at = int(np.argmax(cost <= cost.min() + SAME))
        if best is None or cost[at] < best[0] - SAME:
            best = (cost[at], feature, float((values[at] + values[at + 1]) / 2))
    return best


def grow(X, onehot, classes, depth, min_leaf):
    counts = onehot.sum(axis=0)
    n = len(X)
    split = best_split(X, onehot, min_leaf) if depth > 0 else None
    if split is None or split[0] > n - (counts**2).sum() / n - SAME:
        return {"label": int(classes[np.argmax(counts)]), "n": n}
    _, feature, threshold = split
    left = X[:, feature] <= threshold
    return {
        "feature": feature,
        "threshold": threshold,
        "left": grow(X[left], onehot[left], classes, depth - 1, min_leaf),
        "right": grow(X[~left], onehot[~left], classes, depth - 1, min_leaf),
    }


def fit_tree(X, y, max_depth, min_leaf):
    classes = np.unique(y)
    onehot = (np.asarray(y)[:, None] == classes).astype(float)
    return grow(np.asarray(X, dtype=float), onehot, classes, max_depth, min_leaf)
