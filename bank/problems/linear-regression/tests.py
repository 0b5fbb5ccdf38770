"""Tests for linear regression."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-7, rel_tol=1e-6)
LINE = (np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0]))
FEW = (np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, 1.0]]), np.array([1.0, 2.0, 7.0, 5.0]))


def three(X: np.ndarray, y: np.ndarray, l2: float, rate: float, steps: int) -> list:
    return [("__init__", []), ("normal", [X, y, l2]), ("svd", [X, y, l2]), ("descent", [X, y, l2, rate, steps])]


def visible() -> list[Case]:
    twice = np.column_stack([FEW[0], FEW[0][:, 0] + FEW[0][:, 1]])
    return [
        Case("the example", calls=[("__init__", []), ("normal", [*LINE, 0.0])]),
        Case("by singular values", calls=[("__init__", []), ("svd", [*FEW, 0.0])]),
        Case("ridge, all three", calls=three(*FEW, 2.0, 0.1, 4)),
        Case("a few steps of descent", calls=[("__init__", []), ("descent", [*FEW, 0.0, 0.1, 3])]),
        Case("dependent columns", calls=[("__init__", []), ("svd", [twice, FEW[1], 0.0])], compare=LOOSE),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    X = rng.normal(size=(50, 4))
    y = X @ rng.normal(size=4) + 3 + 0.1 * rng.normal(size=50)
    wide = rng.normal(size=(5, 9))
    far = X + np.array([1e4, -3e4, 0.0, 5e3])
    return [
        Case("random, least squares", calls=three(X, y, 0.0, 0.2, 25), compare=LOOSE),
        Case("random, ridge", calls=three(X, y, 7.5, 0.2, 25), compare=LOOSE),
        Case("large column means", calls=three(far, y, 0.5, 1e-11, 3), compare=Compare(abs_tol=1e-4, rel_tol=1e-4)),
        Case("more columns than rows", calls=[("__init__", []), ("svd", [wide, wide[:, 0] * 2 + 1, 0.0]), ("svd", [wide, wide[:, 1], 0.3]), ("normal", [wide, wide[:, 1], 0.3])], compare=LOOSE),
        Case("no steps", calls=[("__init__", []), ("descent", [*FEW, 1.0, 0.1, 0])]),
        Case("a column that does not vary", calls=[("__init__", []), ("svd", [np.column_stack([X, np.full(50, 2.0)]), y, 0.0]), ("normal", [np.column_stack([X, np.full(50, 2.0)]), y, 1.0])], compare=LOOSE),
        Case("nearly dependent columns", calls=[("__init__", []), ("svd", [np.column_stack([X[:, 0], X[:, 0] + 1e-13 * X[:, 1]]), y, 0.0])], compare=Compare(abs_tol=1e-4, rel_tol=1e-4)),
        Case("a small direction that counts", calls=[("__init__", []), ("svd", [np.column_stack([X[:, 0], 1e-7 * X[:, 1]]), 1e-6 * X[:, 1] + X[:, 0], 0.0])], compare=Compare(abs_tol=1e-4, rel_tol=1e-4)),
        Case("tiny units", calls=[("__init__", []), ("svd", [1e-6 * X, y, 0.0])], compare=LOOSE),
        Case("one column", calls=three(X[:, :1], y, 0.1, 0.5, 10), compare=LOOSE),
        Case("targets that do not vary", calls=three(X, np.full(50, 4.0), 1.0, 0.3, 5), compare=LOOSE),
        Case("whole numbers", calls=three(np.array([[1, 2], [3, 1], [4, 4]]), np.array([1, 2, 4]), 1.0, 0.01, 5), compare=LOOSE),
        Case("many rows", calls=three(rng.normal(size=(20_000, 8)), rng.normal(size=20_000), 1.0, 0.1, 100), compare=LOOSE),
    ]
