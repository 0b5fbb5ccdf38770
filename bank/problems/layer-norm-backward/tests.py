"""Tests for layer normalization."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-8, rel_tol=1e-6)
X = np.array([[1.0, 2.0, 6.0], [0.0, -1.0, 4.0]])
DY = np.array([[1.0, -2.0, 0.5], [0.0, 1.0, 3.0]])


def visible() -> list[Case]:
    one, none = np.ones(3), np.zeros(3)
    deep = np.stack([X, X[::-1] * 2 + np.array([0.0, 1.0, 5.0])])
    return [
        Case("two columns", args=[np.array([[1.0, 3.0]]), np.ones(2), np.zeros(2), 1e-12, np.array([[1.0, 0.0]])]),
        Case("three columns", args=[X, one, none, 1e-5, DY]),
        Case("with gamma and beta", args=[X, np.array([2.0, -1.0, 0.5]), np.array([1.0, 0.0, -3.0]), 1e-5, DY]),
        Case("a large eps", args=[X, one, none, 4.0, DY]),
        Case("a batch of sequences", args=[deep, np.array([2.0, -1.0, 0.5]), none, 1e-5, np.stack([DY, 2 * DY])]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(*shape: int) -> list:
        d = shape[-1]
        return [rng.normal(size=shape), rng.normal(size=d), rng.normal(size=d), 1e-5, rng.normal(size=shape)]

    far = draw(6, 5)
    far[0] = far[0] + 3e7 * (1 + rng.random(size=(6, 1)))
    flat = draw(4, 3)
    flat[0] = np.full((4, 3), 2.5)
    return [
        Case("random rows", args=draw(20, 8), compare=LOOSE),
        Case("random, batch of sequences", args=draw(3, 5, 7), compare=LOOSE),
        Case("random, four axes", args=draw(2, 3, 2, 4), compare=LOOSE),
        Case("a single row without leading axes", args=draw(6), compare=LOOSE),
        Case("large means", args=far, compare=Compare(abs_tol=1e-4, rel_tol=1e-4)),
        Case("rows that do not vary", args=flat, compare=LOOSE),
        Case("one column", args=draw(5, 1), compare=LOOSE),
        Case("whole numbers", args=[np.array([[1, 5, 2], [7, 7, 1]]), np.array([1, 2, 3]), np.array([0, 1, 0]), 1e-5, np.array([[1, 0, 2], [3, 1, 1]])], compare=LOOSE),
        Case("tiny values", args=[1e-4 * draw(5, 6)[0], *draw(5, 6)[1:]], compare=LOOSE),
        Case("many tokens", args=draw(8, 256, 64), compare=LOOSE),
    ]
