"""Comparison: what agrees, what differs, and how the usual mistakes are named."""

import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.judge.cases import Compare
from greenroom.judge.compare import difference
from greenroom.judge.describe import text_of
from greenroom.judge.inside.wire import Column, Opaque, Table, encoded, plain_copy

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def agrees(expected: Any, got: Any, **rules: Any) -> bool:
    return difference(plain_copy(expected), plain_copy(got), Compare(**rules)) is None


@given(value=PLAIN)
def test_every_plain_value_agrees_with_itself(value: Any) -> None:
    assert agrees(value, value)


@given(value=PLAIN)
def test_travelling_changes_no_value(value: Any) -> None:
    assert encoded(plain_copy(value)) == encoded(value)


@given(value=PLAIN, other=PLAIN)
def test_comparing_anything_with_anything_never_fails(value: Any, other: Any) -> None:
    found = difference(plain_copy(value), plain_copy(other), Compare())
    assert found is None or found
    assert text_of(value)


@given(x=st.floats(-1e6, 1e6), error=st.floats(1e-3, 10))
def test_an_error_beyond_the_tolerance_is_seen(x: float, error: float) -> None:
    allowed = 1e-6 + 1e-6 * abs(x)
    assert agrees(x, x + allowed * 0.4)
    assert not agrees(x, x + 2 * allowed + error)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1, True),
        (True, 1),
        (0, None),
        (1, "1"),
        ("1", 1),
        (1.0, float("nan")),
        (1.0, float("inf")),
        ([1, 2], [1, 2, 3]),
        ([1, 2], 1),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1}, {"b": 1}),
        ({1, 2}, {1, 3}),
        ({1, 2}, [1, 2]),
        (np.array([1.0, 2.0]), np.array([1.0, np.nan])),
        (np.array([1.0, np.inf]), np.array([1.0, -np.inf])),
        (np.array([True, False]), np.array([1, 0])),
        (np.zeros((2, 1)), np.zeros(2)),
        (np.array(["a"]), np.array(["b"])),
        (10**400, 10**400 + 1),
        (datetime.date(2024, 1, 1), datetime.date(2024, 1, 2)),
        (b"a", "a"),
    ],
)
def test_these_differ(expected: Any, got: Any) -> None:
    assert not agrees(expected, got, rel_tol=0.0) or not agrees(expected, got)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1, 1.0),
        (1.0, np.float32(1.0)),
        (0.0, -0.0),
        (True, np.True_),
        (float("nan"), np.nan),
        ([1, 2], (1, 2)),
        ([1.0, 2.0], np.array([1.0, 2.0])),
        (np.array([1, 2]), [1, 2]),
        (np.array([1.0, np.nan, np.inf]), np.array([1.0, np.nan, np.inf])),
        ({"a": [1.0]}, {"a": np.array([1.0])}),
        (Decimal("1.5"), 1.5),
        (2**70, 2**70),
        (np.array([np.datetime64("NaT")]), np.array([np.datetime64("NaT")])),
    ],
)
def test_these_agree(expected: Any, got: Any) -> None:
    assert agrees(expected, got)


def test_dtype_type_shape_and_order_count_when_they_are_asked_for() -> None:
    assert not agrees(np.zeros(2), np.zeros(2, dtype="f4"), check_dtype=True)
    assert not agrees([1], (1,), check_type=True)
    assert agrees(np.zeros((2, 1)), np.zeros(2), check_shape=False)
    assert agrees([3, 1, 2], [1, 2, 3], order="any")
    assert not agrees([3, 1, 1], [1, 3, 3], order="any")
    assert agrees(np.array([[3, 1], [1, 2]]), np.array([[1, 2], [3, 1]]), order="any")


def message(expected: Any, got: Any, **rules: Any) -> str:
    found = difference(plain_copy(expected), plain_copy(got), Compare(**rules))
    assert found is not None
    return found


def test_the_usual_mistakes_are_named() -> None:
    grid = np.arange(6.0).reshape(2, 3)
    square = np.arange(9.0).reshape(3, 3)
    assert message(grid, grid.T).endswith("transposed, the wrong axis")
    assert "wrong axis" in message(square, square.T)
    assert message(np.zeros(5), np.zeros(4)) == "shape (4,), expected (5,): off by one"
    assert "only axes of length 1 differ" in message(np.zeros((3, 1)), np.zeros(3))
    assert "there is a NaN where a number is expected" in message(grid, np.full((2, 3), np.nan))
    assert message(grid, grid + np.eye(2, 3)[::-1]).startswith("index (0, 1): 2.0, expected 1.0 (2 of 6")
    assert message([1, 2, 3], [1, 2]) == "2 elements, expected 3: off by one"
    assert "is a `return` missing?" in message([1], None)
    assert "reverse order" in message(np.arange(4.0), np.arange(4.0)[::-1])
    assert message([[1, 2], [3, 4]], [[1, 2], [3, 5]]) == "at [1][1]: 5, expected 4"


def test_a_value_that_cannot_travel_equals_nothing() -> None:
    assert difference(Opaque("x"), Opaque("x"), Compare()) is not None
    assert "generator" in message([1], (i for i in [1]))


def frame() -> pd.DataFrame:
    return pd.DataFrame({"k": ["a", "b", None], "v": [1.0, 2.0, np.nan]}, index=[5, 6, 7])


def test_frames_compare_columns_dtypes_index_and_rows() -> None:
    assert agrees(frame(), frame())
    assert agrees(frame(), frame().reset_index(drop=True))
    assert not agrees(frame(), frame().reset_index(drop=True), check_index=True)
    assert message(frame(), frame()[["v", "k"]]).endswith("the order differs")
    assert not agrees(frame(), frame().iloc[::-1])
    assert agrees(frame(), frame().iloc[::-1], order="any")
    assert agrees(frame(), frame().rename(columns={"v": "w"}), check_columns=False)
    assert message(frame(), frame().iloc[:2]) == "2 rows, expected 3: off by one"
    assert message(frame(), frame().assign(v=[1.0, 2.5, np.nan])) == "column 'v', row 1: 2.5, expected 2.0"
    assert not agrees(frame(), frame().astype({"v": "f4"}), check_dtype=True)
    assert "a Series, expected a DataFrame" in message(frame(), frame().v)


def test_relations_compare_without_order_and_without_case_of_names() -> None:
    def relation(names: list[str], *rows: tuple[Any, ...]) -> Any:
        return plain_copy(
            Table("relation", names, [Column("x", [row[i] for row in rows]) for i in range(len(names))])
        )

    expected = relation(["id", "total"], (1, Decimal("2.5")), (2, None))
    assert difference(expected, relation(["ID", "Total"], (2, None), (1, 2.5)), Compare()) is None
    assert difference(expected, relation(["id", "total"], (2, None), (1, 2.5)), Compare(order="exact"))
    assert difference(expected, relation(["id", "total"], (1, 2.5), (1, 2.5)), Compare())


def test_one_array_in_place_of_several_unlike_ones_differs_in_words() -> None:
    several = (np.eye(2), np.array([1.0, 2.0, 3.0]))
    found = difference(plain_copy(several), plain_copy(np.ones((2, 3))), Compare())
    assert found == "one array of shape (2, 3), expected 2 values of unlike shapes"
    ragged = difference(plain_copy(np.eye(2)), plain_copy([[1.0], [1.0, 2.0]]), Compare())
    assert ragged == "rows of different lengths, expected an array of shape (2, 2)"
