"""How far a stated confidence can be trusted: scores, bins, decomposition, and what it costs.

Everything takes `judgements`: pairs of a probability stated before the reveal and whether it came true.
Sources: Brier 1950; Murphy 1973 (decomposition); Naeini et al. 2015 (ECE), with equal-mass bins as Nixon
et al. 2019 and Roelofs et al. 2022 recommend; Newcombe 1998 (Wilson interval).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from greenroom.core.errors import InputRejected

ENOUGH_FOR_DIAGRAM = 50
"""Below this many answers a reliability diagram is not shown: its bins would be noise."""
BIN_PRIOR_ANSWERS = 5.0
"""A bin's share of right answers is shrunk towards its mean confidence with this many pseudo-answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceStep:
    """One of the five answers to "how sure are you?"."""

    step: int
    title: str
    confidence_01: float


CONFIDENCE_STEPS: tuple[ConfidenceStep, ...] = (
    ConfidenceStep(step=1, title="A guess", confidence_01=0.2),
    ConfidenceStep(step=2, title="Unsure", confidence_01=0.4),
    ConfidenceStep(step=3, title="More likely than not", confidence_01=0.6),
    ConfidenceStep(step=4, title="Fairly sure", confidence_01=0.8),
    ConfidenceStep(step=5, title="Certain", confidence_01=0.95),
)


class Judgement(NamedTuple):
    """A stated probability and what came true."""

    confidence_01: float
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of like confidence: what was said, and how many came true (shrunk, with a 90 % interval)."""

    n: int
    confidence_01: float
    right_01: float
    shrunk_01: float
    low_01: float
    high_01: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """Murphy 1973: brier = reliability - resolution + uncertainty (+ the spread within the bins)."""

    reliability: float
    """Squared gap between confidence and outcome; 0 is perfect."""
    resolution: float
    """How far the bins' outcomes differ from the base rate; higher is better."""
    uncertainty: float
    """Base rate times its complement; nothing the person does changes it."""
    within_bins: float
    """What binning leaves over: exact sum, not an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """Mean confidence minus share right: positive is overconfident. `is_clear`: its interval excludes 0."""

    area: str
    n: int
    bias: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True where the interval excludes zero."""
        return self.low > 0 or self.high < 0


def confidence_of(step: int) -> float:
    """The probability of a step, 1 to 5. Raises InputRejected."""
    for entry in CONFIDENCE_STEPS:
        if entry.step == step:
            return entry.confidence_01
    raise InputRejected("Confidence has five steps, 1 to 5.")


def brier(judgements: Sequence[Judgement]) -> float:
    """Mean squared difference; 0 is perfect, 0.25 is always saying 50 %. NaN without answers."""
    return _mean((entry.confidence_01 - entry.is_right) ** 2 for entry in judgements)


def log_loss(judgements: Sequence[Judgement]) -> float:
    """Mean negative log-likelihood in nats; confidences are kept 1e-6 away from 0 and 1."""
    return _mean(
        -math.log(p if entry.is_right else 1 - p)
        for entry in judgements
        for p in (min(max(entry.confidence_01, 1e-6), 1 - 1e-6),)
    )


def equal_mass_bins(judgements: Sequence[Judgement], n_bins: int) -> list[list[Judgement]]:
    """At most n_bins groups of about equal size, in order of confidence. Equal confidences stay together."""
    ordered = sorted(judgements, key=lambda entry: entry.confidence_01)
    groups: list[list[Judgement]] = []
    target = len(ordered) / max(n_bins, 1)
    for index, entry in enumerate(ordered):
        is_new_value = index == 0 or entry.confidence_01 != ordered[index - 1].confidence_01
        if is_new_value and index >= target * len(groups) - 1e-9:
            groups.append([])
        groups[-1].append(entry)
    return groups


def n_bins_for(n: int) -> int:
    """Adaptive number of bins: cube root of n times two, 3 to 15 (Freedman and Diaconis 1981, the rate)."""
    return max(3, min(15, round(2 * math.pow(n, 1 / 3))))


def ece(judgements: Sequence[Judgement], n_bins: int | None = None) -> float:
    """Expected calibration error over equal-mass bins; NaN without answers."""
    if not judgements:
        return math.nan
    groups = equal_mass_bins(judgements, n_bins or n_bins_for(len(judgements)))
    return sum(abs(sum(entry.confidence_01 - entry.is_right for entry in group)) for group in groups) / len(
        judgements
    )


def ece_with_interval(judgements: Sequence[Judgement], *, seed: int, n_draws: int = 200) -> Estimate:
    """ECE with a 90 % interval by resampling the answers (percentile bootstrap).

    Resampling adds its own noise to every bin, so the draws are shifted down by that excess (the mean of the
    draws minus the value): without it the interval would lie above the estimate.
    """
    if not judgements:
        return Estimate(value=math.nan, low=math.nan, high=math.nan)
    dice = random.Random(seed)
    n_bins = n_bins_for(len(judgements))
    value = ece(judgements, n_bins)
    draws = sorted(ece(dice.choices(judgements, k=len(judgements)), n_bins) for _ in range(n_draws))
    excess = sum(draws) / n_draws - value
    low, high = draws[round(0.05 * (n_draws - 1))], draws[round(0.95 * (n_draws - 1))]
    return Estimate(value=value, low=max(0.0, min(low - excess, value)), high=max(high - excess, value))


def reliability_bins(judgements: Sequence[Judgement], n_bins: int | None = None) -> tuple[Bin, ...]:
    """The points of a reliability diagram; empty below 50 answers."""
    if len(judgements) < ENOUGH_FOR_DIAGRAM:
        return ()
    found = []
    for group in equal_mass_bins(judgements, n_bins or n_bins_for(len(judgements))):
        n = len(group)
        said = sum(entry.confidence_01 for entry in group) / n
        right = sum(entry.is_right for entry in group)
        interval = wilson(right, n)
        found.append(
            Bin(
                n=n,
                confidence_01=said,
                right_01=right / n,
                shrunk_01=(right + BIN_PRIOR_ANSWERS * said) / (n + BIN_PRIOR_ANSWERS),
                low_01=interval.low,
                high_01=interval.high,
            )
        )
    return tuple(found)


def wilson(n_right: float, n: int, z: float = 1.6448536269514722) -> Estimate:
    """Share with its Wilson interval (90 % by default); 0 to 1 without answers."""
    if n == 0:
        return Estimate(value=math.nan, low=0.0, high=1.0)
    share = n_right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Estimate(value=share, low=max(0.0, centre - reach), high=min(1.0, centre + reach))


def decompose(judgements: Sequence[Judgement], n_bins: int | None = None) -> Decomposition:
    """Murphy's decomposition of the Brier score over equal-mass bins. NaN without answers.

    reliability - resolution + uncertainty + within_bins equals `brier` exactly (Stephenson et al. 2008).
    """
    n = len(judgements)
    if n == 0:
        return Decomposition(
            reliability=math.nan, resolution=math.nan, uncertainty=math.nan, within_bins=math.nan
        )
    base = sum(entry.is_right for entry in judgements) / n
    reliability = resolution = 0.0
    for group in equal_mass_bins(judgements, n_bins or n_bins_for(n)):
        said = sum(entry.confidence_01 for entry in group) / len(group)
        right = sum(entry.is_right for entry in group) / len(group)
        reliability += len(group) / n * (said - right) ** 2
        resolution += len(group) / n * (right - base) ** 2
    uncertainty = base * (1 - base)
    return Decomposition(
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        within_bins=brier(judgements) - (reliability - resolution + uncertainty),
    )


def bias_of(judgements: Sequence[Judgement], area: str = "") -> Bias:
    """Mean confidence minus share right, with a 90 % normal interval; one pseudo-answer each way keeps it wide."""
    n = len(judgements)
    gaps = [entry.confidence_01 - entry.is_right for entry in judgements]
    mean = sum(gaps) / n if n else 0.0
    # Two pseudo-answers at gaps +1 and -1: three right answers in a row do not prove underconfidence.
    variance = (sum((gap - mean) ** 2 for gap in gaps) + 2.0) / (n + 1)
    reach = 1.6448536269514722 * math.sqrt(variance / (n + 1))
    return Bias(area=area, n=n, bias=mean, low=mean - reach, high=mean + reach)


def bias_by_area(judgements_by_area: Mapping[str, Sequence[Judgement]]) -> tuple[Bias, ...]:
    """Over- and underconfidence per area, the clearest first."""
    found = [bias_of(judgements, area) for area, judgements in judgements_by_area.items() if judgements]
    return tuple(sorted(found, key=lambda entry: (not entry.is_clear, -abs(entry.bias), entry.area)))


def interview_cost(judgements: Sequence[Judgement]) -> str:
    """What the pattern would cost in an interview, in a sentence or two for the learner."""
    if len(judgements) < 20:
        return "Not enough answers with a confidence yet (20 are needed) to say what it would cost you."
    sure = [entry for entry in judgements if entry.confidence_01 >= 0.8]
    unsure = [entry for entry in judgements if entry.confidence_01 <= 0.4]
    wrong = len(sure) - sum(entry.is_right for entry in sure)
    right = sum(entry.is_right for entry in unsure)
    parts = []
    if len(sure) >= 8:
        parts.append(
            f"Of {len(sure)} answers you were sure of, {wrong} were wrong: in a 60-minute round of about "
            f"20 claims made with that assurance, about {20 * wrong / len(sure):.0f} would be wrong, and a "
            "confident wrong claim weighs more than an open doubt."
        )
    if len(unsure) >= 8:
        parts.append(
            f"Of {len(unsure)} answers you doubted, {right} were right: about "
            f"{right / len(unsure):.0%} of what you know would be undersold."
        )
    return " ".join(parts) or "Your confidence stays in the middle: use the ends of the scale where you can."


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else math.nan
