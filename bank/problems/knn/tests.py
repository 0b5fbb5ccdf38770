"""Tests for k nearest neighbours."""
import numpy as np

from greenroom.judge.cases import Case


def visible() -> list[Case]:
    line = np.array([[0.0], [1.0], [3.0]])
    plane = np.array([[0.0, 4.0], [3.0, 3.0], [5.0, 0.0], [9.0, 9.0]])
    return [
        Case("equal votes", args=[line, np.array([5, 7, 7]), np.array([[0.9], [2.0]]), 2, False]),
        Case("equal distances", args=[np.array([[2.0], [0.0], [2.0], [0.0]]), np.array([1, 2, 3, 4]), np.array([[1.0]]), 1, False]),
        Case("two columns", args=[plane, np.array([1, 2, 3, 4]), np.array([[0.0, 0.0], [8.0, 8.0]]), 2, False]),
        Case("weighted votes", args=[np.array([[0.0], [2.5], [2.6], [9.0]]), np.array([1, 2, 2, 3]), np.array([[1.0]]), 3, True]),
        Case("a query on a row", args=[np.array([[1.0], [1.0], [1.5], [1.0]]), np.array([9, 4, 4, 9]), np.array([[1.0]]), 3, True]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int, m: int, d: int, classes: int) -> list[np.ndarray]:
        return [rng.normal(size=(n, d)), rng.integers(0, classes, n), rng.normal(size=(m, d))]

    def grid(n: int, m: int) -> list[np.ndarray]:
        return [rng.integers(0, 4, (n, 2)).astype(float), rng.integers(-2, 3, n), rng.integers(0, 4, (m, 2)).astype(float)]

    return [
        Case("random", args=[*draw(80, 20, 3, 4), 5, False]),
        Case("random, weighted", args=[*draw(80, 20, 3, 4), 6, True]),
        Case("whole-number points, many ties", args=[*grid(60, 25), 4, False]),
        Case("queries on rows, weighted", args=[*grid(90, 25), 12, True]),
        Case("one neighbour", args=[*draw(30, 10, 2, 3), 1, True]),
        Case("all rows vote", args=[*draw(12, 5, 2, 3), 12, False]),
        Case("negative labels", args=[np.array([[0.0], [1.0], [2.0]]), np.array([-5, -1, -1]), np.array([[0.2]]), 2, False]),
        Case("one class", args=[rng.normal(size=(6, 2)), np.full(6, 3), rng.normal(size=(4, 2)), 3, True]),
        Case("no queries", args=[rng.normal(size=(6, 2)), np.arange(6), np.zeros((0, 2)), 3, False]),
        Case("whole-number arrays", args=[np.array([[0, 0], [2, 1], [4, 4]]), np.array([1, 2, 2]), np.array([[1, 1]]), 3, False]),
        Case("many rows and queries", args=[*draw(4000, 300, 20, 8), 10, False]),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=[rng.normal(size=(n, 4)), rng.integers(0, 3, n), rng.normal(size=(20, 4)), 5, False])
