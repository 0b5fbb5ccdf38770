"""Tests for a LoRA layer."""
import numpy as np

from greenroom.judge.cases import Case, Compare

LOOSE = Compare(abs_tol=1e-9, rel_tol=1e-7)
W = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
A = np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 1.0]])
B = np.array([[1.0, 0.5], [0.0, -1.0]])
X = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])
DY = np.array([[1.0, 0.0], [2.0, -1.0]])


def visible() -> list[Case]:
    one = [("__init__", [np.eye(2), np.array([[1.0, 1.0]]), np.array([[1.0], [0.0]]), 2.0])]
    two = [("__init__", [W, A, B, 3.0])]
    return [
        Case("the example", calls=[*one, ("forward", [np.array([[1.0, 2.0]])]), ("merge", []), ("weight", [])]),
        Case("rank two", calls=[*two, ("forward", [X])]),
        Case("gradients", calls=[*two, ("backward", [X, DY])]),
        Case("merged twice", calls=[*two, ("merge", []), ("merge", []), ("weight", []), ("forward", [X])]),
        Case("sizes", calls=[*two, ("n_trainable", []), ("weight", [])]),
    ]


def hidden(rng: np.random.Generator) -> list[Case]:
    def layer(d_out: int, d_in: int, r: int, alpha: float) -> list:
        return [("__init__", [rng.normal(size=(d_out, d_in)), rng.normal(size=(r, d_in)), rng.normal(size=(d_out, r)), alpha])]

    x, dy = rng.normal(size=(6, 5)), rng.normal(size=(6, 4))
    around = [("merge", []), ("unmerge", []), ("unmerge", []), ("weight", []), ("merge", []), ("weight", []), ("unmerge", []), ("forward", [x])]
    big = [("__init__", [rng.normal(size=(600, 500)), rng.normal(size=(8, 500)), np.zeros((600, 8)), 16.0])]
    return [
        Case("random, forward", calls=[*layer(4, 5, 3, 1.5), ("forward", [x])], compare=LOOSE),
        Case("random, gradients", calls=[*layer(4, 5, 3, 1.5), ("backward", [x, dy])], compare=LOOSE),
        Case("gradients while merged", calls=[*layer(4, 5, 2, 4.0), ("merge", []), ("backward", [x, dy]), ("forward", [x])], compare=LOOSE),
        Case("merged and unmerged", calls=[*layer(4, 5, 2, 4.0), *around], compare=LOOSE),
        Case("unmerged before merging", calls=[*layer(4, 5, 2, 4.0), ("unmerge", []), ("forward", [x])], compare=LOOSE),
        Case("the caller's weight", calls=[*layer(4, 5, 2, 4.0), ("merge", []), ("forward", [x]), ("backward", [x, dy]), ("unmerge", [])], compare=LOOSE),
        Case("rank one", calls=[*layer(4, 5, 1, 0.5), ("forward", [x]), ("backward", [x, dy]), ("n_trainable", [])], compare=LOOSE),
        Case("an adapter that is still zero", calls=[*big, ("forward", [rng.normal(size=(20, 500))]), ("n_trainable", [])], compare=LOOSE),
        Case("alpha zero", calls=[*layer(4, 5, 2, 0.0), ("forward", [x]), ("backward", [x, dy]), ("merge", []), ("weight", [])], compare=LOOSE),
        Case("one row", calls=[*layer(4, 5, 5, 2.0), ("forward", [x[:1]]), ("backward", [x[:1], dy[:1]])], compare=LOOSE),
    ]
