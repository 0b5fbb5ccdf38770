"""The plan up to the interview."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.plan import BlockKind, Phase, Plan, plan_data, plan_from
from greenroom.core.planning import MOCKS_FROM_SHARE, AreaNeed, PlannedAction, make_plan

TODAY = date(2026, 3, 2)


def _area(area: str, weight: float, probability: float = 0.5, width: float = 0.4) -> AreaNeed:
    return AreaNeed(
        area=area,
        title=area.replace("-", " ").capitalize(),
        weight=weight,
        probability_01=probability,
        low_01=max(0.0, probability - width / 2),
        high_01=min(1.0, probability + width / 2),
    )


AREAS = [
    _area("supervised-learning", 0.3),
    _area("deep-learning", 0.2),
    _area("ml-system-design", 0.2),
    _area("mlops", 0.1),
    _area("ml-from-scratch", 0.1),
    _area("behavioural", 0.1),
]


def _plan(weeks: int = 6, hours: float = 6, areas: list[AreaNeed] | None = None) -> Plan:
    return make_plan(
        today=TODAY,
        interview_on=TODAY + timedelta(weeks=weeks),
        hours_per_week=hours,
        areas=areas or AREAS,
    )


@given(days=st.integers(1, 400), hours=st.floats(0.5, 60), seed=st.integers(0, 20))
def test_sessions_are_ordered_within_the_time_and_the_hours(days: int, hours: float, seed: int) -> None:
    areas = [_area(area.area, area.weight, (seed % 10) / 10) for area in AREAS]
    plan = make_plan(
        today=TODAY, interview_on=TODAY + timedelta(days=days), hours_per_week=hours, areas=areas
    )
    dates = [session.day for session in plan.sessions]
    assert dates == sorted(set(dates))
    assert dates[0] >= TODAY
    assert dates[-1] < plan.ends_on
    for session in plan.sessions:
        assert session.minutes == sum(block.minutes for block in session.blocks) > 0
        assert all(block.minutes >= 0 for block in session.blocks)
    assert plan_from(json.loads(json.dumps(plan_data(plan)))) == plan


def test_phases_follow_one_another_and_each_has_its_time() -> None:
    phases = [session.phase for session in _plan().sessions]
    assert phases == sorted(phases, key=list(Phase).index)
    assert set(phases) == set(Phase)


def test_mocks_come_from_sixty_percent_on_about_weekly_and_not_on_the_last_two_days() -> None:
    plan = _plan(weeks=8)
    mocks = [session.day for session in plan.sessions if session.is_mock]
    first = plan.sessions[int(len(plan.sessions) * MOCKS_FROM_SHARE)].day
    assert len(mocks) >= 3
    assert mocks[0] >= first
    assert all((later - earlier).days >= 6 for earlier, later in itertools.pairwise(mocks))
    assert mocks[-1] <= plan.ends_on - timedelta(days=2)


def test_the_eve_holds_nothing_new() -> None:
    eve = _plan().session_on(TODAY + timedelta(weeks=6) - timedelta(days=1))
    assert eve is not None
    assert {block.kind for block in eve.blocks} <= {BlockKind.REVIEW, BlockKind.TALK}


def test_an_interview_today_leaves_one_warm_up() -> None:
    plan = make_plan(today=TODAY, interview_on=TODAY, hours_per_week=6, areas=AREAS)
    assert len(plan.sessions) == 1
    assert plan.sessions[0].title == "Warm up and rest"


def test_a_weak_area_gets_more_sessions_than_an_equal_strong_one() -> None:
    areas = [
        *AREAS[1:],
        _area("supervised-learning", 0.15, 0.3),
        _area("evaluation-and-calibration", 0.15, 0.85),
    ]
    blocks = [block for session in _plan(areas=areas).sessions for block in session.blocks]
    served = {
        name: sum(block.area == name for block in blocks)
        for name in ("supervised-learning", "evaluation-and-calibration")
    }
    assert served["supervised-learning"] > served["evaluation-and-calibration"]


def test_an_excluded_area_gets_nothing() -> None:
    areas = [*AREAS[1:], _area("supervised-learning", 0.0)]
    assert all(
        block.area != "supervised-learning"
        for session in _plan(areas=areas).sessions
        for block in session.blocks
    )


def test_an_action_of_a_debrief_enters_the_first_session() -> None:
    action = PlannedAction(
        id="a1", text="Say the metric before the model", topic="threshold-and-cost", minutes=15
    )
    plan = make_plan(
        today=TODAY, interview_on=TODAY + timedelta(weeks=4), hours_per_week=5, areas=AREAS, actions=[action]
    )
    assert [block.text for block in plan.sessions[0].blocks if block.kind is BlockKind.ACTION] == [
        action.text
    ]


def test_a_plan_made_after_missed_days_has_no_backlog() -> None:
    late = make_plan(
        today=TODAY + timedelta(days=10),
        interview_on=TODAY + timedelta(weeks=6),
        hours_per_week=6,
        areas=AREAS,
    )
    per_week = [s for s in late.sessions if s.day < late.starts_on + timedelta(days=7)]
    assert len(per_week) == 6
    assert sum(session.minutes for session in per_week) <= 6 * 60 + 60


def test_the_area_needed_most_is_in_the_first_week_whatever_its_phase() -> None:
    areas = [*AREAS, _area("inference-systems", 0.5, 0.2)]
    week = [session for session in _plan(areas=areas).sessions if session.day < TODAY + timedelta(days=7)]
    assert any(block.area == "inference-systems" for session in week for block in session.blocks)


def test_a_weak_area_rests_for_a_day_while_others_wait() -> None:
    areas = [*AREAS, _area("python-and-software", 0.6, 0.1)]
    held = [
        any(block.area == "python-and-software" for block in session.blocks)
        for session in _plan(areas=areas).sessions
    ]
    assert sum(held) > len(held) / 4
    assert not any(one and other for one, other in itertools.pairwise(held))
