"""Gini impurity decrease of a split."""

from fractions import Fraction

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {k: int(rng.integers(2, 30)) for k in ("lp", "ln", "rp", "rn")}


def gini(a: int, b: int) -> Fraction:
    return Fraction(2 * a * b, (a + b) ** 2)


def gain(lp: int, ln: int, rp: int, rn: int) -> float:
    n, left, right = lp + ln + rp + rn, lp + ln, rp + rn
    after = Fraction(left, n) * gini(lp, ln) + Fraction(right, n) * gini(rp, rn)
    return float(gini(lp + rp, ln + rn) - after)


def accept(lp: int, ln: int, rp: int, rn: int) -> bool:
    return 0.05 < gain(lp, ln, rp, rn) < 0.3


def key(lp: int, ln: int, rp: int, rn: int) -> float:
    x = np.repeat([0, 0, 1, 1], [lp, ln, rp, rn])[:, None]
    y = np.repeat([1, 0, 1, 0], [lp, ln, rp, rn])
    tree = DecisionTreeClassifier(max_depth=1, random_state=0).fit(x, y).tree_
    share = tree.n_node_samples / len(y)
    return float(tree.impurity[0] - share[1] * tree.impurity[1] - share[2] * tree.impurity[2])


def key_independent(lp: int, ln: int, rp: int, rn: int) -> float:
    return gain(lp, ln, rp, rn)


def entropy(a: int, b: int) -> float:
    p = np.array([a, b]) / (a + b)
    return float(-(p * np.log2(p)).sum())


def entropy_gain(lp: int, ln: int, rp: int, rn: int) -> float:
    n, left, right = lp + ln + rp + rn, lp + ln, rp + rn
    return entropy(lp + rp, ln + rn) - left / n * entropy(lp, ln) - right / n * entropy(rp, rn)


FAMILY = Family(
    slug="gini-split",
    topic="decision-trees-gini-entropy",
    level="apply",
    minutes=2,
    difficulty=0.1,
    stem=(
        "A split sends {lp} positives and {ln} negatives to the left, {rp} positives and {rn} "
        "negatives to the right. By how much does it lower the Gini impurity $1 - \\sum_k p_k^2$?"
    ),
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip(
            "gini-children-unweighted",
            lambda lp, ln, rp, rn: float(gini(lp + rp, ln + rn) - (gini(lp, ln) + gini(rp, rn)) / 2),
        ),
        Slip("entropy-for-gini", entropy_gain),
        Slip("gini-halved", lambda lp, ln, rp, rn: gain(lp, ln, rp, rn) / 2),
        Slip(
            "gini-children-summed",
            lambda lp, ln, rp, rn: float(gini(lp, ln) + gini(rp, rn) - gini(lp + rp, ln + rn)),
        ),
        Slip(
            "gini-remaining-for-gain",
            lambda lp, ln, rp, rn: float(gini(lp + rp, ln + rn)) - gain(lp, ln, rp, rn),
        ),
    ],
    explanation="Impurity of the parent minus the size-weighted impurity of the children: {key}.",
    sources=["Breiman et al. 1984, CART; scikit-learn decision trees."],
    variants=20,
)
