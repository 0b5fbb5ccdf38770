import numpy as np


class LinearRegression:
    """Least squares with ridge penalty and a free intercept, solved in three ways."""

    def normal(
        self, X: np.ndarray, y: np.ndarray, l2: float
    ) -> tuple[np.ndarray, float]:
        """By the normal equations."""
        raise NotImplementedError

    def svd(
        self, X: np.ndarray, y: np.ndarray, l2: float
    ) -> tuple[np.ndarray, float]:
        """By singular values; the smallest solution where there are many."""
        raise NotImplementedError

    def descent(
        self,
        X: np.ndarray,
        y: np.ndarray,
        l2: float,
        learning_rate: float,
        n_steps: int,
    ) -> tuple[np.ndarray, float]:
        """By gradient descent on J / (2n) from zero."""
        raise NotImplementedError
