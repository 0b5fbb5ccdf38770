"""Simulated learners: is the first interval honest, how good is the diagnostic's map, does choosing pay?

Learners are drawn from the model's own prior (or from one that it does not hold, to see what that costs):
a general ability, areas, topics, their luck with single items; items have true difficulties that the author
knows with correlation 0.6. Every figure is a mean over learners; everything follows from the seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from greenroom.app.evaluation.answers import Answers
from greenroom.app.evaluation.difficulty import by_row
from greenroom.app.evaluation.filter_fit import FittedFilter
from greenroom.app.selection_index import LearnerTable, choose_from, index_of
from greenroom.core.diagnostic import area_shares, next_pick
from greenroom.core.filtering import Parameters, sigmoid
from greenroom.core.mastery import Evidence, Mastery, Traits, changes, predict, start, update, with_changes
from greenroom.core.mastery_map import AreaEstimate, area_map, topic_map
from greenroom.core.selection import Candidate, Goal

LENGTHS = (0, 1, 2, 5, 10, 15, 20, 25)
KINDS = ("choice", "choice", "numeric", "several")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A bank with the truth about it: areas, their topics, items, and each item's true difficulty."""

    topics: Mapping[str, str]
    """Topic -> area."""
    areas: tuple[str, ...]
    weights: Mapping[str, float]
    items: tuple[Candidate, ...]
    difficulty_logit: Mapping[str, float]
    parameters: Parameters


@dataclass(slots=True, kw_only=True)
class Person:
    """A simulated learner's true abilities. Item luck is drawn when an item is first met."""

    general: float
    area: dict[str, float]
    topic: dict[str, float]
    luck_sd: float
    dice: random.Random
    luck: dict[str, float] = field(default_factory=dict)

    def probability_01(self, world: World, traits: Traits) -> float:
        """True chance of a right answer."""
        if traits.item_id not in self.luck:
            self.luck[traits.item_id] = self.dice.gauss(0.0, self.luck_sd)
        ability = self.general + self.area.get(traits.area, 0.0) + self.topic[traits.topic]
        x = ability + self.luck[traits.item_id] - world.difficulty_logit[traits.item_id]
        return traits.guess_01 + (1 - traits.guess_01) * sigmoid(x)

    def answers(self, world: World, traits: Traits) -> Evidence:
        """A drawn answer."""
        return Evidence(credit_01=float(self.dice.random() < self.probability_01(world, traits)))

    def area_logit(self, world: World, area: str) -> float:
        """True standing in an area: general + area + mean of its topics."""
        own = [self.topic[topic] for topic, name in world.topics.items() if name == area]
        return self.general + self.area[area] + sum(own) / len(own)


def world_of(*, n_areas: int = 12, n_topics: int = 6, n_items: int = 6, seed: int = 0) -> World:
    """A bank of n_areas x n_topics x n_items, role weights falling from area to area."""
    dice = random.Random(seed)
    parameters = Parameters()
    areas = tuple(f"area-{n}" for n in range(n_areas))
    topics = {f"{area}-topic-{n}": area for area in areas for n in range(n_topics)}
    items, true = [], {}
    for topic, area in topics.items():
        for number in range(n_items):
            said = dice.gauss(0.0, 0.75)
            kind = dice.choice(KINDS)
            guess = 0.25 if kind == "choice" else (1 / 15 if kind == "several" else 0.0)
            traits = Traits(
                item_id=f"{topic}/{number}", topic=topic, area=area, difficulty_logit=said, guess_01=guess
            )
            items.append(Candidate(traits=traits, kind=kind))
            true[traits.item_id] = parameters.author_slope * said + dice.gauss(
                0.0, math.sqrt(parameters.author_variance)
            )
    total = sum(0.85**n for n in range(n_areas))
    return World(
        topics=topics,
        areas=areas,
        weights={area: 0.85**n / total for n, area in enumerate(areas)},
        items=tuple(items),
        difficulty_logit=true,
        parameters=parameters,
    )


def world_from(answers: Answers, fitted: FittedFilter, *, n_items: int = 1000, seed: int = 0) -> World:
    """A bank drawn from the item parameters fitted on a log: each item at a draw from its posterior.

    Items come from all skills alike, as a bank covers its topics. Posterior means would not do: they are
    shrunk, the more the fewer answers an item had, and a bank of them is more uniform than the real one.
    The drawn difficulties are known to the model, as they are after many answers.
    """
    dice = random.Random(seed)
    row = by_row(answers, fitted.difficulties)
    first_row = {item: r for r, item in reversed(list(enumerate(answers.item.tolist())))}
    by_skill: dict[int, list[int]] = {}
    for item in dice.sample(sorted(first_row), len(first_row)):
        by_skill.setdefault(int(answers.skill_of[answers.first[first_row[item]]]), []).append(item)
    turns = zip_longest(*by_skill.values())
    chosen = [item for turn in turns for item in turn if item is not None][:n_items]
    items, true, topics = [], {}, {}
    for item in chosen:
        r = first_row[item]
        topic = answers.skill_names[answers.skill_of[answers.first[r]]]
        drawn = dice.gauss(float(row.mean_logit[r]), math.sqrt(row.variance[r]))
        traits = Traits(
            item_id=answers.item_names[item],
            topic=topic,
            area="all",
            difficulty_logit=drawn,
            difficulty_variance=0.0,
        )
        topics[topic] = "all"
        items.append(Candidate(traits=traits))
        true[traits.item_id] = drawn
    return World(
        topics=topics,
        areas=("all",),
        weights={"all": 1.0},
        items=tuple(items),
        difficulty_logit=true,
        # Learners who neither learn nor fluctuate while they are measured: the truth stays one number.
        parameters=replace(
            fitted.parameters,
            area_variance=1e-9,
            general_fast_variance=0.0,
            topic_fast_variance=0.0,
            general_drift=0.0,
            topic_drift=0.0,
            general_gain=0.0,
            topic_gain=0.0,
            item_gain_right=0.0,
            item_gain_wrong=0.0,
        ),
    )


def person_of(world: World, seed: int, *, shift: float = 0.0, spread: float = 1.0) -> Person:
    """A learner from the prior; `shift` moves and `spread` widens it beyond what the model believes."""
    dice, p = random.Random(seed), world.parameters

    def draw(variance: float) -> float:
        return spread * dice.gauss(0.0, math.sqrt(variance))

    return Person(
        general=shift + draw(p.general_variance),
        area={area: draw(p.area_variance) for area in world.areas if area},
        topic={topic: draw(p.topic_variance) for topic in world.topics},
        luck_sd=math.sqrt(p.item_variance),
        dice=dice,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Share of true values inside the 90 % interval after so many answers, and the interval's mean width."""

    n_answers: int
    area_01: float
    area_width_01: float
    topic_01: float


def coverage(
    world: World, *, n_learners: int, seed: int, shift: float = 0.0, spread: float = 1.0
) -> tuple[Coverage, ...]:
    """Cold start: is the interval honest, from before the first answer on?"""
    hits: dict[int, list[float]] = {n: [0.0] * 5 for n in LENGTHS}
    for learner in range(n_learners):
        person = person_of(world, seed + learner, shift=shift, spread=spread)
        mastery = start(parameters=world.parameters)
        order = person.dice.sample(world.items, max(LENGTHS))
        for n in range(max(LENGTHS) + 1):
            if n in hits:
                _count_hits(world, person, mastery, n, hits[n])
            if n < len(order):
                traits = order[n].traits
                mastery = update(mastery, traits, person.answers(world, traits), now_ms=n)
    return tuple(
        Coverage(
            n_answers=n,
            area_01=row[0] / row[1],
            area_width_01=row[2] / row[1],
            topic_01=row[3] / row[4],
        )
        for n, row in hits.items()
    )


def _count_hits(world: World, person: Person, mastery: Mastery, n: int, row: list[float]) -> None:
    for entry in area_map(mastery, world.areas, world.topics, now_ms=n):
        truth = sigmoid(person.area_logit(world, entry.area))
        row[0] += entry.low_01 <= truth <= entry.high_01
        row[1] += 1
        row[2] += entry.high_01 - entry.low_01
    for topic in topic_map(mastery, world.topics, now_ms=n):
        truth = sigmoid(person.general + person.area[topic.area] + person.topic[topic.topic])
        row[3] += topic.low_01 <= truth <= topic.high_01
        row[4] += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MapError:
    """Error of the area map after so many questions: mean absolute error of the probability, by role weight."""

    n_answers: int
    adaptive_01: float
    random_01: float
    fixed_01: float


Pick = Callable[[Person, Mastery, list[Traits]], Traits]


def diagnostic_errors(world: World, *, n_learners: int, seed: int) -> tuple[MapError, ...]:
    """The adaptive diagnostic beside random selection and a fixed form, on the same learners."""
    by_id = {entry.traits.item_id: entry.traits for entry in world.items}
    form = _fixed_form(world, max(LENGTHS))

    def adaptive(person: Person, mastery: Mastery, asked: list[Traits]) -> Traits:
        pick = next_pick(
            world.items,
            mastery,
            area_weights=world.weights,
            asked=asked,
            seed=person.dice.randrange(2**31),
            now_ms=len(asked),
        )
        assert pick is not None  # the bank is larger than the diagnostic
        return by_id[pick.item_id]

    def at_random(person: Person, mastery: Mastery, asked: list[Traits]) -> Traits:
        return person.dice.choice(world.items).traits

    def fixed(person: Person, mastery: Mastery, asked: list[Traits]) -> Traits:
        return form[len(asked)]

    errors = [_errors_with(world, pick, n_learners, seed) for pick in (adaptive, at_random, fixed)]
    return tuple(
        MapError(n_answers=n, adaptive_01=errors[0][n], random_01=errors[1][n], fixed_01=errors[2][n])
        for n in LENGTHS
    )


def _errors_with(world: World, pick: Pick, n_learners: int, seed: int) -> dict[int, float]:
    totals = dict.fromkeys(LENGTHS, 0.0)
    shares = area_shares(world.weights)
    for learner in range(n_learners):
        person = person_of(world, seed + learner)
        mastery, asked = start(parameters=world.parameters), list[Traits]()
        for n in range(max(LENGTHS) + 1):
            if n in totals:
                totals[n] += _map_error(
                    world, person, area_map(mastery, world.areas, world.topics, now_ms=n), shares
                )
            if n < max(LENGTHS):
                traits = pick(person, mastery, asked)
                asked.append(traits)
                mastery = update(mastery, traits, person.answers(world, traits), now_ms=n)
    return {n: total / n_learners for n, total in totals.items()}


def _map_error(
    world: World, person: Person, estimates: Sequence[AreaEstimate], shares: Mapping[str, float]
) -> float:
    return sum(
        shares[entry.area] * abs(entry.probability_01 - sigmoid(person.area_logit(world, entry.area)))
        for entry in estimates
    )


def _fixed_form(world: World, n_questions: int) -> list[Traits]:
    """The same questions for everybody: areas in turn, the item nearest to middling difficulty."""
    left = sorted((entry.traits for entry in world.items), key=lambda traits: abs(traits.difficulty_logit))
    form: list[Traits] = []
    while len(form) < n_questions:
        area = world.areas[len(form) % len(world.areas)]
        traits = next(entry for entry in left if entry.area == area)
        left.remove(traits)
        form.append(traits)
    return form


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionGain:
    """Log loss on the questions not asked, after some chosen and some random ones (nats per answer)."""

    n_chosen: int
    n_random: int
    chosen_nats: float
    random_nats: float
    gain_low_nats: float
    """Random minus chosen, 95 % normal interval over learners."""
    gain_high_nats: float
    top_exposure_01: float
    """Share of learners who were asked the most exposed item."""


def selection_gain(
    world: World, *, n_learners: int, seed: int, n_chosen: int = 7, n_random: int = 10, n_rest: int = 60
) -> SelectionGain:
    """Do a few chosen questions tell more about the rest than more random ones?"""
    index = index_of(world.items)
    goal = Goal(area_weights=dict.fromkeys(world.areas, 1.0), days_left=60)
    counts: dict[str, int] = {}
    chosen_losses, random_losses = [], []
    for learner in range(n_learners):
        person = person_of(world, seed + learner)
        order = person.dice.sample(world.items, n_rest + n_random)
        rest, drawn = order[:n_rest], order[n_rest:]
        at_random = start(parameters=world.parameters)
        for n, entry in enumerate(drawn):
            at_random = update(at_random, entry.traits, person.answers(world, entry.traits), now_ms=n)
        chosen = start(parameters=world.parameters)
        shut = {entry.traits.item_id: 1.0 for entry in rest}
        exposure = {item_id: (count + 1) / n_learners for item_id, count in counts.items()} | shut
        table = LearnerTable(index, chosen, cards={}, exposure_01=exposure, now_ms=0)
        for n in range(n_chosen):
            picks = choose_from(index, table, goal=goal, seed=n_chosen * learner + n, now_ms=n, count=1)
            traits = index.candidates[index.number_of[picks[0].item_id]].traits
            counts[traits.item_id] = counts.get(traits.item_id, 0) + 1
            changed = changes(chosen, traits, person.answers(world, traits), now_ms=n)
            chosen = with_changes(chosen, changed)
            table.take(changed)
        truths = [(entry.traits, person.probability_01(world, entry.traits)) for entry in rest]
        chosen_losses.append(_expected_loss(chosen, truths))
        random_losses.append(_expected_loss(at_random, truths))
    gains = [r - c for r, c in zip(random_losses, chosen_losses, strict=True)]
    mean = sum(gains) / len(gains)
    error = math.sqrt(sum((g - mean) ** 2 for g in gains) / max(len(gains) - 1, 1) / len(gains))
    return SelectionGain(
        n_chosen=n_chosen,
        n_random=n_random,
        chosen_nats=sum(chosen_losses) / n_learners,
        random_nats=sum(random_losses) / n_learners,
        gain_low_nats=mean - 1.96 * error,
        gain_high_nats=mean + 1.96 * error,
        top_exposure_01=max(counts.values(), default=0) / n_learners,
    )


def _expected_loss(mastery: Mastery, truths: Sequence[tuple[Traits, float]]) -> float:
    """Mean log loss of the predictions, expected over the answers."""
    total = 0.0
    for traits, truth in truths:
        p = min(max(predict(mastery, traits, now_ms=99).probability_01, 1e-6), 1 - 1e-6)
        total -= truth * math.log(p) + (1 - truth) * math.log(1 - p)
    return total / len(truths)
