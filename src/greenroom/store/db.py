"""The learner's one file: read and write transactions on SQLite, and errors that name a remedy.

SQLAlchemy's default on SQLite begins late and reads before it locks, which lost 79 of 100
read-then-write updates when tried. Here the driver is in autocommit and a `begin` hook says
BEGIN for readers and BEGIN IMMEDIATE for the one writer.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from greenroom.core.errors import GreenroomError, StoreBusy, StoreDamaged, StoreFull

BUSY_TIMEOUT_MS = 8_000
_WRITES = "greenroom_writes"
_POOLED_CONNECTIONS = 4
_MOST_CONNECTIONS = 48  # above the web server's 40 threads: a page never waits for a connection
_FREE_BYTES_THAT_COUNT_AS_FULL = 1 << 20


class Store:
    """A healthy, migrated database. Made by `store.opening.open_store`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._writing = self._engine.execution_options(**{_WRITES: True})
        # One writer at a time in this process waits on a lock, which is fair and wakes at once;
        # SQLite's own wait is a sleep loop and is left for other processes.
        self._writer = threading.Lock()
        self._writing_thread: int | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent snapshot; nothing written here is kept. Raises StoreDamaged, StoreBusy, StoreFull."""
        with self._named_errors(), self._engine.connect() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The write lock from its first line to its last; commits at the end, rolls back on any error.

        When the block has ended without an error, what it wrote survives the death of the process
        and of the machine. Raises StoreFull, StoreBusy, StoreDamaged.
        """
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a use case has at most one write transaction")
        if not self._writer.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise StoreBusy("Another write took too long.", hint="Nothing was changed. Try again.")
        self._writing_thread = threading.get_ident()
        try:
            with self._named_errors(), self._writing.begin() as conn:
                yield conn
        finally:
            self._writing_thread = None
            self._writer.release()

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log into the file."""
        self._engine.dispose()

    def wipe_free_space(self) -> tuple[str, ...]:
        """Rewrites the file without what was deleted, empties the log, and removes copies that migrations kept.

        Returns the names of the copies. Outside any transaction. Raises as `write` does.
        """
        with self._named_errors():
            raw = self._engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.close()
            except sqlite3.Error as error:
                raise named(error, self.path) from error
            finally:
                raw.close()
        copies = sorted(self.path.parent.glob(f"{self.path.name}.before-*"))
        for copy in copies:
            copy.unlink(missing_ok=True)
        return tuple(copy.name for copy in copies)

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.IntegrityError):
                raise  # a broken promise of our own code, not of the disk
            raise named(error.orig, self.path) from error
        except PoolTimeout as error:
            raise StoreBusy("Too many requests at once.", hint="Nothing was changed. Try again.") from error
        except UnicodeEncodeError as error:
            raise named(error, self.path) from error


def named(error: BaseException | None, path: Path) -> Exception:
    """The Greenroom error for what SQLite said; an error that is our own mistake comes back as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_nearly_full(path)):
        return StoreFull(
            f"The disk that holds {path} is full.",
            hint="Nothing was saved by this step. Free some space, then send it again.",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(
            f"Another program is writing to {path}.",
            hint="Nothing was changed. Close the other program or wait, then try again.",
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreDamaged(
            f"{path} cannot be opened for writing ({error}).",
            hint="Give your user the right to write to this file and its folder, or set GREENROOM_DATA_DIR.",
        )
    if primary == sqlite3.SQLITE_IOERR:
        return StoreDamaged(
            f"The disk failed while {path} was read or written ({error}).",
            hint="Nothing was saved by this step. Check the disk, then run `greenroom doctor`.",
        )
    return error if isinstance(error, Exception) else GreenroomError("The database failed.")


def damaged(path: Path, what: str) -> StoreDamaged:
    """The refusal of a file that cannot be trusted, with the way out."""
    return StoreDamaged(
        f"{path} is not a healthy Greenroom database: {what}.",
        hint=(
            "It was left as it is. Stop Greenroom, move the file aside together with its -wal and -shm files, "
            "read what it still gives with `greenroom data rescue DATABASE FILE`, start again, and bring that "
            "(or your last export) back with `greenroom data import FILE`."
        ),
    )


def _is_nearly_full(path: Path) -> bool:
    try:
        found = os.statvfs(path.parent)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < _FREE_BYTES_THAT_COUNT_AS_FULL


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=QueuePool,
        pool_size=_POOLED_CONNECTIONS,
        max_overflow=_MOST_CONNECTIONS - _POOLED_CONNECTIONS,
        pool_timeout=BUSY_TIMEOUT_MS / 1000,
        connect_args={
            "isolation_level": None,
            "check_same_thread": False,
            "timeout": BUSY_TIMEOUT_MS / 1000,
            "cached_statements": 256,
        },
    )

    @event.listens_for(engine, "connect")
    def set_up(dbapi_connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        # FULL: each commit waits until the log is on the disk, so an acknowledged answer outlives a
        # power cut as well. NORMAL would be enough against kill -9 alone.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        is_writer = conn.get_execution_options().get(_WRITES, False)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    return engine
