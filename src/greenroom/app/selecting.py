"""The best item to ask now, out of a whole bank, in about a millisecond: keeps each learner's tables current.

A `Selector` is a cache, nothing more: thrown away, it gives the same picks. Tables are made from the
projections when a learner is first met, then moved by what was answered since, and made anew after ten
minutes, because the fast parts of the learner model fade with time.
"""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from greenroom.app import catalogue
from greenroom.app.learner import Situation, mastery_in
from greenroom.core.ids import LearnerId
from greenroom.core.learner_state import Prior
from greenroom.core.mastery import aged
from greenroom.core.ports import Bank
from greenroom.core.selection import Pick, Shown
from greenroom.core.units import MINUTE_MS
from greenroom.store import answers
from greenroom.store.memories import MEMORIES

if TYPE_CHECKING:
    from greenroom.app.selection_index import LearnerTable, SelectionIndex

LONGEST_AGE_MS = 10 * MINUTE_MS
MOST_LEARNERS = 16
_MOST_STEPS = 100
"""Answers to take over one by one; behind by more, the table is made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a question may be."""

    focus: catalogue.Focus = field(default_factory=catalogue.Focus)
    asked: Collection[str] = ()
    """Items of this sitting: not again."""
    allows_reviews: bool = True
    recent: Sequence[Shown] = ()
    seed: int = 0


@dataclass(slots=True, kw_only=True)
class _Held:
    table: LearnerTable
    seq: int
    answered: int
    made_ms: int
    prior: Prior
    """A profile saved since moves every part that no answer has touched: the table is made anew."""


class Selector:
    """Tables of one bank and of the learners met lately. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bank_hash = ""
        self._index: SelectionIndex | None = None
        self._held: OrderedDict[LearnerId, _Held] = OrderedDict()

    def warm(self, bank: Bank) -> None:
        """Makes the bank's index ahead of the first question."""
        with self._lock:
            self._index_of(bank)

    def pick(
        self, conn: Connection, bank: Bank, learner_id: LearnerId, here: Situation, wish: Wish
    ) -> Pick | None:
        """The best item that the wish allows, or None."""
        # numpy takes a tenth of a second to import: the first page does not wait for it.
        from greenroom.app.selection_index import choose_from

        with self._lock:
            index = self._index_of(bank)
            table = self._table_of(conn, index, learner_id, here)
            picks = choose_from(
                index,
                _narrowed(index, table, wish, here.now_ms),
                goal=here.goal,
                recent=wish.recent,
                seed=wish.seed,
                now_ms=here.now_ms,
                count=1,
                titles=catalogue.titles(bank),
            )
        return picks[0] if picks else None

    def _index_of(self, bank: Bank) -> SelectionIndex:
        from greenroom.app.selection_index import index_of  # late, as above

        if self._index is None or self._bank_hash != bank.hash:
            self._index = index_of(catalogue.candidates(bank))
            self._bank_hash = bank.hash
            self._held.clear()
        return self._index

    def _table_of(
        self, conn: Connection, index: SelectionIndex, learner_id: LearnerId, here: Situation
    ) -> LearnerTable:
        held = self._held.get(learner_id)
        if (
            held is not None
            and abs(here.now_ms - held.made_ms) <= LONGEST_AGE_MS
            and held.prior == here.learner.prior
        ):
            if held.seq < here.learner.last_seq and not self._move(conn, held, learner_id, here):
                held = None
            elif held.seq > here.learner.last_seq:
                held = None  # everything was deleted, or another file was put in the place of this one
        else:
            held = None
        if held is None:
            held = _made(conn, index, learner_id, here)
            self._held[learner_id] = held
            while len(self._held) > MOST_LEARNERS:
                self._held.popitem(last=False)
        self._held.move_to_end(learner_id)
        return held.table

    def _move(self, conn: Connection, held: _Held, learner_id: LearnerId, here: Situation) -> bool:
        """Takes over what was answered since; False where that is too much."""
        rows = answers.since(conn, learner_id, held.seq, _MOST_STEPS + 1)
        if len(rows) > _MOST_STEPS or held.answered + len(rows) != here.learner.answered:
            return False  # far behind, or everything was deleted and something new was answered
        parts = mastery_in(conn, learner_id)
        held.table.take(
            {
                part: aged(component, part, parts.parameters, now_ms=here.now_ms)
                for part, component in parts.components.items()
            }
        )
        for item_id in {row.item_id for row in rows}:
            met = MEMORIES.find(conn, learner_id, item_id)
            if met is not None:
                held.table.take({"item:" + item_id: met.component}, (item_id, met.card))
        held.seq, held.answered = here.learner.last_seq, here.learner.answered
        return True


def _made(conn: Connection, index: SelectionIndex, learner_id: LearnerId, here: Situation) -> _Held:
    from greenroom.app.selection_index import LearnerTable  # late, as above

    met = MEMORIES.all(conn, learner_id)
    table = LearnerTable(
        index,
        mastery_in(conn, learner_id, met),
        cards={row.item_id: row.card for row in met},
        now_ms=here.now_ms,
    )
    return _Held(
        table=table,
        seq=here.learner.last_seq,
        answered=here.learner.answered,
        made_ms=here.now_ms,
        prior=here.learner.prior,
    )


def _narrowed(index: SelectionIndex, table: LearnerTable, wish: Wish, now_ms: int) -> LearnerTable:
    """The table seen through the wish; the learner's own stays as it is."""
    import numpy as np  # late, as above

    from greenroom.app.selection_index import UNSEEN  # late, as above

    kept = np.ones(index.n) if table.kept is None else table.kept.copy()
    if wish.focus.topic:
        fits = np.array([name == wish.focus.topic for name in index.topics], bool)
        kept *= fits[index.place_topic][index.place]
    if wish.focus.area:
        fits = np.array([name == wish.focus.area for name in index.areas], bool)
        kept *= fits[index.place_area][index.place]
    for item_id in wish.asked:
        number = index.number_of.get(item_id)
        if number is not None:
            kept[number] = 0.0
    if not wish.allows_reviews:
        kept *= table.due_ms == UNSEEN
    seen = copy.copy(table)
    seen.kept = kept
    # A review that lies in the future came from a clock that had jumped: such an item is due.
    if (table.reviewed_ms > now_ms).any():
        seen.due_ms = np.where(table.reviewed_ms > now_ms, now_ms, table.due_ms)
    return seen
