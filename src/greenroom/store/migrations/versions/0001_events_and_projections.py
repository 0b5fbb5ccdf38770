"""The log and the first projections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_COMPONENT = ("mean", "variance", "fast_mean", "fast_variance")


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), primary_key=True, nullable=False) for name in names]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _int(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _ms(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _float(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float(), nullable=False) for name in names]


def _bool(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def upgrade() -> None:
    """Makes the tables."""
    _events()
    _answers()
    _memories()
    _mastery()
    _totals()


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True, nullable=False),
        *_text("learner_id", "event_id"),
        *_ms("at_ms"),
        *_text("kind"),
        *_int("version"),
        *_text("subject", "data"),
        sa.UniqueConstraint("learner_id", "event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("events_by_kind", "events", ["learner_id", "kind", "seq"])
    op.create_index("events_by_subject", "events", ["learner_id", "subject", "seq"])


def _answers() -> None:
    op.create_table(
        "answers",
        *_key("learner_id", "event_id"),
        *_int("seq"),
        *_ms("at_ms"),
        *_text("day", "session_id"),
        *_int("number"),
        *_text("purpose", "item_id", "topic", "area"),
        *_float("credit_01"),
        *_bool("is_right"),
        sa.Column("confidence_01", sa.Float()),
        *_float("predicted_01"),
        *_int("xp"),
        *_ms("due_ms"),
    )
    op.create_index("answers_by_session", "answers", ["learner_id", "session_id", "item_id"])
    op.create_index("answers_by_seq", "answers", ["learner_id", "seq"])


def _memories() -> None:
    op.create_table(
        "memories",
        *_key("learner_id", "item_id"),
        *_text("topic", "area"),
        *_float("stability_days", "difficulty"),
        *_ms("reviewed_ms", "due_ms"),
        *_text("due_on"),
        *_int("n_reviews", "n_lapses"),
        *_bool("last_is_right"),
        *_float("mean", "variance"),
        *_int("n_answers"),
        *_ms("at_ms"),
    )
    op.create_table("due_days", *_key("learner_id", "day"), *_int("due"))
    op.create_index("memories_by_due", "memories", ["learner_id", "due_ms"])
    op.create_index("memories_by_review", "memories", ["learner_id", "reviewed_ms", "due_ms"])


def _mastery() -> None:
    op.create_table(
        "mastery", *_key("learner_id", "part"), *_float(*_COMPONENT), *_int("n_answers"), *_ms("at_ms")
    )
    op.create_table(
        "mastery_days",
        *_key("learner_id", "day", "part"),
        *_float(*_COMPONENT),
        *_int("n_answers"),
        *_ms("at_ms"),
    )


def _totals() -> None:
    op.create_table(
        "learners",
        *_key("learner_id"),
        *_text("time_zone"),
        sa.Column("interview_on", sa.Text()),
        *_float("expected_logit"),
        *_text("self_report", "memory_weights"),
        *_int("answered", "xp", "last_seq"),
    )
    op.create_table(
        "sessions",
        *_key("learner_id", "session_id"),
        *_text("purpose"),
        *_ms("started_ms", "last_ms"),
        *_int("answered", "right", "xp"),
        *_ms("elapsed_ms"),
    )
    op.create_table(
        "days",
        *_key("learner_id", "day"),
        *_int("answered", "right", "submitted", "turns", "xp"),
        *_ms("elapsed_ms"),
    )
    op.create_table(
        "problems",
        *_key("learner_id", "problem_id"),
        *_text("topic", "area"),
        *_int("runs", "submissions", "best_passed", "total"),
        sa.Column("solved_ms", sa.BigInteger()),
        *_ms("last_ms"),
        *_text("last_outcome"),
        *_int("hints_taken"),
        *_float("mean", "variance"),
        *_int("n_answers"),
    )


def downgrade() -> None:
    """Takes the tables away, events included."""
    for table in (
        "problems",
        "days",
        "sessions",
        "learners",
        "mastery_days",
        "mastery",
        "due_days",
        "memories",
        "answers",
    ):
        op.drop_table(table)
    op.drop_table("events")
