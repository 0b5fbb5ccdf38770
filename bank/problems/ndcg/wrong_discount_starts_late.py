"""Discounts the first rank by log2(3).
Fails: the first rank alone
"""
import numpy as np


def ndcg(relevance, scores, k):
    n = len(relevance)
    if n == 0 or not np.any(relevance > 0):
        return None
    gains = 2.0 ** np.asarray(relevance) - 1
    ranks = np.arange(1, n + 1)
    discounts = np.where(ranks <= min(k, n - 1) + (k == 1), 1 / np.log2(ranks + 2), 0.0)
    ideal = np.sort(gains)[::-1] @ discounts
    _, group, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    starts = np.cumsum(counts) - counts
    shared = np.add.reduceat(discounts, starts) / counts
    return float((gains * shared[group]).sum() / ideal)
