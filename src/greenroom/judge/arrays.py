"""Compares arrays and names the usual mistakes: a wrong axis, one element off, a NaN."""

from __future__ import annotations

from typing import Any  # Any: arrays of any dtype

import numpy as np

from greenroom.judge.cases import Compare

Array = np.ndarray[Any, Any]
_NUMERIC = "iufc"


def difference(expected: Array, got: Array, rules: Compare, *, any_order: bool = False) -> str | None:
    """The first difference of two arrays of plain dtypes, or None."""
    if rules.check_dtype and expected.dtype != got.dtype:
        return f"dtype {got.dtype}, expected {expected.dtype}"
    if (expected.dtype.kind == "b") != (got.dtype.kind == "b") and expected.size and got.size:
        return f"dtype {got.dtype}, expected {expected.dtype}"
    if not rules.check_shape:
        expected, got = expected.ravel(), got.ravel()
    if expected.shape != got.shape:
        return shape_difference(expected, got)
    if any_order and expected.ndim:
        expected, got = _sorted(expected), _sorted(got)
    if expected.dtype.kind != "O" and np.array_equal(expected, got):
        return None
    agree = _agree(expected, got, rules)
    if agree is None:
        return f"dtype {got.dtype}, expected {expected.dtype}"
    if bool(np.all(agree)):
        return None
    return _first(expected, got, agree, rules)


def _sorted(array: Array) -> Array:
    if array.ndim == 1:
        return np.sort(array)
    rows = array.reshape(len(array), -1)
    return array[np.lexsort(np.round(rows, 6).T[::-1] if array.dtype.kind in "fc" else rows.T[::-1])]


def _agree(expected: Array, got: Array, rules: Compare) -> Array | None:
    """agree[...] of the arrays' shape, or None when their kinds cannot be compared."""
    if expected.dtype.kind in _NUMERIC and got.dtype.kind in _NUMERIC:
        with np.errstate(all="ignore"):
            allowed = rules.abs_tol + rules.rel_tol * np.abs(expected)
            if expected.dtype.kind in "fc" or got.dtype.kind in "fc":
                close = (
                    np.abs(np.subtract(got, expected, dtype=np.result_type(got, expected, float))) <= allowed
                )
                both_nan = np.isnan(expected) & np.isnan(got) if expected.dtype.kind in "fc" else False
                # inf - inf is NaN and inf <= inf holds: infinite values agree only when they are equal.
                infinite = np.isinf(got) | np.isinf(expected)
                return np.asarray(np.where(infinite, got == expected, close) | both_nan)
            return np.asarray(
                (got == expected) | (np.abs(got.astype(float) - expected.astype(float)) <= allowed)
            )
    if expected.dtype.kind == got.dtype.kind or expected.size == 0:
        equal = np.asarray(expected == got)
        if expected.dtype.kind in "mM":
            equal |= np.isnat(expected) & np.isnat(got)
        return equal
    return None


def _first(expected: Array, got: Array, agree: Array, rules: Compare) -> str:
    index = tuple(int(i) for i in np.argwhere(np.atleast_1d(~agree))[0]) if agree.ndim else ()
    one, other = (expected[index], got[index]) if agree.ndim else (expected[()], got[()])
    where = f"index {index[0] if len(index) == 1 else index}: " if index else ""
    text = f"{where}{_value(other)}, expected {_value(one)}"
    wrong, total = int(np.size(agree) - np.count_nonzero(agree)), int(np.size(agree))
    if total > 1:
        text += f" ({wrong} of {total} values differ)"
    if got.dtype.kind in "fc" and bool(np.any(np.isnan(got) & ~agree)):
        text += "; there is a NaN where a number is expected"
    if got.ndim == 2 and got.shape[0] == got.shape[1] > 1:
        turned = _agree(expected, got.T, rules)
        if turned is not None and bool(np.all(turned)):
            text += "; the values agree after transposing: the wrong axis"
    if got.ndim == 1 and total > 1:
        turned = _agree(expected, got[::-1], rules)
        if turned is not None and bool(np.all(turned)):
            text += "; the values agree in reverse order"
    return text


def _value(value: Any) -> str:
    item = value.item() if isinstance(value, np.generic) else value
    return "NaN" if isinstance(item, float) and item != item else repr(item)[:80]


def shape_difference(expected: Array, got: Array) -> str:
    """Both shapes, and what kind of mistake that looks like."""
    text = f"shape {got.shape}, expected {expected.shape}"
    if got.ndim > 1 and got.shape == expected.shape[::-1]:
        return f"{text}: transposed, the wrong axis"
    if got.ndim == expected.ndim:
        apart = [i for i in range(got.ndim) if got.shape[i] != expected.shape[i]]
        if len(apart) == 1:
            return text + off_by_one(expected.shape[apart[0]], got.shape[apart[0]])
    if tuple(n for n in got.shape if n != 1) == tuple(n for n in expected.shape if n != 1):
        return f"{text}: only axes of length 1 differ"
    return text


def off_by_one(expected: int, got: int) -> str:
    """A phrase when two lengths differ by one, else nothing."""
    return ": off by one" if abs(expected - got) == 1 else ""
