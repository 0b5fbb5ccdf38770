"""Running sums of the discounts; a walk over groups of equal scores."""
from itertools import groupby
from math import log2


def ndcg(relevance, scores, k):
    if not any(r > 0 for r in relevance):
        return None
    gains = [2.0 ** float(r) - 1 for r in relevance]
    running = [0.0]
    for i in range(len(gains)):
        running.append(running[-1] + (1 / log2(i + 2) if i < k else 0.0))
    pairs = sorted(zip(map(float, scores), gains), key=lambda pair: -pair[0])
    at, total = 0, 0.0
    for _, tied in groupby(pairs, key=lambda pair: pair[0]):
        tied = [gain for _, gain in tied]
        total += sum(tied) * (running[at + len(tied)] - running[at]) / len(tied)
        at += len(tied)
    best = sum(g * (running[i + 1] - running[i]) for i, g in enumerate(sorted(gains, reverse=True)))
    return total / best
