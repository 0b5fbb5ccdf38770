"""Plain Python loops; stops when the labels repeat."""
import numpy as np


def kmeans(X, k, draws, max_iter):
    points = [list(map(float, row)) for row in X]
    n, d = len(points), len(points[0])

    def gap(p, q):
        return sum((a - b) ** 2 for a, b in zip(p, q))

    def nearest(p, centres):
        return min(range(len(centres)), key=lambda j: gap(p, centres[j]))

    centres = [points[int(draws[0] * n)]]
    while len(centres) < k:
        u = draws[len(centres)]
        weights = [gap(p, centres[nearest(p, centres)]) for p in points]
        total = sum(weights)
        index = int(u * n)
        if total > 0:
            running = 0.0
            for index, weight in enumerate(weights):
                running += weight
                if running > u * total:
                    break
        centres.append(points[index])
    labels = None
    for _ in range(max_iter):
        found = [nearest(p, centres) for p in points]
        if found == labels:
            break
        labels = found
        for j in range(k):
            members = [p for p, label in zip(points, labels) if label == j]
            if members:
                centres[j] = [sum(p[a] for p in members) / len(members) for a in range(d)]
    labels = [nearest(p, centres) for p in points]
    inertia = sum(gap(p, centres[label]) for p, label in zip(points, labels))
    return np.array(centres), np.array(labels), inertia
