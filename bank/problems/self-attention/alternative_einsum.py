"""einsum with named axes, and a mask of what is visible including padding."""
import numpy as np


def causal_self_attention(X, Wq, Wk, Wv, Wo, n_heads, lengths):
    B, T, d = X.shape
    d_head = d // n_heads
    real = np.arange(T) < np.asarray(lengths)[:, None]
    clean = X.copy()
    clean[~real] = 0.0
    split = (d, n_heads, d_head)
    q = np.einsum("btd,dhe->bhte", clean, Wq.reshape(split))
    k = np.einsum("btd,dhe->bhte", clean, Wk.reshape(split))
    v = np.einsum("btd,dhe->bhte", clean, Wv.reshape(split))
    scores = np.einsum("bhie,bhje->bhij", q, k) / d_head**0.5
    visible = np.tril(np.ones((T, T), dtype=bool))[None, None] & real[:, None, None, :]
    scores[~np.broadcast_to(visible, scores.shape)] = -np.inf
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    out = np.einsum("bhij,bhje,hef->bif", weights, v, Wo.reshape(n_heads, d_head, d), optimize=True)
    out[~real] = 0.0
    return out
