"""A shelf keeps the rows of one projection: a table, the row type it maps to by column name, and its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select
from sqlalchemy.dialects.sqlite import insert

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
        wanted = [self.table.c[name] == value for name, value in zip(self.key, key, strict=True)]
        found = self.where(conn, learner_id, *wanted)
        return found[0] if found else None

    def all(self, conn: Connection, learner_id: LearnerId) -> list[R]:
        """Every row of the learner, by key."""
        return self.where(conn, learner_id)

    def where(self, conn: Connection, learner_id: LearnerId, *conditions: ColumnElement[bool]) -> list[R]:
        """The learner's rows that meet the conditions, by key."""
        query = (
            select(*self._columns())
            .where(and_(self.table.c.learner_id == learner_id, *conditions))
            .order_by(*(self.table.c[name] for name in self.key))
        )
        return [self.row(**row) for row in conn.execute(query).mappings()]

    def save(self, conn: Connection, learner_id: LearnerId, rows: Iterable[R]) -> None:
        """Writes the rows, replacing those of the same key."""
        values: Sequence[dict[str, Any]] = [{"learner_id": learner_id, **asdict(row)} for row in rows]
        if not values:
            return
        statement = insert(self.table)
        keys = ["learner_id", *self.key]
        changes = {c.name: statement.excluded[c.name] for c in self._columns() if c.name not in self.key}
        conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), values)

    def remove(self, conn: Connection, learner_id: LearnerId, keys: Iterable[Key]) -> None:
        """Deletes the rows of those keys."""
        for key in keys:
            wanted = [self.table.c[name] == value for name, value in zip(self.key, key, strict=True)]
            conn.execute(delete(self.table).where(self.table.c.learner_id == learner_id, *wanted))

    def clear(self, conn: Connection, learner_id: LearnerId) -> None:
        """Deletes every row of the learner."""
        conn.execute(delete(self.table).where(self.table.c.learner_id == learner_id))

    def _columns(self) -> list[Any]:  # Any: columns of a table have mixed value types
        return [column for column in self.table.columns if column.name != "learner_id"]
