"""How many reviews fall on each day, so that a new one can go where there are few."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import DUE_DAYS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDayRow(Row):
    """Items whose next review was set to that day, in the learner's own time zone."""

    day: str
    due: int = 0


DUE_DAYS = Shelf(table=TABLE, row=DueDayRow, key=("day",))
