"""Tests for k-means."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-7, rel_tol=1e-7)


def visible() -> list[Case]:
    line = np.array([[0.0], [1.0], [10.0], [11.0]])
    square = np.array([[0.0, 0.0], [0.0, 2.0], [6.0, 0.0], [6.0, 2.0], [3.0, 9.0]])
    return [
        Case("two clear groups", args=[line, 2, np.array([0.0, 0.9]), 100]),
        Case("three groups in the plane", args=[square, 3, np.array([0.1, 0.5, 0.95]), 100]),
        Case("seeding by squared distance", args=[np.array([[0.0], [1.0], [3.0], [4.0]]), 2, np.array([0.0, 0.1]), 0]),
        Case("stopped after one round", args=[np.array([[0.0], [1.0], [2.0], [9.0], [30.0]]), 2, np.array([0.0, 0.02]), 1]),
        Case("one centre", args=[square, 1, np.array([0.99]), 100]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    blobs = np.concatenate([rng.normal(loc=c, size=(60, 3)) for c in (-4.0, 0.0, 5.0)])
    plain = rng.normal(size=(200, 4))
    grid = np.array([[0.0], [2.0], [4.0]])
    cases = [
        Case("random blobs", args=[rng.permutation(blobs), 3, rng.random(3), 100], compare=LOOSE),
        Case("random data without groups", args=[plain, 5, rng.random(5), 100], compare=LOOSE),
        Case("seeding only, random", args=[plain, 6, rng.random(6), 0], compare=LOOSE),
        Case("stopped after two rounds", args=[plain, 4, rng.random(4), 2], compare=LOOSE),
        Case("more centres than distinct points", args=[np.array([[1.0], [1.0], [1.0], [5.0]]), 3, np.array([0.0, 0.3, 0.6]), 100]),
        Case("all points equal", args=[np.full((6, 2), 3.0), 2, np.array([0.2, 0.9]), 100]),
        Case("duplicated points, random", args=[rng.permutation(np.repeat(plain[:10], 4, axis=0)), 4, rng.random(4), 100], compare=LOOSE),
        Case("as many centres as points", args=[plain[:5], 5, rng.random(5), 100], compare=LOOSE),
        Case("equal distances", args=[grid, 2, np.array([0.0, 0.99]), 0]),
        Case("equal distances, other order", args=[grid, 2, np.array([0.99, 0.0]), 0]),
        Case("a draw on the edge of a weight", args=[np.array([[0.0], [2.0], [-2.0]]), 2, np.array([0.0, 0.5]), 0]),
        Case("a draw of zero", args=[np.array([[0.0], [2.0], [-2.0]]), 2, np.array([0.0, 0.0]), 0]),
        Case("every point on a centre", args=[np.array([[1.0], [5.0], [1.0], [1.0]]), 3, np.array([0.0, 0.5, 0.3]), 100]),
        Case("integer points", args=[np.array([[0], [1], [7], [9]]), 2, np.array([0.3, 0.7]), 100]),
        Case("far from the origin", args=[plain + 1e4, 3, rng.random(3), 100], compare=Compare(abs_tol=1e-5, rel_tol=1e-6)),
    ]
    for size in (7, 12, 30, 50):
        X = np.round(rng.normal(size=(size, 2)) * 3, 2)
        cases.append(Case("small random data", args=[X, 3, rng.random(3), 100], compare=LOOSE))
    return cases


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=[rng.normal(size=(n, 8)), 8, rng.random(8), 5])
