"""Gives tied scores different ranks, by where they stand.
Fails: one tie
"""
import numpy as np


def roc_auc(y, scores):
    positive = np.asarray(y) == 1
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    if n_positive == 0 or n_negative == 0:
        return None
    ranks = np.empty(len(positive))
    ranks[np.argsort(scores, kind='stable')] = np.arange(1, len(positive) + 1)
    won = ranks[positive].sum() - n_positive * (n_positive + 1) / 2
    return float(won / (n_positive * n_negative))
