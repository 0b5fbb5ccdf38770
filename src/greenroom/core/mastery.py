"""What a learner knows: a hierarchical logistic filter, one answer at a time.

The latent ability behind an answer is a sum of components,

    ability = general + area + mean of the item's topics + familiarity with the item,

each with a slow part and (general, topic) a fast one, each part a Gaussian (mean, variance) on the logit
scale. The item's difficulty is another Gaussian: the author's word, or a learned value. A right answer has
probability guess + (1 - guess) * sigmoid(ability - difficulty), integrated over all variances. The update
is assumed-density filtering with a diagonal covariance (`core.filtering` has the equations and sources).

How to use it:

    mastery = start(Prior())                                        # or mastery_of(stored data)
    predict(mastery, traits, now_ms=now)                            # -> Prediction
    changed = changes(mastery, traits, evidence, now_ms=now)        # -> {key: Component}, the rows to save
    mastery = with_changes(mastery, changed)                        # or update(...), which does both

A key is `general`, `area:<slug>`, `topic:<slug>` or `item:<id>`: at most 3 + number of topics keys change
in an update. `component_to_plain` and `component_of` are the stored form of one row. `recall_01` is
`core.memory.recall_01` of the item's card at that moment, None where there is no card. The maps of areas
and topics are in `core.mastery_map`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from greenroom.core.errors import InputRejected
from greenroom.core.filtering import DAY_IN_MS, NO_TIME, Parameters, gain_of, squeeze
from greenroom.core.items import Item
from greenroom.core.learner_state import (
    Component,
    Evidence,
    Mastery,
    Prediction,
    Prior,
    Traits,
    component_of,
    component_to_plain,
    mastery_of,
    mastery_to_plain,
)

__all__ = [
    "GENERAL",
    "Component",
    "Evidence",
    "Mastery",
    "Prediction",
    "Prior",
    "Traits",
    "aged",
    "changes",
    "component",
    "component_of",
    "component_to_plain",
    "difficulty_of",
    "mastery_of",
    "mastery_to_plain",
    "predict",
    "prior_of",
    "replay",
    "start",
    "topics_of",
    "traits_of",
    "update",
    "with_changes",
]

GENERAL = "general"


def start(prior: Prior | None = None, parameters: Parameters | None = None) -> Mastery:
    """The state before the first answer."""
    return Mastery(components={}, prior=prior or Prior(), parameters=parameters or Parameters())


def prior_of(*, expected_logit: float = 0.0, self_report: Mapping[str, int] | None = None) -> Prior:
    """A weak prior from the level aimed at and a self-report (area -> 1 never met .. 5 could teach it).

    A person who aims at a level stands, on average, half way to it; a step of self-report is worth 0.25
    logits (self-assessment correlates about 0.3 to 0.4 with tests: Freund and Kasten 2012). No variance is
    taken off, so answers soon outweigh both. Raises InputRejected for a report outside 1..5.
    """
    report = dict(self_report or {})
    if any(not 1 <= step <= 5 for step in report.values()):
        raise InputRejected("A self-report has five steps, 1 to 5.")
    middle = sum(report.values()) / len(report) - 3 if report else 0.0
    return Prior(
        general_logit=0.5 * expected_logit + 0.25 * middle,
        area_logits={area: 0.25 * (step - 3 - middle) for area, step in report.items()},
    )


def traits_of(item: Item) -> Traits:
    """The traits of a bank item, with the author's difficulty."""
    return Traits(
        item_id=item.id,
        topic=item.topic,
        area=item.area,
        difficulty_logit=item.difficulty_logit,
        guess_01=item.guess_01,
    )


def topics_of(traits: Traits) -> tuple[str, ...]:
    """All topics of the item, each once, in order."""
    return (traits.topic, *(topic for topic in traits.other_topics if topic != traits.topic))


def difficulty_of(traits: Traits, parameters: Parameters) -> tuple[float, float]:
    """Mean and variance of the item's difficulty in logits."""
    if traits.difficulty_variance is None:
        return parameters.author_slope * traits.difficulty_logit, parameters.author_variance
    return traits.difficulty_logit, traits.difficulty_variance


def component(mastery: Mastery, key: str) -> Component:
    """The stored component, or the prior where it was never touched."""
    found = mastery.components.get(key)
    if found is not None:
        return found
    parameters = mastery.parameters
    if key.startswith("topic:"):
        return Component(0.0, parameters.topic_variance, 0.0, parameters.topic_fast_variance)
    if key.startswith("item:"):
        return Component(0.0, parameters.item_variance)
    if key.startswith("area:"):
        return Component(mastery.prior.area_logits.get(key[5:], 0.0), parameters.area_variance)
    return Component(
        mastery.prior.general_logit, parameters.general_variance, 0.0, parameters.general_fast_variance
    )


def aged(part: Component, key: str, parameters: Parameters, *, now_ms: int) -> Component:
    """The component as it stands now: fast parts fade with time, slow ones grow less certain.

    Ornstein-Uhlenbeck for the fast part (half-life in days), a random walk for the slow one, whose
    variance never grows past its prior.
    """
    at_ms = part.at_ms
    if at_ms == NO_TIME or now_ms <= at_ms or key.startswith("item:"):
        return part
    days = (now_ms - at_ms) / DAY_IN_MS
    ageing = parameters.ageing(key)
    variance = part.variance
    if variance < ageing.variance:
        variance = min(ageing.variance, variance + ageing.drift_per_day * days)
    kept = 0.5 ** (days / ageing.half_life_days)
    return Component(
        part.mean,
        variance,
        part.fast_mean * kept,
        part.fast_variance * kept * kept + (1 - kept * kept) * ageing.fast_variance,
        part.n_answers,
        part.at_ms,
    )


class _Sight(NamedTuple):
    """All that bears on one answer, aged to the moment."""

    general: Component
    area: Component | None
    topics: list[Component]
    item: Component
    mean_logit: float
    ability_variance: float
    difficulty_variance: float


def _sight(mastery: Mastery, traits: Traits, recall_01: float | None, now_ms: int) -> _Sight:
    parameters = mastery.parameters
    general = aged(component(mastery, GENERAL), GENERAL, parameters, now_ms=now_ms)
    mean = general.mean + general.fast_mean
    variance = general.variance + general.fast_variance
    area = None
    if traits.area:
        key = "area:" + traits.area
        area = aged(component(mastery, key), key, parameters, now_ms=now_ms)
        mean += area.mean
        variance += area.variance
    names = topics_of(traits) if traits.other_topics else (traits.topic,)
    share = 1.0 / len(names)
    topics = []
    for name in names:
        key = "topic:" + name
        topic = aged(component(mastery, key), key, parameters, now_ms=now_ms)
        topics.append(topic)
        mean += share * (topic.mean + topic.fast_mean)
        variance += share * share * (topic.variance + topic.fast_variance)
    item = component(mastery, "item:" + traits.item_id)
    if recall_01 is not None:
        # What is forgotten goes back to the prior: correlation `recall` between then and now.
        faded = recall_01**parameters.forgetting
        kept = faded * faded
        item = item._replace(
            mean=faded * item.mean,
            variance=kept * item.variance + (1 - kept) * parameters.item_variance,
        )
    difficulty, difficulty_variance = difficulty_of(traits, parameters)
    return _Sight(
        general,
        area,
        topics,
        item,
        mean + item.mean - difficulty,
        variance + item.variance,
        difficulty_variance,
    )


def predict(mastery: Mastery, traits: Traits, *, recall_01: float | None = None, now_ms: int) -> Prediction:
    """Chance of a right answer now, before the answer is seen."""
    sight = _sight(mastery, traits, recall_01, now_ms)
    variance = sight.ability_variance + sight.difficulty_variance
    return Prediction(
        probability_01=traits.guess_01 + (1 - traits.guess_01) * squeeze(sight.mean_logit, variance),
        mean_logit=sight.mean_logit,
        variance=variance,
        ability_variance=sight.ability_variance,
    )


def changes(
    mastery: Mastery, traits: Traits, evidence: Evidence, *, recall_01: float | None = None, now_ms: int
) -> dict[str, Component]:
    """The components an answer changes, by key, as they stand after it. `now_ms` is when it was given."""
    return _step(mastery, traits, evidence, recall_01, now_ms).changed


class _Step(NamedTuple):
    """One answer taken in: what was predicted before it, and what it changed."""

    probability_01: float
    changed: dict[str, Component]


def _step(
    mastery: Mastery, traits: Traits, evidence: Evidence, recall_01: float | None, now_ms: int
) -> _Step:
    p = mastery.parameters
    sight = _sight(mastery, traits, recall_01, now_ms)
    credit, item = evidence.credit_01, sight.item
    pull, shrink, predicted = gain_of(
        sight.mean_logit,
        sight.ability_variance + sight.difficulty_variance,
        credit_01=credit,
        reliability=evidence.reliability,
        guess_01=traits.guess_01,
    )
    n, variance = item.n_answers, item.variance
    learned = (p.item_gain_wrong + (p.item_gain_right - p.item_gain_wrong) * credit) / (1 + n)
    changed = {
        "item:" + traits.item_id: Component(
            item.mean + variance * pull + learned,
            variance - variance * variance * shrink,
            0.0,
            0.0,
            n + 1,
            now_ms,
        )
    }
    if n:
        # A retry says more about the item remembered than about the ability.
        pull *= p.retry_weight
        shrink *= p.retry_weight
    changed[GENERAL] = _moved(
        sight.general, 1.0, pull, shrink, p.general_gain, p.general_drift,
        p.general_fast_keep, p.general_fast_variance, now_ms,
    )  # fmt: skip
    if sight.area is not None:
        changed["area:" + traits.area] = _moved(
            sight.area, 1.0, pull, shrink, 0.0, p.area_drift, 0.0, 0.0, now_ms
        )
    share = 1.0 / len(sight.topics)
    names = topics_of(traits) if traits.other_topics else (traits.topic,)
    for name, topic in zip(names, sight.topics, strict=True):
        changed["topic:" + name] = _moved(
            topic, share, pull, shrink, p.topic_gain, p.topic_drift,
            p.topic_fast_keep, p.topic_fast_variance, now_ms,
        )  # fmt: skip
    return _Step(predicted, changed)


def _moved(
    part: Component,
    share: float,
    pull: float,
    shrink: float,
    gain: float,
    drift: float,
    keep: float,
    fast_prior: float,
    now_ms: int,
) -> Component:
    """The component after the answer: Kalman step, then learning, drift and one step of fading."""
    mean, variance, fast_mean, fast_variance, n_answers, _ = part
    square = share * share * shrink
    if fast_prior:
        fast_mean = keep * (fast_mean + share * fast_variance * pull)
        narrowed = fast_variance - square * fast_variance * fast_variance
        fast_variance = keep * keep * narrowed + (1.0 - keep * keep) * fast_prior
    return Component(
        # Practice pays less and less: the sum of these gains grows with the logarithm of the answers.
        mean + share * (variance * pull + gain / (1.0 + 0.1 * n_answers)),
        variance - square * variance * variance + share * drift,
        fast_mean,
        fast_variance,
        n_answers + 1,
        now_ms,
    )


def with_changes(mastery: Mastery, changed: Mapping[str, Component]) -> Mastery:
    """The state with these components in place of the old ones."""
    return replace(mastery, components={**mastery.components, **changed})


def update(
    mastery: Mastery, traits: Traits, evidence: Evidence, *, recall_01: float | None = None, now_ms: int
) -> Mastery:
    """The state after an answer: `with_changes(mastery, changes(...))`."""
    return with_changes(mastery, changes(mastery, traits, evidence, recall_01=recall_01, now_ms=now_ms))


def replay(
    mastery: Mastery,
    answers: Sequence[tuple[Traits, Evidence, int]],
    recalls: Sequence[float | None] | None = None,
) -> tuple[Mastery, tuple[float, ...]]:
    """Folds answers `(traits, evidence, now_ms)`: the state after them, and the prediction before each.

    `recalls`: the item's recall at each answer, where cards are kept; None for all without.
    """
    components = dict(mastery.components)
    working = replace(mastery, components=components)
    predictions = []
    for index, (traits, evidence, now_ms) in enumerate(answers):
        step = _step(working, traits, evidence, recalls[index] if recalls else None, now_ms)
        predictions.append(step.probability_01)
        components.update(step.changed)
    return working, tuple(predictions)
