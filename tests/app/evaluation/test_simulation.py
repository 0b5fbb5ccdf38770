"""Simulated learners: honest intervals, a map that adapting makes better, choices that pay."""

from __future__ import annotations

from tests.app.evaluation.simulated import classroom

from greenroom.app.evaluation.answers import with_test_share
from greenroom.app.evaluation.filter_fit import fit_filter
from greenroom.app.evaluation.new_items import new_item_curve
from greenroom.app.evaluation.simulation import (
    coverage,
    diagnostic_errors,
    selection_gain,
    world_from,
    world_of,
)
from greenroom.app.memory_bench import measure_memory

WORLD = world_of()


def test_the_interval_covers_nine_in_ten_from_before_the_first_answer() -> None:
    found = coverage(WORLD, n_learners=150, seed=11)
    for entry in found:
        assert 0.86 <= entry.area_01 <= 0.96
        assert 0.86 <= entry.topic_01 <= 0.96
    widths = [entry.area_width_01 for entry in found]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 0.6


def test_learners_the_prior_does_not_expect_are_covered_better_with_every_answer() -> None:
    found = coverage(WORLD, n_learners=150, seed=11, shift=-0.7, spread=1.3)
    assert found[0].area_01 < 0.85
    assert found[-1].area_01 > found[0].area_01


def test_twenty_adaptive_questions_map_better_than_random_ones_or_a_fixed_form() -> None:
    errors = {entry.n_answers: entry for entry in diagnostic_errors(WORLD, n_learners=200, seed=11)}
    twenty = errors[20]
    assert twenty.adaptive_01 < twenty.random_01
    assert twenty.adaptive_01 < twenty.fixed_01
    assert twenty.adaptive_01 < 0.8 * errors[0].adaptive_01


def test_chosen_questions_beat_as_many_random_ones_and_no_item_wears_out() -> None:
    found = selection_gain(WORLD, n_learners=300, seed=11, n_chosen=10, n_random=10)
    assert found.chosen_nats < found.random_nats
    assert found.top_exposure_01 <= 0.20


def test_a_bank_can_be_drawn_from_a_fitted_log() -> None:
    answers = classroom(80, 30, 50, spread=1.5)
    world = world_from(answers, fit_filter(answers), n_items=40)
    assert len(world.items) == 40
    found = selection_gain(world, n_learners=60, seed=1, n_chosen=5, n_random=5, n_rest=20)
    assert found.top_exposure_01 <= 0.20 + 1 / 60


def test_a_simulation_is_reproducible() -> None:
    assert coverage(WORLD, n_learners=10, seed=3) == coverage(WORLD, n_learners=10, seed=3)
    assert coverage(WORLD, n_learners=10, seed=3) != coverage(WORLD, n_learners=10, seed=4)


def test_a_hidden_item_is_predicted_better_the_more_is_known_of_it() -> None:
    answers = with_test_share(classroom(500, 40, 60, seed=5, spread=1.3), 0.3, seed=1)
    scores = {score.known: score.log_loss for score in new_item_curve(answers, seed=2).scores}
    assert scores["topic and 20 answers"] < scores["topic and 5 answers"] < scores["topic"]
    assert scores["topic and author, within the topic"] < scores["topic"]
    assert scores["everything"] < scores["topic and 20 answers"]


def test_the_memory_bench_replays_and_fits() -> None:
    times = measure_memory(3_000)
    assert times.reviews == 3_000
    assert times.loss_fitted < times.loss_default
    assert times.replay_s > 0
