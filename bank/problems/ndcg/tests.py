"""Tests for NDCG."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-8)


def visible() -> list[Case]:
    return [
        Case("the example", args=[np.array([3, 0, 1]), np.array([0.2, 0.9, 0.5]), 3]),
        Case("a tie at the cut", args=[np.array([1, 0]), np.array([0.5, 0.5]), 1]),
        Case("a cut before the end", args=[np.array([0, 2, 1, 3]), np.array([4.0, 3.0, 2.0, 1.0]), 2]),
        Case("the first rank alone", args=[np.array([0, 2, 1]), np.array([1.0, 2.0, 9.0]), 1]),
        Case("nothing relevant", args=[np.array([0, 0]), np.array([0.3, 0.1]), 2]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int, levels: int, spread: int) -> list:
        return [rng.integers(0, levels, n), rng.integers(0, spread, n) / 7.0]

    many = [rng.integers(0, 4, 60_000), np.round(rng.normal(size=60_000), 2)]
    return [
        Case("random, no ties", args=[rng.integers(0, 4, 40), rng.normal(size=40), 10], compare=LOOSE),
        Case("random, many ties", args=[*draw(60, 4, 5), 12], compare=LOOSE),
        Case("random, k larger than n", args=[*draw(20, 3, 6), 50], compare=LOOSE),
        Case("k equal to n", args=[*draw(15, 3, 6), 15], compare=LOOSE),
        Case("all scores equal", args=[np.array([0, 3, 1, 0, 2]), np.zeros(5), 3], compare=LOOSE),
        Case("a perfect ranking", args=[np.array([3, 2, 1, 0]), np.array([9.0, 7.0, 5.0, 1.0]), 4], compare=LOOSE),
        Case("the relevant one comes last", args=[np.array([0, 0, 0, 1]), np.array([4.0, 3.0, 2.0, 1.0]), 3], compare=LOOSE),
        Case("one document", args=[np.array([2]), np.array([-1.0]), 5], compare=LOOSE),
        Case("no documents", args=[np.array([], dtype=int), np.array([]), 5]),
        Case("negative scores", args=[np.array([1, 2, 0, 1]), np.array([-5.0, -1.0, -1.0, -9.0]), 2], compare=LOOSE),
        Case("high relevance", args=[np.array([10, 0, 9, 1]), np.array([0.1, 0.2, 0.3, 0.4]), 4], compare=LOOSE),
        Case("many documents", args=[*many, 1000], compare=LOOSE),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    relevance = rng.integers(0, 4, n)
    relevance[0] = 1
    return Case(f"n={n}", args=[relevance, np.round(rng.normal(size=n), 3), 100])
