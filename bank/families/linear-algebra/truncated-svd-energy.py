"""Share of the squared Frobenius norm kept by a rank-k truncation."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {"s": sorted((int(x) for x in rng.choice(np.arange(2, 21), 4, replace=False)), reverse=True)}


def key(s: list[int]) -> float:
    a = np.diag(np.array(s, dtype=float))
    u, w, v = np.linalg.svd(a)
    kept = (u[:, :2] * w[:2]) @ v[:2]
    return float(np.linalg.norm(kept) ** 2 / np.linalg.norm(a) ** 2)


def key_independent(s: list[int]) -> float:
    return (s[0] ** 2 + s[1] ** 2) / sum(x * x for x in s)


def show(s: list[int]) -> dict[str, str]:
    return {"values": ", ".join(map(str, s))}


FAMILY = Family(
    slug="truncated-svd-energy",
    topic="svd",
    level="apply",
    minutes=1.5,
    difficulty=-0.3,
    stem="A matrix has the singular values {values}. "
    "What share of its squared Frobenius norm does the best rank-2 approximation keep?",
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    show=show,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("singular-values-not-squared", lambda s: (s[0] + s[1]) / sum(s)),
        Slip("energy-root-taken", lambda s: ((s[0] ** 2 + s[1] ** 2) / sum(x * x for x in s)) ** 0.5),
        Slip("energy-of-first-only", lambda s: s[0] ** 2 / sum(x * x for x in s)),
        Slip("truncation-off-by-one", lambda s: 1 - s[3] ** 2 / sum(x * x for x in s)),
        Slip("energy-squared-twice", lambda s: (s[0] ** 4 + s[1] ** 4) / sum(x**4 for x in s)),
    ],
    explanation="Squared singular values add up to the squared Frobenius norm; "
    "the two largest of {values} keep {key} of it.",
    sources=["Eckart and Young 1936; the squared Frobenius norm is the sum of squared singular values."],
    variants=20,
)
