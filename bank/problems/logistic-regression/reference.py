import numpy as np


def sigmoid(z):
    """Without overflow: e^-|z| is at most 1."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def loss(X, y, w, b, l2):
    z = X @ w + b
    return float((np.logaddexp(0.0, z) - y * z).mean() + l2 / 2 * (w @ w))


def fit_logistic(X, y, learning_rate, n_steps, l2):
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    losses = [loss(X, y, w, b, l2)]
    for _ in range(n_steps):
        residuals = sigmoid(X @ w + b) - y
        w = w - learning_rate * (X.T @ residuals / n + l2 * w)
        b = b - learning_rate * float(residuals.mean())
        losses.append(loss(X, y, w, b, l2))
    return w, b, np.array(losses)
