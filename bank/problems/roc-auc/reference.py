import numpy as np


def roc_auc(y, scores):
    positive = np.asarray(y) == 1
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    if n_positive == 0 or n_negative == 0:
        return None
    _, group, counts = np.unique(scores, return_inverse=True, return_counts=True)
    # the last rank of a group of ties, less half the way back to its first
    mean_rank = np.cumsum(counts) - (counts - 1) / 2
    won = mean_rank[group][positive].sum() - n_positive * (n_positive + 1) / 2
    return float(won / (n_positive * n_negative))
