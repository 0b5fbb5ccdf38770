"""Works in ranked order throughout and moves the result back to the vocabulary's order at the end."""
import numpy as np


def next_tokens(logits, draws, temperature, top_k, top_p):
    n, size = logits.shape
    rows = np.arange(n)[:, None]
    order = np.lexsort((np.broadcast_to(np.arange(size), (n, size)), -logits), axis=1)
    ranked = logits[rows, order]
    if temperature == 0:
        limit = np.ones(n, dtype=int)
        weights = np.ones((n, size))
    else:
        weights = np.exp((ranked - ranked[:, :1]) / temperature)
        if top_k:
            weights[:, top_k:] = 0.0
        share = weights / weights.sum(axis=1, keepdims=True)
        before = np.concatenate([np.zeros((n, 1)), np.cumsum(share, axis=1)[:, :-1]], axis=1)
        limit = (before < top_p).sum(axis=1)
    weights = np.where(np.arange(size) < limit[:, None], weights, 0.0)
    p = np.empty((n, size))
    p[rows, order] = weights / weights.sum(axis=1, keepdims=True)
    if temperature == 0:
        return order[:, 0], p
    tokens = (np.cumsum(p, axis=1) <= draws[:, None]).sum(axis=1)
    return np.minimum(tokens, size - 1 - np.argmax(p[:, ::-1] > 0, axis=1)), p
