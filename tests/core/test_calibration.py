"""Confidence against what came true."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.calibration import (
    CONFIDENCE_STEPS,
    Judgement,
    bias_by_area,
    bias_of,
    brier,
    confidence_of,
    decompose,
    ece,
    ece_with_interval,
    equal_mass_bins,
    interview_cost,
    log_loss,
    reliability_bins,
    wilson,
)
from greenroom.core.errors import InputRejected

judgements = st.lists(
    st.builds(Judgement, st.sampled_from([s.confidence_01 for s in CONFIDENCE_STEPS]), st.booleans()),
    min_size=1,
    max_size=120,
)


def people(n: int, bend: float, seed: int = 1) -> list[Judgement]:
    """n answers whose chance of being right is confidence ** bend: above 1 is overconfident."""
    dice = random.Random(seed)
    steps = [step.confidence_01 for step in CONFIDENCE_STEPS]
    said = [dice.choice(steps) for _ in range(n)]
    return [Judgement(c, dice.random() < c**bend) for c in said]


@given(judgements)
def test_scores_stay_in_range(entries: list[Judgement]) -> None:
    assert 0 <= brier(entries) <= 1
    assert log_loss(entries) >= 0
    assert 0 <= ece(entries) <= 1


@given(judgements)
def test_murphys_parts_add_up_to_the_brier_score(entries: list[Judgement]) -> None:
    parts = decompose(entries)
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within_bins
    assert total == pytest.approx(brier(entries))
    assert parts.reliability >= 0
    assert parts.resolution >= 0


@given(judgements, st.integers(1, 15))
def test_bins_hold_every_answer_once_and_keep_equal_confidences_together(
    entries: list[Judgement], n_bins: int
) -> None:
    groups = equal_mass_bins(entries, n_bins)
    assert sorted(entry for group in groups for entry in group) == sorted(entries)
    assert len(groups) <= n_bins
    seen = [{entry.confidence_01 for entry in group} for group in groups]
    assert all(not a & b for k, a in enumerate(seen) for b in seen[k + 1 :])


def test_steps_map_to_rising_probabilities() -> None:
    said = [confidence_of(step) for step in (1, 2, 3, 4, 5)]
    assert said == sorted(said)
    assert all(0 < p < 1 for p in said)
    with pytest.raises(InputRejected):
        confidence_of(6)


def test_an_honest_person_has_an_interval_that_reaches_to_about_zero() -> None:
    honest = ece_with_interval(people(300, 1.0), seed=1)
    loud = ece_with_interval(people(300, 3.0), seed=1)
    assert honest.low < 0.03
    assert loud.low > 0.1
    assert loud.low <= loud.value <= loud.high


def test_a_diagram_is_shown_only_from_fifty_answers() -> None:
    assert reliability_bins(people(49, 1.0)) == ()
    points = reliability_bins(people(50, 1.0))
    assert sum(point.n for point in points) == 50


def test_a_small_bin_is_shrunk_towards_what_was_said() -> None:
    for point in reliability_bins(people(60, 2.0)):
        assert min(point.right_01, point.confidence_01) <= point.shrunk_01
        assert point.shrunk_01 <= max(point.right_01, point.confidence_01)
        assert point.low_01 <= point.right_01 <= point.high_01


def test_overconfidence_is_positive_and_clear_only_with_enough_answers() -> None:
    assert bias_of(people(200, 3.0)).low > 0
    assert not bias_of(people(4, 1.0)).is_clear
    lucky = [Judgement(0.6, True)] * 3
    assert not bias_of(lucky).is_clear


def test_areas_with_a_clear_bias_come_first() -> None:
    found = bias_by_area({"rag": people(10, 1.0), "llm": people(150, 3.0), "empty": []})
    assert [entry.area for entry in found] == ["llm", "rag"]


def test_the_cost_in_an_interview_is_told_from_twenty_answers() -> None:
    assert interview_cost(people(19, 2.0)).startswith("Not enough answers")
    text = interview_cost(people(200, 3.0))
    assert "wrong" in text
    assert "undersold" in text
    middling = interview_cost([Judgement(0.6, True)] * 30)
    assert middling.startswith("Your confidence stays in the middle")


def test_no_answers_give_no_number_rather_than_a_perfect_one() -> None:
    assert math.isnan(brier([]))
    assert math.isnan(ece([]))
    assert math.isnan(ece_with_interval([], seed=1).value)
    assert math.isnan(decompose([]).reliability)
    assert wilson(0, 0).high == 1.0
