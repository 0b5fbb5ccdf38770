"""All models side by side, on a simulated class."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.app.evaluation.simulated import classroom

from greenroom.app.evaluation.answers import subset, with_test_share
from greenroom.app.evaluation.compare import MODELS, compare
from greenroom.app.evaluation.difficulty import unknown
from greenroom.app.evaluation.filter_fit import fit_difficulties, fit_filter
from greenroom.app.evaluation.history import past_of
from greenroom.app.evaluation.lockstep import layout_of
from greenroom.app.evaluation.stack import filter_view, fit_stack, predict_stack
from greenroom.core.filtering import Parameters

CLASS = classroom()


def test_every_model_is_measured_and_the_filter_beats_item_means() -> None:
    found = {result.model: result for result in compare(CLASS, n_folds=3).results}
    assert tuple(found) == MODELS
    assert found["filter"].scores.auc > found["item_mean"].scores.auc + 0.02
    assert found["filter"].scores.log_loss < found["elo"].scores.log_loss
    for result in found.values():
        assert 0.5 < result.scores.auc < 1
        assert result.us_per_step > 0


def test_a_run_is_reproducible() -> None:
    once = compare(CLASS, models=("filter",), n_folds=2).results[0].scores
    assert once == compare(CLASS, models=("filter",), n_folds=2).results[0].scores


def test_test_answers_do_not_reach_the_fit() -> None:
    split = with_test_share(CLASS, 0.3, seed=1)
    other = replace(split, correct=np.where(split.is_test, 1 - split.correct, split.correct))
    fits = [fit_filter(subset(log, ~log.is_test)) for log in (split, other)]
    assert fits[0].parameters == fits[1].parameters
    assert fits[0].difficulties.item.tolist() == fits[1].difficulties.item.tolist()


def test_a_prediction_depends_on_earlier_answers_only() -> None:
    split = with_test_share(CLASS, 0.3, seed=1)
    train, test = subset(split, ~split.is_test), subset(split, split.is_test)
    late = test.position >= 20
    changed = replace(test, correct=np.where(late, 1 - test.correct, test.correct))
    fitted = fit_filter(train)
    stack = fit_stack(train, fitted)
    for log in (test, changed):
        assert filter_view(log, fitted)[~late] == pytest.approx(filter_view(test, fitted)[~late])
        kept = replace(stack, is_kept=True)
        p = predict_stack(kept, log, filter_view(log, fitted))
        base = predict_stack(kept, test, filter_view(test, fitted))
        assert p[test.position <= 20] == pytest.approx(base[test.position <= 20])


def test_a_stack_that_is_not_kept_gives_the_filters_own_prediction() -> None:
    fitted = fit_filter(CLASS)
    stack = replace(fit_stack(CLASS, fitted), is_kept=False)
    view = filter_view(CLASS, fitted)
    assert predict_stack(stack, CLASS, view) == pytest.approx(1 / (1 + np.exp(-view[:, 0])))


def test_learned_difficulties_follow_the_true_ones() -> None:
    answers = classroom(400, 40, 40, seed=3)
    found = fit_difficulties(answers, layout_of(answers), Parameters(), unknown(answers), has_times=False)
    share = np.bincount(answers.item, answers.correct) / np.bincount(answers.item)
    skills = [answers.skill_names.index(f"s{int(name[1:]) % 5}") for name in answers.item_names]
    learned = found.item + found.skill[skills]
    assert np.corrcoef(learned, -share)[0, 1] > 0.95
    assert found.item_variance.max() < 0.2


def test_a_tiny_log_runs_through_and_says_what_it_cannot_say() -> None:
    comparison = compare(classroom(3, 4, 5), n_folds=3)
    assert comparison.test_rows == 12
    assert all(math.isfinite(result.scores.log_loss) for result in comparison.results)


def test_a_log_without_a_single_error_runs_through() -> None:
    answers = classroom(8, 6, 5)
    comparison = compare(replace(answers, correct=np.ones(answers.n)), n_folds=2)
    for result in comparison.results:
        assert math.isnan(result.scores.auc)
        assert result.scores.log_loss < 0.5


def test_the_past_counts_strictly_before() -> None:
    keys = np.array([1, 2, 1, 1, 2])
    y = np.array([1.0, 0.0, 1.0, 0.0, 1.0])
    past = past_of(keys, y, np.arange(5), np.full(5, -1))
    assert past.tries.tolist() == [0, 0, 1, 2, 1]
    assert past.wins.tolist() == [0, 0, 1, 2, 0]
    assert past.last.tolist() == [2, 2, 1, 1, 0]
    assert past.run.tolist() == [0, 0, 1, 2, -1]
    assert past.lag_answers.tolist() == [0, 0, 2, 1, 3]


def test_the_calibration_plot_has_a_line_for_each_model() -> None:
    svg = compare(CLASS, models=("item_mean", "filter"), n_folds=2).calibration_svg()
    assert svg.count("<polyline") == 2
    assert "<title>" in svg
