import numpy as np


def fit_logistic(
    X: np.ndarray, y: np.ndarray, learning_rate: float, n_steps: int, l2: float
) -> tuple[np.ndarray, float, np.ndarray]:
    """Logistic regression by full-batch gradient descent from zero.

    X[n, d], y[n] in {0, 1}. Returns w[d], b and losses[n_steps + 1].
    """
    raise NotImplementedError
