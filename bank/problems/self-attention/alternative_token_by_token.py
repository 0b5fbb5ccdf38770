"""Decodes one token after another with a key and value cache; padding is never touched."""
import numpy as np


def causal_self_attention(X, Wq, Wk, Wv, Wo, n_heads, lengths):
    B, T, d = X.shape
    e = d // n_heads
    out = np.zeros((B, T, d))
    for b in range(B):
        n = int(lengths[b])
        keys = np.empty((n, n_heads, e))
        values = np.empty((n, n_heads, e))
        for t in range(n):
            x = X[b, t]
            keys[t], values[t] = (x @ Wk).reshape(n_heads, e), (x @ Wv).reshape(n_heads, e)
            q = (x @ Wq).reshape(n_heads, e)
            scores = (keys[: t + 1] * q).sum(axis=2) / np.sqrt(e)
            weights = np.exp(scores - scores.max(axis=0))
            weights /= weights.sum(axis=0)
            out[b, t] = (weights[:, :, None] * values[: t + 1]).sum(axis=0).ravel() @ Wo
    return out
