"""One row at a time, gradients accumulated as outer products."""
import numpy as np


def loss_and_gradients(X, y, weights, biases):
    d_weights = [np.zeros(W.shape) for W in weights]
    d_biases = [np.zeros(b.shape) for b in biases]
    loss = 0.0
    for x, label in zip(X, y):
        before, h = [], np.asarray(x, dtype=float)
        for W, b in zip(weights, biases):
            z = W.T @ (np.maximum(h, 0.0) if before else h) + b
            before.append(h)
            h = z
        top = h.max()
        total = np.log(np.exp(h - top).sum())
        loss += (top + total - h[label]) / len(X)
        delta = np.exp(h - top - total)
        delta[label] -= 1
        for l in range(len(weights) - 1, -1, -1):
            active = before[l] if l == 0 else np.maximum(before[l], 0.0)
            d_weights[l] += np.outer(active, delta) / len(X)
            d_biases[l] += delta / len(X)
            delta = (weights[l] @ delta) * (before[l] > 0)
    return loss, d_weights, d_biases
