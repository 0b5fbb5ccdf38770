"""Treats mean and deviation as constants.
Fails: three columns
"""
import numpy as np


def layer_norm(x, gamma, beta, eps, dy):
    centred = x - x.mean(axis=-1, keepdims=True)
    inverse = 1 / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
    x_hat = centred * inverse
    y = gamma * x_hat + beta
    leading = tuple(range(x.ndim - 1))
    g = dy * gamma
    along = (g * x_hat).mean(axis=-1, keepdims=True)
    dx = inverse * g
    return y, dx, (dy * x_hat).sum(axis=leading), dy.sum(axis=leading)
