"""Tests for ROC-AUC."""
import numpy as np

from greenroom.judge.cases import Case, Compare

CLOSE = Compare(abs_tol=1e-10, rel_tol=1e-10)


def visible() -> list[Case]:
    return [
        Case("one tie", args=[np.array([0, 1, 0, 1]), np.array([0.1, 0.4, 0.4, 0.8])]),
        Case("perfect ranking", args=[np.array([0, 0, 1]), np.array([-2.0, 0.5, 3.0])]),
        Case("reversed ranking", args=[np.array([1, 0, 0]), np.array([-2.0, 0.5, 3.0])]),
        Case("all scores equal", args=[np.array([1, 0, 1, 0, 1]), np.full(5, 0.5)]),
        Case("no negatives", args=[np.array([1, 1]), np.array([0.2, 0.3])]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    y = rng.integers(0, 2, 400)
    rare = (rng.random(500) < 0.03).astype(int)
    rare[:2] = [1, 0]
    large = rng.integers(0, 2, 300_000)
    return [
        Case("random, no ties", args=[y, rng.normal(size=400) + y], compare=CLOSE),
        Case("random, many ties", args=[y, rng.integers(0, 5, 400) + y * 1.0], compare=CLOSE),
        Case("positives first among ties", args=[np.sort(y)[::-1].copy(), np.repeat([2.0, 1.0], 200)], compare=CLOSE),
        Case("negatives first among ties", args=[np.sort(y), np.repeat([1.0, 2.0], 200)], compare=CLOSE),
        Case("rare positives", args=[rare, np.round(rng.normal(size=500) + rare, 1)], compare=CLOSE),
        Case("one positive", args=[np.array([0, 0, 1, 0]), np.array([0.3, 0.1, 0.2, 0.2])], compare=CLOSE),
        Case("one negative", args=[np.array([1, 0, 1, 1, 1]), np.array([0.3, 0.1, 0.2, 0.2, 0.1])], compare=CLOSE),
        Case("two rows", args=[np.array([1, 0]), np.array([1.0, 1.0])], compare=CLOSE),
        Case("no positives", args=[np.array([0, 0, 0]), np.array([0.2, 0.3, 0.3])]),
        Case("infinite scores", args=[np.array([0, 1, 1, 0, 1]), np.array([-np.inf, np.inf, -np.inf, 2.0, 2.0])], compare=CLOSE),
        Case("labels as floats", args=[y[:50].astype(float), rng.integers(-3, 3, 50).astype(float)], compare=CLOSE),
        Case("scores a hair apart", args=[np.array([0, 1, 1, 0]), np.array([0.1, 0.1 + 1e-12, 0.2 + 1e-12, 0.2])], compare=CLOSE),
        Case("a large input", args=[large, np.round(rng.normal(size=300_000) + 0.5 * large, 2)], compare=CLOSE),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    y = rng.integers(0, 2, n)
    y[:2] = [0, 1]
    return Case(f"n={n}", args=[y, np.round(rng.normal(size=n), 3)])
