"""Readiness for rounds and for the loop."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.filtering import sigmoid
from greenroom.core.mastery_map import AreaEstimate
from greenroom.core.readiness import (
    Aim,
    RealOutcome,
    RoundEvidence,
    area_shares,
    readiness,
    shift_of,
)

AREAS = ("python-and-software", "ml-from-scratch", "ml-system-design", "behavioural", "rag", "mlops")
AIM = Aim(
    area_weights={area: 1 / len(AREAS) for area in AREAS},
    expected_logit=0.3,
    rounds=("coding", "coding", "system-design", "behavioural", "ml-breadth"),
)


def estimates(mean: float, variance: float) -> tuple[AreaEstimate, ...]:
    return tuple(
        AreaEstimate(
            area=area,
            probability_01=sigmoid(mean),
            low_01=0.0,
            high_01=1.0,
            n_answers=9,
            has_enough=variance < 0.4,
            mean_logit=mean,
            variance=variance,
        )
        for area in AREAS
    )


@given(st.floats(-3, 3), st.floats(0.05, 2))
def test_probabilities_lie_inside_their_intervals(mean: float, variance: float) -> None:
    found = readiness(estimates(mean, variance), AIM)
    for entry in found.rounds:
        assert 0 <= entry.low_01 <= entry.probability_01 <= entry.high_01 <= 1
    assert 0 <= found.loop_low_01 <= found.loop_01 <= found.loop_high_01 <= 1


@given(st.floats(-2, 2), st.floats(0.01, 1))
def test_more_ability_never_lowers_readiness(mean: float, more: float) -> None:
    assert readiness(estimates(mean + more, 0.3), AIM).loop_01 >= readiness(estimates(mean, 0.3), AIM).loop_01


def test_more_evidence_narrows_the_interval() -> None:
    unsure, sure = readiness(estimates(0.5, 0.9), AIM), readiness(estimates(0.5, 0.1), AIM)
    assert sure.loop_high_01 - sure.loop_low_01 < unsure.loop_high_01 - unsure.loop_low_01
    assert not unsure.rounds[0].has_enough
    assert sure.rounds[0].has_enough


def test_a_round_follows_its_own_areas() -> None:
    shares = area_shares("coding", AIM.area_weights)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["python-and-software"] > shares["rag"]
    weak = [
        replace(entry, mean_logit=-1.5 if entry.area == "behavioural" else 1.0)
        for entry in estimates(1.0, 0.2)
    ]
    rounds = {entry.round_kind: entry for entry in readiness(weak, AIM).rounds}
    assert rounds["behavioural"].probability_01 < 0.3 < rounds["coding"].probability_01


def test_a_mock_moves_its_round_and_narrows_it() -> None:
    aim = replace(AIM, mocks=(RoundEvidence(round_kind="coding", above_bar_logit=1.5),))
    before = readiness(estimates(0.0, 0.5), AIM).rounds[0]
    after = readiness(estimates(0.0, 0.5), aim).rounds[0]
    assert after.probability_01 > before.probability_01
    assert after.variance < before.variance


def test_until_real_outcomes_exist_it_is_a_model() -> None:
    assert readiness(estimates(0.0, 0.5), AIM).is_model_only
    failed = [RealOutcome(predicted_01=0.7, has_passed=False)] * 3
    told = readiness(estimates(0.0, 0.5), replace(AIM, shift=shift_of(failed)))
    assert not told.is_model_only
    assert told.loop_01 < readiness(estimates(0.0, 0.5), AIM).loop_01


def test_outcomes_as_predicted_hardly_move_it_and_narrow_the_shift() -> None:
    fair = [RealOutcome(predicted_01=0.5, has_passed=k % 2 == 0) for k in range(10)]
    shift = shift_of(fair)
    assert shift.mean == pytest.approx(0.0, abs=1e-6)
    assert shift.variance < shift_of([]).variance
    assert shift.n_outcomes == 10


def test_the_best_lever_is_the_weak_area_that_the_loop_asks() -> None:
    weak = [
        replace(entry, mean_logit=-1.0, probability_01=sigmoid(-1.0))
        if entry.area == "ml-system-design"
        else entry
        for entry in estimates(0.8, 0.2)
    ]
    levers = readiness(weak, AIM).levers
    assert levers[0].area in {"ml-system-design", "python-and-software"}
    assert levers[0].gain_per_hour_01 > 0
    gains = [lever.gain_per_hour_01 for lever in levers]
    assert gains == sorted(gains, reverse=True)
    assert "An hour on" in levers[0].reason


def test_a_round_without_any_known_area_says_that_nothing_is_known() -> None:
    found = readiness((), replace(AIM, area_weights={}, rounds=("coding",)))
    assert not found.rounds[0].has_enough
    assert found.rounds[0].high_01 - found.rounds[0].low_01 > 0.9
