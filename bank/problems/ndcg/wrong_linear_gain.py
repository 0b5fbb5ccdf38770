"""Uses the relevance itself as the gain.
Fails: the example
"""
import numpy as np


def ndcg(relevance, scores, k):
    n = len(relevance)
    if n == 0 or not np.any(relevance > 0):
        return None
    gains = np.asarray(relevance, dtype=float)
    ranks = np.arange(1, n + 1)
    discounts = np.where(ranks <= k, 1 / np.log2(ranks + 1), 0.0)
    ideal = np.sort(gains)[::-1] @ discounts
    _, group, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    starts = np.cumsum(counts) - counts
    shared = np.add.reduceat(discounts, starts) / counts
    return float((gains * shared[group]).sum() / ideal)
