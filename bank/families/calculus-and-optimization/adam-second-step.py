"""Adam's second step after two gradients, by hand."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "g1": int(rng.integers(1, 6)),
        "g2": -int(rng.integers(1, 6)),
        "lr": float(rng.choice([0.01, 0.05, 0.1])),
    }


def accept(g1: int, g2: int, lr: float) -> bool:
    return abs(0.9 * g1 + g2) > 0.5


def key(g1: int, g2: int, lr: float) -> float:
    g = np.array([g1, g2], dtype=float)
    m = np.average(g, weights=[0.9, 1.0])
    v = np.average(g**2, weights=[0.999, 1.0])
    return float(-lr * m / np.sqrt(v))


def moments(g1: int, g2: int) -> tuple[float, float]:
    return 0.09 * g1 + 0.1 * g2, 0.000999 * g1**2 + 0.001 * g2**2


def key_independent(g1: int, g2: int, lr: float) -> float:
    m, v = moments(g1, g2)
    return -lr * (m / (1 - 0.9**2)) / (v / (1 - 0.999**2)) ** 0.5


def no_correction(g1: int, g2: int, lr: float) -> float:
    m, v = moments(g1, g2)
    return -lr * m / v**0.5


FAMILY = Family(
    slug="adam-second-step",
    topic="adam-bias-correction",
    level="apply",
    minutes=3,
    difficulty=0.6,
    stem=(
        "Adam with $\\beta_1 = 0.9$, $\\beta_2 = 0.999$, $\\epsilon = 0$ and learning rate {lr} "
        "sees the gradients {g1} and then {g2} for one weight, starting from zero moments. By "
        "how much does the second step change the weight (with its sign)?"
    ),
    unit="",
    digits=4,
    response="numeric",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("adam-no-correction", no_correction),
        Slip("adam-step-sign", lambda g1, g2, lr: -key(g1, g2, lr)),
        Slip("adam-last-gradient-only", lambda g1, g2, lr: -lr * g2 / abs(g2)),
    ],
    explanation=(
        "Corrected moments are weighted means of the gradients and of their squares, with "
        "weights 0.9 and 1 for $m$ and 0.999 and 1 for $v$: the step is $-\\eta\\,\\hat "
        "m/\\sqrt{{\\hat v}}$ = {key}."
    ),
    sources=["Kingma and Ba 2015, Adam, algorithm 1."],
    variants=20,
)
