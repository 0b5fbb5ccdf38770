"""Plain Python, one row after another."""
import math

import numpy as np


def softplus(z):
    return z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z))


def fit_logistic(X, y, learning_rate, n_steps, l2):
    rows = [list(map(float, row)) for row in X]
    labels = [float(label) for label in y]
    n, d = X.shape
    w, b, losses = [0.0] * d, 0.0, []
    for step in range(n_steps + 1):
        scores = [sum(a * c for a, c in zip(row, w)) + b for row in rows]
        data = sum(softplus(z) - label * z for z, label in zip(scores, labels)) / n
        losses.append(data + l2 / 2 * sum(c * c for c in w))
        if step < n_steps:
            gaps = [math.exp(z - softplus(z)) - label for z, label in zip(scores, labels)]
            w = [
                w[a] - learning_rate * (sum(g * row[a] for g, row in zip(gaps, rows)) / n + l2 * w[a])
                for a in range(d)
            ]
            b -= learning_rate * sum(gaps) / n
    return np.array(w), b, np.array(losses)
