"""No running state: each moment as a weighted sum over all gradients so far (quadratic, but plain)."""
import numpy as np


def adam(theta, gradients, learning_rate, beta1, beta2, eps, weight_decay, decoupled):
    path, seen = [np.asarray(theta, dtype=float)], []

    def mean(values, beta):
        weights = beta ** np.arange(len(values))[::-1]
        return (weights[:, None] * values).sum(axis=0) / weights.sum()

    for gradient in gradients:
        now = path[-1]
        seen.append(gradient + (0 if decoupled else 1) * weight_decay * now)
        g = np.array(seen)
        update = mean(g, beta1) / (np.sqrt(mean(g**2, beta2)) + eps)
        path.append(now - learning_rate * (update + (weight_decay * now if decoupled else 0)))
    return np.array(path)
