"""What real interviews, told by the person, say about readiness."""

from __future__ import annotations

from sqlalchemy import Connection

from greenroom.core.events import OutcomeRecorded
from greenroom.core.ids import LearnerId
from greenroom.core.readiness import RealOutcome, Shift, shift_of
from greenroom.store import events

PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
OUTCOMES = (PASSED, FAILED, UNKNOWN)
EVEN = 0.5
"""Prediction of an outcome that was recorded before a goal was told."""


def shift_in(conn: Connection, learner_id: LearnerId) -> Shift:
    """The shift of readiness that the outcomes so far call for; unknown ones say nothing."""
    told = [entry.event.payload for entry in events.of_kind(conn, learner_id, OutcomeRecorded.kind)]
    return shift_of(
        [
            RealOutcome(
                predicted_01=EVEN if payload.predicted_01 is None else payload.predicted_01,
                has_passed=payload.outcome == PASSED,
            )
            for payload in told
            if isinstance(payload, OutcomeRecorded) and payload.outcome != UNKNOWN
        ]
    )
