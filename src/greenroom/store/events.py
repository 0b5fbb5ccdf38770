"""The log: append once, read in order. The sequence number, not the clock, says what came first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, select

from greenroom.core.errors import InputRejected
from greenroom.core.events import Event, Payload, decode, encode
from greenroom.core.ids import EventId, LearnerId, canonical_json, is_event_id
from greenroom.store.tables import EVENTS

MOST_DATA_BYTES = 2 << 20
"""One event's data as JSON. Four times what any form accepts; a larger one is refused."""

_SUBJECTS = ("interview_id", "diagnostic_id", "problem_id", "plan_id", "action_id", "item_id")
_PAGE = 1_000
_FIND = select(EVENTS).where(
    EVENTS.c.learner_id == bindparam("learner"), EVENTS.c.event_id == bindparam("event")
)
_INSERT = EVENTS.insert()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An event with its place in the log."""

    seq: int
    event: Event


class Appended(NamedTuple):
    """What `append_once` did: `is_new` is False where this id was already there, and `event` is the stored one."""

    is_new: bool
    seq: int
    event: Event


def subject_of(payload: Payload) -> str:
    """What the event is about (an interview, a problem, an item …), or an empty text."""
    for name in _SUBJECTS:
        found = getattr(payload, name, None)
        if isinstance(found, str):
            return found
    return ""


def append_once(conn: Connection, event: Event) -> Appended:
    """Appends the event, or returns the stored one where this learner already has an event of that id.

    Needs a write transaction. Raises InputRejected for an id of the wrong form and for data that is too
    large or that is no text (half a surrogate pair).
    """
    if not is_event_id(event.id):
        raise InputRejected(
            "An event id has 8 to 64 letters, digits, _ or -.",
            hint="Load the page again and send it once more.",
        )
    stored = find(conn, event.learner_id, event.id)
    if stored is not None:
        return Appended(is_new=False, seq=stored.seq, event=stored.event)
    values = {
        "learner_id": event.learner_id,
        "event_id": event.id,
        "at_ms": event.at_ms,
        "kind": event.payload.kind,
        "version": event.payload.version,
        "subject": subject_of(event.payload),
        "data": _text_of(event.payload),
    }
    result = conn.execute(_INSERT, values)
    key = result.inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no sequence number")
    return Appended(is_new=True, seq=int(key[0]), event=event)


def find(conn: Connection, learner_id: LearnerId, event_id: str) -> Logged | None:
    """The learner's event of that id."""
    row = conn.execute(_FIND, {"learner": learner_id, "event": event_id}).mappings().first()
    return None if row is None else _logged(row)


def read_since(conn: Connection, learner_id: LearnerId, after_seq: int = 0) -> Iterator[Logged]:
    """The learner's events after that place in the log, in order, a page at a time."""
    while True:
        rows = conn.execute(_of(learner_id).where(EVENTS.c.seq > after_seq).limit(_PAGE)).mappings().all()
        for row in rows:
            yield _logged(row)
        if len(rows) < _PAGE:
            return
        after_seq = int(rows[-1]["seq"])


def of_kind(conn: Connection, learner_id: LearnerId, *kinds: str) -> list[Logged]:
    """The learner's events of these kinds, in order: `of_kind(conn, me, "plan_made", "action_planned")`."""
    rows = conn.execute(_of(learner_id).where(EVENTS.c.kind.in_(kinds))).mappings()
    return [_logged(row) for row in rows]


def last_of_kind(conn: Connection, learner_id: LearnerId, kind: str) -> Logged | None:
    """The learner's newest event of that kind."""
    newest = (
        select(EVENTS)
        .where(EVENTS.c.learner_id == learner_id, EVENTS.c.kind == kind)
        .order_by(EVENTS.c.seq.desc())
        .limit(1)
    )
    row = conn.execute(newest).mappings().first()
    return None if row is None else _logged(row)


def about(
    conn: Connection,
    learner_id: LearnerId,
    subject: str,
    *,
    after_seq: int = 0,
    kinds: Collection[str] = (),
) -> list[Logged]:
    """The learner's events about one interview, problem, diagnostic or item (its id), in order.

    `kinds` narrows them to some kinds; empty means all.
    """
    query = _of(learner_id).where(EVENTS.c.subject == subject, EVENTS.c.seq > after_seq)
    if kinds:
        query = query.where(EVENTS.c.kind.in_(kinds))
    return [_logged(row) for row in conn.execute(query).mappings()]


def last_about(conn: Connection, learner_id: LearnerId, subject: str, *kinds: str) -> Logged | None:
    """The newest event of one of these kinds about that subject."""
    newest = (
        select(EVENTS)
        .where(EVENTS.c.learner_id == learner_id, EVENTS.c.subject == subject, EVENTS.c.kind.in_(kinds))
        .order_by(EVENTS.c.seq.desc())
        .limit(1)
    )
    row = conn.execute(newest).mappings().first()
    return None if row is None else _logged(row)


def last_seq_about(conn: Connection, learner_id: LearnerId, subject: str) -> int:
    """The place of the newest event about that subject; 0 where there is none."""
    newest = select(func.max(EVENTS.c.seq)).where(
        EVENTS.c.learner_id == learner_id, EVENTS.c.subject == subject
    )
    return int(conn.execute(newest).scalar() or 0)


def count(conn: Connection, learner_id: LearnerId) -> int:
    """How many events the learner has."""
    counted = select(func.count()).where(EVENTS.c.learner_id == learner_id)
    return int(conn.execute(counted).scalar_one())


def learners(conn: Connection) -> list[LearnerId]:
    """Everyone who has an event."""
    return [LearnerId(name) for name in conn.execute(select(EVENTS.c.learner_id).distinct()).scalars()]


def delete_all(conn: Connection, learner_id: LearnerId) -> int:
    """Deletes every event of the learner, on their own wish; returns how many. Nothing else ever deletes one."""
    return conn.execute(delete(EVENTS).where(EVENTS.c.learner_id == learner_id)).rowcount


def _of(learner_id: LearnerId) -> Select[Any]:  # Any: the row type of a whole table has no shorter name
    return select(EVENTS).where(EVENTS.c.learner_id == learner_id).order_by(EVENTS.c.seq)


def _text_of(payload: Payload) -> str:
    try:
        text = canonical_json(encode(payload))
        size = len(text.encode())
    except (UnicodeEncodeError, ValueError) as error:
        raise InputRejected(
            "That text holds characters that are no text, or a number that is none.",
            hint="Paste it as plain text.",
        ) from error
    if size > MOST_DATA_BYTES:
        raise InputRejected("That is too long to keep.", hint="Send at most about 500,000 characters.")
    return text


def _logged(row: RowMapping) -> Logged:
    data: dict[str, Any] = json.loads(row["data"])  # plain JSON values; decode checks the shape
    event = Event(
        id=EventId(row["event_id"]),
        learner_id=LearnerId(row["learner_id"]),
        at_ms=int(row["at_ms"]),
        payload=decode(row["kind"], int(row["version"]), data),
    )
    return Logged(seq=int(row["seq"]), event=event)
