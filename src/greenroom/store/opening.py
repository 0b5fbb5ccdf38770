"""Opens the database file: refuses what is damaged, foreign or newer, migrates what is older."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from greenroom.core.errors import StoreDamaged
from greenroom.store.db import Store, damaged, named
from greenroom.store.versions import HEAD, REVISIONS

APPLICATION_ID = 0x4752524D
"""`GRRM` in the SQLite header: says that a file is Greenroom's."""

_MAGIC = b"SQLite format 3\x00"
_CHECKED_AT_START_BYTES = 48 << 20
"""Larger files are checked by `greenroom doctor`, so that the first page does not wait for them."""


def open_store(path: Path) -> Store:
    """The store at that path, made when absent and migrated when older.

    Raises StoreDamaged, with the remedy, for a file that is no database, is damaged, belongs to another
    program or was written by a newer Greenroom; such a file is not written to. Raises StoreFull.
    """
    path = path.expanduser().absolute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        found = version_of(path)
    except OSError as error:
        raise StoreDamaged(
            f"{path} cannot be opened ({error.strerror}).",
            hint="Give your user the right to write to this file and its folder, or set GREENROOM_DATA_DIR.",
        ) from error
    if found is not None and found != HEAD:
        keep_a_copy(path, found)
    store = Store(path)
    if found != HEAD:
        try:
            with store.write() as conn:
                _bring_up_to_date(conn)
        except BaseException:
            store.close()
            raise
    return store


def version_of(path: Path) -> str | None:
    """The schema revision of a healthy file; None where there is no file yet (or an empty one).

    Raises StoreDamaged as `open_store` does. Reads only.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise damaged(path, "it is no SQLite file")
    # closing() is not used: a read-only connection of ours must not fold the write-ahead log in.
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=8)
    try:
        return _trusted_version(conn, path)
    except sqlite3.Error as error:
        raise named(error, path) from error
    finally:
        conn.close()


def health(path: Path) -> list[str]:
    """Everything SQLite finds wrong with the whole file; empty when it is healthy. Slow on large files."""
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=8)
    try:
        found = [str(row[0]) for row in conn.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        conn.close()
    return [] if found == ["ok"] else found


def _trusted_version(conn: sqlite3.Connection, path: Path) -> str | None:
    tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    if not tables and application in (0, APPLICATION_ID):
        return None
    if application != APPLICATION_ID or "alembic_version" not in tables:
        raise StoreDamaged(
            f"{path} is a database of another program.",
            hint="It was left as it is. Set GREENROOM_DATA_DIR to another folder.",
        )
    rows = conn.execute("SELECT version_num FROM alembic_version").fetchall()
    version = str(rows[0][0]) if len(rows) == 1 else ""
    if version not in REVISIONS:
        raise StoreDamaged(
            f"{path} was written by a newer Greenroom (schema {version or 'unknown'}; this one knows {HEAD}).",
            hint="It was left as it is. Update Greenroom, then start again.",
        )
    if path.stat().st_size <= _CHECKED_AT_START_BYTES:
        verdict = str(conn.execute("PRAGMA quick_check(1)").fetchone()[0])
        if verdict != "ok":
            raise damaged(path, verdict.splitlines()[-1])
    return version


def keep_a_copy(path: Path, version: str) -> None:
    """Keeps what is there in a file of its own, before a migration changes anything. Raises StoreFull."""
    kept = path.with_name(f"{path.name}.before-{HEAD}-from-{version}")
    if kept.exists():
        return
    source, target = sqlite3.connect(path, timeout=8), sqlite3.connect(kept)
    try:
        source.backup(target)
    except sqlite3.Error as error:
        raise named(error, kept) from error
    finally:
        source.close()
        target.close()


def _bring_up_to_date(conn: Connection) -> None:
    # Alembic takes a third of a second to import and is needed only when the schema is behind.
    from greenroom.store.migrating import upgrade

    conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    upgrade(conn)
