"""The goal, the plan that follows from it, its calendar, and its next actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.people import ALICE, BOB, World, a_world

from greenroom.app import diagnostic, planning
from greenroom.app.planning import calendar_of, finish_action, plan_of, replan
from greenroom.app.profile import ProfileIn, profile_of, save_profile
from greenroom.app.record import Fact, record
from greenroom.core.errors import InputRejected, NotFound
from greenroom.core.events import ActionPlanned, PlanMade
from greenroom.core.plan import BlockKind
from greenroom.store import events

INTERVIEW = date(2026, 12, 31)
GOAL = ProfileIn(
    event_id="goal-00001",
    role_mix={"rising-role": 2.0},
    seniority="mid",
    loop="general",
    interview_on=INTERVIEW,
    hours_per_week=7,
    time_zone="Europe/Berlin",
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_world(tmp_path)


def test_saving_a_goal_makes_a_plan_up_to_the_eve(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    view = plan_of(world.deps, ALICE)
    assert view is not None
    assert view.session_today is not None
    assert view.plan.sessions[-1].day == date(2026, 12, 30)
    assert view.days_left == 45
    assert plan_of(world.deps, BOB) is None


def test_the_same_goal_sent_twice_is_saved_once(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    save_profile(world.deps, ALICE, GOAL)
    with world.deps.store.read() as conn:
        assert len(events.of_kind(conn, ALICE, PlanMade.kind)) == 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"role_mix": {}}, "role"),
        ({"role_mix": {"poet": 1.0}}, "poet"),
        ({"seniority": "king"}, "level"),
        ({"loop": "nowhere"}, "loops"),
        ({"interview_on": date(2026, 11, 15)}, "past"),
        ({"interview_on": date(2028, 1, 1)}, "year"),
        ({"hours_per_week": 0.0}, "Hours"),
        ({"hours_per_week": float("nan")}, "Hours"),
        ({"time_zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_in_words_and_changes_nothing(
    world: World, change: dict[str, object], word: str
) -> None:
    with pytest.raises(InputRejected, match=word):
        save_profile(world.deps, ALICE, replace(GOAL, **change))  # type: ignore[arg-type]  # any field
    assert profile_of(world.deps, ALICE) is None


def test_missed_days_are_told_and_a_new_plan_has_no_backlog(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    world.clock.turn(days=10)
    view = plan_of(world.deps, ALICE)
    assert view is not None
    assert len(view.missed) == 10
    again = replan(world.deps, ALICE, "replan-00001")
    assert again.missed == ()
    assert again.plan.starts_on == date(2026, 11, 26)


def test_a_finished_diagnostic_plans_anew(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    started = diagnostic.start(world.deps, ALICE, "diagnostic-1")
    diagnostic.finish(world.deps, ALICE, started.id)
    view = plan_of(world.deps, ALICE)
    assert view is not None
    assert "diagnostic" in view.why


def test_a_diagnostic_without_a_goal_makes_no_plan(world: World) -> None:
    started = diagnostic.start(world.deps, ALICE, "diagnostic-1")
    diagnostic.finish(world.deps, ALICE, started.id)
    assert plan_of(world.deps, ALICE) is None


def test_an_action_stays_in_the_plan_until_it_is_done(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    action = ActionPlanned(
        action_id="action-0001", text="Say the metric first", topic="", minutes=15, from_interview="mock-1"
    )
    record(world.deps, ALICE, Fact(id="planned-01", payload=action))
    view = replan(world.deps, ALICE, "replan-00001")
    assert [entry.text for entry in view.actions] == ["Say the metric first"]
    assert any(block.kind is BlockKind.ACTION for session in view.plan.sessions for block in session.blocks)
    finish_action(world.deps, ALICE, "done-00001", "action-0001")
    after = plan_of(world.deps, ALICE)
    assert after is not None
    assert after.actions == ()
    with pytest.raises(NotFound):
        finish_action(world.deps, ALICE, "done-00002", "no-such-action")


def test_the_calendar_holds_every_session_at_the_persons_own_hour(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    view = plan_of(world.deps, ALICE)
    assert view is not None
    calendar = Calendar.from_ical(calendar_of(world.deps, ALICE, starts_at=time(18, 30)))
    found = [entry for entry in calendar.walk("VEVENT") if str(entry["summary"]).startswith("Greenroom")]
    assert len(found) == len(view.plan.sessions)
    first = found[0].decoded("dtstart")
    assert isinstance(first, datetime)
    # 18:30 in Berlin in winter is 17:30 UTC.
    assert (first.hour, first.minute) == (17, 30)
    assert first.date() == view.plan.sessions[0].day
    assert len({str(entry["uid"]) for entry in calendar.walk("VEVENT")}) == len(found) + 1


def test_a_calendar_exported_again_updates_the_same_entries(world: World) -> None:
    save_profile(world.deps, ALICE, GOAL)
    first = Calendar.from_ical(calendar_of(world.deps, ALICE))
    world.clock.turn(hours=1)
    again = Calendar.from_ical(calendar_of(world.deps, ALICE))
    assert [str(e["uid"]) for e in first.walk("VEVENT")] == [str(e["uid"]) for e in again.walk("VEVENT")]


def test_without_a_goal_there_is_nothing_to_export_or_plan(world: World) -> None:
    with pytest.raises(NotFound):
        calendar_of(world.deps, ALICE)
    with pytest.raises(InputRejected):
        planning.replan(world.deps, ALICE, "replan-00001")
