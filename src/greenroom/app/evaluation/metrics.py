"""Scores of predictions: arrays y[n] in 0..1 and p[n] in 0..1. A credit of a half and more counts as right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from greenroom.app.evaluation.answers import Floats, Ints

N_BINS = 15
FIRST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How good the predictions are. NaN where it is not defined, e.g. AUC with one class."""

    auc: float
    accuracy: float
    log_loss: float
    brier: float
    ece: float
    auc_first10: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """AUC of a model minus that of another, with its 95 % interval over learners."""

    gain: float
    low: float
    high: float


def auc(y: Floats, p: Floats) -> float:
    """Area under the ROC curve (Mann-Whitney), ties counted half; NaN with one class."""
    is_right = y >= 0.5
    n_right = int(is_right.sum())
    n_wrong = len(y) - n_right
    if not n_right or not n_wrong:
        return float("nan")
    ranks = rankdata(p)
    return float((ranks[is_right].sum() - n_right * (n_right + 1) / 2) / (n_right * n_wrong))


def log_loss(y: Floats, p: Floats) -> float:
    """Mean negative log-likelihood in nats; p is kept 1e-6 away from 0 and 1."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def ece(y: Floats, p: Floats, n_bins: int = N_BINS) -> float:
    """Expected calibration error over equal-mass bins."""
    bins = np.array_split(np.argsort(p, kind="stable"), n_bins)
    return float(sum(abs((p[rows] - y[rows]).sum()) for rows in bins) / len(y))


def scores_of(y: Floats, p: Floats, position: Ints) -> Scores:
    """All scores. `position`: 0 for a learner's first answer."""
    early = position < FIRST
    return Scores(
        auc=auc(y, p),
        accuracy=float(((p >= 0.5) == (y >= 0.5)).mean()),
        log_loss=log_loss(y, p),
        brier=float(((p - y) ** 2).mean()),
        ece=ece(y, p),
        auc_first10=auc(y[early], p[early]) if early.any() else float("nan"),
    )


def paired_gain(
    y: Floats, learner: Ints, p: Floats, reference: Floats, *, seed: int, n_draws: int | None = None
) -> Gain:
    """Paired bootstrap over learners of the difference in AUC (95 % percentile interval).

    A draw weighs each learner by how often it was drawn; the AUC of weighted answers comes from sorted sums.
    Without `n_draws`: 400, fewer (to 100) for millions of answers.
    """
    n_draws = n_draws or max(100, min(400, 100_000_000 // max(len(y), 1)))
    dice = np.random.default_rng(seed)
    names, index = np.unique(learner, return_inverse=True)
    orders = [_Sorted.of(y, p), _Sorted.of(y, reference)]
    draws = np.empty(n_draws)
    for k in range(n_draws):
        weight = np.bincount(dice.integers(0, len(names), len(names)), minlength=len(names))[index]
        draws[k] = orders[0].auc(weight) - orders[1].auc(weight)
    known = draws[~np.isnan(draws)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    return Gain(gain=auc(y, p) - auc(y, reference), low=float(low), high=float(high))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """Predictions in order, with ties grouped, ready for weighted AUCs."""

    order: Ints
    is_right: Floats
    starts: Ints

    @staticmethod
    def of(y: Floats, p: Floats) -> _Sorted:
        order = np.argsort(p, kind="stable")
        ordered = p[order]
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        return _Sorted(order=order, is_right=(y[order] >= 0.5).astype(np.float64), starts=starts)

    def auc(self, weight: Ints) -> float:
        weighed = weight[self.order].astype(np.float64)
        right = np.add.reduceat(weighed * self.is_right, self.starts)
        wrong = np.add.reduceat(weighed * (1 - self.is_right), self.starts)
        below = np.cumsum(wrong) - wrong
        total = right.sum() * wrong.sum()
        return float((right * (below + 0.5 * wrong)).sum() / total) if total else float("nan")
