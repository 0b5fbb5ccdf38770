"""The k smallest by (distance, row number) with heapq, votes in a dict."""
import heapq
from collections import defaultdict

import numpy as np


def knn_predict(X, y, queries, k, weighted):
    labels, rows = [], []
    for q in queries:
        d = np.linalg.norm(X - q, axis=1)
        near = heapq.nsmallest(k, zip(d.tolist(), range(len(d))))
        exact = weighted and near[0][0] == 0
        votes = defaultdict(float)
        for distance, row in near:
            if exact:
                votes[int(y[row])] += distance == 0
            else:
                votes[int(y[row])] += 1 / distance if weighted else 1
        labels.append(min(votes, key=lambda c: (-votes[c], c)))
        rows.append([row for _, row in near])
    return np.array(labels, dtype=int), np.array(rows, dtype=int).reshape(len(rows), k)
