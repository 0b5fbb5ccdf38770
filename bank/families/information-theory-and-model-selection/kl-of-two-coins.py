"""KL divergence between two Bernoulli distributions, in bits."""

from math import log2

import numpy as np
from scipy.stats import entropy

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {"p": int(rng.integers(1, 10)) / 10, "q": int(rng.integers(1, 10)) / 10}


def accept(p: float, q: float) -> bool:
    return abs(p - q) > 0.15 and abs(p + q - 1) > 0.05 and p != 0.5


def key(p: float, q: float) -> float:
    return float(entropy([p, 1 - p], [q, 1 - q], base=2))


def key_independent(p: float, q: float) -> float:
    return p * log2(p / q) + (1 - p) * log2((1 - p) / (1 - q))


FAMILY = Family(
    slug="kl-of-two-coins",
    topic="kl-divergence",
    level="apply",
    minutes=2,
    difficulty=0.3,
    stem=(
        "A binary feature was 1 with probability {p} in training and is 1 with probability {q} "
        "in production. What is $KL(\\text{{train}} \\Vert \\text{{production}})$ in bits?"
    ),
    unit="bits",
    digits=3,
    response="numeric",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("kl-direction-swapped", lambda p, q: key_independent(q, p)),
        Slip("nats-for-bits", lambda p, q: key_independent(p, q) * 0.6931471805599453),
        Slip("kl-taken-for-cross-entropy", lambda p, q: -p * log2(q) - (1 - p) * log2(1 - q)),
        Slip("kl-first-term-only", lambda p, q: p * log2(p / q)),
    ],
    explanation=(
        "The log ratio is averaged over the first distribution: {p} log₂({p}/{q}) plus the same "
        "for the complements, {key} bits."
    ),
    sources=["Kullback and Leibler 1951; scipy.stats.entropy."],
    variants=20,
)
