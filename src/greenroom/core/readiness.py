"""How likely a round, and the loop, would end in at least "leaning hire". A model until real outcomes exist.

    ability(round) = sum over areas of share(area) * (general + area ability)
    P(round)       = Phi((ability - bar + shift) / sqrt(variance + noise^2))

`share` mixes the role's area weights with the areas a round of that kind asks; `bar` is the ability expected
at the level; `noise` is how much one interview differs from the next (panels agree at about 0.5 to 0.7:
Conway, Jako and Goodman 1995). Mock rounds are noisy measurements of the same quantity; real outcomes move
`shift` (a Laplace approximation of a one-parameter logistic regression). The interval is that of P as the
ability and the shift vary over their own 90 %. The loop: rounds fail together because ability is shared;
the loop passes when at most one round in four falls short. Assumptions on one page: docs/learner-model.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from types import MappingProxyType

from greenroom.core.mastery_map import Z_90, AreaEstimate

ROUND_NOISE_LOGIT = 0.6
MOCK_NOISE_LOGIT = 0.7
SHARED_SHARE = 0.6
"""Share of the ability's variance that all rounds of a loop have in common."""
PRIOR_SHIFT_SD = 0.8
_NORMAL = NormalDist()
_SQRT_2 = math.sqrt(2)
_NODES = tuple(_NORMAL.inv_cdf((k + 0.5) / 41) for k in range(41))

ROUND_AREAS: Mapping[str, Mapping[str, float]] = {
    "coding": {"python-and-software": 0.6, "ml-from-scratch": 0.4},
    "progressive-coding": {"python-and-software": 0.8, "ml-from-scratch": 0.2},
    "debugging": {"deep-learning": 0.4, "transformers-and-llms": 0.3, "ml-from-scratch": 0.3},
    "ai-coding": {"ai-paired-coding": 0.6, "python-and-software": 0.4},
    "system-design": {"ml-system-design": 0.6, "mlops": 0.2, "inference-systems": 0.2},
    "behavioural": {"behavioural": 1.0},
    "project-deep-dive": {"behavioural": 0.5, "ml-system-design": 0.5},
    "case-study": {"data-and-features": 0.4, "evaluation-and-calibration": 0.4, "experimentation": 0.2},
    "ml-fundamentals": {
        "supervised-learning": 0.3,
        "evaluation-and-calibration": 0.3,
        "probability-and-statistics": 0.2,
        "data-and-features": 0.2,
    },
    "deep-learning": {"deep-learning": 0.6, "calculus-and-optimization": 0.2, "transformers-and-llms": 0.2},
    "derivation": {
        "calculus-and-optimization": 0.5,
        "probability-and-statistics": 0.3,
        "linear-algebra": 0.2,
    },
}
"""Areas asked by a kind of round; kinds not named here ask what the role weighs."""
ROUND_SHARE = 0.75
"""How far a named kind of round follows its own areas rather than the role's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEvidence:
    """A mock round's result on the ability scale: 0 is the bar of the level, +1 strong hire territory."""

    round_kind: str
    above_bar_logit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RealOutcome:
    """A real interview, with the probability that was (or would have been) predicted for it."""

    predicted_01: float
    has_passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What real outcomes say: a shift of all predictions in probit units, with its variance."""

    mean: float = 0.0
    variance: float = PRIOR_SHIFT_SD**2
    n_outcomes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReadiness:
    """Probability of at least "leaning hire" in a round of this kind, with a 90 % interval."""

    round_kind: str
    probability_01: float
    low_01: float
    high_01: float
    has_enough: bool
    above_bar_logit: float
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """An area, and how much an hour on it moves the loop's probability now."""

    area: str
    gain_per_hour_01: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Rounds, loop, and what moves it most. `is_model_only` until real outcomes were recorded."""

    rounds: tuple[RoundReadiness, ...]
    loop_01: float
    loop_low_01: float
    loop_high_01: float
    is_model_only: bool
    levers: tuple[Lever, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is aimed at: role weights, the level's expected ability, the rounds of the loop."""

    area_weights: Mapping[str, float]
    expected_logit: float = 0.0
    rounds: Sequence[str] = ()
    """Kind of each round; a kind may occur more than once."""
    mocks: Sequence[RoundEvidence] = ()
    shift: Shift = field(default_factory=Shift)


def shift_of(outcomes: Sequence[RealOutcome]) -> Shift:
    """The shift that real outcomes call for: MAP of a probit model with a N(0, 0.8^2) prior, by Newton."""
    mean = 0.0
    precision = 1 / PRIOR_SHIFT_SD**2
    for _ in range(25):
        slope, precision = -mean / PRIOR_SHIFT_SD**2, 1 / PRIOR_SHIFT_SD**2
        for entry in outcomes:
            z = _NORMAL.inv_cdf(min(max(entry.predicted_01, 0.01), 0.99)) + mean
            density, p = _NORMAL.pdf(z), min(max(_NORMAL.cdf(z), 1e-6), 1 - 1e-6)
            slope += density / p if entry.has_passed else -density / (1 - p)
            precision += density * density / (p * (1 - p))
        step = slope / precision
        mean += step
        if abs(step) < 1e-9:
            break
    return Shift(mean=mean, variance=1 / precision, n_outcomes=len(outcomes))


def area_shares(round_kind: str, area_weights: Mapping[str, float]) -> dict[str, float]:
    """Share of each area in a round of this kind for this role. Sums to 1 where the role weighs anything."""
    total = sum(area_weights.values()) or 1.0
    own = ROUND_AREAS.get(round_kind)
    follow = ROUND_SHARE if own else 0.0
    shares = {area: (1 - follow) * weight / total for area, weight in area_weights.items() if weight > 0}
    for area, share in (own or {}).items():
        shares[area] = shares.get(area, 0.0) + follow * share
    return shares


def round_readiness(round_kind: str, estimates: Mapping[str, AreaEstimate], aim: Aim) -> RoundReadiness:
    """Readiness for one kind of round. `estimates`: area id -> its estimate (`core.mastery_map.area_map`)."""
    shares = {a: s for a, s in area_shares(round_kind, aim.area_weights).items() if a in estimates}
    total = sum(shares.values())
    if total <= 0:
        return _round(round_kind, 0.0, 4.0, has_enough=False, shift=aim.shift)
    mean = sum(share * estimates[area].mean_logit for area, share in shares.items()) / total
    # Areas share the general ability, so their deviations add up rather than average out.
    deviation = sum(share * math.sqrt(estimates[area].variance) for area, share in shares.items()) / total
    above, variance = mean - aim.expected_logit, deviation**2
    known = sum(share for area, share in shares.items() if estimates[area].has_enough) / total
    mocks = [entry for entry in aim.mocks if entry.round_kind == round_kind]
    for mock in mocks:
        gain = variance / (variance + MOCK_NOISE_LOGIT**2)
        above += gain * (mock.above_bar_logit - above)
        variance *= 1 - gain
    return _round(round_kind, above, variance, has_enough=known >= 0.5 or len(mocks) >= 2, shift=aim.shift)


def _round(
    round_kind: str, above: float, variance: float, *, has_enough: bool, shift: Shift
) -> RoundReadiness:
    reach = Z_90 * math.sqrt(variance / ROUND_NOISE_LOGIT**2 + shift.variance * (shift.n_outcomes > 0))
    here = above / ROUND_NOISE_LOGIT + shift.mean
    probability = _NORMAL.cdf(above / math.sqrt(variance + ROUND_NOISE_LOGIT**2) + shift.mean)
    return RoundReadiness(
        round_kind=round_kind,
        probability_01=probability,
        # As for the loop: far from the bar the interval is widened to hold the mean.
        low_01=min(probability, _NORMAL.cdf(here - reach)),
        high_01=max(probability, _NORMAL.cdf(here + reach)),
        has_enough=has_enough,
        above_bar_logit=above,
        variance=variance,
    )


def loop_probability(
    rounds: Sequence[RoundReadiness], shift: Shift, *, ability_z: float | None = None
) -> float:
    """Chance that at most one round in four falls short, ability shared between rounds.

    Integrates over the shared part on 41 equal-mass nodes; `ability_z` fixes it instead (for the interval).
    """
    if not rounds:
        return math.nan
    nodes = _NODES if ability_z is None else (ability_z,)
    allowed = len(rounds) // 4
    lines = []  # each round's z-score is a straight line over the shared part
    for entry in rounds:
        rest = math.sqrt((1 - SHARED_SHARE) * entry.variance + ROUND_NOISE_LOGIT**2)
        slope = math.sqrt(SHARED_SHARE * entry.variance) / rest
        lines.append((entry.above_bar_logit / rest + shift.mean, slope))
    total = 0.0
    for node in nodes:
        failed = [1.0] + [0.0] * allowed  # more failures than are allowed need no account of their own
        for start, slope in lines:
            p = 0.5 * math.erfc(-(start + node * slope) / _SQRT_2)
            for k in range(allowed, 0, -1):
                failed[k] = p * failed[k] + (1 - p) * failed[k - 1]
            failed[0] *= p
        total += sum(failed)
    return total / len(nodes)


def readiness(
    estimates: Sequence[AreaEstimate],
    aim: Aim,
    *,
    n_levers: int = 5,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Readiness:
    """Readiness for each kind of round and for the loop, and what would move it most (0: that is not asked).

    `titles`: area id -> its name in a sentence, where the taxonomy is at hand.
    """
    by_area = {entry.area: entry for entry in estimates}
    rounds = tuple(round_readiness(kind, by_area, aim) for kind in aim.rounds)
    loop = loop_probability(rounds, aim.shift)
    return Readiness(
        rounds=_distinct(rounds),
        loop_01=loop,
        # Far from the bar the mean of so skewed a belief lies beyond its own quantile: the interval holds it too.
        loop_low_01=min(loop, loop_probability(rounds, aim.shift, ability_z=-Z_90)),
        loop_high_01=max(loop, loop_probability(rounds, aim.shift, ability_z=Z_90)),
        is_model_only=aim.shift.n_outcomes == 0,
        levers=levers(by_area, aim, loop, n_levers, titles) if n_levers else (),
    )


def hourly_gain_logit(estimate: AreaEstimate) -> float:
    """Ability an hour of practice is expected to add: more where less is known, 0.05 to 0.25 logits.

    A prior, not a measurement: learning curves flatten (Newell and Rosenbloom 1981).
    """
    return 0.05 + 0.20 * (1 - estimate.probability_01)


def levers(
    by_area: Mapping[str, AreaEstimate],
    aim: Aim,
    loop_01: float,
    count: int = 5,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Lever, ...]:
    """The areas whose next hour moves the loop's probability most, best first."""
    if not aim.rounds:
        return ()
    found = []
    for area, estimate in by_area.items():
        gain = hourly_gain_logit(estimate)
        moved = {**by_area, area: replace(estimate, mean_logit=estimate.mean_logit + gain)}
        # Mock results already fold in today's ability: the hour's gain is taken on the areas alone.
        rounds = [round_readiness(kind, moved, aim) for kind in aim.rounds]
        change = loop_probability(rounds, aim.shift) - loop_01
        words = titles.get(area, area.replace("-", " "))
        found.append(
            Lever(
                area=area,
                gain_per_hour_01=change,
                reason=f"An hour on {words} (now about {estimate.probability_01:.0%}) is worth about "
                f"{100 * change:.1f} points of the loop.",
            )
        )
    found.sort(key=lambda entry: (-entry.gain_per_hour_01, entry.area))
    return tuple(entry for entry in found[:count] if entry.gain_per_hour_01 > 0)


def _distinct(rounds: Sequence[RoundReadiness]) -> tuple[RoundReadiness, ...]:
    return tuple({entry.round_kind: entry for entry in rounds}.values())
