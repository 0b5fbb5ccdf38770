"""Tests for sampling."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-7)
ROW = np.array([[2.0, 1.0, 0.0, -1.0]])


def visible() -> list[Case]:
    return [
        Case("top-p keeps the token that crosses", args=[ROW, np.array([0.8]), 1.0, 0, 0.9]),
        Case("greedy", args=[np.array([[0.0, 3.0, 3.0], [5.0, 1.0, 2.0]]), np.array([0.9, 0.1]), 0.0, 2, 0.5]),
        Case("top-k, then top-p", args=[np.array([[1.0, 1.2, 0.9, 0.8]]), np.array([0.6]), 1.0, 2, 0.5]),
        Case("ties at the k-th place", args=[np.array([[1.0, 3.0, 1.0, 1.0]]), np.array([0.99]), 1.0, 2, 1.0]),
        Case("a high temperature", args=[ROW, np.array([0.5]), 4.0, 0, 1.0]),
        Case("logits in the thousands", args=[1000 * ROW[:, ::-1], np.array([0.7]), 1.0, 3, 0.95]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int, size: int) -> list[np.ndarray]:
        return [2 * rng.normal(size=(n, size)), rng.random(n)]

    coarse = np.round(rng.normal(size=(30, 12)) * 1.5)
    masked = rng.normal(size=(10, 8))
    masked[:, ::3] = -np.inf
    return [
        Case("random, all filters", args=[*draw(40, 20), 0.8, 7, 0.7], compare=LOOSE),
        Case("random, no filters", args=[*draw(40, 20), 1.0, 0, 1.0], compare=LOOSE),
        Case("random, top-k only", args=[*draw(40, 20), 1.3, 3, 1.0], compare=LOOSE),
        Case("random, top-p only", args=[*draw(40, 20), 0.7, 0, 0.6], compare=LOOSE),
        Case("many equal logits", args=[coarse, rng.random(30), 1.0, 5, 0.8], compare=LOOSE),
        Case("forbidden tokens", args=[masked, rng.random(10), 1.0, 0, 0.9], compare=LOOSE),
        Case("fewer allowed tokens than top-k", args=[np.array([[-np.inf, 1.0, -np.inf, 0.0]]), np.array([0.9]), 1.0, 3, 1.0], compare=LOOSE),
        Case("top-k larger than the vocabulary", args=[*draw(5, 4), 1.0, 99, 0.9], compare=LOOSE),
        Case("top-k of one", args=[*draw(5, 6), 2.0, 1, 1.0], compare=LOOSE),
        Case("a very small top-p", args=[*draw(8, 6), 1.0, 0, 1e-6], compare=LOOSE),
        Case("a draw of zero", args=[np.array([[-np.inf, 0.0, 1.0]]), np.array([0.0]), 1.0, 0, 1.0], compare=LOOSE),
        Case("a draw just below one", args=[draw(30, 9)[0], np.full(30, 1 - 2**-53), 1.0, 0, 0.9], compare=LOOSE),
        Case("a very low temperature", args=[*draw(6, 9), 1e-3, 0, 0.99], compare=LOOSE),
        Case("greedy with forbidden tokens", args=[masked, rng.random(10), 0.0, 0, 1.0], compare=LOOSE),
        Case("a large vocabulary", args=[*draw(8, 50_000), 0.9, 50, 0.95], compare=LOOSE),
    ]
