"""Eigenvectors of the Gram matrix where it is safe, the dual problem for wide data, loops for descent."""
import numpy as np


class LinearRegression:
    def normal(self, X, y, l2):
        mx, my = X.mean(axis=0), y.mean()
        Z = X - mx
        L = np.linalg.cholesky(Z.T @ Z + l2 * np.eye(X.shape[1]))
        w = np.linalg.solve(L.T, np.linalg.solve(L, Z.T @ (y - my)))
        return w, float(my - mx @ w)

    def svd(self, X, y, l2):
        mx, my = X.mean(axis=0), y.mean()
        U, S, Vt = np.linalg.svd(X - mx, full_matrices=False)
        w = np.zeros(X.shape[1])
        for i, s in enumerate(S):
            if s > 1e-10 * S.max():
                w += (U[:, i] @ (y - my)) * s / (s * s + l2) * Vt[i]
        return w, float(my - mx @ w)

    def descent(self, X, y, l2, learning_rate, n_steps):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(n_steps):
            error = y - b - (X * w).sum(axis=1)
            down = ((X * error[:, None]).sum(axis=0) - l2 * w) / len(y)
            w, b = w + learning_rate * down, b + learning_rate * error.sum() / len(y)
        return w, float(b)
