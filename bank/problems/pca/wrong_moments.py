"""Computes the covariance from raw second moments: digits cancel.
Fails: large means
"""
import numpy as np


def pca(X, k):
    n = len(X)
    centred = X - X.mean(axis=0)
    values, vectors = np.linalg.eigh((X.T @ X / n - np.outer(X.mean(axis=0), X.mean(axis=0))) * n / (n - 1))
    variances, rows = np.maximum(values[::-1], 0), vectors.T[::-1]
    total = variances.sum()
    components = rows[:k]
    largest = np.abs(components).argmax(axis=1)
    components = components * np.sign(components[np.arange(k), largest])[:, None]
    ratios = variances[:k] / total if total > 0 else np.zeros(k)
    return components, variances[:k], ratios, centred @ components.T
