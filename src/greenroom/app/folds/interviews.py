"""Mock interviews: a turn counts as the day's practice. What was said is read from the events themselves."""

from __future__ import annotations

from dataclasses import replace

from greenroom.core.events import TurnTaken
from greenroom.core.units import day_of
from greenroom.store.days import DAYS, DayRow
from greenroom.store.events import Logged
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.rows import Rows


def fold(logged: Logged, rows: Rows) -> None:
    """Counts a turn on its day."""
    if not isinstance(logged.event.payload, TurnTaken):
        return
    learner = rows.get(LEARNERS) or Learner()
    day = day_of(logged.event.at_ms, learner.time_zone).isoformat()
    today = rows.get(DAYS, day) or DayRow(day=day)
    rows.put(DAYS, replace(today, turns=today.turns + 1))
