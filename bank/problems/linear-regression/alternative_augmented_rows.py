"""Ridge as extra rows of data: least squares by QR and lstsq, descent by moments."""
import numpy as np


def centred(X, y):
    return X - X.mean(axis=0), y - y.mean(), X.mean(axis=0), y.mean()


class LinearRegression:
    def normal(self, X, y, l2):
        Z, t, mx, my = centred(np.asarray(X, dtype=float), y)
        d = Z.shape[1]
        Q, R = np.linalg.qr(np.vstack([Z, np.sqrt(l2) * np.eye(d)]))
        w = np.linalg.solve(R, Q.T @ np.concatenate([t, np.zeros(d)]))
        return w, float(my - mx @ w)

    def svd(self, X, y, l2):
        Z, t, mx, my = centred(np.asarray(X, dtype=float), y)
        d = Z.shape[1]
        if l2 == 0:
            w = np.linalg.lstsq(Z, t, rcond=1e-10)[0]
        else:
            w = np.linalg.lstsq(np.vstack([Z, np.sqrt(l2) * np.eye(d)]), np.concatenate([t, np.zeros(d)]), rcond=None)[0]
        return w, float(my - mx @ w)

    def descent(self, X, y, l2, learning_rate, n_steps):
        n, d = X.shape
        A = np.column_stack([X, np.ones(n)])
        H = A.T @ A / n + np.diag([l2 / n] * d + [0.0])
        g = A.T @ y / n
        theta = np.zeros(d + 1)
        for _ in range(n_steps):
            theta -= learning_rate * (H @ theta - g)
        return theta[:-1], float(theta[-1])
