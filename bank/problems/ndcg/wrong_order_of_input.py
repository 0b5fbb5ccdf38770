"""Breaks ties by the order of the input.
Fails: a tie at the cut
"""
import numpy as np


def ndcg(relevance, scores, k):
    n = len(relevance)
    if n == 0 or not np.any(relevance > 0):
        return None
    gains = 2.0 ** np.asarray(relevance) - 1
    ranks = np.arange(1, n + 1)
    discounts = np.where(ranks <= k, 1 / np.log2(ranks + 1), 0.0)
    ideal = np.sort(gains)[::-1] @ discounts
    order = np.argsort(-scores, kind='stable')
    return float(gains[order] @ discounts / ideal)
