"""The learner's own row: what a fold has to know of everything before."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import LEARNERS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner(Row):
    """Totals, and what the profile said last."""

    time_zone: str = "UTC"
    """The zone in which the learner's days begin."""
    interview_on: str | None = None
    answered: int = 0
    xp: int = 0
    last_seq: int = 0
    """Place in the log up to which the projections stand."""


LEARNERS = Shelf(table=TABLE, row=Learner)
