"""Tests for rotary embeddings."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-8, rel_tol=1e-7)
FOUR = np.array([[1.0, 0.0, 0.0, 2.0], [0.5, -1.0, 3.0, 1.0], [1.0, 1.0, 1.0, 1.0]])


def visible() -> list[Case]:
    return [
        Case("the example", args=[np.array([[1.0, 0.0], [1.0, 0.0]]), 0, 10000.0, 1.0]),
        Case("four dimensions", args=[FOUR, 0, 100.0, 1.0]),
        Case("an offset", args=[FOUR, 7, 100.0, 1.0]),
        Case("interpolated positions", args=[FOUR, 2, 100.0, 4.0]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    return [
        Case("random, batch and heads", args=[rng.normal(size=(2, 3, 9, 8)), 0, 10000.0, 1.0], compare=LOOSE),
        Case("random, with an offset", args=[rng.normal(size=(2, 5, 12)), 100, 10000.0, 1.0], compare=LOOSE),
        Case("one decoded token", args=[rng.normal(size=(4, 1, 16)), 4095, 500000.0, 1.0], compare=LOOSE),
        Case("interpolated, random", args=[rng.normal(size=(6, 10)), 13, 1000.0, 2.5], compare=LOOSE),
        Case("two dimensions", args=[rng.normal(size=(7, 2)), 3, 50.0, 1.0], compare=LOOSE),
        Case("whole numbers", args=[rng.integers(-3, 4, size=(5, 6)), 1, 10000.0, 1.0], compare=LOOSE),
        Case("far positions", args=[rng.normal(size=(4, 8)), 1_000_000, 10000.0, 1.0], compare=Compare(abs_tol=1e-6)),
        Case("no tokens", args=[np.zeros((2, 0, 4)), 5, 10000.0, 1.0]),
        Case("a long sequence", args=[rng.normal(size=(4, 2048, 64)), 0, 10000.0, 1.0], compare=LOOSE),
    ]
