"""Compares data frames, series and SQL results: columns, index, dtypes, rows in order or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # Any: cells

import numpy as np

from greenroom.judge.arrays import off_by_one
from greenroom.judge.cases import Compare
from greenroom.judge.describe import text_of
from greenroom.judge.inside.wire import Column, Table

Differ = Callable[[Any, Any, Compare], str | None]
_MAX_SEARCHED_ROWS = 500
_PLURAL = {"frame": "a DataFrame", "series": "a Series", "relation": "a query result", "index": "an Index"}


def difference(expected: Table, got: Any, rules: Compare, differ: Differ) -> str | None:
    """The first difference of two tables of one kind, or None. `differ` compares two cells."""
    if not isinstance(got, Table) or got.kind != expected.kind:
        shown = _PLURAL.get(got.kind, "a table") if isinstance(got, Table) else text_of(got, 80)
        return f"{shown}, expected {_PLURAL.get(expected.kind, 'a table')}"
    found = _names(expected, got, rules, differ)
    if found is None and got.n_rows != expected.n_rows:
        found = f"{got.n_rows} rows, expected {expected.n_rows}{off_by_one(expected.n_rows, got.n_rows)}"
    if found is None and rules.check_dtype:
        found = _dtypes(expected, got)
    if found is not None:
        return found
    with_index = rules.check_index or expected.kind == "index"
    if rules.order == "any" or (rules.order == "default" and expected.kind == "relation"):
        return _rows_in_any_order(expected, got, rules, differ, with_index=with_index)
    if with_index:
        found = _columns(expected.index, got.index, ["index"] * len(expected.index), rules, differ)
    return found or _columns(expected.columns, got.columns, expected.names, rules, differ)


def _names(expected: Table, got: Table, rules: Compare, differ: Differ) -> str | None:
    if len(expected.columns) != len(got.columns):
        return f"columns {text_of(got.names, 200)}, expected {text_of(expected.names, 200)}"
    if expected.kind == "relation":
        same = [str(n).lower() for n in expected.names] == [str(n).lower() for n in got.names]
    else:
        same = differ(expected.names, got.names, Compare()) is None
    if rules.check_columns and not same:
        text = f"columns {text_of(got.names, 200)}, expected {text_of(expected.names, 200)}"
        return text + (
            ": the order differs" if sorted(map(str, expected.names)) == sorted(map(str, got.names)) else ""
        )
    if (rules.check_index or expected.kind == "index") and len(expected.index) != len(got.index):
        return f"an index of {len(got.index)} levels, expected {len(expected.index)}"
    return None


def _dtypes(expected: Table, got: Table) -> str | None:
    for name, one, other in zip(expected.names, expected.columns, got.columns, strict=True):
        if one.dtype != other.dtype:
            return f"column {text_of(name, 60)}: dtype {other.dtype}, expected {one.dtype}"
    return None


def _cells(column: Column) -> list[Any]:
    values = column.values.tolist() if isinstance(column.values, np.ndarray) else column.values
    # A missing value is one thing, whether the column's dtype writes it as None or as NaN.
    return [None if isinstance(value, float) and value != value else value for value in values]


def _columns(
    expected: list[Column], got: list[Column], names: list[Any], rules: Compare, differ: Differ
) -> str | None:
    for name, one, other in zip(names, expected, got, strict=True):
        for row, (want, have) in enumerate(zip(_cells(one), _cells(other), strict=True)):
            found = _cell_difference(want, have, rules, differ)
            if found is not None:
                return f"column {text_of(name, 60)}, row {row}: {found}"
    return None


def _cell_difference(want: Any, have: Any, rules: Compare, differ: Differ) -> str | None:
    if want is None or have is None:
        return None if want is have else f"{_shown(have)}, expected {_shown(want)}"
    return differ(want, have, rules)


def _shown(value: Any) -> str:
    return "a missing value" if value is None else text_of(value, 60)


def _rows_in_any_order(
    expected: Table, got: Table, rules: Compare, differ: Differ, *, with_index: bool
) -> str | None:
    wanted, given = _rows(expected, with_index=with_index), _rows(got, with_index=with_index)
    wanted.sort(key=_sort_key)
    given.sort(key=_sort_key)
    pairs = zip(wanted, given, strict=True)
    apart = next((one for one, other in pairs if not _row_agrees(one, other, rules, differ)), None)
    if apart is None:
        return None
    if len(wanted) > _MAX_SEARCHED_ROWS:
        return f"the row {text_of(apart, 200)} is missing"
    left = list(given)
    for one in wanted:
        match = next((i for i, other in enumerate(left) if _row_agrees(one, other, rules, differ)), None)
        if match is None:
            return f"the row {text_of(one, 200)} is missing"
        left.pop(match)
    return None


def _rows(table: Table, *, with_index: bool) -> list[tuple[Any, ...]]:
    columns = [*(table.index if with_index else []), *table.columns]
    return list(zip(*(_cells(column) for column in columns), strict=True))


def _sort_key(row: tuple[Any, ...]) -> tuple[tuple[str, Any], ...]:
    """Numbers by rounded value, so that rows equal up to the tolerance mostly meet."""
    return tuple(
        ("number", f"{float(cell):+.6e}")
        if isinstance(cell, (int, float))
        else (type(cell).__name__, str(cell))
        for cell in row
    )


def _row_agrees(one: tuple[Any, ...], other: tuple[Any, ...], rules: Compare, differ: Differ) -> bool:
    return all(
        _cell_difference(want, have, rules, differ) is None for want, have in zip(one, other, strict=True)
    )
