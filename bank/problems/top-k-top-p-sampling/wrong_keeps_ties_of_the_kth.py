"""Keeps every token whose logit equals the k-th.
Fails: ties at the k-th place
"""
import numpy as np


def softmax(logits, kept):
    masked = np.where(kept, logits, -np.inf)
    weights = np.exp(masked - masked.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def next_tokens(logits, draws, temperature, top_k, top_p):
    n, size = logits.shape
    if temperature == 0:
        tokens = logits.argmax(axis=1)
        return tokens, np.eye(size)[tokens]
    logits = logits / temperature
    order = np.argsort(-logits, axis=1, kind="stable")
    kept = np.ones((n, size), dtype=bool)
    if top_k > 0:
        kept = logits >= np.take_along_axis(logits, order, axis=1)[:, min(top_k, size) - 1][:, None]
    ranked = np.take_along_axis(softmax(logits, kept), order, axis=1)
    before = np.cumsum(ranked, axis=1) - ranked
    nucleus = np.empty_like(kept)
    np.put_along_axis(nucleus, order, before < top_p, axis=1)
    kept &= nucleus
    p = softmax(logits, kept)
    crossed = np.cumsum(p, axis=1) > draws[:, None]
    last = size - 1 - (p > 0)[:, ::-1].argmax(axis=1)
    return np.where(crossed.any(axis=1), crossed.argmax(axis=1), last), p
