"""What a problem's tests.py is written in: cases, and how an answer is compared.

Bank code imports this module; candidate code never sees it, nor the cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal  # Any: case values are whatever plain value or array a problem takes


class _NotGiven:
    """Marks an absent expected value, so that None can be expected."""

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN: Final = _NotGiven()

Order = Literal["default", "exact", "any"]
Scope = Literal["result", "args"]


@dataclass(frozen=True, slots=True)
class Compare:
    """How a result is compared with the expected value.

    Numbers agree when `|got - expected| <= abs_tol + rel_tol * |expected|`; NaN agrees only with NaN.
    A bool never agrees with a number. Python and NumPy scalars, and int and float, agree by value
    unless `check_dtype`. Lists, tuples and arrays agree by content unless `check_type`.
    """

    abs_tol: float = 1e-6
    rel_tol: float = 1e-6
    check_dtype: bool = False
    """Arrays, columns and scalars must have the expected dtype."""
    check_shape: bool = True
    """False: arrays are compared flat."""
    check_type: bool = False
    """A tuple is not a list, and a list is not an array."""
    order: Order = "default"
    """`any`: elements of the outer sequence, rows of a frame or relation in any order.
    The default is exact, but any order for sets and for the result of an SQL query."""
    check_index: bool = False
    """Frames and series: the index must agree too."""
    check_columns: bool = True
    """Frames and relations: the column names must agree, in order. False: only the values, by position."""
    may_mutate: bool = False
    """False: changing an input is an error."""


@dataclass(frozen=True, slots=True)
class Draws:
    """The function is random: call it `count` times and test the distribution of what it returns.

    Give one of: `probabilities` (chi-square goodness of fit on the returned values),
    `cdf` (name of a function in tests.py: Kolmogorov-Smirnov test of the returned numbers), or
    `mean` with `sd` (z-test of the mean). A right solution fails with probability `false_alarm`.
    `seed_arg`: name of a keyword argument that gets a fresh integer seed at every call.
    """

    count: int = 2_000
    probabilities: Mapping[Any, float] | None = None
    cdf: str | None = None
    mean: float | None = None
    sd: float | None = None
    false_alarm: float = 1e-6
    seed_arg: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One test. `name` is a class of input ("ties in scores"): all that is shown of a hidden test.

    Function problems: `args` and `kwargs`. Class problems: `calls`, a script of (method, args) that starts
    with ("__init__", [...]); the value of each call is compared. SQL problems: `tables`, a mapping from
    table name to columns (`{"orders": {"id": [1, 2], "day": [date(2024, 1, 1), None]}}`, or a DataFrame).
    """

    name: str
    args: Sequence[Any] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    calls: Sequence[tuple[str, Sequence[Any]]] | None = None
    tables: Mapping[str, Any] | None = None
    expected: Any = NOT_GIVEN
    """Absent: what the reference returns for the same input."""
    compare: Compare = Compare()
    check: str | None = None
    """Name of a function in tests.py, `check(args, got)` or `check(args, got, expected)`:
    None when right, else what is wrong in words that give no hidden value away. For a class
    problem `args` is the list of calls, for an SQL problem the tables."""
    draws: Draws | None = None
    compared: Scope = "result"
    """`args`: the function works in place; its arguments after the call are what is compared."""
