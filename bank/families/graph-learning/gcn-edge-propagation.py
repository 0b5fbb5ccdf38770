"""Value of a node after one symmetric-normalised propagation."""

from math import sqrt

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "x": int(rng.integers(1, 10)),
        "y": int(rng.integers(1, 10)),
        "p": int(rng.integers(2, 7)),
    }


def accept(x: int, y: int, p: int) -> bool:
    return abs(x - y) >= 2


def key(x: int, y: int, p: int) -> float:
    """Node 0 is the leaf, node 1 the hub with p neighbours."""
    a = np.eye(p + 1)
    a[1, :] = a[:, 1] = 1
    values = np.zeros(p + 1)
    values[0], values[1] = x, y
    root = np.diag(a.sum(axis=1) ** -0.5)
    return float((root @ a @ root @ values)[0])


def key_independent(x: int, y: int, p: int) -> float:
    return x / 2 + y / sqrt(2 * (p + 1))


FAMILY = Family(
    slug="gcn-edge-propagation",
    topic="graph-convolution",
    level="apply",
    minutes=2,
    difficulty=0.3,
    stem=(
        "A leaf with value {x} hangs on a hub with value {y}; the hub has {p} neighbours in all. "
        "After one GCN propagation with self-loops and symmetric normalisation (weight 1, no "
        "activation), what is the leaf's value?"
    ),
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("gcn-row-mean-of-leaf", lambda x, y, p: (x + y) / 2),
        Slip("gcn-hub-degree-only", lambda x, y, p: x / 2 + y / (p + 1)),
        Slip("gcn-degrees-without-self-loops", lambda x, y, p: x + y / sqrt(p)),
        Slip("gcn-leaf-own-value-kept", lambda x, y, p: x + y / sqrt(2 * (p + 1))),
        Slip("gcn-leaf-self-forgotten", lambda x, y, p: y / sqrt(2 * (p + 1))),
    ],
    explanation="With self-loops the degrees are 2 and {p} + 1: ${x}/2 + {y}/\\sqrt{{2({p} + 1)}}$ = {key}.",
    sources=["Kipf and Welling 2017, equation 2."],
    variants=20,
)
