"""The rows a fold works on: read on first use, kept in memory, written back once, only where they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from sqlalchemy import Connection

from greenroom.core.ids import LearnerId
from greenroom.store.shelves import Key, Row, Shelf

R = TypeVar("R", bound=Row)


class Rows:
    """One learner's projection rows. Backed by the database, or by nothing where all is rebuilt."""

    def __init__(self, conn: Connection | None, learner_id: LearnerId) -> None:
        self._conn = conn
        self._learner_id = learner_id
        self._held: dict[str, dict[Key, Row | None]] = {}
        self._changed: dict[str, set[Key]] = {}
        self._shelves: dict[str, Shelf[Row]] = {}

    def get(self, shelf: Shelf[R], *key: str | int) -> R | None:
        """The row of that key as it now stands."""
        held = self._held.setdefault(shelf.name, {})
        if key not in held:
            stored = None if self._conn is None else shelf.find(self._conn, self._learner_id, *key)
            held[key] = stored
        return cast("R | None", held[key])

    def hold(self, shelf: Shelf[R], names: Iterable[str]) -> None:
        """Reads the rows of these keys (of one column) in one statement, for `get` to find them held."""
        held = self._held.setdefault(shelf.name, {})
        missing = [name for name in names if (name,) not in held]
        if not missing or self._conn is None:
            return
        (column,) = shelf.key
        rows = shelf.where(self._conn, self._learner_id, shelf.table.c[column].in_(missing))
        found = {shelf.key_of(row): row for row in rows}
        for name in missing:
            held[name,] = found.get((name,))

    def put(self, shelf: Shelf[R], row: R) -> None:
        """Puts the row in the place of the one of its key."""
        key = shelf.key_of(row)
        if self.get(shelf, *key) == row:
            return
        self._held[shelf.name][key] = row
        self._changed.setdefault(shelf.name, set()).add(key)
        self._shelves[shelf.name] = cast("Shelf[Row]", shelf)

    def save(self, conn: Connection) -> int:
        """Writes the changed rows; returns how many. Needs a write transaction."""
        total = 0
        for name, keys in self._changed.items():
            rows = [row for key in sorted(keys, key=repr) if (row := self._held[name][key]) is not None]
            self._shelves[name].save(conn, self._learner_id, rows)
            total += len(rows)
        self._changed.clear()
        return total

    def all(self, shelf: Shelf[R]) -> Mapping[Key, R]:
        """Every row held of that shelf, by key. After a rebuild from nothing: every row there is."""
        held = self._held.get(shelf.name, {})
        return {key: cast("R", row) for key, row in held.items() if row is not None}
