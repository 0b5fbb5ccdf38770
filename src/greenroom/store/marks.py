"""The mark in the file's header that says which folds its projections were made with."""

from __future__ import annotations

from sqlalchemy import Connection


def fold_mark(conn: Connection) -> int:
    """The mark; 0 in a new file."""
    return int(conn.exec_driver_sql("PRAGMA user_version").scalar_one())


def set_fold_mark(conn: Connection, mark: int) -> None:
    """Sets the mark, as part of the transaction. 31 bits, not negative."""
    conn.exec_driver_sql(f"PRAGMA user_version = {int(mark)}")
