"""Sums the parameter gradients over the first axis only.
Fails: a batch of sequences
"""
import numpy as np


def layer_norm(x, gamma, beta, eps, dy):
    centred = x - x.mean(axis=-1, keepdims=True)
    inverse = 1 / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
    x_hat = centred * inverse
    y = gamma * x_hat + beta
    leading = 0 if x.ndim > 1 else ()
    g = dy * gamma
    along = (g * x_hat).mean(axis=-1, keepdims=True)
    dx = inverse * (g - g.mean(axis=-1, keepdims=True) - x_hat * along)
    return y, dx, (dy * x_hat).sum(axis=leading), dy.sum(axis=leading)
