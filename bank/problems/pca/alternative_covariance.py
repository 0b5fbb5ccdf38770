"""Eigenvectors of the covariance of the centred data."""
import numpy as np


def pca(X, k):
    Z = np.asarray(X, dtype=float) - np.mean(X, axis=0)
    values, vectors = np.linalg.eigh(Z.T @ Z / (len(Z) - 1))
    order = np.argsort(values)[::-1][:k]
    values = np.maximum(values, 0.0)
    parts = vectors[:, order].T.copy()
    for row in parts:
        if row[np.argmax(np.abs(row))] < 0:
            row *= -1
    total = Z.var(axis=0, ddof=1).sum()
    share = values[order] / total if total > 0 else 0.0 * values[order]
    return parts, values[order], share, Z @ parts.T
