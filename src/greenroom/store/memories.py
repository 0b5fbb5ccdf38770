"""What is remembered of each item met: its card (when it comes again) and its part of the learner model."""

from __future__ import annotations

from dataclasses import dataclass

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
