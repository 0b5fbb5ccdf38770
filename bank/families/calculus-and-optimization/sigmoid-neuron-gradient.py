"""Gradient of the squared error through one sigmoid neuron."""

from math import exp

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "w": float(rng.choice([-1.0, -0.5, 0.5, 1.0, 1.5])),
        "x": float(rng.choice([0.5, 1.0, 2.0, 3.0])),
        "t": int(rng.integers(0, 2)),
    }


def accept(w: float, x: float, t: int) -> bool:
    return abs(w * x) <= 3


def key(w: float, x: float, t: int) -> float:
    h = 1e-30
    z = (w + 1j * h) * x
    return float(np.imag((1 / (1 + np.exp(-z)) - t) ** 2) / h)


def out(w: float, x: float) -> float:
    return 1 / (1 + exp(-w * x))


def key_independent(w: float, x: float, t: int) -> float:
    p = out(w, x)
    return 2 * (p - t) * p * (1 - p) * x


FAMILY = Family(
    slug="sigmoid-neuron-gradient",
    topic="hand-gradients-of-an-mlp",
    level="apply",
    minutes=2.5,
    difficulty=0.2,
    stem=(
        "A neuron gives $p = \\sigma(w x)$ and the loss is $(p - t)^2$. With $w = {w}$, $x = {x}$ "
        "and $t = {t}$, what is the derivative of the loss by $w$, to four decimals?"
    ),
    unit="",
    digits=4,
    response="numeric",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("activation-derivative-missing", lambda w, x, t: 2 * (out(w, x) - t) * x),
        Slip("square-factor-missing", lambda w, x, t: (out(w, x) - t) * out(w, x) * (1 - out(w, x)) * x),
        Slip("input-factor-missing", lambda w, x, t: 2 * (out(w, x) - t) * out(w, x) * (1 - out(w, x))),
        Slip("cross-entropy-gradient-for-squared-loss", lambda w, x, t: (out(w, x) - t) * x),
    ],
    explanation=(
        "Three factors: $2(p - t)$ from the square, $p(1 - p)$ from the sigmoid, $x$ from the product: {key}."
    ),
    sources=["Chain rule; Rumelhart, Hinton and Williams 1986."],
    variants=20,
)
