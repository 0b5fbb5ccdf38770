"""Tests for the reliability table."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-7)


def visible() -> list[Case]:
    return [
        Case("the example", args=[np.array([0.1, 0.3, 0.5, 1.0]), np.array([0, 1, 1, 1]), 2]),
        Case("an empty bin", args=[np.array([0.1, 0.2, 0.9]), np.array([0, 1, 1]), 4]),
        Case("bins of unequal size", args=[np.array([0.1, 0.15, 0.2, 0.05, 0.9]), np.array([0, 1, 1, 0, 0]), 2]),
        Case("on the edges", args=[np.array([0.0, 0.25, 0.5, 0.75, 1.0]), np.array([0, 1, 0, 1, 1]), 4]),
        Case("one bin", args=[np.array([0.2, 0.4]), np.array([0, 1]), 1]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int) -> list[np.ndarray]:
        p = rng.beta(0.8, 1.2, n)
        return [p, (rng.random(n) < p**1.5).astype(int)]

    return [
        Case("random, ten bins", args=[*draw(500), 10], compare=LOOSE),
        Case("random, seven bins", args=[*draw(300), 7], compare=LOOSE),
        Case("more bins than rows", args=[*draw(5), 64], compare=LOOSE),
        Case("one row", args=[np.array([0.3]), np.array([1]), 5], compare=LOOSE),
        Case("all ones", args=[rng.random(40), np.ones(40, dtype=int), 8], compare=LOOSE),
        Case("only zeros and ones predicted", args=[np.array([0.0, 1.0, 1.0, 0.0]), np.array([0, 1, 0, 0]), 10], compare=LOOSE),
        Case("one full bin among many", args=[np.full(20, 0.53), np.arange(20) % 2, 10], compare=LOOSE),
        Case("labels as floats", args=[rng.random(60), rng.integers(0, 2, 60).astype(float), 6], compare=LOOSE),
        Case("many rows", args=[*draw(300_000), 15], compare=LOOSE),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=[rng.random(n), rng.integers(0, 2, n), 10])
