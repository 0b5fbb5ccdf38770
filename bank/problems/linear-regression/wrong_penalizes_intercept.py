"""Penalizes the intercept with a column of ones.
Fails: ridge, all three
"""
import numpy as np


class LinearRegression:
    def normal(self, X, y, l2):
        A = np.column_stack([X, np.ones(len(X))])
        theta = np.linalg.solve(A.T @ A + l2 * np.eye(A.shape[1]), A.T @ y)
        return theta[:-1], float(theta[-1])

    def svd(self, X, y, l2):
        Z, t = X - X.mean(axis=0), y - y.mean()
        U, S, Vt = np.linalg.svd(Z, full_matrices=False)
        used = S > 1e-10 * S[0]
        U, S, Vt = U[:, used], S[used], Vt[used]
        w = Vt.T @ (S / (S**2 + l2) * (U.T @ t))
        return w, float(y.mean() - X.mean(axis=0) @ w)

    def descent(self, X, y, l2, learning_rate, n_steps):
        n = len(X)
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(n_steps):
            residual = X @ w + b - y
            w = w - learning_rate * (X.T @ residual + l2 * w) / n
            b = b - learning_rate * residual.mean()
        return w, float(b)
