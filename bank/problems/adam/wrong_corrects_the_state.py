"""Overwrites the running means with their corrected values.
Fails: a changing gradient
"""
import numpy as np


def adam(theta, gradients, learning_rate, beta1, beta2, eps, weight_decay, decoupled):
    theta = np.array(theta, dtype=float)
    m, v = np.zeros_like(theta), np.zeros_like(theta)
    path = [theta]
    for t, gradient in enumerate(gradients, start=1):
        decay = weight_decay * theta
        g = gradient if decoupled else gradient + decay
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m, v = m / (1 - beta1**t), v / (1 - beta2**t)
        step = m / (np.sqrt(v) + eps)
        if decoupled:
            step = step + decay
        theta = theta - learning_rate * step
        path.append(theta)
    return np.array(path)
