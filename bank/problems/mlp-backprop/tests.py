"""Tests for backpropagation through an MLP."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-6)


def visible() -> list[Case]:
    W1 = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]])
    W2 = np.array([[1.0, 0.0], [0.5, -1.0], [-2.0, 1.0]])
    X = np.array([[1.0, 2.0], [-1.0, 1.0]])
    b1, b2 = np.array([0.1, -0.2, 0.3]), np.array([0.0, 0.4])
    return [
        Case("one layer, zero weights", args=[np.array([[1.0, 2.0]]), np.array([0]), [np.zeros((2, 2))], [np.zeros(2)]]),
        Case("one layer, two rows", args=[X, np.array([2, 0]), [W1], [b1]]),
        Case("one hidden layer", args=[X, np.array([1, 0]), [W1, W2], [b1, b2]]),
        Case("logits in the thousands", args=[X * 1000, np.array([1, 0]), [W1, -W2], [b1, b2]]),
        Case("a hidden unit exactly at zero", args=[np.array([[1.0, 0.0]]), np.array([1]), [np.eye(2), np.array([[1.0, 0.0], [0.5, -1.0]])], [np.array([0.0, 0.0]), np.array([0.5, 0.0])]]),
    ]


def network(rng: np.random.Generator, sizes: list[int], scale: float = 1.0) -> tuple[list, list]:
    weights = [scale * rng.normal(size=(a, b)) / np.sqrt(a) for a, b in zip(sizes, sizes[1:])]
    return weights, [0.3 * rng.normal(size=b) for b in sizes[1:]]


def hidden(rng: np.random.Generator) -> list[Case]:
    def draw(n: int, sizes: list[int], scale: float = 1.0) -> list:
        weights, biases = network(rng, sizes, scale)
        return [rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], n), weights, biases]

    X, y, weights, biases = draw(12, [3, 6, 3])
    dead = [weights, [np.full(6, -50.0), biases[1]]]
    one_class = draw(9, [4, 5, 3])
    one_class[1] = np.full(9, 2)
    return [
        Case("one layer, random", args=draw(20, [4, 3]), compare=LOOSE),
        Case("two layers, random", args=draw(30, [5, 8, 3]), compare=LOOSE),
        Case("four layers, random", args=draw(16, [6, 10, 7, 5, 4]), compare=LOOSE),
        Case("a batch of one row", args=draw(1, [3, 4, 2]), compare=LOOSE),
        Case("a layer of one unit", args=draw(10, [3, 1, 4]), compare=LOOSE),
        Case("all hidden units dead", args=[X, y, *dead], compare=LOOSE),
        Case("negative inputs reach the first layer", args=[-np.abs(X), y, weights, biases], compare=LOOSE),
        Case("very confident and wrong", args=draw(8, [4, 6, 3], 300.0), compare=LOOSE),
        Case("all rows of one class", args=one_class, compare=LOOSE),
        Case("a class without rows", args=[X, np.zeros(12, dtype=int), weights, biases], compare=LOOSE),
        Case("a large batch", args=draw(4000, [64, 128, 10]), compare=LOOSE),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    weights, biases = network(rng, [32, 64, 10])
    return Case(f"n={n}", args=[rng.normal(size=(n, 32)), rng.integers(0, 10, n), weights, biases])
