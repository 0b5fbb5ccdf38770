"""Scores of predictions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from greenroom.app.evaluation.metrics import auc, ece, paired_gain, scores_of

pairs = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=2, max_size=80)


@given(pairs)
def test_auc_agrees_with_scikit_learn_with_ties(entries: list[tuple[bool, int]]) -> None:
    y = np.array([float(right) for right, _ in entries])
    p = np.array([score / 20 for _, score in entries])
    if len(set(y.tolist())) == 2:
        assert auc(y, p) == pytest.approx(roc_auc_score(y, p))
    else:
        assert np.isnan(auc(y, p))


def test_calibrated_predictions_have_a_small_error_and_shifted_ones_a_large_one() -> None:
    dice = np.random.default_rng(1)
    p = dice.uniform(0.05, 0.75, 20_000)
    y = (dice.random(20_000) < p).astype(float)
    assert ece(y, p) < 0.015
    assert ece(y, p + 0.2) == pytest.approx(0.2, abs=0.01)


def test_first_ten_counts_only_a_learners_first_ten_answers() -> None:
    y = np.array([0.0, 1.0] * 10)
    p = np.where(np.arange(20) < 10, y, 1 - y)
    scores = scores_of(y, p, np.arange(20))
    assert scores.auc_first10 == 1.0
    assert scores.auc < 1.0


def test_the_interval_of_a_gain_excludes_zero_for_a_better_model_only() -> None:
    dice = np.random.default_rng(2)
    learner = np.repeat(np.arange(80), 25)
    truth = dice.normal(size=2000)
    y = (dice.random(2000) < 1 / (1 + np.exp(-2 * truth))).astype(float)
    good = 1 / (1 + np.exp(-2 * truth))
    noisy = 1 / (1 + np.exp(-(2 * truth + 2 * dice.normal(size=2000))))
    better = paired_gain(y, learner, good, noisy, seed=1)
    assert better.gain == pytest.approx(auc(y, good) - auc(y, noisy))
    assert 0 < better.low < better.gain < better.high
    same = paired_gain(y, learner, good, good, seed=1)
    assert (same.low, same.gain, same.high) == (0.0, 0.0, 0.0)
