"""The protocol's border: whatever bytes arrive, they become plain values or are refused."""

import datetime
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from greenroom.judge.inside import wire
from greenroom.judge.inside.npy import Malformed, read_npy, write_npy

SAMPLES: list[Any] = [
    [1, 2.5, "x", None, True, float("inf")],
    {"a": (1, 2), "!": 3, 4: {5, 6}},
    [
        np.arange(6).reshape(2, 3),
        np.float32(1.5),
        np.datetime64("2024-01-01"),
        np.array([1, "a", None], dtype=object),
    ],
    [datetime.date(2024, 1, 1), datetime.timedelta(seconds=3), b"\x00\xff", 10**50, 1 + 2j],
    pd.DataFrame({"k": ["a", None], "v": [1.5, 2.5], "t": pd.to_datetime(["2024-01-01", "2024-01-02"])}),
]
FRAMES = [wire.pack({"value": value, "nonce": "0"}) for value in SAMPLES]


def unpacked(frame: bytes) -> dict[str, Any] | None:
    """The message, or None when it was refused; nothing else may happen."""
    _length, json_length = wire.HEADER.unpack_from(frame)
    try:
        return wire.unpack(frame[wire.HEADER.size :], json_length, plain=True)
    except Malformed:
        return None


@given(data=st.binary(min_size=8, max_size=200))
@example(data=b"\x00" * 8)
def test_random_bytes_are_refused_or_read(data: bytes) -> None:
    unpacked(data)


@given(
    frame=st.sampled_from(FRAMES),
    place=st.integers(8, 5_000),
    byte=st.integers(0, 255),
    cut=st.integers(0, 400),
)
def test_damaged_frames_are_refused_or_read(frame: bytes, place: int, byte: int, cut: int) -> None:
    damaged = bytearray(frame)
    damaged[min(place, len(damaged) - 1)] = byte
    unpacked(bytes(damaged))
    unpacked(bytes(damaged[: max(8, len(damaged) - cut)]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["!", "v", "b", "shape", "type", "kind", "columns", "index", "names"]), inner
        )
        | st.tuples(
            st.sampled_from(["array", "scalar", "map", "set", "table", "objects", "int", "date", "decimal"]),
            inner,
        ).map(lambda pair: {"!": pair[0], "v": pair[1], "b": pair[1], "shape": pair[1]})
    ),
    max_leaves=15,
)


@given(value=JSON)
def test_forged_tags_are_refused_or_read(value: Any) -> None:
    text = json.dumps({"value": value}).encode()
    unpacked(wire.HEADER.pack(len(text), len(text)) + text)


@pytest.mark.parametrize(
    "array", [np.arange(3), np.zeros((0, 2)), np.array(5.0), np.array(["a", "bc"]), np.ones((2, 2), "?")]
)
def test_an_array_travels_as_npy_that_numpy_itself_reads(array: np.ndarray[Any, Any], tmp_path: Any) -> None:
    block = write_npy(array)
    (tmp_path / "x.npy").write_bytes(block)
    assert np.array_equal(np.load(tmp_path / "x.npy", allow_pickle=False), array)
    again = read_npy(memoryview(block))
    assert np.array_equal(again, array)
    assert again.dtype == array.dtype
    assert again.flags.writeable


def test_lists_in_cells_travel() -> None:
    table = wire.Table("relation", ["tags"], [wire.Column("list", [[1], [1, 2]])])
    assert wire.plain_copy(table) == table
