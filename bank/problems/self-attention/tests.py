"""Tests for causal self-attention."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-8, rel_tol=1e-6)


def visible() -> list[Case]:
    eye = np.eye(2)
    two = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    three = np.array([[[1.0, 2.0], [0.5, -1.0], [2.0, 0.0]]])
    W = [np.array([[1.0, 0.5], [0.0, 1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[2.0, 0.0], [1.0, -1.0]]), eye]
    pad = np.array([[[1.0, 2.0], [0.5, -1.0], [9.0, 9.0]]])
    return [
        Case("two tokens, identity weights", args=[two, eye, eye, eye, eye, 1, np.array([2])]),
        Case("three tokens, one head", args=[three, *W, 1, np.array([3])]),
        Case("three tokens, two heads", args=[three, *W[:3], W[0], 2, np.array([3])]),
        Case("a padded position", args=[pad, *W, 1, np.array([2])]),
        Case("scores in the thousands", args=[three * 100, *W, 1, np.array([3])]),
    ]


def draw(rng: np.random.Generator, B: int, T: int, d: int, n_heads: int, scale: float = 1.0) -> list:
    weights = [scale * rng.normal(size=(d, d)) / np.sqrt(d) for _ in range(4)]
    return [rng.normal(size=(B, T, d)), *weights, n_heads, rng.integers(1, T + 1, B)]


def hidden(rng: np.random.Generator) -> list[Case]:
    full = draw(rng, 2, 7, 6, 3)
    full[-1] = np.array([7, 7])
    filled = []
    for junk in (np.nan, np.inf, 1e300):
        args = draw(rng, 3, 6, 4, 2)
        args[-1] = np.array([6, 3, 1])
        X = args[0].copy()
        X[1, 3:], X[2, 1:] = junk, -junk
        filled.append([X, *args[1:]])
    large = draw(rng, 2, 5, 4, 2)
    large[0] = large[0] * 200
    same = draw(rng, 1, 5, 4, 2)
    same[0] = np.tile(same[0][:, :1], (1, 5, 1))
    return [
        Case("random, no padding", args=full, compare=LOOSE),
        Case("random, one head", args=draw(rng, 3, 6, 5, 1), compare=LOOSE),
        Case("random, several heads and lengths", args=draw(rng, 4, 9, 12, 4), compare=LOOSE),
        Case("as many heads as dimensions", args=draw(rng, 2, 5, 6, 6), compare=LOOSE),
        Case("one token", args=draw(rng, 3, 1, 4, 2), compare=LOOSE),
        Case("one dimension", args=draw(rng, 2, 6, 1, 1), compare=LOOSE),
        Case("NaN in the padding", args=filled[0], compare=LOOSE),
        Case("infinity in the padding", args=filled[1], compare=LOOSE),
        Case("huge values in the padding", args=filled[2], compare=LOOSE),
        Case("very large scores", args=large, compare=Compare(abs_tol=1e-4, rel_tol=1e-5)),
        Case("equal tokens", args=same, compare=LOOSE),
        Case("a long sequence", args=draw(rng, 2, 256, 32, 4), compare=LOOSE),
    ]


def sized(n: int, rng: np.random.Generator) -> Case:
    args = draw(rng, 1, n, 32, 4)
    args[-1] = np.array([n])
    return Case(f"n={n}", args=args)
