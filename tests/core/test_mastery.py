"""The learner model, one answer at a time."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.errors import InputRejected
from greenroom.core.filtering import DAY_IN_MS, Parameters, gain_of, logit, sigmoid, squeeze
from greenroom.core.mastery import (
    GENERAL,
    Component,
    Evidence,
    Mastery,
    Prior,
    Traits,
    changes,
    mastery_of,
    mastery_to_plain,
    predict,
    prior_of,
    replay,
    start,
    update,
)

ITEM = Traits(item_id="svm/hinge", topic="svm", area="supervised-learning", guess_01=0.25)
RIGHT, WRONG = Evidence(credit_01=1.0), Evidence(credit_01=0.0)

answers = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 3), st.floats(0, 1), st.integers(0, 30), st.sampled_from([0, 0.25])
    ),
    max_size=30,
)


def log_of(entries: list[tuple[int, int, float, int, float]]) -> list[tuple[Traits, Evidence, int]]:
    log, now_ms = [], 0
    for item, topic, credit, days, guess in entries:
        now_ms += days * DAY_IN_MS
        traits = Traits(item_id=f"i{item}", topic=f"t{topic}", area=f"a{topic % 2}", guess_01=guess)
        log.append((traits, Evidence(credit_01=credit), now_ms))
    return log


@given(answers)
def test_probability_stays_between_guessing_and_one(
    entries: list[tuple[int, int, float, int, float]],
) -> None:
    log = log_of(entries)
    _, predictions = replay(start(), log)
    for (traits, _, _), p in zip(log, predictions, strict=True):
        assert traits.guess_01 <= p < 1


@given(answers)
def test_variances_stay_positive_and_bounded(entries: list[tuple[int, int, float, int, float]]) -> None:
    mastery, _ = replay(start(), log_of(entries))
    for part in mastery.components.values():
        assert 0 < part.variance < 2
        assert 0 <= part.fast_variance < 1
        assert math.isfinite(part.mean)


@given(answers)
def test_stored_state_reads_back_as_the_same_state(
    entries: list[tuple[int, int, float, int, float]],
) -> None:
    mastery, _ = replay(start(Prior(general_logit=0.3, area_logits={"a0": -0.2})), log_of(entries))
    assert mastery_of(json.loads(json.dumps(mastery_to_plain(mastery)))) == mastery


@given(answers, st.integers(0, 30))
def test_replaying_a_log_in_two_parts_gives_the_same_state(
    entries: list[tuple[int, int, float, int, float]], cut: int
) -> None:
    log = log_of(entries)
    whole, _ = replay(start(), log)
    half, _ = replay(start(), log[:cut])
    rest, _ = replay(half, log[cut:])
    assert rest.components == whole.components


@given(st.floats(-3, 3), st.floats(0.01, 4), st.floats(0, 0.5))
def test_a_right_answer_raises_and_a_wrong_one_lowers(mean: float, variance: float, guess: float) -> None:
    right = gain_of(mean, variance, credit_01=1.0, guess_01=guess)
    wrong = gain_of(mean, variance, credit_01=0.0, guess_01=guess)
    assert right.pull > 0 > wrong.pull
    assert 0 < right.shrink * variance < 1


@given(st.floats(-4, 4), st.floats(0, 6))
def test_integrating_over_the_variance_pulls_towards_a_half(mean: float, variance: float) -> None:
    assert abs(squeeze(mean, variance) - 0.5) <= abs(sigmoid(mean) - 0.5) + 1e-12


def test_integrated_probability_agrees_with_numerical_integration() -> None:
    for mean, variance in ((0.7, 1.5), (-1.8, 0.6), (2.5, 3.0)):
        steps = [(-8 + 16 * k / 4000) for k in range(4001)]
        weights = [math.exp(-x * x / 2) for x in steps]
        exact = sum(
            w * sigmoid(mean + math.sqrt(variance) * x) for w, x in zip(weights, steps, strict=True)
        ) / sum(weights)
        assert squeeze(mean, variance) == pytest.approx(exact, abs=0.01)


def test_an_answer_moves_only_its_own_components() -> None:
    changed = changes(start(), ITEM, RIGHT, now_ms=0)
    assert set(changed) == {GENERAL, "area:supervised-learning", "topic:svm", "item:svm/hinge"}


def test_knowing_one_topic_says_a_little_about_its_area_and_less_about_another() -> None:
    mastery = start()
    for number in range(6):
        mastery = update(mastery, Traits(item_id=f"x{number}", topic="svm", area="sl"), RIGHT, now_ms=number)
    same_topic = predict(mastery, Traits(item_id="n", topic="svm", area="sl"), now_ms=10).probability_01
    same_area = predict(mastery, Traits(item_id="n", topic="knn", area="sl"), now_ms=10).probability_01
    other = predict(mastery, Traits(item_id="n", topic="kv-cache", area="llm"), now_ms=10).probability_01
    assert same_topic > same_area > other > 0.5


def test_a_right_guess_says_less_than_a_right_number() -> None:
    guessable = update(start(), ITEM, RIGHT, now_ms=0)
    number = update(
        start(), Traits(item_id="svm/hinge", topic="svm", area="supervised-learning"), RIGHT, now_ms=0
    )
    assert guessable.components["topic:svm"].mean < number.components["topic:svm"].mean


def test_evidence_of_low_reliability_moves_less() -> None:
    doubtful = update(start(), ITEM, Evidence(credit_01=1.0, reliability=0.3), now_ms=0)
    sure = update(start(), ITEM, RIGHT, now_ms=0)
    assert 0 < doubtful.components[GENERAL].mean < sure.components[GENERAL].mean
    assert doubtful.components[GENERAL].variance > sure.components[GENERAL].variance


def test_a_retry_moves_the_ability_less_than_a_first_attempt() -> None:
    once = update(start(), ITEM, WRONG, now_ms=0)
    again = update(once, ITEM, WRONG, now_ms=1)
    fresh = update(
        once,
        Traits(item_id="svm/other", topic="svm", area="supervised-learning", guess_01=0.25),
        WRONG,
        now_ms=1,
    )
    before = once.components[GENERAL].mean
    assert fresh.components[GENERAL].mean < again.components[GENERAL].mean < before


def test_a_fast_part_fades_with_time_while_the_slow_part_stays() -> None:
    mastery = start()
    for number in range(5):
        mastery = update(mastery, Traits(item_id=f"x{number}", topic="svm"), WRONG, now_ms=0)
    fresh = Traits(item_id="n", topic="svm")
    soon = predict(mastery, fresh, now_ms=1).mean_logit
    later = predict(mastery, fresh, now_ms=60 * DAY_IN_MS).mean_logit
    slow = mastery.components[GENERAL].mean + mastery.components["topic:svm"].mean
    assert soon < later < 0
    assert later == pytest.approx(slow, abs=1e-2)


def test_what_is_forgotten_returns_to_the_prior() -> None:
    mastery = update(start(), ITEM, RIGHT, now_ms=0)
    remembered = predict(mastery, ITEM, recall_01=1.0, now_ms=1)
    half = predict(mastery, ITEM, recall_01=0.5, now_ms=1)
    gone = predict(mastery, ITEM, recall_01=0.0, now_ms=1)
    unseen = predict(
        mastery, Traits(item_id="new", topic="svm", area="supervised-learning", guess_01=0.25), now_ms=1
    )
    assert remembered.probability_01 > half.probability_01 > gone.probability_01
    assert gone.mean_logit == pytest.approx(unseen.mean_logit)
    assert gone.variance == pytest.approx(unseen.variance)


def test_a_learned_difficulty_is_used_as_it_is_and_an_authors_word_is_shrunk() -> None:
    said = predict(start(), Traits(item_id="a", topic="t", difficulty_logit=2.0), now_ms=0)
    learned = predict(
        start(), Traits(item_id="a", topic="t", difficulty_logit=2.0, difficulty_variance=0.1), now_ms=0
    )
    assert learned.mean_logit == pytest.approx(-2.0)
    assert -2.0 < said.mean_logit < 0
    assert said.variance > learned.variance


def test_a_prior_from_level_and_self_report_is_weak() -> None:
    prior = prior_of(expected_logit=1.0, self_report={"llm": 5, "rag": 1})
    assert prior.general_logit == pytest.approx(0.5)
    assert prior.area_logits == {"llm": 0.5, "rag": -0.5}
    boastful: Mastery = start(prior)
    for number in range(8):
        boastful = update(
            boastful, Traits(item_id=f"i{number}", topic="lora", area="llm"), WRONG, now_ms=number
        )
    assert predict(boastful, Traits(item_id="n", topic="lora", area="llm"), now_ms=9).probability_01 < 0.3


def test_a_self_report_outside_the_scale_is_refused() -> None:
    with pytest.raises(InputRejected):
        prior_of(self_report={"llm": 6})


def test_evidence_outside_its_range_is_refused() -> None:
    with pytest.raises(InputRejected):
        Evidence(credit_01=1.2)
    with pytest.raises(InputRejected):
        Evidence(credit_01=0.5, reliability=-1)


def test_a_damaged_row_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputRejected) as caught:
        mastery_of({"components": {"general": [1, 2]}, "prior": {}, "parameters": {}})
    assert "Rebuild" in caught.value.hint


def test_all_topics_of_an_item_share_its_evidence() -> None:
    both = Traits(item_id="x", topic="svm", other_topics=("kernels",))
    changed = changes(start(), both, RIGHT, now_ms=0)
    assert changed["topic:svm"] == changed["topic:kernels"]
    alone = changes(start(), Traits(item_id="x", topic="svm"), RIGHT, now_ms=0)["topic:svm"]
    assert isinstance(alone, Component)
    assert 0 < changed["topic:svm"].mean < alone.mean


def test_logit_and_sigmoid_are_inverse() -> None:
    assert sigmoid(logit(0.3)) == pytest.approx(0.3)
    assert sigmoid(-1000) == 0.0
    assert sigmoid(1000) == 1.0


def test_default_parameters_leave_a_first_interval_wide() -> None:
    p = Parameters()
    prediction = predict(start(), Traits(item_id="a", topic="t", area="b"), now_ms=0)
    assert prediction.ability_variance == pytest.approx(
        p.general_variance
        + p.general_fast_variance
        + p.area_variance
        + p.topic_variance
        + p.topic_fast_variance
        + p.item_variance
    )
