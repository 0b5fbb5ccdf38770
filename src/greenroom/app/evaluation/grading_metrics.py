"""How well predicted marks agree with people's: arrays y[n] and p[n] in 0..1, levels as int arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Floats, Ints

MOST_OWN_LEVELS = 6
"""Sets with no more distinct marks keep them as levels; others are cut into six equal steps."""
RIGHT_FROM_01 = 0.5
COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
N_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingScores:
    """Agreement with people. NaN where it is not defined, e.g. a correlation with a constant."""

    qwk: float
    pearson: float
    rmse: float
    macro_f1: float
    weighted_f1: float
    brier: float
    ece: float
    accuracy_at_coverage: Mapping[str, float]


def levels_of(y: Floats) -> Floats:
    """The marks that count as levels, ascending: the set's own where they are few, else 0, 0.2, … 1."""
    own = np.unique(y)
    return own if len(own) <= MOST_OWN_LEVELS else np.linspace(0.0, 1.0, MOST_OWN_LEVELS)


def nearest_level(p: Floats, levels: Floats) -> Ints:
    """Index of the nearest level of each mark; between two, the upper one."""
    distance = np.abs(p[:, None] - levels[None, ::-1])
    return np.asarray(len(levels) - 1 - distance.argmin(axis=1), dtype=np.int64)


def qwk(truth: Ints, guess: Ints, n_levels: int) -> float:
    """Quadratic weighted kappa (Cohen 1968); NaN where neither varies."""
    seen = np.zeros((n_levels, n_levels))
    np.add.at(seen, (truth, guess), 1.0)
    places = np.arange(n_levels)
    weight = (places[:, None] - places[None, :]) ** 2.0
    by_chance = np.outer(seen.sum(1), seen.sum(0)) / max(1.0, seen.sum())
    expected = float((weight * by_chance).sum())
    return 1 - float((weight * seen).sum()) / expected if expected else float("nan")


def f1_scores(truth: Ints, guess: Ints) -> tuple[float, float]:
    """(macro F1, F1 weighted by how often a level is true), over the levels that occur."""
    each, share = [], []
    for level in np.union1d(truth, guess):
        hit = int(((truth == level) & (guess == level)).sum())
        wrong = int((truth == level).sum() + (guess == level).sum())
        each.append(2 * hit / wrong if wrong else 0.0)
        share.append(float((truth == level).mean()))
    return float(np.mean(each)), float(np.dot(each, share))


def pearson(y: Floats, p: Floats) -> float:
    """Correlation; NaN where one of them is constant."""
    if len(y) < 2 or y.std() == 0 or p.std() == 0:
        return float("nan")
    return float(np.corrcoef(y, p)[0, 1])


def expected_calibration_error(y: Floats, p: Floats) -> float:
    """Mean distance of what was said from what was so, over ten bins of equal numbers of answers."""
    bins = np.array_split(np.argsort(p, kind="stable"), min(N_BINS, len(y)))
    return float(sum(abs((p[rows] - y[rows]).sum()) for rows in bins) / len(y))


def accuracy_at_coverage(is_right: Floats, p_right: Floats) -> dict[str, float]:
    """Share of right verdicts (right: a mark of at least 0.5) when only the surest share of answers is judged."""
    by_doubt = np.argsort(-np.abs(p_right - 0.5), kind="stable")
    agrees = ((p_right >= 0.5) == (is_right >= 0.5))[by_doubt]
    return {f"{share:.1f}": float(agrees[: max(1, round(share * len(agrees)))].mean()) for share in COVERAGES}


def grading_scores(y: Floats, score: Floats, p_right: Floats, level: Ints, levels: Floats) -> GradingScores:
    """All figures of one model.

    `score[n]`: the mark it gives; `p_right[n]`: its chance that people gave at least 0.5; `level[n]`: index of
    the level that it puts the answer in. Brier and ECE are those of `p_right`.
    """
    truth = nearest_level(y, levels)
    is_right = (y >= RIGHT_FROM_01).astype(np.float64)
    macro, weighted = f1_scores(truth, level)
    return GradingScores(
        qwk=qwk(truth, level, len(levels)),
        pearson=pearson(y, score),
        rmse=float(np.sqrt(((score - y) ** 2).mean())),
        macro_f1=macro,
        weighted_f1=weighted,
        brier=float(((p_right - is_right) ** 2).mean()),
        ece=expected_calibration_error(is_right, p_right),
        accuracy_at_coverage=accuracy_at_coverage(is_right, p_right),
    )
