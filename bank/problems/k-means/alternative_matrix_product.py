"""Distances by the expansion of the square on centred data; means by one-hot products."""
import numpy as np


def kmeans(X, k, draws, max_iter):
    X = np.asarray(X, dtype=float)
    n = len(X)
    chosen = [int(draws[0] * n)]
    nearest = ((X - X[chosen[0]]) ** 2).sum(axis=1)
    for u in draws[1:k]:
        running = np.cumsum(nearest)
        if running[-1] == 0:
            chosen.append(int(u * n))
        else:
            chosen.append(int(np.searchsorted(running, u * running[-1], side="right")))
        nearest = np.minimum(nearest, ((X - X[chosen[-1]]) ** 2).sum(axis=1))
    shift = X.mean(axis=0)
    Z = X - shift
    C = Z[chosen].copy()

    def assign(C):
        return ((Z**2).sum(axis=1)[:, None] - 2 * Z @ C.T + (C**2).sum(axis=1)).argmin(axis=1)

    for _ in range(max_iter):
        onehot = np.eye(k)[assign(C)]
        sizes = onehot.sum(axis=0)
        moved = np.where(sizes[:, None] > 0, onehot.T @ Z / np.maximum(sizes, 1)[:, None], C)
        if np.allclose(moved, C, rtol=0, atol=1e-13):
            C = moved
            break
        C = moved
    labels = assign(C)
    return C + shift, labels, float(((Z - C[labels]) ** 2).sum())
