"""Every table. `events` holds what happened; all the others are projections and can be rebuilt from it.

The reviewed text of the schema is `schema.sql`; a test holds the three (this, the migrations, the text) together.
Every projection begins with `learner_id` and its key; row types and shelves are in one file per noun.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

METADATA = MetaData()


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _is(name: str, kind: type[TypeEngine[Any]]) -> Column[Any]:  # Any: whatever the column holds
    return Column(name, kind, nullable=False)


EVENTS = Table(
    "events",
    METADATA,
    # AUTOINCREMENT: a number is never used twice, even after everything was deleted.
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _is("learner_id", Text),
    _is("event_id", Text),
    _is("at_ms", BigInteger),
    _is("kind", Text),
    _is("version", Integer),
    _is("subject", Text),
    _is("data", Text),
    UniqueConstraint("learner_id", "event_id"),
    Index("events_by_kind", "learner_id", "kind", "seq"),
    Index("events_by_subject", "learner_id", "subject", "seq"),
    sqlite_autoincrement=True,
)

LEARNERS = Table(
    "learners",
    METADATA,
    _key("learner_id"),
    _is("time_zone", Text),
    Column("interview_on", Text),
    _is("expected_logit", Float),
    _is("self_report", Text),
    _is("memory_weights", Text),
    _is("answered", Integer),
    _is("xp", Integer),
    _is("last_seq", Integer),
)

ANSWERS = Table(
    "answers",
    METADATA,
    _key("learner_id"),
    _key("event_id"),
    _is("seq", Integer),
    _is("at_ms", BigInteger),
    _is("day", Text),
    _is("session_id", Text),
    _is("number", Integer),
    _is("purpose", Text),
    _is("item_id", Text),
    _is("topic", Text),
    _is("area", Text),
    _is("credit_01", Float),
    _is("is_right", Boolean),
    Column("confidence_01", Float),
    _is("predicted_01", Float),
    _is("xp", Integer),
    _is("due_ms", BigInteger),
    Index("answers_by_session", "learner_id", "session_id", "item_id"),
    Index("answers_by_seq", "learner_id", "seq"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    _key("learner_id"),
    _key("session_id"),
    _is("purpose", Text),
    _is("started_ms", BigInteger),
    _is("last_ms", BigInteger),
    _is("answered", Integer),
    _is("right", Integer),
    _is("xp", Integer),
    _is("elapsed_ms", BigInteger),
)

MEMORIES = Table(
    "memories",
    METADATA,
    _key("learner_id"),
    _key("item_id"),
    _is("topic", Text),
    _is("area", Text),
    _is("stability_days", Float),
    _is("difficulty", Float),
    _is("reviewed_ms", BigInteger),
    _is("due_ms", BigInteger),
    _is("due_on", Text),
    _is("n_reviews", Integer),
    _is("n_lapses", Integer),
    _is("last_is_right", Boolean),
    _is("mean", Float),
    _is("variance", Float),
    _is("n_answers", Integer),
    _is("at_ms", BigInteger),
    Index("memories_by_due", "learner_id", "due_ms"),
    Index("memories_by_review", "learner_id", "reviewed_ms", "due_ms"),
)

DUE_DAYS = Table(
    "due_days",
    METADATA,
    _key("learner_id"),
    _key("day"),
    _is("due", Integer),
)

MASTERY = Table(
    "mastery",
    METADATA,
    _key("learner_id"),
    _key("part"),
    _is("mean", Float),
    _is("variance", Float),
    _is("fast_mean", Float),
    _is("fast_variance", Float),
    _is("n_answers", Integer),
    _is("at_ms", BigInteger),
)

MASTERY_DAYS = Table(
    "mastery_days",
    METADATA,
    _key("learner_id"),
    _key("day"),
    _key("part"),
    _is("mean", Float),
    _is("variance", Float),
    _is("fast_mean", Float),
    _is("fast_variance", Float),
    _is("n_answers", Integer),
    _is("at_ms", BigInteger),
)

DAYS = Table(
    "days",
    METADATA,
    _key("learner_id"),
    _key("day"),
    _is("answered", Integer),
    _is("right", Integer),
    _is("submitted", Integer),
    _is("turns", Integer),
    _is("xp", Integer),
    _is("elapsed_ms", BigInteger),
)

PROBLEMS = Table(
    "problems",
    METADATA,
    _key("learner_id"),
    _key("problem_id"),
    _is("topic", Text),
    _is("area", Text),
    _is("runs", Integer),
    _is("submissions", Integer),
    _is("best_passed", Integer),
    _is("total", Integer),
    Column("solved_ms", BigInteger),
    _is("last_ms", BigInteger),
    _is("last_outcome", Text),
    _is("hints_taken", Integer),
    _is("mean", Float),
    _is("variance", Float),
    _is("n_answers", Integer),
)
