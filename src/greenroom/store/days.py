"""What was done on each of the learner's days."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import DAYS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow(Row):
    """Counts of one day in the learner's own time zone."""

    day: str
    answered: int = 0
    right: int = 0
    submitted: int = 0
    turns: int = 0
    xp: int = 0
    elapsed_ms: int = 0

    @property
    def is_active(self) -> bool:
        """True where something was answered, submitted or said."""
        return self.answered + self.submitted + self.turns > 0


DAYS = Shelf(table=TABLE, row=DayRow, key=("day",))
