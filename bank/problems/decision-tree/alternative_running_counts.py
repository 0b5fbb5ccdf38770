"""Plain Python: one pass over sorted rows with running counts and running sums of squares."""
import numpy as np


def search(rows, X, y, min_leaf):
    found = []
    for j in range(X.shape[1]):
        order = sorted(rows, key=lambda i: X[i, j])
        right = {}
        for i in order:
            right[y[i]] = right.get(y[i], 0) + 1
        left = dict.fromkeys(right, 0)
        square_left, square_right = 0, sum(c * c for c in right.values())
        n = len(order)
        for k in range(n - 1):
            c = y[order[k]]
            square_left += 2 * left[c] + 1
            square_right -= 2 * right[c] - 1
            left[c] += 1
            right[c] -= 1
            a, b = X[order[k], j], X[order[k + 1], j]
            if a < b and k + 1 >= min_leaf and n - k - 1 >= min_leaf:
                cost = (k + 1) - square_left / (k + 1) + (n - k - 1) - square_right / (n - k - 1)
                found.append((cost, j, float((a + b) / 2)))
    if not found:
        return None
    least = min(cost for cost, _, _ in found)
    return min((j, t, cost) for cost, j, t in found if cost <= least + 1e-9)


def grow(rows, X, y, depth, min_leaf):
    count = {}
    for i in rows:
        count[y[i]] = count.get(y[i], 0) + 1
    own = len(rows) - sum(c * c for c in count.values()) / len(rows)
    best = search(rows, X, y, min_leaf) if depth and len(count) > 1 else None
    if best is None or best[2] > own - 1e-9:
        return {"label": min(count, key=lambda c: (-count[c], c)), "n": len(rows)}
    j, t, _ = best
    return {
        "feature": j,
        "threshold": t,
        "left": grow([i for i in rows if X[i, j] <= t], X, y, depth - 1, min_leaf),
        "right": grow([i for i in rows if X[i, j] > t], X, y, depth - 1, min_leaf),
    }


def fit_tree(X, y, max_depth, min_leaf):
    return grow(list(range(len(X))), np.asarray(X, dtype=float), [int(c) for c in y], max_depth, min_leaf)
