"""Ignores small singular values too late: divides by all of them.
Fails: dependent columns
"""
import numpy as np


class LinearRegression:
    def normal(self, X, y, l2):
        Z, t = X - X.mean(axis=0), y - y.mean()
        w = np.linalg.solve(Z.T @ Z + l2 * np.eye(X.shape[1]), Z.T @ t)
        return w, float(y.mean() - X.mean(axis=0) @ w)

    def svd(self, X, y, l2):
        Z, t = X - X.mean(axis=0), y - y.mean()
        U, S, Vt = np.linalg.svd(Z, full_matrices=False)
        S = np.maximum(S, 1e-300)
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
