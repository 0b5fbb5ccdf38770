"""Reads what can still be read out of a damaged database, without writing to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.store.db import damaged

_COLUMNS = "seq, learner_id, event_id, at_ms, kind, version, data"
_MOST_SEQ = 1 << 24
"""Where the table does not say how many events there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """Events that were read, in order, as rows of an export."""

    rows: tuple[Mapping[str, Any], ...]  # Any: JSON
    unreadable: int
    """Places in the log that could not be read. Some may never have held an event."""


def rescue(path: Path, learner_id: str) -> Rescued:
    """Every event of the learner that the file still gives. Raises StoreDamaged where it gives none at all."""
    # The newest events may stand in the write-ahead log alone; without one, nothing at all is touched.
    way = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?{way}", uri=True, timeout=8)
    conn.row_factory = sqlite3.Row
    found: list[Mapping[str, Any]] = []  # Any: JSON
    unreadable = 0
    try:
        todo = [(1, _last_seq(conn))]
        while todo:
            low, high = todo.pop()
            try:
                rows = conn.execute(
                    f"SELECT {_COLUMNS} FROM events NOT INDEXED WHERE seq BETWEEN ? AND ? ORDER BY seq",
                    (low, high),
                ).fetchall()
                read = [_row(row) for row in rows if row["learner_id"] == learner_id]
            except (sqlite3.DatabaseError, ValueError, UnicodeDecodeError):
                if low == high:
                    unreadable += 1
                else:
                    middle = (low + high) // 2
                    # The later half first onto the stack: events come out in order.
                    todo += [(middle + 1, high), (low, middle)]
                continue
            found += read
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error
    finally:
        conn.close()
    return Rescued(rows=tuple(found), unreadable=unreadable)


def _last_seq(conn: sqlite3.Connection) -> int:
    try:
        row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
    except sqlite3.DatabaseError:
        conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # raises where nothing can be read
        return _MOST_SEQ
    return int(row["seq"]) if row is not None else 1


def _row(row: sqlite3.Row) -> dict[str, Any]:  # Any: JSON
    return {
        "id": row["event_id"],
        "at_ms": row["at_ms"],
        "kind": row["kind"],
        "version": row["version"],
        "data": json.loads(row["data"]),
    }
