"""Appends facts once and brings every projection up to date, in one write transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from greenroom.app.deps import Deps
from greenroom.app.projections import fold_one
from greenroom.core.errors import Conflict
from greenroom.core.events import Event, Payload
from greenroom.core.ids import EventId, LearnerId
from greenroom.store import events
from greenroom.store.events import Appended, Logged
from greenroom.store.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened, with the id that its client gave it."""

    id: str
    payload: Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """What the caller decided upon: nothing newer than `seq` about `subject` may be in the log."""

    subject: str
    seq: int


def record(
    deps: Deps, learner_id: LearnerId, *facts: Fact, unchanged: Unchanged | None = None
) -> tuple[Appended, ...]:
    """Appends the facts that are not there yet, updates the projections, and returns all as stored.

    A fact whose id is known is returned as it was stored the first time and counts nowhere a second time;
    where all are known, `unchanged` does not matter. Raises Conflict where something newer about
    `unchanged.subject` was appended meanwhile (another tab); nothing is appended then. Raises what
    `store.events.append_once` and `Store.write` raise.
    """
    with deps.store.write() as conn:
        return record_in(conn, learner_id, *facts, at_ms=deps.clock.now_ms(), unchanged=unchanged)


def record_in(
    conn: Connection,
    learner_id: LearnerId,
    *facts: Fact,
    at_ms: int,
    unchanged: Unchanged | None = None,
) -> tuple[Appended, ...]:
    """`record` inside a write transaction that the caller already holds, at the caller's moment."""
    if (
        unchanged is not None
        and events.last_seq_about(conn, learner_id, unchanged.subject) > unchanged.seq
        and any(events.find(conn, learner_id, fact.id) is None for fact in facts)
    ):
        raise Conflict(
            "This went on in another window meanwhile.",
            hint="Load the page again to see where it stands. Nothing was counted twice.",
        )
    made = [
        Event(id=EventId(fact.id), learner_id=learner_id, at_ms=at_ms, payload=fact.payload) for fact in facts
    ]
    return append_and_fold(conn, learner_id, made)


def append_and_fold(conn: Connection, learner_id: LearnerId, made: list[Event]) -> tuple[Appended, ...]:
    """Appends events that carry their own moment (an import, a phone's queue) and folds the new ones."""
    rows = Rows(conn, learner_id)
    appended = []
    for event in made:
        stored = events.append_once(conn, event)
        appended.append(stored)
        if stored.is_new:
            fold_one(Logged(seq=stored.seq, event=stored.event), rows)
    rows.save(conn)
    return tuple(appended)
