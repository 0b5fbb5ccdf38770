"""Agreement figures and cuts, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from greenroom.app.evaluation.grading_metrics import (
    accuracy_at_coverage,
    expected_calibration_error,
    f1_scores,
    levels_of,
    nearest_level,
    qwk,
)
from greenroom.app.evaluation.trained_grader import fit_cuts

LEVELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=60)


@given(LEVELS)
def test_kappa_and_f1_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    truth, guess = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    mine = qwk(truth, guess, 5)
    if not np.isnan(mine):
        assert mine == pytest.approx(cohen_kappa_score(truth, guess, weights="quadratic", labels=range(5)))
    macro, weighted = f1_scores(truth, guess)
    assert macro == pytest.approx(f1_score(truth, guess, average="macro"))
    assert weighted == pytest.approx(f1_score(truth, guess, average="weighted"))


def test_a_two_way_set_keeps_its_two_levels_and_a_fine_one_gets_six() -> None:
    assert list(levels_of(np.array([0.0, 1.0, 1.0]))) == [0.0, 1.0]
    assert len(levels_of(np.linspace(0, 1, 11))) == 6


def test_between_two_levels_the_upper_one_is_nearest() -> None:
    assert list(nearest_level(np.array([0.49, 0.5, 0.51]), np.array([0.0, 1.0]))) == [0, 1, 1]


def test_calibration_error_is_the_distance_of_what_was_said_from_what_was_so() -> None:
    right = np.array([1.0, 0.0] * 50)
    assert expected_calibration_error(right, np.full(100, 0.5)) == pytest.approx(0.0, abs=1e-9)
    assert expected_calibration_error(right, np.full(100, 0.9)) == pytest.approx(0.4)


def test_the_surest_verdicts_come_first() -> None:
    right = np.array([1.0, 0.0, 0.0, 1.0])
    found = accuracy_at_coverage(right, np.array([0.99, 0.02, 0.6, 0.45]))
    assert (found["0.5"], found["1.0"]) == (1.0, 0.5)


def test_cuts_undo_a_monotone_bend() -> None:
    level = np.repeat(np.arange(4), 25)
    score = (level / 3.0) ** 3 * 0.5 + np.tile(np.linspace(0, 0.01, 25), 4)
    cuts = fit_cuts(score, level, 4)
    assert qwk(level, np.searchsorted(cuts, score, side="right").astype(np.int64), 4) == pytest.approx(1.0)
