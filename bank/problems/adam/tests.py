"""Tests for Adam."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-7)
USUAL = (0.1, 0.9, 0.999, 1e-8)


def visible() -> list[Case]:
    two = np.array([[2.0], [2.0]])
    moving = np.array([[1.0, -2.0], [3.0, 0.5], [-1.0, 0.0]])
    start = np.array([0.5, -1.0])
    return [
        Case("a constant gradient", args=[np.array([1.0]), two, *USUAL, 0.0, False]),
        Case("a changing gradient", args=[start, moving, 0.01, 0.8, 0.9, 1e-8, 0.0, False]),
        Case("an L2 penalty", args=[start, moving, 0.1, 0.8, 0.9, 1e-8, 0.5, False]),
        Case("decoupled decay", args=[start, moving, 0.1, 0.8, 0.9, 1e-8, 0.5, True]),
        Case("no steps", args=[start, np.zeros((0, 2)), *USUAL, 0.1, True]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    g = rng.normal(size=(40, 5))
    theta = rng.normal(size=5)
    return [
        Case("random gradients", args=[theta, g, *USUAL, 0.0, False], compare=LOOSE),
        Case("random gradients, AdamW", args=[theta, g, *USUAL, 0.3, True], compare=LOOSE),
        Case("random gradients, L2", args=[theta, g, *USUAL, 0.3, False], compare=LOOSE),
        Case("tiny gradients", args=[theta, 1e-7 * g, 0.1, 0.9, 0.999, 1e-8, 0.0, False], compare=LOOSE),
        Case("a large eps", args=[theta, g, 0.1, 0.9, 0.999, 0.5, 0.1, True], compare=LOOSE),
        Case("zero gradients", args=[theta, np.zeros((4, 5)), *USUAL, 0.2, True], compare=LOOSE),
        Case("a gradient that is zero at first", args=[np.array([1.0]), np.array([[0.0], [0.0], [3.0]]), *USUAL, 0.0, False], compare=LOOSE),
        Case("no momentum", args=[theta, g, 0.05, 0.0, 0.99, 1e-8, 0.0, False], compare=LOOSE),
        Case("no memory of squares", args=[theta, g, 0.05, 0.9, 0.0, 1e-3, 0.1, True], compare=LOOSE),
        Case("whole-number start", args=[np.array([1, -2, 3, 0, 5]), g, *USUAL, 0.1, True], compare=LOOSE),
        Case("many steps", args=[rng.normal(size=50), rng.normal(size=(1500, 50)), *USUAL, 0.01, True], compare=LOOSE),
    ]
