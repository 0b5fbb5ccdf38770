"""Weight of a leaf under XGBoost's second-order objective with log loss."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "pos": int(rng.integers(1, 12)),
        "neg": int(rng.integers(1, 12)),
        "p": float(rng.choice([0.2, 0.3, 0.4, 0.6, 0.7, 0.8])),
        "lam": int(rng.integers(1, 5)),
    }


def sums(pos: int, neg: int, p: float) -> tuple[float, float]:
    return pos * (p - 1) + neg * p, (pos + neg) * p * (1 - p)


def accept(pos: int, neg: int, p: float, lam: int) -> bool:
    return abs(sums(pos, neg, p)[0]) > 0.4


def key(pos: int, neg: int, p: float, lam: int) -> float:
    """Root of the derivative of the leaf objective, built row by row."""
    y = np.repeat([1.0, 0.0], [pos, neg])
    gradient, hessian = p - y, np.full(len(y), p * (1 - p))
    objective = np.polynomial.Polynomial([0.0, gradient.sum(), (hessian.sum() + lam) / 2])
    return float(objective.deriv().roots()[0])


def key_independent(pos: int, neg: int, p: float, lam: int) -> float:
    g, h = sums(pos, neg, p)
    return -g / (h + lam)


FAMILY = Family(
    slug="xgboost-leaf-weight",
    topic="xgboost-second-order-objective",
    level="apply",
    minutes=2.5,
    difficulty=0.6,
    stem=(
        "In XGBoost with log loss a leaf holds {pos} positives and {neg} negatives, all with "
        "present probability {p}. With $\\lambda = {lam}$ and no other penalty, what is the "
        "optimal weight of the leaf (before the learning rate)?"
    ),
    unit="",
    digits=3,
    response="numeric",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("leaf-weight-without-lambda", lambda pos, neg, p, lam: key_independent(pos, neg, p, 0)),
        Slip("leaf-weight-sign", lambda pos, neg, p, lam: -key_independent(pos, neg, p, lam)),
        Slip(
            "leaf-weight-count-for-hessian",
            lambda pos, neg, p, lam: -sums(pos, neg, p)[0] / (pos + neg + lam),
        ),
    ],
    explanation="$G = \\sum (p - y)$, $H = \\sum p(1 - p)$, and the weight is $-G/(H + \\lambda)$ = {key}.",
    sources=["Chen and Guestrin 2016, XGBoost, equation 5."],
    variants=20,
)
