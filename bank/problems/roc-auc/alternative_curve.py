"""Walks the curve one distinct score at a time and adds trapezoids."""
import numpy as np


def roc_auc(y, scores):
    y, scores = np.asarray(y, dtype=float), np.asarray(scores, dtype=float)
    order = np.argsort(-scores, kind="stable")
    y, scores = y[order], scores[order]
    last_of_group = np.append(scores[1:] != scores[:-1], True) if len(y) else np.array([], dtype=bool)
    tp = np.concatenate([[0.0], np.cumsum(y)[last_of_group]])
    fp = np.concatenate([[0.0], np.cumsum(1 - y)[last_of_group]])
    if tp[-1] == 0 or fp[-1] == 0:
        return None
    area = ((fp[1:] - fp[:-1]) * (tp[1:] + tp[:-1]) / 2).sum()
    return float(area / (tp[-1] * fp[-1]))
