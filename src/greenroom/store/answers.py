"""Answers to closed items: what each one came to. Written once, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from greenroom.core.ids import LearnerId
from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import ANSWERS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow(Row):
    """One counted answer."""

    event_id: str
    seq: int
    at_ms: int
    day: str
    """ISO date in the learner's zone of that moment."""
    session_id: str
    number: int
    """Its place in its session, from 1."""
    purpose: str
    item_id: str
    topic: str
    area: str
    credit_01: float
    is_right: bool
    confidence_01: float | None
    predicted_01: float
    """What the learner model expected before the answer."""
    xp: int
    due_ms: int
    """When the item comes again, as decided by this answer."""


ANSWERS = Shelf(table=TABLE, row=AnswerRow, key=("event_id",))


def in_session(conn: Connection, learner_id: LearnerId, session_id: str) -> list[AnswerRow]:
    """The answers of a session, in order."""
    found = ANSWERS.where(conn, learner_id, TABLE.c.session_id == session_id)
    return sorted(found, key=lambda row: row.seq)


def of_item_in_session(
    conn: Connection, learner_id: LearnerId, session_id: str, item_id: str
) -> AnswerRow | None:
    """The answer already given to this item in this session."""
    found = ANSWERS.where(conn, learner_id, TABLE.c.session_id == session_id, TABLE.c.item_id == item_id)
    return min(found, key=lambda row: row.seq) if found else None


def since(conn: Connection, learner_id: LearnerId, after_seq: int, most: int) -> list[AnswerRow]:
    """The answers after that place in the log, at most so many, in order."""
    found = (
        select(TABLE.c.seq)
        .where(TABLE.c.learner_id == learner_id, TABLE.c.seq > after_seq)
        .order_by(TABLE.c.seq)
        .limit(most)
    )
    seqs: Sequence[int] = conn.execute(found).scalars().all()
    if not seqs:
        return []
    rows = ANSWERS.where(conn, learner_id, TABLE.c.seq > after_seq, TABLE.c.seq <= seqs[-1])
    return sorted(rows, key=lambda row: row.seq)


class Review(NamedTuple):
    """An answer as a review of its item."""

    item_id: str
    credit_01: float
    confidence_01: float | None
    at_ms: int


def reviews(conn: Connection, learner_id: LearnerId) -> list[Review]:
    """Every answer as a review, in order. For work in the background: it reads all that was ever answered."""
    found = (
        select(TABLE.c.item_id, TABLE.c.credit_01, TABLE.c.confidence_01, TABLE.c.at_ms)
        .where(TABLE.c.learner_id == learner_id)
        .order_by(TABLE.c.seq)
    )
    return [Review(*row) for row in conn.execute(found)]


def recent(conn: Connection, learner_id: LearnerId, most: int) -> list[AnswerRow]:
    """The newest answers, oldest of them first."""
    newest = (
        select(TABLE.c.seq).where(TABLE.c.learner_id == learner_id).order_by(TABLE.c.seq.desc()).limit(most)
    )
    seqs: Sequence[int] = conn.execute(newest).scalars().all()
    if not seqs:
        return []
    found = ANSWERS.where(conn, learner_id, TABLE.c.seq >= seqs[-1])
    return sorted(found, key=lambda row: row.seq)
