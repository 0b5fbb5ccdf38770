"""For every positive, counts the negatives below and the negatives tied by binary search."""
from bisect import bisect_left, bisect_right


def roc_auc(y, scores):
    negatives = sorted(float(s) for label, s in zip(y, scores) if label == 0)
    positives = [float(s) for label, s in zip(y, scores) if label == 1]
    if not negatives or not positives:
        return None
    won = sum(bisect_left(negatives, s) + bisect_right(negatives, s) for s in positives) / 2
    return won / (len(negatives) * len(positives))
