"""The stack: a logistic regression over the filter's output and counts, kept only where it helps.

Columns: the filter's logit, its standard deviation, the difficulty and its standard deviation; log counts of
successes and failures in total, on the item and on the skills; faded shares right; lag since the skill was
last seen; small tables of recent outcomes; and per skill an intercept, log counts and the logit. The filter's
output on training answers is cross-fitted: its difficulties come from the other learners.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from greenroom.app.evaluation.answers import Answers, Floats, Ints, fold_of, subset
from greenroom.app.evaluation.baselines import fit_logistic, incidence, predict_logistic
from greenroom.app.evaluation.difficulty import Difficulties, by_row, unknown
from greenroom.app.evaluation.filter_fit import FittedFilter, fit_difficulties, replay_with
from greenroom.app.evaluation.history import (
    NEVER_DAYS,
    faded_share,
    learner_item_keys,
    learner_skill_keys,
    over_skills,
    past_of,
    skill_past,
)
from greenroom.app.evaluation.lockstep import layout_of

N_FOLDS = 5
MOST_ROWS = 400_000
"""Training answers of the regression; whole learners are left out beyond that."""
STRENGTHS = (0.1, 0.01)
"""Inverse strengths of the penalty that are tried; the learners held out decide."""
LONG_AGO = 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A fitted stack. `is_kept` is False where it did not beat the filter on learners held out."""

    model: LogisticRegression
    centre: Floats
    scale: Floats
    is_kept: bool
    gain_nats: float
    """Log loss of the filter minus that of the stack, on learners it was not fitted on."""


def filter_view(answers: Answers, fitted: FittedFilter, found: Difficulties | None = None) -> Floats:
    """view[n_answers, 4] before each answer: logit of the prediction, sd of ability, difficulty, its sd."""
    found = found or fitted.difficulties
    seen = replay_with(answers, layout_of(answers), [fitted.parameters], found, has_times=fitted.has_times)
    row = by_row(answers, found)
    p = np.clip(seen.probability_01[0], 1e-6, 1 - 1e-6)
    return np.column_stack(
        [np.log(p / (1 - p)), np.sqrt(seen.ability_variance[0]), row.mean_logit, np.sqrt(row.variance)]
    )


def cross_fitted_view(train: Answers, fitted: FittedFilter, *, seed: int) -> Floats:
    """`filter_view` of training answers, each with difficulties from learners of the other folds."""
    fold = fold_of(train.n_learners, N_FOLDS, seed)[train.learner]
    view = np.empty((train.n, 4))
    for k in range(N_FOLDS):
        others, own = subset(train, fold != k), subset(train, fold == k)
        if not others.n or not own.n:
            view[fold == k] = filter_view(own, fitted) if own.n else 0.0
            continue
        found = fit_difficulties(
            others, layout_of(others), fitted.parameters, unknown(others), has_times=fitted.has_times
        )
        view[fold == k] = filter_view(own, fitted, found)
    return view


def fit_stack(train: Answers, fitted: FittedFilter, *, seed: int = 0) -> Stack:
    """Fits the stack on training answers, and judges it on learners who came after the fit: a quarter, by seed."""
    train = _at_most(train, MOST_ROWS, seed)
    view = cross_fitted_view(train, fitted, seed=seed)
    dense = _dense(train, view)
    centre, scale = dense.mean(axis=0), dense.std(axis=0) + 1e-9
    X = _design(train, view, (dense - centre) / scale)
    is_held_out = fold_of(train.n_learners, 4, seed + 1)[train.learner] == 0
    gains = dict.fromkeys(STRENGTHS, 0.0)
    if is_held_out.any() and len(np.unique(train.correct[~is_held_out] >= 0.5)) == 2:
        y = train.correct[is_held_out]
        plain = _log_loss(1 / (1 + np.exp(-view[is_held_out, 0])), y)
        for strength in STRENGTHS:
            early = fit_logistic(X[~is_held_out], train.correct[~is_held_out], c=strength)
            gains[strength] = plain - _log_loss(predict_logistic(early, X[is_held_out]), y)
    best = max(STRENGTHS, key=lambda strength: gains[strength])
    return Stack(
        model=fit_logistic(X, train.correct, c=best),
        centre=centre,
        scale=scale,
        is_kept=gains[best] > 0,
        gain_nats=gains[best],
    )


def predict_stack(stack: Stack, answers: Answers, view: Floats) -> Floats:
    """Probability[n_answers]; the filter's own where the stack is not kept."""
    if not stack.is_kept:
        return np.asarray(1 / (1 + np.exp(-view[:, 0])))
    dense = (_dense(answers, view) - stack.centre) / stack.scale
    return predict_logistic(stack.model, _design(answers, view, dense))


def _at_most(answers: Answers, n_rows: int, seed: int) -> Answers:
    if answers.n <= n_rows:
        return answers
    order = np.random.default_rng(seed).permutation(answers.n_learners)
    lengths = np.bincount(answers.learner, minlength=answers.n_learners)[order]
    kept = np.zeros(answers.n_learners, np.bool_)
    kept[order[: max(2, int(np.searchsorted(np.cumsum(lengths), n_rows)))]] = True
    return subset(answers, kept[answers.learner])


def _dense(answers: Answers, view: Floats) -> Floats:
    """The plain columns [n_answers, 17]."""
    y = answers.correct
    total = past_of(answers.learner, y, answers.position, answers.time_ms)
    item = past_of(learner_item_keys(answers), y, answers.position, answers.time_ms)
    skill = skill_past(answers, y)
    keys = learner_skill_keys(answers)
    lag = np.where(skill.tries > 0, skill.lag_answers, LONG_AGO)
    days = np.minimum(skill.lag_days, NEVER_DAYS)
    columns = [
        *view.T,
        np.log1p(total.wins),
        np.log1p(total.tries - total.wins),
        np.log1p(item.wins),
        np.log1p(item.tries - item.wins),
        np.log1p(over_skills(answers, skill.wins)),
        np.log1p(over_skills(answers, skill.tries - skill.wins)),
        over_skills(answers, np.log1p(lag)),
        over_skills(answers, np.log1p(days)),
        np.log1p(item.lag_days),
    ]
    columns += [faded_share(answers.learner, y, total.tries, keep=keep) for keep in (0.7, 0.9)]
    columns += [
        over_skills(answers, faded_share(keys, y[answers.row_of], skill.tries, keep=keep))
        for keep in (0.6, 0.85)
    ]
    return np.column_stack(columns)


def _tables(answers: Answers) -> list[tuple[Ints, int]]:
    """Small categories of recent outcomes, each with its number of values."""
    y = answers.correct
    total = past_of(answers.learner, y, answers.position, answers.time_ms)
    item = past_of(learner_item_keys(answers), y, answers.position, answers.time_ms)
    skill = skill_past(answers, y)
    first = answers.first[:-1]
    earlier = np.where(answers.position >= 2, np.concatenate([[2], total.last[:-1]]), 2)
    return [
        (np.minimum(item.tries, 3).astype(np.int64) * 3 + item.last, 12),
        (total.last * 3 + earlier, 9),
        (5 + np.clip(skill.run[first], -5, 5), 11),
        (5 + np.clip(total.run, -5, 5), 11),
        (np.minimum(skill.tries[first], 10).astype(np.int64), 11),
        (np.minimum(answers.position, 12), 13),
    ]


def _design(answers: Answers, view: Floats, dense: Floats) -> sparse.csr_matrix:
    """The whole design [n_answers, n_columns]; `dense` is standardized."""
    skill = skill_past(answers, answers.correct)
    one_hot = [
        sparse.csr_matrix((np.ones(answers.n), values, np.arange(answers.n + 1)), shape=(answers.n, n))
        for values, n in _tables(answers)
    ]
    crossed = [one_hot[index].multiply(dense[:, [0]]).tocsr() for index in (0, 2)]
    by_skill = [
        incidence(answers, values)
        for values in (
            np.ones(len(answers.skill_of)),
            np.log1p(skill.wins),
            np.log1p(skill.tries - skill.wins),
            view[answers.row_of, 0],
        )
    ]
    return sparse.hstack([sparse.csr_matrix(dense), *one_hot, *crossed, *by_skill]).tocsr()


def _log_loss(p: Floats, y: Floats) -> float:
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())
