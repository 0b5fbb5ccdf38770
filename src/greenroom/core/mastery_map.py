"""Where the learner stands, by area and by topic, with an interval that starts wide.

An estimate is the chance of a right answer to a middling question of the area (difficulty 0, no guessing),
from the slow components alone: a good or bad day is not a change of standing. The interval holds the middle
90 % of the belief about the ability. The components are filtered as if independent, which leaves their sum
a little too uncertain rather than too sure (docs/learner-model.md has the simulated coverage).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenroom.core.filtering import sigmoid
from greenroom.core.mastery import GENERAL, Component, Mastery, aged, component
from greenroom.core.taxonomy import Area, Topic

Z_90 = 1.6448536269514722
ENOUGH_ANSWERS = 3
ENOUGH_WIDTH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEstimate:
    """Mastery of an area. Without `has_enough` the page says "not enough evidence yet"."""

    area: str
    probability_01: float
    low_01: float
    high_01: float
    n_answers: int
    has_enough: bool
    mean_logit: float
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEstimate:
    """Mastery of a topic."""

    topic: str
    area: str
    probability_01: float
    low_01: float
    high_01: float
    n_answers: int
    has_enough: bool
    mean_logit: float
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A probability with its 90 % interval."""

    probability_01: float
    low_01: float
    high_01: float


def span_of(mean_logit: float, variance: float) -> Span:
    """Probability at the mean ability, and at the ends of its 90 % interval."""
    reach = Z_90 * math.sqrt(variance)
    return Span(
        probability_01=sigmoid(mean_logit),
        low_01=sigmoid(mean_logit - reach),
        high_01=sigmoid(mean_logit + reach),
    )


def area_map(
    mastery: Mastery,
    areas: Mapping[str, Area] | Sequence[str],
    topics: Mapping[str, Topic] | Mapping[str, str],
    *,
    now_ms: int,
) -> tuple[AreaEstimate, ...]:
    """One estimate per area, in the order given.

    `areas`: the taxonomy's areas, or their ids. `topics`: the taxonomy's topics, or topic id -> area id. The
    ability in an area is general + area + the mean of its topics, so untouched topics keep it uncertain.
    """
    n_topics = dict.fromkeys(areas, 0)
    touched: dict[str, list[Component]] = {area: [] for area in areas}
    for topic, owner in topics.items():
        name = owner if isinstance(owner, str) else owner.area
        if name in n_topics:
            n_topics[name] += 1
            if (key := "topic:" + topic) in mastery.components:
                touched[name].append(_standing(mastery, key, now_ms))
    untouched = component(mastery, "topic:")  # the prior, the same for every topic that was never met
    base = _standing(mastery, GENERAL, now_ms)
    found = []
    for area, parts in touched.items():
        own = _standing(mastery, "area:" + area, now_ms)
        n = max(n_topics[area], 1)
        n_untouched = n_topics[area] - len(parts)
        means = sum(part.mean for part in parts) + n_untouched * untouched.mean
        variances = sum(part.variance for part in parts) + n_untouched * untouched.variance
        mean = base.mean + own.mean + means / n
        variance = base.variance + own.variance + variances / n**2
        span = span_of(mean, variance)
        n_answers = (
            mastery.components["area:" + area].n_answers if "area:" + area in mastery.components else 0
        )
        found.append(
            AreaEstimate(
                area=area,
                probability_01=span.probability_01,
                low_01=span.low_01,
                high_01=span.high_01,
                n_answers=n_answers,
                has_enough=_has_enough(n_answers, span),
                mean_logit=mean,
                variance=variance,
            )
        )
    return tuple(found)


def topic_map(
    mastery: Mastery, topics: Mapping[str, Topic] | Mapping[str, str], *, now_ms: int
) -> tuple[TopicEstimate, ...]:
    """One estimate per topic, in the order given. `topics` as in `area_map`."""
    base = _standing(mastery, GENERAL, now_ms)
    areas: dict[str, Component] = {}
    found = []
    for topic, owner in topics.items():
        area = owner if isinstance(owner, str) else owner.area
        if area not in areas:
            areas[area] = _standing(mastery, "area:" + area, now_ms)
        part = _standing(mastery, "topic:" + topic, now_ms)
        mean = base.mean + areas[area].mean + part.mean
        variance = base.variance + areas[area].variance + part.variance
        span = span_of(mean, variance)
        found.append(
            TopicEstimate(
                topic=topic,
                area=area,
                probability_01=span.probability_01,
                low_01=span.low_01,
                high_01=span.high_01,
                n_answers=part.n_answers,
                has_enough=_has_enough(part.n_answers, span),
                mean_logit=mean,
                variance=variance,
            )
        )
    return tuple(found)


def _standing(mastery: Mastery, key: str, now_ms: int) -> Component:
    return aged(component(mastery, key), key, mastery.parameters, now_ms=now_ms)


def _has_enough(n_answers: int, span: Span) -> bool:
    return n_answers >= ENOUGH_ANSWERS and span.high_01 - span.low_01 <= ENOUGH_WIDTH
