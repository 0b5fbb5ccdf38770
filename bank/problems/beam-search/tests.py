"""Tests for beam search."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-9)
NO = float("-inf")


def visible() -> list[Case]:
    table = [[-9.0, -1.0, -0.5], [-9.0, -2.0, -0.25], [-9.0, -9.0, -9.0]]
    detour = [[NO, -1.0, -1.5, NO], [NO, NO, NO, -4.0], [NO, NO, NO, -0.5], [NO] * 4]
    return [
        Case("the example", args=[table, 0, 2, 2, 5, 0.0]),
        Case("a better path begins worse", args=[detour, 0, 3, 2, 5, 0.0]),
        Case("the length limit", args=[[[NO, -0.5, NO], [NO, -0.25, -3.0], [NO] * 3], 0, 2, 2, 3, 0.0]),
        Case("length normalization", args=[[[NO, -1.0, -1.5], [NO, -0.5, -0.5], [NO] * 3], 0, 2, 3, 4, 1.0]),
        Case("ends are not extended", args=[[[NO, -2.0, -0.5], [NO, -1.0, -1.0], [-0.125, -0.125, -0.125]], 0, 2, 2, 3, 0.5]),
        Case("equal sums", args=[[[-1.0, -1.0, -1.0]] * 3, 0, 2, 3, 2, 0.0]),
        Case("a longer one wins by its mean", args=[[[NO, -1.0, -0.75], [NO, -0.25, -0.25], [NO] * 3], 0, 2, 2, 4, 1.0]),
        Case("a finished one takes a place", args=[[[NO, -1.0, -2.0, -0.5], [NO, NO, NO, -6.0], [NO, NO, NO, -0.25], [NO] * 4], 0, 3, 2, 3, 0.0]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def table(size: int, forbidden: float = 0.0) -> list[list[float]]:
        logits = rng.normal(size=(size, size)) * 1.5
        logits[rng.random((size, size)) < forbidden] = -np.inf
        with np.errstate(divide="ignore", invalid="ignore"):
            p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return [[float(v) if np.isfinite(v) else NO for v in row] for row in p]

    coarse = [[float(v) for v in row] for row in -rng.integers(1, 4, (5, 5)) / 2]
    return [
        *[Case("random", args=[table(6), 0, 5, int(w), 6, float(a)], compare=LOOSE) for w, a in ((1, 0.0), (2, 0.7), (4, 1.0), (7, 0.3))],
        *[Case("random, forbidden tokens", args=[table(7, 0.4), 1, 6, 3, 7, float(a)], compare=LOOSE) for a in (0.0, 0.8)],
        Case("many equal sums", args=[coarse, 0, 4, 4, 4, 0.0]),
        Case("wider than there are candidates", args=[table(3), 0, 2, 50, 3, 0.5], compare=LOOSE),
        Case("everything is forbidden", args=[[[NO, NO], [NO, NO]], 0, 1, 2, 3, 1.0]),
        Case("a dead end after one step", args=[[[NO, -0.5, -3.0], [NO, NO, NO], [NO] * 3], 0, 2, 1, 3, 0.0]),
        Case("one step", args=[table(5), 2, 4, 3, 1, 1.0], compare=LOOSE),
        Case("start is a token too", args=[table(4), 3, 0, 3, 5, 0.9], compare=LOOSE),
        Case("a large alpha", args=[table(6), 0, 5, 3, 6, 3.0], compare=LOOSE),
        Case("a wide beam", args=[table(200), 0, 199, 30, 30, 0.7], compare=LOOSE),
    ]
