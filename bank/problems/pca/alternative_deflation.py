"""One component after another: the largest singular vector by repeated squaring of the Gram matrix, then deflation."""
import numpy as np


def pca(X, k):
    Z = np.array(X, dtype=float)
    Z -= Z.mean(axis=0)
    n, d = Z.shape
    total = (Z**2).sum() / (n - 1)
    left, parts, variances = Z.copy(), [], []
    for _ in range(k):
        gram = left.T @ left
        if np.trace(gram) <= 1e-13 * max((Z**2).sum(), 1e-300):
            free = np.eye(d) - sum((np.outer(p, p) for p in parts), np.zeros((d, d)))
            v = free[np.argmax(np.linalg.norm(free, axis=1))]
        else:
            power = gram / np.trace(gram)
            for _ in range(60):
                power = power @ power
                power /= np.trace(power)
            v = power[:, np.argmax(np.diag(power))]
        v = v / np.linalg.norm(v)
        v = v * np.sign(v[np.abs(v).argmax()])
        parts.append(v)
        along = left @ v
        variances.append(along @ along / (n - 1))
        left = left - np.outer(along, v)
    parts, variances = np.array(parts), np.array(variances)
    return parts, variances, variances / total if total > 0 else variances * 0, Z @ parts.T
