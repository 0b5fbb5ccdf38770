"""A shelf keeps the rows of one projection: a table, the row type it maps to by column name, and its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, delete, select
from sqlalchemy.dialects.sqlite import Insert, insert

from greenroom.core.ids import LearnerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Base of projection rows: a field for every column but `learner_id`, plain values only."""


R = TypeVar("R", bound=Row)
Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[R]):
    """Rows of one type, by learner and key."""

    table: Table
    row: type[R]
    key: tuple[str, ...] = ()
    """Columns that, after `learner_id`, tell rows apart. Empty: one row a learner."""

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def key_of(self, row: R) -> Key:
        """The row's key."""
        return tuple(getattr(row, name) for name in self.key)

    def find(self, conn: Connection, learner_id: LearnerId, *key: str | int) -> R | None:
        """The row of that key."""
        values = {f"key_{name}": value for name, value in zip(self.key, key, strict=True)}
        row = conn.execute(_found(self), {"learner": learner_id, **values}).mappings().first()
        return None if row is None else self.row(**row)

    def all(self, conn: Connection, learner_id: LearnerId) -> list[R]:
        """Every row of the learner, by key."""
        rows = conn.execute(_listed(self), {"learner": learner_id}).mappings()
        return [self.row(**row) for row in rows]

    def where(self, conn: Connection, learner_id: LearnerId, *conditions: ColumnElement[bool]) -> list[R]:
        """The learner's rows that meet the conditions, by key."""
        rows = conn.execute(_listed(self).where(*conditions), {"learner": learner_id}).mappings()
        return [self.row(**row) for row in rows]

    def save(self, conn: Connection, learner_id: LearnerId, rows: Iterable[R]) -> None:
        """Writes the rows, replacing those of the same key."""
        names = _names(self)
        values: Sequence[dict[str, Any]] = [
            {"learner_id": learner_id, **{name: getattr(row, name) for name in names}} for row in rows
        ]
        if values:
            conn.execute(_upserted(self), values)

    def remove(self, conn: Connection, learner_id: LearnerId, keys: Iterable[Key]) -> None:
        """Deletes the rows of those keys."""
        for key in keys:
            wanted = [self.table.c[name] == value for name, value in zip(self.key, key, strict=True)]
            conn.execute(delete(self.table).where(self.table.c.learner_id == learner_id, *wanted))

    def clear(self, conn: Connection, learner_id: LearnerId) -> None:
        """Deletes every row of the learner."""
        conn.execute(delete(self.table).where(self.table.c.learner_id == learner_id))


# Statements are built once for each shelf: building them anew cost more than running them.


@lru_cache(maxsize=64)
def _listed(shelf: Shelf[Any]) -> Select[Any]:  # Any: columns of a table have mixed value types
    columns = [column for column in shelf.table.columns if column.name != "learner_id"]
    return (
        select(*columns)
        .where(shelf.table.c.learner_id == bindparam("learner"))
        .order_by(*(shelf.table.c[name] for name in shelf.key))
    )


@lru_cache(maxsize=64)
def _found(shelf: Shelf[Any]) -> Select[Any]:  # Any: as above
    return _listed(shelf).where(*(shelf.table.c[name] == bindparam(f"key_{name}") for name in shelf.key))


@lru_cache(maxsize=64)
def _upserted(shelf: Shelf[Any]) -> Insert:  # Any: as above
    statement = insert(shelf.table)
    keys = ["learner_id", *shelf.key]
    changes = {c.name: statement.excluded[c.name] for c in shelf.table.columns if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)


@lru_cache(maxsize=64)
def _names(shelf: Shelf[Any]) -> tuple[str, ...]:  # Any: as above
    return tuple(field.name for field in fields(shelf.row))
