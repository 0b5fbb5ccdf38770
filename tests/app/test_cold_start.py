"""The level aimed at and a self-report are weak priors: they hold until an answer says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import ALICE, Traits, World, a_profile, a_world, an_answer

from greenroom.app.learner import mastery_in, profile_in, situation_in
from greenroom.app.profile import ProfileIn, save_profile
from greenroom.app.projections import rebuild_in
from greenroom.app.record import Fact, record
from greenroom.app.selecting import Selector, Wish
from greenroom.core.errors import InputRejected
from greenroom.core.event_checks import fault_of
from greenroom.core.events import ProfileSaved, decode, encode
from greenroom.core.learner_state import Mastery, Prior
from greenroom.core.mastery import component
from greenroom.store import events
from greenroom.store.answers import ANSWERS

GOAL = ProfileIn(
    event_id="goal-0000",
    role_mix={"rising-role": 1.0},
    seniority="staff",
    loop="general",
    interview_on=date(2026, 12, 31),
    hours_per_week=7.0,
    time_zone="UTC",
)


def mastery_of_alice(world: World) -> Mastery:
    with world.deps.store.read() as conn:
        return mastery_in(conn, ALICE)


def two_areas(world: World) -> tuple[str, str]:
    first, second, *_ = world.deps.bank.taxonomy.areas
    return first, second


def test_the_level_aimed_at_moves_the_start_half_way(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    expected = world.deps.bank.taxonomy.levels["staff"].expected_logit
    assert expected > 0
    save_profile(world.deps, ALICE, GOAL)
    assert mastery_of_alice(world).prior == Prior(general_logit=0.5 * expected)


def test_a_self_report_moves_the_areas_apart(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    strong, weak = two_areas(world)
    save_profile(world.deps, ALICE, replace(GOAL, self_report={strong: 5, weak: 1}))
    mastery = mastery_of_alice(world)
    assert component(mastery, f"area:{strong}").mean == pytest.approx(0.5)
    assert component(mastery, f"area:{weak}").mean == pytest.approx(-0.5)
    with world.deps.store.read() as conn:
        told = profile_in(conn, ALICE)
    assert told is not None
    assert told.self_report == {strong: 5, weak: 1}


def test_the_first_prediction_is_made_from_the_prior(tmp_path: Path) -> None:
    """Who could teach the area is expected to be right more often than who never met it."""
    predicted = []
    for name, step in (("high", 5), ("low", 1)):
        (tmp_path / name).mkdir()
        world = a_world(tmp_path / name)
        record(world.deps, ALICE, Fact(id="event-0000", payload=a_profile(self_report={"area-a": step})))
        record(world.deps, ALICE, Fact(id="event-0001", payload=an_answer()))
        with world.deps.store.read() as conn:
            predicted.append(ANSWERS.all(conn, ALICE)[0].predicted_01)
    assert predicted[0] > predicted[1] + 0.05


def test_a_later_profile_moves_no_part_that_an_answer_has_moved(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0000", payload=a_profile(self_report={"area-a": 4})))
    record(world.deps, ALICE, Fact(id="event-0001", payload=an_answer()))
    before = mastery_of_alice(world)
    later = a_profile(expected_logit=1.0, self_report={"area-a": 1, "area-b": 5})
    record(world.deps, ALICE, Fact(id="event-0002", payload=later))
    after = mastery_of_alice(world)
    assert after.components == before.components
    assert component(after, "area:area-a") == component(before, "area:area-a")
    assert component(after, "area:area-b").mean > component(before, "area:area-b").mean
    record(world.deps, ALICE, Fact(id="event-0003", payload=an_answer(item=Traits(item_id="t/2"))))
    with world.deps.store.write() as conn:
        assert rebuild_in(conn, ALICE).differences == ()


def test_a_kept_selector_hears_of_a_new_self_report(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    kept = Selector()

    def picked(selector: Selector) -> float:
        with world.deps.store.read() as conn:
            here = situation_in(conn, ALICE, world.deps.bank.taxonomy, world.clock.now_ms())
            found = selector.pick(conn, world.deps.bank, ALICE, here, Wish(seed=7))
        assert found is not None
        return found.probability_01

    save_profile(world.deps, ALICE, GOAL)
    before = picked(kept)
    lowly = dict.fromkeys(world.deps.bank.taxonomy.areas, 1)
    save_profile(
        world.deps, ALICE, replace(GOAL, event_id="goal-0001", seniority="junior", self_report=lowly)
    )
    assert picked(kept) == picked(Selector())
    assert picked(kept) != before


@pytest.mark.parametrize("report", [{"no-such-area": 3}, {"area-1": 0}, {"area-1": 6}])
def test_a_self_report_that_cannot_be_is_refused(tmp_path: Path, report: dict[str, int]) -> None:
    world = a_world(tmp_path)
    assert "area-1" in world.deps.bank.taxonomy.areas
    with pytest.raises(InputRejected):
        save_profile(world.deps, ALICE, replace(GOAL, self_report=report))
    with world.deps.store.read() as conn:
        assert events.count(conn, ALICE) == 0


def test_a_profile_of_before_is_read_as_saying_nothing() -> None:
    data = encode(a_profile())
    old = {name: value for name, value in data.items() if name not in ("expected_logit", "self_report")}
    read = decode("profile_saved", 1, old)
    assert isinstance(read, ProfileSaved)
    assert (read.expected_logit, read.self_report) == (0.0, {})


@given(step=st.one_of(st.integers(max_value=0), st.integers(min_value=6), st.booleans(), st.floats()))
def test_an_imported_report_outside_the_five_steps_is_refused(step: float) -> None:
    # A whole number as a float, or a truth value, is no step either.
    assert fault_of(0, a_profile(self_report={"area-a": step})) is not None
    assert fault_of(0, a_profile(self_report={"area-a": 3})) is None
