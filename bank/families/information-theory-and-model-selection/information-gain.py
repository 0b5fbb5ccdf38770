"""Information gain of a binary split, from class counts."""

import numpy as np
from sklearn.metrics import mutual_info_score

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {k: int(rng.integers(2, 30)) for k in ("lp", "ln", "rp", "rn")}


def bits(a: int, b: int) -> float:
    p = np.array([a, b]) / (a + b)
    return float(-(p * np.log2(p)).sum())


def accept(lp: int, ln: int, rp: int, rn: int) -> bool:
    return 0.08 < key_independent(lp, ln, rp, rn) < 0.5


def key(lp: int, ln: int, rp: int, rn: int) -> float:
    side = np.repeat([0, 0, 1, 1], [lp, ln, rp, rn])
    label = np.repeat([1, 0, 1, 0], [lp, ln, rp, rn])
    return float(mutual_info_score(side, label) / np.log(2))


def key_independent(lp: int, ln: int, rp: int, rn: int) -> float:
    n, left, right = lp + ln + rp + rn, lp + ln, rp + rn
    return bits(lp + rp, ln + rn) - left / n * bits(lp, ln) - right / n * bits(rp, rn)


def gini(a: int, b: int) -> float:
    return 2 * a * b / (a + b) ** 2


def gini_gain(lp: int, ln: int, rp: int, rn: int) -> float:
    n, left, right = lp + ln + rp + rn, lp + ln, rp + rn
    return gini(lp + rp, ln + rn) - left / n * gini(lp, ln) - right / n * gini(rp, rn)


FAMILY = Family(
    slug="information-gain",
    topic="mutual-information",
    level="apply",
    minutes=2.5,
    difficulty=0.3,
    stem=(
        "A split sends {lp} positives and {ln} negatives to the left, {rp} positives and {rn} "
        "negatives to the right. What is its information gain in bits?"
    ),
    unit="bits",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "gain-children-unweighted",
            lambda lp, ln, rp, rn: bits(lp + rp, ln + rn) - (bits(lp, ln) + bits(rp, rn)) / 2,
        ),
        Slip(
            "gain-is-child-entropy",
            lambda lp, ln, rp, rn: (
                (lp + ln) / (lp + ln + rp + rn) * bits(lp, ln)
                + (rp + rn) / (lp + ln + rp + rn) * bits(rp, rn)
            ),
        ),
        Slip("nats-for-bits", lambda lp, ln, rp, rn: key_independent(lp, ln, rp, rn) * 0.6931471805599453),
        Slip("gini-for-information-gain", gini_gain),
        Slip("gain-is-parent-entropy", lambda lp, ln, rp, rn: bits(lp + rp, ln + rn)),
    ],
    explanation="Entropy before the split minus the size-weighted entropy after it is {key} bits.",
    sources=["Quinlan 1986, ID3; mutual information of side and label."],
    variants=20,
)
