"""Posterior probability after a positive test."""

import numpy as np

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "prior": float(rng.choice([1, 2, 3, 4, 5, 8, 10])),
        "sens": int(rng.integers(70, 97)),
        "fpr": int(rng.integers(3, 16)),
    }


def accept(prior: float, sens: int, fpr: int) -> bool:
    return 15 < key(prior, sens, fpr) < 60


def key(prior: float, sens: int, fpr: int) -> float:
    joint = np.array([prior / 100, 1 - prior / 100]) * np.array([sens, fpr])
    return float(100 * joint[0] / joint.sum())


def key_independent(prior: float, sens: int, fpr: int) -> float:
    odds = prior / (100 - prior) * sens / fpr
    return 100 * odds / (1 + odds)


FAMILY = Family(
    slug="bayes-screening",
    topic="bayes-theorem",
    level="apply",
    minutes=1.5,
    difficulty=-0.2,
    stem=(
        "A content filter fires on {sens} % of harmful posts and on {fpr} % of harmless ones. "
        "{prior:g} % of posts are harmful. What percentage of the posts it fires on are harmful?"
    ),
    unit="%",
    digits=1,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("posterior-is-sensitivity", lambda prior, sens, fpr: float(sens)),
        Slip("posterior-is-specificity", lambda prior, sens, fpr: 100.0 - fpr),
        Slip("joint-taken-for-posterior", lambda prior, sens, fpr: prior * sens / 100),
        Slip("prior-kept-after-evidence", lambda prior, sens, fpr: prior),
        Slip("share-of-fired", lambda prior, sens, fpr: prior * sens / 100 + (100 - prior) * fpr / 100),
    ],
    explanation=(
        "Among 10,000 posts, harmful and fired: {prior:g} % × {sens} %; harmless and fired: the "
        "rest × {fpr} %. The first divided by both together is {key} %."
    ),
    sources=["Bayes' theorem."],
    variants=20,
)
