"""Measured complexity: CPU time at growing input sizes, and the exponent fitted to it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from greenroom.core.verdicts import Scaling
from greenroom.judge.bank_code import Suite
from greenroom.judge.children import Stopped
from greenroom.judge.trials import Trial

_FIRST_SIZE = 16
_LAST_SIZE = 1 << 17
_REPEATS = 2
_BUDGET_S = 0.3
_LONGEST_CALL_S = 0.08
_SHORTEST_CALL_S = 0.0005
"""Below this the call drowns in the cost of asking for it."""
_FEWEST_POINTS = 3
_LEAST_SE = 0.05
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Target(NamedTuple):
    """Exponent of n in a stated complexity; a factor log n is not part of it."""

    exponent: float
    has_log: bool


class Fit(NamedTuple):
    """seconds = c * size**exponent, by least squares on the logarithms."""

    exponent: float
    standard_error: float


def measure(trial: Trial, suite: Suite, complexity: str, seed: int) -> Scaling | None:
    """Grow the input until the call takes long or the budget is spent. None without `sized`."""
    sizes: list[int] = []
    seconds: list[float] = []
    spent_s = 0.0
    size = _FIRST_SIZE
    while size <= _LAST_SIZE and spent_s < _BUDGET_S:
        case = suite.sized(size, seed)
        if case is None:
            return None
        try:
            taken = [trial.measure(case) for _ in range(_REPEATS)]
        except Stopped:
            break
        done = [one for one in taken if one is not None]
        if not done:
            break
        sizes.append(size)
        seconds.append(min(done))
        spent_s += sum(done)
        if min(done) > _LONGEST_CALL_S:
            break
        size *= 2
    return summarise(sizes, seconds, target_of(complexity))


def summarise(sizes: Sequence[int], seconds: Sequence[float], target: Target | None) -> Scaling:
    """The fit over the sizes that took long enough, in words beside the target."""
    long_enough = [(n, s) for n, s in zip(sizes, seconds, strict=True) if s >= _SHORTEST_CALL_S]
    stated = None if target is None else target.exponent
    if len(long_enough) < _FEWEST_POINTS:
        note = "Too fast to measure growth at these sizes."
        fit = Fit(0.0, 0.0)
    else:
        fit = fitted([n for n, _ in long_enough], [s for _, s in long_enough])
        note = _note(fit, target)
    return Scaling(
        sizes=tuple(sizes),
        seconds=tuple(seconds),
        exponent=fit.exponent,
        exponent_se=fit.standard_error,
        target=stated,
        note=note,
    )


def fitted(sizes: Sequence[int], seconds: Sequence[float]) -> Fit:
    """Ordinary least squares of log seconds on log size, three points or more.

    The standard error is that of the slope, with a floor: sizes that double say nothing finer.
    """
    xs, ys = [math.log(n) for n in sizes], [math.log(s) for s in seconds]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    error = math.sqrt(rest / (len(xs) - 2) / spread)
    return Fit(slope, max(error, _LEAST_SE))


def _note(fit: Fit, target: Target | None) -> str:
    shown = f"Time grows like n^{fit.exponent:.2f} ± {2 * fit.standard_error:.2f}"
    if target is None:
        return f"{shown}."
    room = 2 * fit.standard_error + 0.2 + (0.15 if target.has_log else 0.0)
    stated = f"n^{target.exponent:g}" + (" log n" if target.has_log else "")
    if fit.exponent > target.exponent + room:
        return f"{shown}: faster growth than the target {stated}."
    return f"{shown}, within the target {stated}."


def target_of(complexity: str) -> Target | None:
    """Exponent of n in texts like `O(n_iter * n * k * d)`, `O(n log n)`, `O(n^2 d)`, `O(1)`.

    None when the text has no such n. The largest term of a sum counts.
    """
    found = re.search(r"O\((.*)\)", complexity)
    if found is None:
        return None
    terms = [_term(term) for term in found[1].translate(_SUPERSCRIPTS).split("+")]
    known = [term for term in terms if term is not None]
    return max(known, default=None)


def _term(term: str) -> Target | None:
    without_log = re.sub(r"log2?\s*\(?\s*n\s*\)?", " ", term)
    has_log = without_log != term
    exponent, is_known = 0.0, has_log or term.strip() == "1"
    for power in re.finditer(
        r"(?<![A-Za-z_0-9])n(?![A-Za-z_])\s*(?:(?:\^|\*\*)\s*\(?([0-9.]+)\)?|([0-9]+))?", without_log
    ):
        exponent += float(power[1] or power[2] or 1)
        is_known = True
    return Target(exponent, has_log) if is_known else None
