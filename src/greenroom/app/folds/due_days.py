"""On which day a card comes again: near when it is due, where few others do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from greenroom.core.memory import Card, balanced_due_ms, room_days
from greenroom.core.units import DAY_MS, day_of
from greenroom.store.due_days import DUE_DAYS, DueDayRow
from greenroom.store.rows import Rows


class Planned(NamedTuple):
    """The card with its day, and that day as an ISO date in the learner's zone."""

    card: Card
    due_on: str


def plan(rows: Rows, card: Card, *, was_due_on: str | None, time_zone: str, latest_ms: int | None) -> Planned:
    """Moves the card within its room to the day with the fewest reviews, not past `latest_ms`, and counts it there.

    `was_due_on` is the day it was counted on before; None for an item met now. Reads at most 73 days (a tenth
    of the longest interval either way), in one statement, however much was answered before.
    """
    if was_due_on is not None:
        _count(rows, was_due_on, -1)
    due_day, room = day_of(card.due_ms, time_zone), room_days(card)
    days = [due_day + timedelta(days=step) for step in range(-room, room + 1)] if room else []
    rows.hold(DUE_DAYS, [day.isoformat() for day in days])
    due_ms = balanced_due_ms(
        card,
        {day.toordinal(): _due(rows, day) for day in days},
        # Days are numbered so that the card's own day, in the learner's zone, is the right one.
        day_start_ms=card.due_ms - due_day.toordinal() * DAY_MS,
        latest_ms=latest_ms,
    )
    due_on = day_of(due_ms, time_zone).isoformat()
    _count(rows, due_on, 1)
    return Planned(card=replace(card, due_ms=due_ms), due_on=due_on)


def _due(rows: Rows, day: date) -> int:
    found = rows.get(DUE_DAYS, day.isoformat())
    return found.due if found else 0


def _count(rows: Rows, day: str, step: int) -> None:
    found = rows.get(DUE_DAYS, day) or DueDayRow(day=day)
    rows.put(DUE_DAYS, replace(found, due=found.due + step))
