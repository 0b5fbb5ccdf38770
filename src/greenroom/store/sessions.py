"""Sittings: how far a practice session or a diagnostic has come."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import SESSIONS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow(Row):
    """Counts of one session."""

    session_id: str
    purpose: str
    """Purpose of its first answer."""
    started_ms: int
    last_ms: int
    answered: int = 0
    right: int = 0
    xp: int = 0
    elapsed_ms: int = 0


SESSIONS = Shelf(table=TABLE, row=SessionRow, key=("session_id",))
