"""Every operation of the forward pass taken back in turn."""
import numpy as np


def layer_norm(x, gamma, beta, eps, dy):
    d = x.shape[-1]
    mean = np.mean(x, axis=-1, keepdims=True)
    away = x - mean
    variance = np.var(x, axis=-1, keepdims=True)
    deviation = np.sqrt(variance + eps)
    x_hat = away / deviation
    d_hat = dy * gamma
    d_deviation = -(d_hat * away).sum(axis=-1, keepdims=True) / deviation**2
    d_variance = d_deviation / (2 * deviation)
    d_away = d_hat / deviation + d_variance * 2 * away / d
    dx = d_away - d_away.sum(axis=-1, keepdims=True) / d
    flat = lambda a: a.reshape(-1, d).sum(axis=0)
    return x_hat * gamma + beta, dx, flat(dy * x_hat), flat(dy)
