"""Runs one query on DuckDB inside a child: no external access, configuration locked, values as rows."""

from __future__ import annotations

import datetime
import decimal
import sys
from typing import Any  # Any: cells hold any SQL value; a query may be text or a candidate's function

from .wire import Column, Table

_TYPES = (
    (bool, "BOOLEAN"),
    (int, "BIGINT"),
    (float, "DOUBLE"),
    (decimal.Decimal, "DECIMAL(18, 6)"),
    (datetime.datetime, "TIMESTAMP"),
    (datetime.date, "DATE"),
    (datetime.time, "TIME"),
    (str, "VARCHAR"),
)
_CONFIG = {
    # The operating system's layers hold without these; they give a clear message instead of EPERM.
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
    "threads": "1",
}


def connect() -> Any:
    """An empty in-memory database, locked down."""
    duckdb: Any = sys.modules["duckdb"]
    return duckdb.connect(":memory:", config=dict(_CONFIG))


def run(query: Any, tables: dict[str, Any], args: list[Any]) -> dict[str, Any]:
    """Load the tables, run the query (text, or a function of the connection), and take rows and plan."""
    connection = connect()
    for name, table in tables.items():
        load_table(connection, name, table)
    if callable(query):
        result = query(connection, *args)
        return {"result": result if not hasattr(result, "fetchall") else relation(result), "plan": ""}
    if not isinstance(query, str):
        raise TypeError(f"expected the text of a query, found {type(query).__name__}")
    connection.execute(query)
    made = relation(connection)
    return {"result": made, "plan": _plan(connection, query)}


def _plan(connection: Any, query: str) -> str:
    try:
        rows = connection.execute("EXPLAIN " + query.strip().rstrip(";")).fetchall()
    except Exception:
        return ""
    return "\n".join(str(row[-1]) for row in rows)[:8_000]


def relation(cursor: Any) -> Table:
    """Column names, types and values of a finished query."""
    described = cursor.description or []
    rows = cursor.fetchall()
    columns = [Column(str(d[1]), [row[i] for row in rows]) for i, d in enumerate(described)]
    return Table("relation", [str(d[0]) for d in described], columns)


def load_table(connection: Any, name: str, table: Any) -> None:
    """Create `name` from a mapping of column to values (or to (SQL type, values)), or from a DataFrame."""
    if hasattr(table, "columns"):
        connection.register("_given", table)
        connection.execute(f"CREATE TABLE {_quoted(name)} AS SELECT * FROM _given")
        connection.unregister("_given")
        return
    kinds = {}
    values = {}
    for column, cells in table.items():
        if isinstance(cells, tuple):
            kinds[column], values[column] = cells[0], list(cells[1])
        else:
            values[column] = cells.tolist() if hasattr(cells, "tolist") else list(cells)
            kinds[column] = _kind(values[column])
    listed = ", ".join(f"{_quoted(column)} {kind}" for column, kind in kinds.items())
    connection.execute(f"CREATE TABLE {_quoted(name)} ({listed})")
    if any(len(cells) for cells in values.values()):
        unnested = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
        connection.execute(f"INSERT INTO {_quoted(name)} SELECT {unnested}", list(values.values()))


def _kind(cells: list[Any]) -> str:
    given = [cell for cell in cells if cell is not None]
    for python, sql in _TYPES:
        if given and all(isinstance(cell, python) for cell in given):
            return sql
    if given and all(isinstance(cell, (int, float)) for cell in given):
        return "DOUBLE"
    return "VARCHAR"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
