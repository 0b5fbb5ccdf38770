"""Frames between supervisor and child: JSON and `.npy` blocks, never pickle.

A frame is `<II` (payload length, JSON length), the JSON, then the blocks it names by position. Whatever
is not a plain value, array, frame or date travels as its type's name only ("opaque") and equals nothing.
Both sides use this file; the supervisor reads with `decode(..., plain=True)`, which builds no pandas
object and nothing that can run code.
"""

from __future__ import annotations

import datetime
import decimal
import json
import struct
import sys
from dataclasses import dataclass, field
from typing import Any  # Any: the values of the wire are whatever a candidate returned

import numpy as np

from .npy import Malformed, read_npy, write_npy

HEADER = struct.Struct("<II")
MAX_DEPTH = 60
MAX_JSON_BYTES = 8 << 20
MAX_FRAME_BYTES = 64 << 20
MAX_INT_DIGITS_HEX = 100_000
_SMALL_INT = 1 << 62


_to_json = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value that does not travel: only its type is known. It equals nothing."""

    type_name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Values of a frame's column, series or index, with the dtype's name."""

    dtype: str
    values: Any


@dataclass(frozen=True, slots=True)
class Table:
    """A DataFrame (`kind` frame), Series (series, one column) or SQL result (relation), taken apart."""

    kind: str
    names: list[Any]
    columns: list[Column]
    index: list[Column] = field(default_factory=list)
    index_names: list[Any] = field(default_factory=list)

    @property
    def n_rows(self) -> int:
        """Rows, taken from the first column or the index."""
        first = self.columns or self.index
        return len(first[0].values) if first else 0


class _Encoder:
    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def encode(self, value: Any, depth: int = 0) -> Any:
        if value is None or value is True or value is False:
            return value
        if depth > MAX_DEPTH:
            return {"!": "opaque", "type": "value nested too deep"}
        kind = type(value)
        if kind is float or kind is str:
            return value
        if kind is int:
            return value if -_SMALL_INT < value < _SMALL_INT else self._big(value)
        if isinstance(value, (list, tuple)):
            items = [self.encode(item, depth + 1) for item in value]
            return items if isinstance(value, list) else {"!": "tuple", "v": items}
        if isinstance(value, dict):
            return self._mapping(value, depth)
        if isinstance(value, np.ndarray):
            return self._array(value, depth)
        if isinstance(value, np.generic):
            return self._scalar(value)
        return self._rare(value, depth)

    def _big(self, value: int) -> Any:
        digits = hex(value)
        if len(digits) > MAX_INT_DIGITS_HEX:
            return {"!": "opaque", "type": "int", "text": f"an integer of {value.bit_length()} bits"}
        return {"!": "int", "v": digits}

    def _mapping(self, value: dict[Any, Any], depth: int) -> Any:
        if all(type(key) is str for key in value) and "!" not in value:
            return {key: self.encode(item, depth + 1) for key, item in value.items()}
        pairs = [[self.encode(key, depth + 1), self.encode(item, depth + 1)] for key, item in value.items()]
        return {"!": "map", "v": pairs}

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> Any:
        if type(value) is not np.ndarray:
            value = np.asarray(value).view(np.ndarray)
        if value.dtype.kind in "biufcSUMm":
            return {"!": "array", "b": self._block(value)}
        if value.dtype.kind == "O":
            items = [self.encode(item, depth + 1) for item in value.ravel().tolist()]
            return {"!": "objects", "shape": list(value.shape), "v": items}
        return {"!": "opaque", "type": f"array of dtype {value.dtype}"}

    def _block(self, value: np.ndarray[Any, Any]) -> int:
        self.blocks.append(write_npy(value))
        return len(self.blocks) - 1

    def _scalar(self, value: np.generic) -> Any:
        if value.dtype.kind in "biufcSUMm":
            return {"!": "scalar", "b": self._block(np.asarray(value))}
        return {"!": "opaque", "type": type(value).__name__}

    def _rare(self, value: Any, depth: int) -> Any:
        if isinstance(value, (set, frozenset)):
            return {"!": "set", "v": [self.encode(item, depth + 1) for item in value]}
        if isinstance(value, complex):
            return {"!": "complex", "v": [value.real, value.imag]}
        if isinstance(value, (bytes, bytearray)):
            return {"!": "bytes", "v": bytes(value).hex()}
        for base, plain in ((bool, bool), (int, int), (float, float), (str, str)):
            if isinstance(value, base):
                return self.encode(plain(value), depth)
        if isinstance(value, decimal.Decimal):
            return {"!": "decimal", "v": str(value)[:1000]}
        if str(value) == "NaT" or type(value).__name__ == "NAType":
            return None
        for name, base in _TEMPORAL.items():
            if isinstance(value, base):
                return {"!": name, "v": value.isoformat()}
        if isinstance(value, datetime.timedelta):
            return {"!": "timedelta", "v": value / datetime.timedelta(microseconds=1)}
        return self._library(value, depth)

    def _library(self, value: Any, depth: int) -> Any:
        pandas = sys.modules.get("pandas")
        if isinstance(value, Table):
            return self._table(value, depth)
        if pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series, pandas.Index)):
            return self._table(_take_apart(value, pandas), depth)
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return self._array(value.detach().cpu().numpy(), depth)
        sparse = sys.modules.get("scipy.sparse")
        if sparse is not None and sparse.issparse(value) and np.prod(value.shape) <= 1_000_000:
            return self._array(np.asarray(value.toarray()), depth)
        return {"!": "opaque", "type": f"{type(value).__module__}.{type(value).__qualname__}"}

    def _table(self, table: Table, depth: int) -> Any:
        def column(one: Column) -> Any:
            return [str(one.dtype), self.encode(one.values, depth + 1)]

        return {
            "!": "table",
            "kind": table.kind,
            "names": [self.encode(name, depth + 1) for name in table.names],
            "columns": [column(one) for one in table.columns],
            "index": [column(one) for one in table.index],
            "index_names": [self.encode(name, depth + 1) for name in table.index_names],
        }


_TEMPORAL: dict[str, Any] = {"datetime": datetime.datetime, "date": datetime.date, "time": datetime.time}


def _take_apart(value: Any, pandas: Any) -> Table:
    def column(series: Any) -> Column:
        if isinstance(series.dtype, np.dtype) and series.dtype.kind in "biufcMm":
            return Column(str(series.dtype), series.to_numpy())
        cells = [None if _is_missing(cell, pandas) else cell for cell in series.tolist()]
        return Column(str(series.dtype), cells)

    index = value if isinstance(value, pandas.Index) else value.index
    levels = [index.get_level_values(i) for i in range(index.nlevels)]
    parts = {"index": [column(level) for level in levels], "index_names": list(index.names)}
    if isinstance(value, pandas.DataFrame):
        columns = [column(value.iloc[:, i]) for i in range(value.shape[1])]
        return Table("frame", list(value.columns), columns, **parts)
    if isinstance(value, pandas.Series):
        return Table("series", [value.name], [column(value)], **parts)
    return Table("index", [], [], **parts)


def _is_missing(cell: Any, pandas: Any) -> bool:
    return cell is None or (pandas.api.types.is_scalar(cell) and bool(pandas.isna(cell)))


class _Decoder:
    def __init__(self, blocks: list[memoryview], *, plain: bool) -> None:
        self.blocks = blocks
        self.plain = plain

    def decode(self, node: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH + 4:
            raise Malformed("values nest too deep")
        if isinstance(node, list):
            return [self.decode(item, depth + 1) for item in node]
        if not isinstance(node, dict):
            return node
        tag = node.get("!")
        if tag is None:
            return {key: self.decode(item, depth + 1) for key, item in node.items()}
        return self._tagged(str(tag), node, depth)

    def _tagged(self, tag: str, node: dict[str, Any], depth: int) -> Any:
        if tag == "array":
            return self._array(node["b"])
        if tag == "scalar":
            return self._array(node["b"])[()]
        if tag == "tuple":
            return tuple(self.decode(item, depth + 1) for item in node["v"])
        if tag == "opaque":
            return Opaque(str(node["type"])[:200], str(node.get("text", ""))[:200])
        if tag == "table":
            return self._table(node, depth)
        if tag == "map":
            return {
                _key(self.decode(key, depth + 1)): self.decode(item, depth + 1) for key, item in node["v"]
            }
        if tag == "set":
            return {_key(self.decode(item, depth + 1)) for item in node["v"]}
        if tag == "objects":
            return self._objects(node, depth)
        return _simple(tag, node["v"])

    def _array(self, position: Any) -> np.ndarray[Any, Any]:
        if type(position) is not int or not 0 <= position < len(self.blocks):
            raise Malformed("a block is missing")
        return read_npy(self.blocks[position])

    def _objects(self, node: dict[str, Any], depth: int) -> Any:
        shape = tuple(int(size) for size in node["shape"])
        items = self.decode(node["v"], depth + 1)
        if not isinstance(items, list) or len(shape) > 32 or int(np.prod(shape)) != len(items):
            raise Malformed("an array's shape does not fit its items")
        made = np.empty(len(items), dtype=object)
        for place, item in enumerate(items):
            made[place] = item
        return made.reshape(shape)

    def _table(self, node: dict[str, Any], depth: int) -> Any:
        def columns(name: str) -> list[Column]:
            return [Column(str(dtype)[:100], self.decode(v, depth + 1)) for dtype, v in node[name]]

        table = Table(
            str(node["kind"])[:20],
            self.decode(node["names"], depth + 1),
            columns("columns"),
            columns("index"),
            self.decode(node["index_names"], depth + 1),
        )
        for column in (*table.columns, *table.index):
            values = column.values
            if not isinstance(values, list) and not (isinstance(values, np.ndarray) and values.ndim):
                raise Malformed("a column without values")
            if len(column.values) != table.n_rows:
                raise Malformed("columns differ in length")
        return table if self.plain else _put_together(table)


def _put_together(table: Table) -> Any:
    if table.kind not in ("frame", "series", "index"):
        return table
    pandas: Any = sys.modules["pandas"]

    def series(column: Column) -> Any:
        return pandas.Series(column.values, dtype=column.dtype)

    if len(table.index) == 1:
        index = pandas.Index(series(table.index[0]), name=table.index_names[0])
    else:
        index = pandas.MultiIndex.from_arrays([series(one) for one in table.index], names=table.index_names)
    if table.kind == "index":
        return index
    if table.kind == "series":
        made = series(table.columns[0])
        made.index, made.name = index, table.names[0]
        return made
    frame = pandas.DataFrame({i: series(one) for i, one in enumerate(table.columns)})
    frame.index, frame.columns = index, pandas.Index(table.names)
    return frame


def _key(value: Any) -> Any:
    """A mapping key or set member that can be hashed; what cannot stays apart as opaque text."""
    try:
        hash(value)
    except TypeError:
        return Opaque("unhashable", repr(value)[:200])
    return value


def _simple(tag: str, value: Any) -> Any:
    if tag == "int":
        text = str(value)
        if len(text) > MAX_INT_DIGITS_HEX:
            raise Malformed("an integer is too long")
        return int(text, 16)
    if tag == "complex":
        return complex(float(value[0]), float(value[1]))
    if tag == "bytes":
        return bytes.fromhex(value)
    if tag == "decimal":
        return decimal.Decimal(str(value)[:1000])
    if tag == "timedelta":
        return datetime.timedelta(microseconds=float(value))
    if tag in _TEMPORAL:
        return _TEMPORAL[tag].fromisoformat(str(value)[:64])
    raise Malformed("an unknown kind of value")


def pack(message: dict[str, Any]) -> bytes:
    """One frame. Values under the key `value` and those in `values` may be anything; the rest is JSON."""
    encoder = _Encoder()
    body = {key: encoder.encode(item) if key == "value" else item for key, item in message.items()}
    if encoder.blocks:
        body["blocks"] = [len(block) for block in encoder.blocks]
    text = _to_json(body).encode()
    return b"".join(
        (HEADER.pack(len(text) + sum(map(len, encoder.blocks)), len(text)), text, *encoder.blocks)
    )


def imprint(value: Any) -> tuple[Any, list[bytes]]:
    """What a value looks like on the wire, not yet as bytes: unequal when anything in it was changed."""
    encoder = _Encoder()
    return encoder.encode(value), encoder.blocks


def encoded(value: Any) -> bytes:
    """Canonical bytes of a value: equal bytes, equal value."""
    return pack({"value": value})


def unpack(payload: bytes, json_length: int, *, plain: bool) -> dict[str, Any]:
    """The message of a frame's payload. Raises Malformed for anything that is not one."""
    if json_length > MAX_JSON_BYTES or json_length > len(payload):
        raise Malformed("a frame's text is too long")
    try:
        body = json.loads(payload[:json_length].decode())
        if not isinstance(body, dict):
            raise Malformed("a frame holds no object")
        view, blocks = memoryview(payload)[json_length:], []
        for length in body.pop("blocks", []):
            if type(length) is not int or not 0 <= length <= len(view):
                raise Malformed("a block is longer than its frame")
            blocks.append(view[:length])
            view = view[length:]
        if len(view):
            raise Malformed("bytes after the last block")
        if "value" in body:
            body["value"] = _Decoder(blocks, plain=plain).decode(body["value"])
    except Malformed:
        raise
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, AttributeError) as error:
        raise Malformed(f"a frame cannot be read ({type(error).__name__})") from None
    except (decimal.InvalidOperation, OverflowError, MemoryError, struct.error) as error:
        raise Malformed(f"a frame cannot be read ({type(error).__name__})") from None
    return body


def plain_copy(value: Any) -> Any:
    """The value as the supervisor would see it from a child: frames taken apart, subclasses made plain."""
    frame = encoded(value)
    payload_length, json_length = HEADER.unpack_from(frame)
    return unpack(frame[8 : 8 + payload_length], json_length, plain=True)["value"]
