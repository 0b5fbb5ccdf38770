"""Geometry of the charts: values in, coordinates out. The macros in templates/components/charts.html draw them.

Coordinates are percent of the plot (0 to 100, y downwards), so that one SVG fits a phone and a desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greenroom.app.progress import DayActivity, ReadinessPoint
from greenroom.core.plan import PHASE_TITLES, Plan

CALENDAR_WEEKS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A line with its band."""

    line: str
    """`x,y x,y …` for a polyline."""
    band: str
    """The same for the polygon between the interval's ends."""
    dots: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day of the activity calendar; `shade` 0 (nothing) to 4."""

    x: int
    y: int
    shade: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Weeks from left to right, days from Monday down."""

    cells: tuple[Cell, ...]
    months: tuple[Tick, ...]
    n_weeks: int
    n_active_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A phase on the timeline, in percent of its length."""

    start: float
    width: float
    title: str
    first: date
    last: date
    n_sessions: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Phases, mocks and today from the first day of the plan to the last."""

    stretches: tuple[Stretch, ...]
    mocks: tuple[Tick, ...]
    sessions: tuple[float, ...]
    today: float | None


def trend(points: Sequence[ReadinessPoint]) -> Trend | None:
    """Readiness over the days, from the first to the last; None below two days."""
    if len(points) < 2:
        return None
    first, last = points[0].day, points[-1].day
    span = max(1, (last - first).days)
    xs = [100 * (point.day - first).days / span for point in points]
    line = [(x, 100 - 100 * point.loop_01) for x, point in zip(xs, points, strict=True)]
    high = [(x, 100 - 100 * point.high_01) for x, point in zip(xs, points, strict=True)]
    low = [(x, 100 - 100 * point.low_01) for x, point in zip(xs, points, strict=True)]
    middle = first + timedelta(days=span // 2)
    ticks = [Tick(at=0, label=_day(first)), Tick(at=100, label=_day(last))]
    if span >= 4:
        ticks.insert(1, Tick(at=100 * (span // 2) / span, label=_day(middle)))
    return Trend(line=_path(line), band=_path(high + low[::-1]), dots=tuple(line[-1:]), ticks=tuple(ticks))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def calendar(activity: Sequence[DayActivity], today: date, n_weeks: int = CALENDAR_WEEKS) -> Calendar:
    """The last weeks up to today; shades are answers, submissions and turns of the day together."""
    by_day: Mapping[date, DayActivity] = {entry.day: entry for entry in activity}
    monday = today - timedelta(days=today.weekday(), weeks=n_weeks - 1)
    cells: list[Cell] = []
    months: list[Tick] = []
    for week in range(n_weeks):
        for weekday in range(7):
            day = monday + timedelta(weeks=week, days=weekday)
            if day > today:
                break
            if day.day == 1 and week < n_weeks - 1:
                months.append(Tick(at=week, label=f"{day:%b}"))
            cells.append(_cell(day, week, weekday, by_day.get(day)))
    return Calendar(
        cells=tuple(cells),
        months=tuple(months),
        n_weeks=n_weeks,
        n_active_days=sum(cell.shade > 0 for cell in cells),
    )


def _cell(day: date, week: int, weekday: int, done: DayActivity | None) -> Cell:
    n = done.answered + done.turns + 5 * done.submitted if done else 0
    shade = sum(n >= step for step in (1, 8, 16, 30))
    words = "nothing"
    if done and n:
        parts = [
            f"{done.answered} answered" if done.answered else "",
            f"{done.submitted} submitted" if done.submitted else "",
            f"{done.turns} turns" if done.turns else "",
        ]
        words = ", ".join(part for part in parts if part)
    return Cell(x=week, y=weekday, shade=shade, title=f"{_day(day)}: {words}")


def timeline(plan: Plan, today: date) -> Timeline:
    """The plan from its first day to its last."""
    length = max(1, (plan.ends_on - plan.starts_on).days)

    def at(day: date) -> float:
        return round(100 * (day - plan.starts_on).days / length, 2)

    stretches = []
    spans = plan.phase_spans()
    for number, span in enumerate(spans, start=1):
        end = spans[number].first if number < len(spans) else plan.ends_on
        stretches.append(
            Stretch(
                start=at(span.first),
                width=max(1.0, at(max(end, span.last)) - at(span.first)),
                title=PHASE_TITLES[span.phase],
                first=span.first,
                last=span.last,
                n_sessions=span.n_sessions,
                number=number,
            )
        )
    return Timeline(
        stretches=tuple(stretches),
        mocks=tuple(Tick(at=at(s.day), label=_day(s.day)) for s in plan.sessions if s.is_mock),
        sessions=tuple(at(session.day) for session in plan.sessions),
        today=at(today) if plan.starts_on <= today <= plan.ends_on else None,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
