"""Sort once; find where a new score begins; average discounts by segment with bincount."""
import numpy as np


def ndcg(relevance, scores, k):
    r = np.asarray(relevance, dtype=float)
    if r.size == 0 or r.max() <= 0:
        return None
    order = np.argsort(scores)[::-1]
    s = np.asarray(scores)[order]
    segment = np.concatenate([[0], np.cumsum(s[1:] != s[:-1])])
    d = np.zeros(r.size)
    top = min(k, r.size)
    d[:top] = 1 / np.log2(np.arange(2, top + 2))
    mean = np.bincount(segment, weights=d) / np.bincount(segment)
    gain = np.exp2(r) - 1
    return float((gain[order] * mean[segment]).sum() / (np.sort(gain)[::-1][:top] * d[:top]).sum())
