"""The fold: one event in, the rows it changes out. The same function serves a live answer and a rebuild.

A fold is `def fold(logged: Logged, rows: Rows) -> None` in a file of `app/folds/`. It reads and puts rows
of its shelves and nothing else: no clock, no bank, no SQL. One line in `FOLDS` here and one in
`store.projections.SHELVES` make live recording, `greenroom data rebuild` and deletion know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from greenroom.app.folds import answers, interviews, learners, problems
from greenroom.core.filtering import Parameters
from greenroom.core.ids import LearnerId, Plain, content_hash
from greenroom.core.memory import DEFAULT_WEIGHTS
from greenroom.store import events
from greenroom.store.db import Store
from greenroom.store.events import Logged
from greenroom.store.marks import fold_mark, set_fold_mark
from greenroom.store.projections import SHELVES
from greenroom.store.rows import Rows

Fold = Callable[[Logged, Rows], None]

FOLDS: tuple[Fold, ...] = (
    learners.fold,
    answers.fold,
    problems.fold,
    interviews.fold,
)
"""In order: a later fold sees what an earlier one put for the same event."""


REVISION = 4
"""Raised whenever a fold gives other rows for the same events. What a fold takes from `core` as numbers (the
learner model's parameters, the memory weights) is part of `MARK` by itself."""

MARK = int(content_hash([REVISION, asdict(Parameters()), list(DEFAULT_WEIGHTS)])[:8], 16) >> 1
"""Kept in the file: another mark means that the projections there are to be made anew."""


def fold_one(logged: Logged, rows: Rows) -> None:
    """Applies every fold to one event."""
    for fold in FOLDS:
        fold(logged, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that the projections hold otherwise than the events say. None: there is no such row."""

    table: str
    key: str
    stored: dict[str, Plain] | None
    rebuilt: dict[str, Plain] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild read, made and corrected."""

    events: int
    rows: int
    differences: tuple[Difference, ...]


def refresh(store: Store) -> int:
    """Rebuilds the projections of everyone where an update changed the folds; returns for how many learners.

    Without it, answers of before and after an update would be added up by different rules.
    """
    with store.read() as conn:
        if fold_mark(conn) == MARK:
            return 0
    with store.write() as conn:
        everyone = events.learners(conn)
        for learner_id in everyone:
            rebuild_in(conn, learner_id)
        set_fold_mark(conn, MARK)
    return len(everyone)


def rebuild_in(conn: Connection, learner_id: LearnerId) -> Rebuilt:
    """Folds every event anew and puts the outcome in the place of what was stored. Needs a write transaction.

    Differences mean that a fold was changed since, or that someone edited the file; there are none otherwise.
    """
    fresh = Rows(None, learner_id)
    total = 0
    for logged in events.read_since(conn, learner_id):
        fold_one(logged, fresh)
        total += 1
    differences: list[Difference] = []
    n_rows = 0
    for shelf in SHELVES:
        rebuilt = fresh.all(shelf)
        stored = {shelf.key_of(row): row for row in shelf.all(conn, learner_id)}
        n_rows += len(rebuilt)
        for key in sorted({*rebuilt, *stored}, key=repr):
            old, new = stored.get(key), rebuilt.get(key)
            if old != new:
                differences.append(
                    Difference(
                        table=shelf.name,
                        key="/".join(str(part) for part in key),
                        stored=None if old is None else asdict(old),
                        rebuilt=None if new is None else asdict(new),
                    )
                )
        if any(difference.table == shelf.name for difference in differences):
            shelf.clear(conn, learner_id)
            shelf.save(conn, learner_id, rebuilt.values())
    return Rebuilt(events=total, rows=n_rows, differences=tuple(differences))
