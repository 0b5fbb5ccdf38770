"""One tabular Q-learning update."""

from fractions import Fraction

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    q = [int(v) for v in rng.choice(np.arange(-4, 13), 3, replace=False)]
    return {
        "q": int(rng.integers(0, 11)),
        "r": int(rng.integers(-3, 6)),
        "nxt": q,
        "taken": int(rng.integers(0, 3)),
        "alpha": float(rng.choice([0.1, 0.2, 0.25, 0.5])),
        "gamma": float(rng.choice([0.8, 0.9, 0.95])),
    }


def accept(q: int, r: int, nxt: list[int], taken: int, alpha: float, gamma: float) -> bool:
    return nxt[taken] != max(nxt) and abs(r + gamma * max(nxt) - q) > 1 and max(nxt) > 0


def key(q: int, r: int, nxt: list[int], taken: int, alpha: float, gamma: float) -> float:
    table = np.array([[q, 0, 0], nxt], dtype=float)
    table[0, 0] += alpha * (r + gamma * table[1].max() - table[0, 0])
    return float(table[0, 0])


def key_independent(q: int, r: int, nxt: list[int], taken: int, alpha: float, gamma: float) -> float:
    a, g = Fraction(str(alpha)), Fraction(str(gamma))
    return float((1 - a) * q + a * (r + g * max(nxt)))


def show(q: int, r: int, nxt: list[int], taken: int, alpha: float, gamma: float) -> dict[str, str | int]:
    return {"values": ", ".join(map(str, nxt)), "place": ("first", "second", "third")[taken]}


FAMILY = Family(
    slug="q-update",
    topic="q-learning",
    level="apply",
    minutes=1.5,
    difficulty=-0.2,
    stem=(
        "$Q(s, a) = {q}$. Action $a$ gives the reward {r} and leads to $s'$, whose three actions "
        "have the values {values}; there the agent, exploring, takes the {place} one. With "
        "$\\alpha = {alpha}$ and $\\gamma = {gamma}$, what does Q-learning make of $Q(s, a)$?"
    ),
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    show=show,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "q-uses-action-taken",
            lambda q, r, nxt, taken, alpha, gamma: q + alpha * (r + gamma * nxt[taken] - q),
        ),
        Slip("q-without-discount", lambda q, r, nxt, taken, alpha, gamma: q + alpha * (r + max(nxt) - q)),
        Slip("q-target-replaces-value", lambda q, r, nxt, taken, alpha, gamma: r + gamma * max(nxt)),
        Slip(
            "q-uses-mean-of-next",
            lambda q, r, nxt, taken, alpha, gamma: q + alpha * (r + gamma * sum(nxt) / 3 - q),
        ),
        Slip("q-adds-target", lambda q, r, nxt, taken, alpha, gamma: q + alpha * (r + gamma * max(nxt))),
        Slip("q-old-value-forgotten", lambda q, r, nxt, taken, alpha, gamma: alpha * (r + gamma * max(nxt))),
    ],
    explanation=(
        "The target is {r} + {gamma} · max({values}); the value moves by the share {alpha} towards it: {key}."
    ),
    sources=["Watkins and Dayan 1992, Q-learning."],
    variants=20,
)
