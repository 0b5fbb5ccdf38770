"""Compares every pair: quadratic time, or memory.
Fails: a large input
"""
import numpy as np


def roc_auc(y, scores):
    y, scores = np.asarray(y), np.asarray(scores)
    positives, negatives = scores[y == 1], scores[y == 0]
    if len(positives) == 0 or len(negatives) == 0:
        return None
    won = 0.0
    for s in positives:
        won += (s > negatives).sum() + 0.5 * (s == negatives).sum()
    return float(won / (len(positives) * len(negatives)))
