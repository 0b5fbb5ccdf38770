import numpy as np


def kmeans(
    X: np.ndarray, k: int, draws: np.ndarray, max_iter: int
) -> tuple[np.ndarray, np.ndarray, float]:
    """k-means with k-means++ seeding.

    X[n, d], draws[k] in [0, 1). Returns centres[k, d], labels[n] and the inertia.
    """
    raise NotImplementedError
