"""Tests for rolling features."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-5, rel_tol=1e-6)


def visible() -> list[Case]:
    return [
        Case("left edge of the window", args=[np.array([7, 7, 7, 8]), np.array([0, 10, 25, 25]), np.array([5.0, 1.0, 2.0, 9.0]), 15]),
        Case("rows out of order", args=[np.array([1, 1, 1]), np.array([30, 10, 20]), np.array([3.0, 1.0, 2.0]), 100]),
        Case("two payments in one second", args=[np.array([1, 1, 1, 1]), np.array([5, 8, 8, 9]), np.array([4.0, 1.0, 6.0, 2.0]), 10]),
        Case("history older than the window", args=[np.array([1, 1, 1]), np.array([0, 100, 103]), np.array([4.0, 1.0, 2.0]), 10]),
        Case("no rows", args=[np.array([], dtype=int), np.array([], dtype=int), np.array([]), 10]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int, users: int, span: int) -> list[np.ndarray]:
        return [rng.integers(0, users, n), rng.integers(0, span, n), np.round(rng.gamma(2.0, 20.0, n), 2)]

    one = draw(200_000, 1, 5_000_000)
    long_window = draw(100_000, 1, 1_000_000)
    small = [Case("small random data", args=[*draw(12, 3, 20), int(w)], compare=LOOSE) for w in (1, 3, 6, 15)]
    return [
        *small,
        Case("one row", args=[np.array([3]), np.array([50]), np.array([2.5]), 10]),
        Case("random users and times", args=[*draw(500, 20, 3000), 300], compare=LOOSE),
        Case("many payments in the same second", args=[*draw(300, 4, 30), 5], compare=LOOSE),
        Case("a window longer than the history", args=[*draw(100, 5, 500), 10_000], compare=LOOSE),
        Case("negative amounts and times", args=[rng.integers(-3, 3, 80), rng.integers(-200, 200, 80), rng.normal(size=80), 40], compare=LOOSE),
        Case("amounts that cancel", args=[np.array([1, 1, 1]), np.array([1, 2, 3]), np.array([2.0, -2.0, 1.0]), 9]),
        Case("large ids and times", args=[rng.integers(0, 4, 60) + 10**9, rng.integers(0, 300, 60) + 1_700_000_000, rng.normal(size=60), 50], compare=LOOSE),
        Case("one user, many rows", args=[*one, 3600], compare=LOOSE),
        Case("one user, a long window", args=[*long_window, 500_000], compare=Compare(abs_tol=1e-3, rel_tol=1e-6)),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=[np.zeros(n, dtype=int), rng.integers(0, 10 * n, n), rng.random(n), n])
