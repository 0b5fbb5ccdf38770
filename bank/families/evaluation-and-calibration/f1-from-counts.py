"""F1 from a confusion matrix."""

import numpy as np
from sklearn.metrics import f1_score

from greenroom.content.families import Draw, Family, Slip


def draw(rng: np.random.Generator) -> Draw:
    return {
        "tp": int(rng.integers(20, 90)),
        "fp": int(rng.integers(5, 60)),
        "fn": int(rng.integers(5, 60)),
        "tn": int(rng.integers(100, 900)),
    }


def accept(tp: int, fp: int, fn: int, tn: int) -> bool:
    return abs(fp - fn) > 12


def key(tp: int, fp: int, fn: int, tn: int) -> float:
    y = np.r_[np.ones(tp + fn), np.zeros(fp + tn)]
    p = np.r_[np.ones(tp), np.zeros(fn), np.ones(fp), np.zeros(tn)]
    return float(f1_score(y, p))


def key_independent(tp: int, fp: int, fn: int, tn: int) -> float:
    return 2 * tp / (2 * tp + fp + fn)


FAMILY = Family(
    slug="f1-from-counts",
    topic="precision-recall-fbeta",
    level="apply",
    minutes=1.5,
    difficulty=-0.4,
    stem="A classifier gives TP = {tp}, FP = {fp}, FN = {fn}, TN = {tn}. What is its $F_1$ score?",
    unit="",
    digits=3,
    response="choice",
    draw=draw,
    accept=accept,
    key=key,
    key_independent=key_independent,
    slips=[
        Slip("f1-is-arithmetic-mean", lambda tp, fp, fn, tn: (tp / (tp + fp) + tp / (tp + fn)) / 2),
        Slip("f1-is-accuracy", lambda tp, fp, fn, tn: (tp + tn) / (tp + fp + fn + tn)),
        Slip("f1-is-jaccard", lambda tp, fp, fn, tn: tp / (tp + fp + fn)),
        Slip("f1-is-precision", lambda tp, fp, fn, tn: tp / (tp + fp)),
        Slip("f1-is-recall", lambda tp, fp, fn, tn: tp / (tp + fn)),
    ],
    explanation="$F_1 = 2TP/(2TP + FP + FN)$ = {key}. True negatives do not enter.",
    sources=["van Rijsbergen 1979, F-measure; scikit-learn f1_score."],
    variants=20,
)
