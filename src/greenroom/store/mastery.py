"""The learner model's parts (general, areas, topics), as they stand and as they stood each day."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.core.learner_state import Component
from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import MASTERY as TABLE
from greenroom.store.tables import MASTERY_DAYS as DAYS_TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class MasteryRow(Row):
    """One component of `core.mastery`, by its key (`general`, `area:<slug>` or `topic:<slug>`)."""

    part: str
    mean: float
    variance: float
    fast_mean: float
    fast_variance: float
    n_answers: int
    at_ms: int

    @property
    def component(self) -> Component:
        """The component."""
        return Component(
            self.mean, self.variance, self.fast_mean, self.fast_variance, self.n_answers, self.at_ms
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MasteryDayRow(MasteryRow):
    """The same at the end of a day (the learner's), kept for days on which it changed."""

    day: str


MASTERY = Shelf(table=TABLE, row=MasteryRow, key=("part",))
MASTERY_DAYS = Shelf(table=DAYS_TABLE, row=MasteryDayRow, key=("day", "part"))
