"""Takes the mean of an empty cluster: NaN from there on.
Fails: more centres than distinct points
"""
import numpy as np


def squared_distances(X, centres):
    """distances[n, k]"""
    return ((X[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)


def seed(X, k, draws):
    """k-means++ with the draws given."""
    centres = [X[int(draws[0] * len(X))]]
    for j in range(1, k):
        weights = squared_distances(X, np.array(centres)).min(axis=1)
        total = weights.sum()
        if total == 0:
            index = int(draws[j] * len(X))
        else:
            index = int(np.argmax(np.cumsum(weights) > draws[j] * total))
        centres.append(X[index])
    return np.array(centres)


def kmeans(X, k, draws, max_iter):
    X = np.asarray(X, dtype=float)
    centres = seed(X, k, draws)
    for _ in range(max_iter):
        labels = squared_distances(X, centres).argmin(axis=1)
        before = centres.copy()
        for j in range(k):
            members = X[labels == j]
            centres[j] = members.mean(axis=0)
        if np.array_equal(before, centres):
            break
    distances = squared_distances(X, centres)
    return centres, distances.argmin(axis=1), float(distances.min(axis=1).sum())
