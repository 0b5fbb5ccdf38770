"""Real outcomes calibrate readiness."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.people import ALICE, CHARLIE, a_profile, a_world

from greenroom.app.outcomes import OutcomeIn, record_outcome
from greenroom.app.progress import readiness_now
from greenroom.app.record import Fact, record
from greenroom.core.errors import InputRejected

FAILED = OutcomeIn(event_id="outcome-1", round_kind="coding", outcome="failed", company="Example")


def test_an_outcome_is_kept_with_what_was_predicted_and_moves_readiness(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile()))
    before = readiness_now(world.deps, ALICE)
    kept = record_outcome(world.deps, ALICE, FAILED)
    after = readiness_now(world.deps, ALICE)
    assert before is not None
    assert after is not None
    coding = next(entry for entry in before.rounds if entry.round_kind == "coding")
    assert kept.outcome.predicted_01 == pytest.approx(coding.probability_01, abs=1e-3)
    assert before.is_model_only
    assert not after.is_model_only
    assert after.loop_01 < before.loop_01


def test_the_same_id_counts_once_and_a_stranger_is_not_moved(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    for person in (ALICE, CHARLIE):
        record(world.deps, person, Fact(id="event-profile", payload=a_profile()))
    stranger = readiness_now(world.deps, CHARLIE)
    assert record_outcome(world.deps, ALICE, FAILED).is_new
    once = readiness_now(world.deps, ALICE)
    assert not record_outcome(world.deps, ALICE, FAILED).is_new
    assert readiness_now(world.deps, ALICE) == once
    assert readiness_now(world.deps, CHARLIE) == stranger


def test_an_unknown_outcome_says_nothing_about_readiness(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-profile", payload=a_profile()))
    before = readiness_now(world.deps, ALICE)
    record_outcome(world.deps, ALICE, replace(FAILED, outcome="unknown"))
    assert readiness_now(world.deps, ALICE) == before


def test_an_outcome_without_a_goal_is_kept_without_a_prediction(tmp_path: Path) -> None:
    kept = record_outcome(a_world(tmp_path).deps, ALICE, FAILED)
    assert kept.outcome.predicted_01 is None


@pytest.mark.parametrize(
    "told",
    [
        replace(FAILED, outcome="great"),
        replace(FAILED, round_kind="chess"),
        replace(FAILED, happened_on="yesterday"),
        replace(FAILED, happened_on="2199-01-01"),
        replace(FAILED, company="x" * 500),
        replace(FAILED, event_id="?"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, told: OutcomeIn) -> None:
    with pytest.raises(InputRejected) as caught:
        record_outcome(a_world(tmp_path).deps, ALICE, told)
    assert caught.value.hint
