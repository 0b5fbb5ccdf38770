"""Tests for a classification tree."""
import numpy as np

from greenroom.judge.cases import Case


def visible() -> list[Case]:
    X = np.array([[1.0], [2.0], [3.0]])
    return [
        Case("the example", args=[X, np.array([0, 0, 1]), 2, 1]),
        Case("depth zero", args=[X, np.array([2, 1, 1]), 0, 1]),
        Case("equal values", args=[np.array([[1.0], [1.0], [2.0], [2.0]]), np.array([0, 1, 1, 1]), 3, 1]),
        Case("a least leaf size", args=[np.array([[1.0], [2.0], [3.0], [4.0], [5.0]]), np.array([0, 0, 0, 0, 1]), 3, 2]),
        Case("equally good features", args=[np.array([[1.0, 7.0], [2.0, 8.0], [3.0, 9.0]]), np.array([0, 1, 1]), 1, 1]),
        Case("no split helps", args=[np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0]), 3, 1]),
        Case("weighted sides", args=[np.arange(8.0)[:, None], np.array([0, 0, 0, 0, 0, 1, 0, 1]), 1, 1]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int, d: int, classes: int, decimals: int) -> list[np.ndarray]:
        X = np.round(rng.normal(size=(n, d)), decimals)
        noise = rng.integers(0, classes, n)
        rule = (X[:, 0] > 0).astype(int) + (X[:, -1] > 0.5)
        return [X, np.where(rng.random(n) < 0.7, rule % classes, noise)]

    return [
        Case("random, three classes", args=[*draw(80, 3, 3, 6), 4, 1]),
        Case("random, many equal values", args=[*draw(90, 3, 3, 0), 5, 1]),
        Case("random, least leaf size", args=[*draw(80, 2, 2, 3), 6, 7]),
        Case("grown to the end", args=[*draw(40, 2, 2, 4), 30, 1]),
        Case("one class", args=[rng.normal(size=(9, 2)), np.full(9, 4), 3, 1]),
        Case("one row", args=[np.array([[1.0, 2.0]]), np.array([7]), 3, 1]),
        Case("rows all alike", args=[np.ones((5, 2)), np.array([1, 0, 1, 0, 2]), 3, 1]),
        Case("a leaf size that allows nothing", args=[*draw(10, 2, 2, 3), 3, 6]),
        Case("a leaf size of half the rows", args=[np.arange(6.0)[:, None], np.array([0, 0, 1, 0, 1, 1]), 3, 3]),
        Case("negative labels", args=[np.arange(6.0)[:, None], np.array([-3, -3, 5, 5, -1, -1]), 3, 1]),
        Case("columns in whole numbers", args=[rng.integers(0, 4, (50, 3)), rng.integers(0, 2, 50), 4, 2]),
        Case("many rows", args=[*draw(3000, 10, 3, 4), 6, 5]),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    return Case(f"n={n}", args=[rng.normal(size=(n, 3)), rng.integers(0, 2, n), 3, 5])
