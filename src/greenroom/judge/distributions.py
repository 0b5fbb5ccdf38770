"""Random outputs: tests of a distribution with a stated false-alarm rate.

A right solution is rejected with probability `false_alarm` (one in a million unless the case says else).
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any  # Any: what a random function returns

import numpy as np

from greenroom.judge.bank_code import Suite
from greenroom.judge.cases import Draws
from greenroom.judge.describe import text_of
from greenroom.judge.inside.wire import Opaque

_MIN_EXPECTED = 5.0
"""Cells of the chi-square test with fewer expected draws are pooled (Cochran's rule)."""


def verdict_on(draws: Draws, got: Any, suite: Suite) -> str | None:
    """What is wrong with the draws, or None."""
    if not isinstance(got, list) or len(got) != draws.count:
        return "the function could not be drawn from"
    opaque = next((value for value in got if isinstance(value, Opaque)), None)
    if opaque is not None:
        return f"{text_of(opaque)} is no value to draw"
    values = [_hashable(value) for value in got]
    if draws.probabilities is not None:
        return _chi_square(draws, values)
    numbers = _numbers(values)
    if numbers is None:
        return "a number is expected from every call"
    if draws.cdf is not None:
        return _kolmogorov_smirnov(draws, numbers, suite)
    return _mean(draws, numbers)


def _hashable(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return _hashable(value.tolist())
    if isinstance(value, (list, tuple)):
        return tuple(_hashable(item) for item in value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else text_of(value)


def _numbers(values: list[Any]) -> Any:
    """numbers[n_draws], or None when one is none."""
    if not all(isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v) for v in values):
        return None
    return np.array(values, dtype=float)


def _chi_square(draws: Draws, values: list[Any]) -> str | None:
    """Pearson's goodness of fit: sum (seen - expected)^2 / expected against chi-square."""
    from scipy.stats import chi2  # late: only problems with random output need it

    probabilities = draws.probabilities or {}
    seen = Counter(values)
    strange = next((value for value in seen if probabilities.get(value, 0.0) <= 0.0), None)
    if strange is not None or sum(seen[v] for v in probabilities) != len(values):
        return f"{text_of(strange, 80)} was drawn, which is impossible"
    pooled_seen = pooled_expected = statistic = 0.0
    cells = 0
    for value, probability in probabilities.items():
        expected = probability * len(values)
        if expected < _MIN_EXPECTED:
            pooled_seen, pooled_expected = pooled_seen + seen[value], pooled_expected + expected
            continue
        statistic += (seen[value] - expected) ** 2 / expected
        cells += 1
    if pooled_expected > 0:
        statistic += (pooled_seen - pooled_expected) ** 2 / pooled_expected
        cells += 1
    if cells > 1 and statistic > chi2.isf(draws.false_alarm, cells - 1):
        return f"the frequencies of {len(values)} draws do not fit (chi-square {statistic:.1f}, {cells - 1} degrees of freedom)"
    return None


def _kolmogorov_smirnov(draws: Draws, numbers: Any, suite: Suite) -> str | None:
    from scipy.stats import kstest  # late: only problems with random output need it

    result = kstest(numbers, suite.function(draws.cdf or ""))
    if result.pvalue < draws.false_alarm:
        return f"the distribution of {len(numbers)} draws does not fit (largest gap {result.statistic:.3f})"
    return None


def _mean(draws: Draws, numbers: Any) -> str | None:
    """z-test of the mean, by the central limit theorem."""
    from scipy.stats import norm  # late: only problems with random output need it

    deviation = (float(numbers.mean()) - (draws.mean or 0.0)) * math.sqrt(len(numbers)) / (draws.sd or 1.0)
    if abs(deviation) > norm.isf(draws.false_alarm / 2):
        return f"the mean of {len(numbers)} draws lies {abs(deviation):.1f} standard errors off"
    return None
