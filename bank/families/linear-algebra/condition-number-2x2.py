"""Condition number of a symmetric 2 x 2 matrix."""

from math import sqrt

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {"a": int(rng.integers(4, 13)), "b": int(rng.integers(1, 6)), "d": int(rng.integers(2, 10))}


def accept(a: int, b: int, d: int) -> bool:
    return a * d > b * b and a != d and roots(a, b, d)[1] > 1.3


def roots(a: int, b: int, d: int) -> tuple[float, float]:
    half, gap = (a + d) / 2, sqrt((a - d) ** 2 / 4 + b * b)
    return half + gap, half - gap


def key(a: int, b: int, d: int) -> float:
    return float(np.linalg.cond(np.array([[a, b], [b, d]], dtype=float)))


def key_independent(a: int, b: int, d: int) -> float:
    high, low = roots(a, b, d)
    return high / low


FAMILY = Family(
    slug="condition-number-2x2",
    topic="singular-and-ill-conditioned-matrices",
    level="apply",
    minutes=2,
    difficulty=0.2,
    stem="What is the condition number (2-norm) of the symmetric matrix with rows ({a}, {b}) and ({b}, {d})?",
    unit="",
    digits=2,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("condition-from-diagonal", lambda a, b, d: max(a, d) / min(a, d)),
        Slip("condition-squared", lambda a, b, d: (roots(a, b, d)[0] / roots(a, b, d)[1]) ** 2),
        Slip("condition-root", lambda a, b, d: sqrt(roots(a, b, d)[0] / roots(a, b, d)[1])),
        Slip("condition-is-largest-eigenvalue", lambda a, b, d: roots(a, b, d)[0]),
        Slip("condition-is-determinant", lambda a, b, d: float(a * d - b * b)),
    ],
    explanation="The eigenvalues of a symmetric positive definite matrix are its singular values; "
    "their ratio, largest over smallest, is {key}.",
    sources=["Trefethen and Bau, Numerical Linear Algebra: 2-norm condition number."],
    variants=20,
)
