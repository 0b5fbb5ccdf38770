"""The models the filter is compared with. Each is fitted on training answers and predicts test answers.

- item_mean: the item's share right, shrunk to the mean.
- elo: ratings of learner, learner and skill, and item, K falling with the number of answers (Pelanek 2016).
- pfa: performance factors analysis: per skill an intercept and log counts of successes and failures (Pavlik,
  Cen and Koedinger 2009; the logarithm does better than plain counts).
- best_lr: logistic regression on item, skills, and log counts of successes and failures in total, on the
  item and on each skill (Gervet et al. 2020, "When is deep learning the best approach to knowledge tracing?").

Regressions run with one BLAS thread: more threads made the same fit 25 times slower.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from greenroom.app.evaluation.answers import Answers, Floats
from greenroom.app.evaluation.history import (
    learner_item_keys,
    past_of,
    skill_past,
)

Predict = Callable[[Answers], Floats]
"""Test answers -> probability[n] of each, strictly from what came before it."""


def item_mean(train: Answers) -> Predict:
    """Share right per item, with 5 pseudo-answers at the mean."""
    mean = float(train.correct.mean())
    right = np.bincount(train.item, train.correct, minlength=train.n_items)
    n = np.bincount(train.item, minlength=train.n_items)
    share = (right + 5 * mean) / (n + 5)
    return lambda answers: share[answers.item]


ELO_STEP, ELO_DECAY = 1.0, 0.05


def elo(train: Answers) -> Predict:
    """Elo ratings; items learn on the training answers and stay fixed afterwards."""
    share = float(np.clip(train.correct.mean(), 0.01, 0.99))
    item = [-math.log(share / (1 - share))] * train.n_items
    _elo_pass(train, item, [0] * train.n_items, learns_items=True)
    return lambda answers: _elo_pass(answers, item, [], learns_items=False)


def _elo_pass(answers: Answers, item: list[float], item_n: list[int], *, learns_items: bool) -> Floats:
    skills, first = answers.skill_of.tolist(), answers.first.tolist()
    found = np.empty(answers.n)
    learner, ability, n_answers = -1, 0.0, 0
    own: dict[int, tuple[float, int]] = {}
    for row, (u, i, y) in enumerate(
        zip(answers.learner.tolist(), answers.item.tolist(), answers.correct.tolist(), strict=True)
    ):
        if u != learner:
            learner, ability, n_answers, own = u, 0.0, 0, {}
        names = skills[first[row] : first[row + 1]]
        skill_ability = sum(own[s][0] for s in names if s in own) / len(names)
        x = min(max(ability + skill_ability - item[i], -30.0), 30.0)
        p = 1 / (1 + math.exp(-x))
        found[row] = p
        error = y - p
        ability += ELO_STEP / (1 + ELO_DECAY * n_answers) * error * 0.5
        n_answers += 1
        for s in names:
            rating, n = own.get(s, (0.0, 0))
            own[s] = rating + ELO_STEP / (1 + ELO_DECAY * n) * error * 0.5, n + 1
        if learns_items:
            item[i] -= ELO_STEP / (1 + ELO_DECAY * item_n[i]) * error
            item_n[i] += 1
    return found


def pfa(train: Answers) -> Predict:
    """Performance factors analysis."""
    return _regression(train, _pfa_design)


def best_lr(train: Answers) -> Predict:
    """Best-LR."""
    return _regression(train, _best_lr_design)


def incidence(answers: Answers, values: Floats) -> sparse.csr_matrix:
    """Matrix [n_answers, n_skills] of a value for each entry (answer, skill)."""
    return sparse.csr_matrix((values, answers.skill_of, answers.first), shape=(answers.n, answers.n_skills))


def _pfa_design(answers: Answers) -> sparse.csr_matrix:
    past = skill_past(answers, answers.correct)
    return sparse.hstack(
        [
            incidence(answers, np.ones(len(answers.skill_of))),
            incidence(answers, np.log1p(past.wins)),
            incidence(answers, np.log1p(past.tries - past.wins)),
        ]
    ).tocsr()


def _best_lr_design(answers: Answers) -> sparse.csr_matrix:
    y = answers.correct
    total = past_of(answers.learner, y, answers.position, answers.time_ms)
    item = past_of(learner_item_keys(answers), y, answers.position, answers.time_ms)
    skill = skill_past(answers, y)
    pasts = (total.wins, total.tries - total.wins, item.wins, item.tries - item.wins)
    one_item = sparse.csr_matrix(
        (np.ones(answers.n), answers.item, np.arange(answers.n + 1)), shape=(answers.n, answers.n_items)
    )
    return sparse.hstack(
        [
            one_item,
            incidence(answers, np.ones(len(answers.skill_of))),
            incidence(answers, np.log1p(skill.wins)),
            incidence(answers, np.log1p(skill.tries - skill.wins)),
            sparse.csr_matrix(np.column_stack([np.log1p(part) for part in pasts])),
        ]
    ).tocsr()


def _regression(train: Answers, design: Callable[[Answers], sparse.csr_matrix]) -> Predict:
    model = fit_logistic(design(train), train.correct, c=1.0)
    return lambda answers: predict_logistic(model, design(answers))


def fit_logistic(X: sparse.csr_matrix, y: Floats, *, c: float) -> LogisticRegression:
    """An L2-regularized logistic regression of X[n_samples, n_features] with inverse strength c.

    Newton steps with conjugate gradients converge in ten or so; L-BFGS stopped after 300 was 0.003 of AUC
    short of the optimum on ASSISTments 2009 and took longer.
    """
    model = LogisticRegression(C=c, solver="newton-cg", tol=1e-3, max_iter=60)
    is_right = y >= 0.5
    if is_right.all() or not is_right.any():
        # Nobody erred (or nobody succeeded): one pseudo-answer keeps the fit finite.
        X = sparse.vstack([X, sparse.csr_matrix((1, X.shape[1]))]).tocsr()
        is_right = np.append(is_right, not is_right.any())
    with threadpool_limits(limits=1):
        return model.fit(X, is_right)


def predict_logistic(model: LogisticRegression, X: sparse.csr_matrix) -> Floats:
    """Probability[n_samples] of a right answer."""
    with threadpool_limits(limits=1):
        found: Floats = model.predict_proba(X)[:, -1]
    return found
