"""What is remembered of each item met: its card (when it comes again) and its part of the learner model."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from greenroom.core.ids import LearnerId
from greenroom.core.learner_state import Component
from greenroom.core.memory import Card
from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import MEMORIES as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRow(Row):
    """One item's card (`core.memory.Card`) and component (`item:<id>` of `core.mastery`)."""

    item_id: str
    topic: str
    area: str
    stability_days: float
    difficulty: float
    reviewed_ms: int
    due_ms: int
    due_on: str
    """ISO date of `due_ms` in the learner's zone when it was set."""
    n_reviews: int
    n_lapses: int
    last_is_right: bool
    mean: float
    variance: float
    n_answers: int
    at_ms: int

    @property
    def card(self) -> Card:
        """Its card."""
        return Card(
            stability_days=self.stability_days,
            difficulty=self.difficulty,
            reviewed_ms=self.reviewed_ms,
            due_ms=self.due_ms,
            n_reviews=self.n_reviews,
            n_lapses=self.n_lapses,
        )

    @property
    def component(self) -> Component:
        """Its part of the learner model."""
        return Component(self.mean, self.variance, 0.0, 0.0, self.n_answers, self.at_ms)


MEMORIES = Shelf(table=TABLE, row=MemoryRow, key=("item_id",))


def count_due(conn: Connection, learner_id: LearnerId, now_ms: int) -> int:
    """How many items are due. A review dated after now came from a clock that had jumped: it counts as due."""
    mine = TABLE.c.learner_id == learner_id
    due = select(func.count()).where(mine, TABLE.c.due_ms <= now_ms)
    strayed = select(func.count()).where(mine, TABLE.c.reviewed_ms > now_ms, TABLE.c.due_ms > now_ms)
    return int(conn.execute(due).scalar_one()) + int(conn.execute(strayed).scalar_one())


def due_times(conn: Connection, learner_id: LearnerId, until_ms: int) -> list[int]:
    """When items come due, up to that moment, earliest first."""
    found = select(TABLE.c.due_ms).where(TABLE.c.learner_id == learner_id, TABLE.c.due_ms <= until_ms)
    return sorted(int(due_ms) for due_ms in conn.execute(found).scalars())


def ids(conn: Connection, learner_id: LearnerId) -> frozenset[str]:
    """Ids of all items ever met."""
    return frozenset(conn.execute(select(TABLE.c.item_id).where(TABLE.c.learner_id == learner_id)).scalars())
