"""Compares an answer with the expected value, in the supervisor only, and says where they part.

Both values are plain: scalars, lists, dicts, arrays, taken-apart frames. None means that they agree.
"""

from __future__ import annotations

import datetime
import decimal
import math
from typing import Any  # Any: the values compared

import numpy as np

from greenroom.judge import arrays, tables
from greenroom.judge.cases import Compare
from greenroom.judge.describe import text_of
from greenroom.judge.inside.wire import Opaque, Table

_MAX_UNORDERED = 500
_EXACT = (str, bytes, datetime.date, datetime.time, datetime.timedelta, type(None))
_MISSING = object()


def difference(expected: Any, got: Any, rules: Compare) -> str | None:
    """What differs first, for people, or None when `got` agrees with `expected` under the rules."""
    return _differ(expected, got, rules, "", is_outer=True)


def _differ(expected: Any, got: Any, rules: Compare, where: str, *, is_outer: bool = False) -> str | None:
    if isinstance(got, Opaque):
        return _at(where, f"{text_of(got)} cannot be compared, expected {text_of(expected, 80)}")
    if got is None and expected is not None:
        return _at(
            where, f"None, expected {text_of(expected, 80)}" + ("" if where else ": is a `return` missing?")
        )
    if isinstance(expected, Table):
        return tables.difference(expected, got, rules, difference)
    if isinstance(expected, (set, frozenset)):
        return _sets(expected, got, rules, where)
    if isinstance(expected, dict):
        return _mappings(expected, got, rules, where)
    if isinstance(expected, np.ndarray) or (
        isinstance(got, np.ndarray) and isinstance(expected, (list, tuple))
    ):
        return _arrays(expected, got, rules, where, is_outer=is_outer)
    if isinstance(expected, (list, tuple)):
        return _sequences(expected, got, rules, where, is_outer=is_outer)
    return _scalars(expected, got, rules, where)


def _at(where: str, text: str) -> str:
    return f"at {where}: {text}" if where else text


def _type_mismatch(expected: Any, got: Any, where: str) -> str:
    return _at(where, f"{_kind(got)} {text_of(got, 80)}, expected {_kind(expected)} {text_of(expected, 80)}")


def _kind(value: Any) -> str:
    return {"ndarray": "array", "NoneType": "nothing", "Table": "table"}.get(
        type(value).__name__, type(value).__name__
    )


def _arrays(expected: Any, got: Any, rules: Compare, where: str, *, is_outer: bool) -> str | None:
    if not isinstance(got, (np.ndarray, list, tuple, np.generic, int, float, complex)):
        return _type_mismatch(expected, got, where)
    if rules.check_type and type(expected) is not type(got):
        return _type_mismatch(expected, got, where)
    try:
        expected_array, got_array = np.asarray(expected), np.asarray(got)
    except ValueError:  # one of them is ragged: never both, as two plain sequences do not come here
        if isinstance(expected, np.ndarray):
            return _at(where, f"rows of different lengths, expected an array of shape {expected.shape}")
        return _at(
            where, f"one array of shape {np.shape(got)}, expected {len(expected)} values of unlike shapes"
        )
    if "O" in (expected_array.dtype.kind, got_array.dtype.kind):
        if expected_array.shape != got_array.shape:
            return _at(where, arrays.shape_difference(expected_array, got_array))
        return _sequences(expected_array.tolist(), got_array.tolist(), rules, where, is_outer=is_outer)
    found = arrays.difference(expected_array, got_array, rules, any_order=is_outer and rules.order == "any")
    return None if found is None else _at(where, found)


def _sequences(expected: Any, got: Any, rules: Compare, where: str, *, is_outer: bool) -> str | None:
    if not isinstance(got, (list, tuple)):
        return _type_mismatch(expected, got, where)
    if rules.check_type and type(expected) is not type(got):
        return _type_mismatch(expected, got, where)
    if len(expected) != len(got):
        return _at(
            where,
            f"{len(got)} elements, expected {len(expected)}{arrays.off_by_one(len(expected), len(got))}",
        )
    if is_outer and rules.order == "any":
        return _unordered(list(expected), list(got), rules, where)
    for index, (one, other) in enumerate(zip(expected, got, strict=True)):
        found = _differ(one, other, rules, f"{where}[{index}]")
        if found is not None:
            return found
    return None


def _unordered(expected: list[Any], got: list[Any], rules: Compare, where: str) -> str | None:
    if len(expected) > _MAX_UNORDERED:
        expected, got = sorted(expected, key=repr), sorted(got, key=repr)
        return _sequences(expected, got, rules, where, is_outer=False)
    left = list(got)
    for one in expected:
        match = next((i for i, other in enumerate(left) if _differ(one, other, rules, "") is None), None)
        if match is None:
            return _at(where, f"{text_of(one, 80)} is missing (the order does not matter)")
        left.pop(match)
    return None


def _sets(expected: Any, got: Any, rules: Compare, where: str) -> str | None:
    if not isinstance(got, (set, frozenset)):
        return _type_mismatch(expected, got, where)
    if len(expected) != len(got):
        return _at(where, f"{len(got)} members, expected {len(expected)}")
    return _unordered(list(expected), list(got), rules, where)


def _mappings(expected: dict[Any, Any], got: Any, rules: Compare, where: str) -> str | None:
    if not isinstance(got, dict):
        return _type_mismatch(expected, got, where)
    for key, one in expected.items():
        other = got.get(key, _MISSING)
        if other is _MISSING:
            return _at(where, f"key {text_of(key, 60)} is missing")
        found = _differ(one, other, rules, f"{where}[{text_of(key, 40)}]")
        if found is not None:
            return found
    extra = next((key for key in got if key not in expected), _MISSING)
    return None if extra is _MISSING else _at(where, f"key {text_of(extra, 60)} is not expected")


def _scalars(expected: Any, got: Any, rules: Compare, where: str) -> str | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got[()]
    if isinstance(expected, (bool, np.bool_)) or isinstance(got, (bool, np.bool_)):
        if not (isinstance(expected, (bool, np.bool_)) and isinstance(got, (bool, np.bool_))):
            return _type_mismatch(expected, got, where)
        return None if bool(expected) == bool(got) else _at(where, f"{bool(got)}, expected {bool(expected)}")
    if isinstance(expected, _EXACT) or isinstance(got, _EXACT):
        return _exact(expected, got, where)
    if rules.check_dtype and _dtype(expected) != _dtype(got):
        return _at(where, f"dtype {_dtype(got)}, expected {_dtype(expected)}")
    if not _is_number(expected) or not _is_number(got):
        return _type_mismatch(expected, got, where)
    return _numbers(expected, got, rules, where)


def _exact(expected: Any, got: Any, where: str) -> str | None:
    if isinstance(expected, np.generic) and not _is_number(expected):
        expected = expected.item()
    if isinstance(got, np.generic) and not _is_number(got):
        got = got.item()
    if type(expected) is not type(got):
        return _type_mismatch(expected, got, where)
    return None if expected == got else _at(where, f"{text_of(got, 120)}, expected {text_of(expected, 120)}")


def _dtype(value: Any) -> str:
    return str(value.dtype) if isinstance(value, np.generic) else type(value).__name__


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, complex, decimal.Decimal, np.number))


def _numbers(expected: Any, got: Any, rules: Compare, where: str) -> str | None:
    if isinstance(expected, (int, np.integer)) and isinstance(got, (int, np.integer)):
        agree = int(expected) == int(got) or _is_close(int(expected), int(got), rules)
    else:
        agree = _is_close(_float(expected), _float(got), rules)
    if agree:
        return None
    if isinstance(_float(got), float) and math.isnan(_float(got)):
        return _at(where, f"NaN, expected {text_of(expected, 60)}")
    return _at(where, f"{text_of(got, 60)}, expected {text_of(expected, 60)}")


def _float(value: Any) -> Any:
    try:
        return complex(value) if isinstance(value, (complex, np.complexfloating)) else float(value)
    except OverflowError:
        return math.inf


def _is_close(expected: Any, got: Any, rules: Compare) -> bool:
    if isinstance(expected, int) and isinstance(got, int):
        # Integers of any length, without turning them into floats that overflow.
        allowed = rules.abs_tol + (rules.rel_tol * abs(expected) if expected.bit_length() < 900 else 0)
        return abs(expected - got) <= allowed
    if expected != expected or got != got:
        return bool(expected != expected and got != got)
    if abs(expected) == math.inf or abs(got) == math.inf:
        return bool(expected == got)
    return bool(abs(got - expected) <= rules.abs_tol + rules.rel_tol * abs(expected))
