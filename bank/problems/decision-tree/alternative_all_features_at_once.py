"""All features sorted at once; grown with a stack instead of recursion."""
import numpy as np


def fit_tree(X, y, max_depth, min_leaf):
    X = np.asarray(X, dtype=float)
    classes, code = np.unique(y, return_inverse=True)
    root = {}
    todo = [(root, np.arange(len(X)), 0)]
    while todo:
        node, rows, depth = todo.pop()
        n = len(rows)
        counts = np.bincount(code[rows], minlength=len(classes))
        choice = None
        if depth < max_depth and n >= 2 * min_leaf:
            part = X[rows]
            order = np.argsort(part, axis=0, kind="stable")
            values = np.take_along_axis(part, order, axis=0)
            onehot = np.eye(len(classes))[code[rows]]
            left = np.cumsum(onehot[order], axis=0)[:-1]
            size = np.arange(1, n)[:, None]
            cost = n - (left**2).sum(axis=2) / size - ((counts - left) ** 2).sum(axis=2) / (n - size)
            cost[(values[:-1] == values[1:]) | (size < min_leaf) | (n - size < min_leaf)] = np.inf
            if np.isfinite(cost).any() and cost.min() <= n - (counts**2).sum() / n - 1e-9:
                flat = (cost <= cost.min() + 1e-9).T
                feature, at = divmod(int(flat.ravel().argmax()), n - 1)
                choice = feature, float((values[at, feature] + values[at + 1, feature]) / 2)
        if choice is None:
            node.update(label=int(classes[counts.argmax()]), n=n)
            continue
        feature, threshold = choice
        goes_left = X[rows, feature] <= threshold
        node.update(feature=feature, threshold=threshold, left={}, right={})
        todo += [(node["left"], rows[goes_left], depth + 1), (node["right"], rows[~goes_left], depth + 1)]
    return root
