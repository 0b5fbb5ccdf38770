"""What to ask next: worth of each candidate, and a ranked, varied list with a reason for each.

The worth of an item is

    W(area) * (c_info * information + c_gap * gap * stretch) + due(item)

- `information`: the share of what is uncertain about the topic (general + area + topic, slow parts) that the
  answer is expected to resolve, v I / (1 + I V) with I the expected information of the answer and V the whole
  predictive variance (`core.filtering.gain_of`): van der Linden 1998 for adaptive tests, here for a filter;
- `gap * stretch`: how weak the topic is, times 4 s (1 - s), which is 1 where the answer is a coin flip;
- `W`: the role's weight of the area, flattened while there is time and sharp near the date;
- `due`: a bonus once the item's card is due, growing with what is forgotten.

Seen items that are not due are left out, as are excluded areas and items shown to more than a fifth of the
learners. `arrange` then ranks greedily, with a penalty for repeating topics and kinds and a little noise by
seed. `app.selection_index` computes the same worth for 10,000 items with tables; `choose` is the plain path.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from greenroom.core.filtering import PI_OVER_8, sigmoid
from greenroom.core.learner_state import Component, Mastery, Traits
from greenroom.core.mastery import GENERAL, aged, component, difficulty_of
from greenroom.core.memory import DEFAULT_WEIGHTS, Card, is_due, recall_01, retention_for

EXPOSURE_FREE_01 = 0.15
EXPOSURE_CAP_01 = 0.20
"""An item shown to this share of the learners is not chosen."""
SHORTLIST = 64
"""How many of the best enter the greedy ranking."""
FEW_ANSWERS = 3
"""Below this many answers in a topic, little is known of it."""
WEAK_01 = 0.6
NOISE = 0.05
TOPIC_REPEAT = 0.5
"""Share of the worth lost for each of the last five that had the same topic."""
KIND_REPEAT = 0.1


class Cause(StrEnum):
    """What speaks for a pick."""

    REVIEW = "review"
    """Its card is due."""
    UNKNOWN = "unknown"
    """The topic was hardly asked."""
    GAP = "gap"
    """The topic was asked and is weak."""
    EDGE = "edge"
    """The topic stands well; the item tests how far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that may be chosen."""

    traits: Traits
    kind: str = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What matters: area weights of the role, the days left, the areas left out."""

    area_weights: Mapping[str, float]
    days_left: int | None = None
    excluded_areas: frozenset[str] = frozenset()
    memory_weights: tuple[float, ...] = DEFAULT_WEIGHTS
    """FSRS weights of this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question that was asked lately. Lists are oldest first."""

    item_id: str
    topic: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A chosen item, with the one sentence that says why."""

    item_id: str
    topic: str
    area: str
    kind: str
    worth: float
    probability_01: float
    cause: Cause
    reason: str

    @property
    def is_review(self) -> bool:
        """True where the item comes back because its time has come."""
        return self.cause is Cause.REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How the goal weighs the three terms, by the days left."""

    area_factors: Mapping[str, float]
    """W(area); averages 1 over the areas that weigh anything."""
    information: float
    gap: float
    due: float
    retention_01: float
    memory_weights: tuple[float, ...] = DEFAULT_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A candidate with the terms of its worth."""

    candidate: Candidate
    probability_01: float
    information: float
    gap: float
    due: float
    recall_01: float | None = None
    topic_01: float = 0.5
    topic_answers: int = 0

    @property
    def worth(self) -> float:
        """The sum of the terms."""
        return self.information + self.gap + self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What else bears on the choice: cards of seen items, what was just shown, exposure over learners."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    recent: Sequence[Shown] = ()
    exposure_01: Mapping[str, float] = field(default_factory=dict)
    """Item -> share of learners who were asked it. Empty in a single-learner installation."""


def pull_of(goal: Goal) -> Pull:
    """The weights of the terms. Without a date: as at about four weeks."""
    nearness = 0.5 if goal.days_left is None else min(max((56 - goal.days_left) / 49, 0.0), 1.0)
    sharpness = 0.5 + 0.5 * nearness
    wanted = {
        area: weight**sharpness
        for area, weight in goal.area_weights.items()
        if weight > 0 and area not in goal.excluded_areas
    }
    total = sum(wanted.values())
    return Pull(
        area_factors={area: weight * len(wanted) / total for area, weight in wanted.items()},
        information=3.0 - 1.5 * nearness,
        gap=0.15 + 0.45 * nearness,
        due=0.4 + 0.4 * nearness,
        retention_01=retention_for(goal.days_left),
        memory_weights=goal.memory_weights,
    )


class Standing(NamedTuple):
    """A topic seen from the learner: with and without the fast parts."""

    mean: float
    variance: float
    slow_mean: float
    slow_variance: float
    n_answers: int = 0
    """Answers in the topic."""


def standing_of(mastery: Mastery, topic: str, area: str, *, now_ms: int) -> Standing:
    """The ability in a topic: general + area + topic."""
    p = mastery.parameters
    general = aged(component(mastery, GENERAL), GENERAL, p, now_ms=now_ms)
    key = "topic:" + topic
    own = aged(component(mastery, key), key, p, now_ms=now_ms)
    mean = general.mean + own.mean
    variance = general.variance + own.variance
    if area:
        key = "area:" + area
        part: Component = aged(component(mastery, key), key, p, now_ms=now_ms)
        mean += part.mean
        variance += part.variance
    return Standing(
        mean + general.fast_mean + own.fast_mean,
        variance + general.fast_variance + own.fast_variance,
        mean,
        variance,
        own.n_answers,
    )


def due_bonus(card: Card, pull: Pull, factor: float, *, now_ms: int) -> float:
    """The bonus of a due card: grows with what is forgotten below the target."""
    forgotten = max(0.0, pull.retention_01 - recall_01(card, now_ms, weights=pull.memory_weights))
    return pull.due * math.sqrt(factor) * (1.0 + 4.0 * forgotten)


def exposure_factor(exposure_01: float) -> float:
    """1 while few learners saw the item, falling to 0 at the cap."""
    return min(max((EXPOSURE_CAP_01 - exposure_01) / (EXPOSURE_CAP_01 - EXPOSURE_FREE_01), 0.0), 1.0)


def score(
    candidate: Candidate,
    mastery: Mastery,
    standing: Standing,
    pull: Pull,
    *,
    card: Card | None = None,
    exposure_01: float = 0.0,
    now_ms: int,
) -> Scored | None:
    """The candidate with its terms, or None where it may not be asked now."""
    traits = candidate.traits
    factor = pull.area_factors.get(traits.area, 0.0)
    kept = exposure_factor(exposure_01)
    if factor <= 0.0 or kept <= 0.0 or (card is not None and not is_due(card, now_ms)):
        return None
    item = component(mastery, "item:" + traits.item_id)
    if item.n_answers and card is None:
        return None
    difficulty, difficulty_variance = difficulty_of(traits, mastery.parameters)
    variance = standing.variance + item.variance + difficulty_variance
    s = sigmoid((standing.mean + item.mean - difficulty) / math.sqrt(1.0 + PI_OVER_8 * variance))
    p = traits.guess_01 + (1.0 - traits.guess_01) * s
    information = (1.0 - traits.guess_01) * s * s * (1.0 - s) / p if p > 0 else 0.0
    topic_01 = sigmoid(standing.slow_mean)
    return Scored(
        candidate=candidate,
        probability_01=p,
        information=kept
        * factor
        * pull.information
        * standing.slow_variance
        * information
        / (1.0 + information * variance),
        gap=kept * factor * pull.gap * (1.0 - topic_01) * 4.0 * s * (1.0 - s),
        due=0.0 if card is None else due_bonus(card, pull, factor, now_ms=now_ms),
        recall_01=None if card is None else recall_01(card, now_ms, weights=pull.memory_weights),
        topic_01=topic_01,
        topic_answers=standing.n_answers,
    )


def choose(
    candidates: Iterable[Candidate],
    mastery: Mastery,
    *,
    goal: Goal,
    around: Around | None = None,
    seed: int,
    now_ms: int,
    count: int = 10,
    titles: Mapping[str, str] | None = None,
) -> tuple[Pick, ...]:
    """The best items to ask now, best first, at most `count`. The same arguments give the same picks.

    `titles`: topic and area ids -> words for the reasons; slugs are spelled out where absent.
    """
    around = around or Around()
    pull = pull_of(goal)
    standings: dict[tuple[str, str], Standing] = {}
    scored = []
    for candidate in candidates:
        traits = candidate.traits
        place = (traits.topic, traits.area)
        if place not in standings:
            standings[place] = standing_of(mastery, traits.topic, traits.area, now_ms=now_ms)
        found = score(
            candidate,
            mastery,
            standings[place],
            pull,
            card=around.cards.get(traits.item_id),
            exposure_01=around.exposure_01.get(traits.item_id, 0.0),
            now_ms=now_ms,
        )
        if found is not None:
            scored.append(found)
    scored.sort(key=lambda entry: (-entry.worth, entry.candidate.traits.item_id))
    return arrange(scored[:SHORTLIST], goal=goal, recent=around.recent, seed=seed, count=count, titles=titles)


def arrange(
    scored: Sequence[Scored],
    *,
    goal: Goal,
    recent: Sequence[Shown] = (),
    seed: int,
    count: int = 10,
    titles: Mapping[str, str] | None = None,
) -> tuple[Pick, ...]:
    """A ranked list with variety: greedy, each pick lowering the worth of its topic and kind for the next."""
    dice = random.Random(seed)
    left = [(entry, entry.worth * (1.0 + NOISE * dice.gauss(0.0, 1.0))) for entry in scored]
    topics = [shown.topic for shown in recent[-5:]]
    kinds = [shown.kind for shown in recent[-3:]]
    just_shown = {shown.item_id for shown in recent[-20:]}
    left = [pair for pair in left if pair[0].candidate.traits.item_id not in just_shown or pair[0].due > 0]
    picks: list[Pick] = []
    while left and len(picks) < count:
        seen_topics = {topic: (1.0 - TOPIC_REPEAT) ** n for topic, n in Counter(topics[-5:]).items()}
        seen_kinds = {kind: (1.0 - KIND_REPEAT) ** n for kind, n in Counter(kinds[-3:]).items()}
        best, most = 0, -math.inf
        for number, (entry, worth) in enumerate(left):
            if worth <= most:
                continue  # a repeat only lowers the worth
            candidate = entry.candidate
            worth *= seen_topics.get(candidate.traits.topic, 1.0) * seen_kinds.get(candidate.kind, 1.0)
            if worth > most:
                best, most = number, worth
        entry, _ = left.pop(best)
        traits = entry.candidate.traits
        topics.append(traits.topic)
        kinds.append(entry.candidate.kind)
        cause = cause_of(entry)
        picks.append(
            Pick(
                item_id=traits.item_id,
                topic=traits.topic,
                area=traits.area,
                kind=entry.candidate.kind,
                worth=entry.worth,
                probability_01=entry.probability_01,
                cause=cause,
                reason=reason_of(entry, cause, goal, titles or {}),
            )
        )
    return tuple(picks)


def cause_of(entry: Scored) -> Cause:
    """Why the item is worth asking, from what is known of its topic."""
    if entry.due > 0:
        return Cause.REVIEW
    if entry.topic_answers < FEW_ANSWERS:
        return Cause.UNKNOWN
    return Cause.GAP if entry.topic_01 < WEAK_01 else Cause.EDGE


def reason_of(entry: Scored, cause: Cause, goal: Goal, titles: Mapping[str, str]) -> str:
    """One sentence for the learner."""
    traits = entry.candidate.traits
    topic = titles.get(traits.topic, traits.topic.replace("-", " "))
    area = titles.get(traits.area, traits.area.replace("-", " "))
    weight = goal.area_weights.get(traits.area, 0.0)
    match cause:
        case Cause.REVIEW:
            return (
                f"Due for review: your chance of recalling it has fallen to about {entry.recall_01 or 0:.0%}."
            )
        case Cause.GAP:
            return (
                f"{_capital(topic)} looks like a gap (about {entry.topic_01:.0%} right), "
                f"and {area} weighs {weight:.0%} in your goal."
            )
        case Cause.EDGE:
            return (
                f"{_capital(topic)} stands well (about {entry.topic_01:.0%} right); "
                f"this one, about {entry.probability_01:.0%}, tests how far that goes."
            )
    return f"Little is known yet about your {topic}, and {area} weighs {weight:.0%} in your goal."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
