"""Takes the share of the k kept directions.
Fails: one of two directions
"""
import numpy as np


def pca(X, k):
    n = len(X)
    centred = X - X.mean(axis=0)
    _, singular, rows = np.linalg.svd(centred, full_matrices=False)
    variances = singular**2 / (n - 1)
    total = variances[:k].sum()
    components = rows[:k]
    largest = np.abs(components).argmax(axis=1)
    components = components * np.sign(components[np.arange(k), largest])[:, None]
    ratios = variances[:k] / total if total > 0 else np.zeros(k)
    return components, variances[:k], ratios, centred @ components.T
