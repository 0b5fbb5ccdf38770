"""Geometry of the charts stays inside its frame for any values."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from greenroom.app.progress import DayActivity, ReadinessPoint
from greenroom.core.plan import Phase, Plan, Session
from greenroom.web.charts import CALENDAR_WEEKS, calendar, timeline, trend

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SHARES = st.floats(0, 1)


@st.composite
def points(draw: st.DrawFn) -> list[ReadinessPoint]:
    days = sorted(draw(st.sets(DAYS, max_size=30)))
    made = []
    for day in days:
        low, middle, high = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
        made.append(ReadinessPoint(day=day, loop_01=middle, low_01=low, high_01=high))
    return made


def pairs(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


@given(points())
def test_a_trend_lies_in_its_frame_and_inside_its_band(given_points: list[ReadinessPoint]) -> None:
    view = trend(given_points)
    if view is None:
        assert len(given_points) < 2
        return
    line, band = pairs(view.line), pairs(view.band)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in line + band)
    assert len(band) == 2 * len(line)
    for place, (x, y) in enumerate(line):
        assert band[place][0] == x == band[-1 - place][0]
        assert band[place][1] <= y <= band[-1 - place][1]


@given(DAYS, st.dictionaries(DAYS, st.integers(0, 90), max_size=40))
def test_the_calendar_ends_today_and_counts_what_it_shows(today: date, answered: dict[date, int]) -> None:
    days = [
        DayActivity(day=day, answered=n, right=0, submitted=0, turns=0, xp=0, minutes=0)
        for day, n in answered.items()
    ]
    view = calendar(days, today)
    first = today - timedelta(days=today.weekday(), weeks=CALENDAR_WEEKS - 1)
    assert view.n_active_days == sum(n > 0 and first <= day <= today for day, n in answered.items())
    assert len(view.cells) == (CALENDAR_WEEKS - 1) * 7 + today.weekday() + 1
    assert all(0 <= cell.shade <= 4 for cell in view.cells)


@given(st.sets(DAYS, min_size=1, max_size=60), DAYS)
def test_the_timeline_lies_between_the_first_and_the_last_day(days: set[date], today: date) -> None:
    ordered = sorted(days)
    phases = list(Phase)
    sessions = tuple(
        Session(
            id=str(place),
            day=day,
            phase=phases[min(3, 4 * place // len(ordered))],
            minutes=60,
            title="",
            why="",
            blocks=(),
        )
        for place, day in enumerate(ordered)
    )
    plan = Plan(
        starts_on=ordered[0],
        ends_on=ordered[-1] + timedelta(days=1),
        has_interview_date=True,
        sessions=sessions,
    )
    view = timeline(plan, today)
    assert all(0 <= at <= 100 for at in view.sessions)
    assert all(stretch.start >= 0 and stretch.width >= 1 for stretch in view.stretches)
    assert (view.today is None) == (not plan.starts_on <= today <= plan.ends_on)
    assert sum(stretch.n_sessions for stretch in view.stretches) == len(sessions)
