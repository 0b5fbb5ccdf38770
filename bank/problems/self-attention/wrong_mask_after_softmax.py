"""Masks after the softmax without normalizing again: the future moves the denominators.
Fails: two tokens, identity weights
"""
import numpy as np


def causal_self_attention(X, Wq, Wk, Wv, Wo, n_heads, lengths):
    B, T, d = X.shape
    d_head = d // n_heads
    position = np.arange(T)
    is_real = position[None, :] < lengths[:, None]
    X = np.where(is_real[:, :, None], X, 0.0)

    def heads(projected):
        return projected.reshape(B, T, n_heads, d_head).transpose(0, 2, 1, 3)

    q, k, v = heads(X @ Wq), heads(X @ Wk), heads(X @ Wv)
    scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(d_head)
    # a padded query may see the padding before it; its row is zeroed below
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True) * (position[None, :] <= position[:, None])
    joined = (weights @ v).transpose(0, 2, 1, 3).reshape(B, T, d)
    return np.where(is_real[:, :, None], joined @ Wo, 0.0)
