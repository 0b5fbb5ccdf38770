"""Counts only pairs that are strictly in order.
Fails: one tie
"""
import numpy as np


def roc_auc(y, scores):
    positive = np.asarray(y) == 1
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    if n_positive == 0 or n_negative == 0:
        return None
    _, group, counts = np.unique(scores, return_inverse=True, return_counts=True)
    # the last rank of a group of ties, less half the way back to its first
    mean_rank = np.cumsum(counts) - (counts - 1)
    negatives = np.sort(np.asarray(scores)[~positive])
    won = np.searchsorted(negatives, np.asarray(scores)[positive], side='left').sum()
    return float(won / (n_positive * n_negative))
