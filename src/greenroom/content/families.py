"""What a family file is written with: `Family`, `Slip`, `Draw`. See docs/authoring.md, Families."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Draw = dict[str, Any]
"""Parameters of one variant: plain ints, floats, strings and lists of them. Any: each family has its own."""

Value = int | float | str | tuple[int, ...]
"""What a key or a slip yields: a number, or a text (a shape, a list of tokens) that is compared as it is."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A named mistake and what it yields. A slip that yields NaN or raises ArithmeticError is left out of a variant."""

    misconception: str
    """Id declared in bank/misconceptions/."""
    compute: Callable[..., Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A parametric question. `key` and `key_independent` are two routes to the same value."""

    slug: str
    topic: str
    level: Literal["recall", "apply", "analyse", "decide"]
    minutes: float
    difficulty: float
    """Logit scale, as for authored items."""
    stem: str
    """Markdown; `{name}` is a parameter (or what `show` returns), `{name:.2f}` formats it, `{{` is a brace."""
    draw: Callable[[Any], Draw]  # Any: numpy.random.Generator, which readers of locks need not have
    key: Callable[..., Value]
    key_independent: Callable[..., Value]
    slips: Sequence[Slip]
    explanation: str
    """As the stem; `{key}` is the formatted answer."""
    sources: Sequence[str]
    unit: str = ""
    digits: int = 3
    """Decimals shown and asked for; 0 for counts, negative to round to tens and hundreds."""
    response: Literal["choice", "numeric"] = "choice"
    variants: int = 20
    tolerance: float | None = None
    """Absolute, for numeric; absent: one unit of the last digit shown, and exactly for whole numbers."""
    accept: Callable[..., bool] | None = None
    show: Callable[..., dict[str, Any]] | None = None  # Any: whatever the stem formats
