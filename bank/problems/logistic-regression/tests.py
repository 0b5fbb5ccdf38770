"""Tests for logistic regression."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-8, rel_tol=1e-7)


def visible() -> list[Case]:
    X = np.array([[-1.0], [1.0]])
    plane = np.array([[0.0, 1.0], [2.0, 1.0], [1.0, 3.0], [4.0, 0.5]])
    return [
        Case("one step on two points", args=[X, np.array([0, 1]), 1.0, 1, 0.0]),
        Case("no step", args=[plane, np.array([0, 1, 1, 1]), 0.5, 0, 1.0]),
        Case("five steps in the plane", args=[plane, np.array([0, 1, 0, 1]), 0.3, 5, 0.0]),
        Case("with a penalty", args=[plane, np.array([0, 1, 1, 1]), 0.3, 5, 0.7]),
        Case("scores in the thousands", args=[plane * 1000, np.array([0, 1, 0, 1]), 1.0, 4, 0.0]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    X = rng.normal(size=(120, 5))
    y = (X @ rng.normal(size=5) + 0.3 * rng.normal(size=120) > 0.4).astype(int)
    return [
        Case("random data", args=[X, y, 0.5, 60, 0.0], compare=LOOSE),
        Case("random data with a penalty", args=[X, y, 0.5, 60, 0.2], compare=LOOSE),
        Case("labels as floats", args=[X[:30], y[:30].astype(float), 0.1, 10, 0.05], compare=LOOSE),
        Case("all labels one", args=[X[:20], np.ones(20, dtype=int), 0.5, 30, 0.1], compare=LOOSE),
        Case("all labels zero", args=[X[:20], np.zeros(20, dtype=int), 0.5, 30, 0.1], compare=LOOSE),
        Case("one row", args=[X[:1], np.array([1]), 2.0, 8, 0.3], compare=LOOSE),
        Case("very large scores", args=[np.array([[900.0], [-1500.0], [30.0]]), np.array([1, 0, 0]), 1.0, 6, 0.0], compare=LOOSE),
        Case("very large scores, wrong side", args=[np.array([[1200.0], [800.0], [-700.0]]), np.array([1, 0, 0]), 2.0, 6, 0.01], compare=LOOSE),
        Case("separable data, many steps", args=[np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1]), 5.0, 200, 0.0], compare=LOOSE),
        Case("an offset that only the bias can learn", args=[0.01 * X[:40], (np.arange(40) % 4 == 0).astype(int), 1.0, 50, 2.0], compare=LOOSE),
        Case("many rows", args=[rng.normal(size=(20000, 10)), rng.integers(0, 2, 20000), 0.1, 40, 0.01], compare=LOOSE),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=[rng.normal(size=(n, 8)), rng.integers(0, 2, n), 0.1, 10, 0.01])
