"""Selection from many items in under a millisecond: the worth of `core.selection`, over tables.

`SelectionIndex` holds what never changes (one per bank), `LearnerTable` what one learner changes: a few cells
per answer. `choose_from` scores all items at once and lets `core.selection.arrange` rank the best.
A test holds the scores to those of the plain path.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from greenroom.core.filtering import PI_OVER_8
from greenroom.core.learner_state import Component, Mastery
from greenroom.core.mastery import GENERAL, aged, component, difficulty_of
from greenroom.core.memory import Card
from greenroom.core.selection import (
    SHORTLIST,
    Candidate,
    Goal,
    Pick,
    Pull,
    Scored,
    Shown,
    arrange,
    exposure_factor,
    pull_of,
)
from greenroom.core.units import DAY_MS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max
"""Due time of an item that may not be asked: seen, but without a card."""
UNSEEN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionIndex:
    """The items as arrays [n_items], with their numbers by id."""

    candidates: tuple[Candidate, ...]
    number_of: Mapping[str, int]
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    place: Ints
    """place[n_items]: number of the item's (topic, area) pair; the pairs are few."""
    place_topic: Ints
    place_area: Ints
    guess: Floats
    no_guess: Floats

    @property
    def n(self) -> int:
        """Number of items."""
        return len(self.candidates)


def index_of(candidates: Iterable[Candidate]) -> SelectionIndex:
    """The index of a bank's items."""
    listed = tuple(candidates)
    topics: dict[str, int] = {}
    areas: dict[str, int] = {}
    places: dict[tuple[int, int], int] = {}
    place = []
    for entry in listed:
        topic = topics.setdefault(entry.traits.topic, len(topics))
        area = areas.setdefault(entry.traits.area, len(areas))
        place.append(places.setdefault((topic, area), len(places)))
    guess = np.array([entry.traits.guess_01 for entry in listed], np.float64)
    return SelectionIndex(
        candidates=listed,
        number_of={entry.traits.item_id: number for number, entry in enumerate(listed)},
        topics=tuple(topics),
        areas=tuple(areas),
        place=np.array(place, np.int64),
        place_topic=np.array([topic for topic, _ in places], np.int64),
        place_area=np.array([area for _, area in places], np.int64),
        guess=guess,
        no_guess=1.0 - guess,
    )


class LearnerTable:
    """One learner's state as arrays, kept current by `take`. Time passes for it only when it is made anew."""

    def __init__(
        self,
        index: SelectionIndex,
        mastery: Mastery,
        *,
        cards: Mapping[str, Card],
        exposure_01: Mapping[str, float] | None = None,
        now_ms: int,
    ) -> None:
        self._index = index
        self._mastery = mastery
        p = mastery.parameters
        self._topic_number = {name: number for number, name in enumerate(index.topics)}
        self._area_number = {name: number for number, name in enumerate(index.areas)}
        difficulty = [difficulty_of(entry.traits, p) for entry in index.candidates]
        # Ability in the item alone, minus its difficulty, and the variance of both.
        self._difficulty = np.array([mean for mean, _ in difficulty])
        self._difficulty_variance = np.array([variance for _, variance in difficulty])
        self.item_mean = -self._difficulty
        self.item_variance = self._difficulty_variance + p.item_variance
        # Rows: mean with the fast part, variance with it, slow mean, slow variance.
        self.topic = np.zeros((4, len(index.topics)))
        self.topic_answers = np.zeros(len(index.topics), np.int64)
        self.area = np.zeros((4, len(index.areas)))
        self.general = np.zeros(4)
        self.due_ms = np.full(index.n, UNSEEN, np.int64)
        self.reviewed_ms = np.zeros(index.n, np.int64)
        self.stability_days = np.ones(index.n)
        self.kept: Floats | None = None
        """How far each item may still be shown, 1 to 0; None where nothing limits it."""
        keys = [
            GENERAL,
            *("topic:" + name for name in index.topics),
            *("area:" + name for name in index.areas if name),
        ]
        for key in keys:
            self._place(key, aged(component(mastery, key), key, p, now_ms=now_ms))
        for key, part in mastery.components.items():
            if key.startswith("item:"):
                self._place(key, part)
        for item_id, card in cards.items():
            self._place_card(item_id, card)
        if exposure_01:
            self.kept = np.ones(index.n)
            for item_id, share in exposure_01.items():
                if item_id in index.number_of:
                    self.kept[index.number_of[item_id]] = exposure_factor(share)

    def take(self, changed: Mapping[str, Component], card: tuple[str, Card] | None = None) -> None:
        """Takes in the components an answer changed (`core.mastery.changes`) and the item's new card."""
        for key, part in changed.items():
            self._place(key, part)
        if card is not None:
            self._place_card(*card)

    def _place(self, key: str, part: Component) -> None:
        cells = (part.mean + part.fast_mean, part.variance + part.fast_variance, part.mean, part.variance)
        if key == GENERAL:
            self.general[:] = cells
        elif key.startswith("topic:"):
            number = self._topic_number.get(key[6:])
            if number is not None:
                self.topic[:, number] = cells
                self.topic_answers[number] = part.n_answers
        elif key.startswith("area:"):
            number = self._area_number.get(key[5:])
            if number is not None:
                self.area[:, number] = cells
        else:
            number = self._index.number_of.get(key[5:])
            if number is not None:
                self.item_mean[number] = part.mean - self._difficulty[number]
                self.item_variance[number] = part.variance + self._difficulty_variance[number]
                if self.due_ms[number] == UNSEEN and part.n_answers:
                    self.due_ms[number] = NEVER

    def _place_card(self, item_id: str, card: Card) -> None:
        number = self._index.number_of.get(item_id)
        if number is not None:
            self.due_ms[number] = card.due_ms
            self.reviewed_ms[number] = card.reviewed_ms
            self.stability_days[number] = card.stability_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Worths:
    """The terms of the worth, arrays [n_items]; `recall` by number for items whose card is due."""

    probability: Floats
    information: Floats
    gap: Floats
    due: Floats | None
    """None where no card is due."""
    total: Floats
    """-inf for items that may not be asked now."""
    recall: Mapping[int, float]
    place_topic_01: Floats
    """By place: chance of a right answer in the topic."""


def worths_of(index: SelectionIndex, table: LearnerTable, pull: Pull, *, now_ms: int) -> Worths:
    """The worth of every item, as `core.selection.score` has it.

    All that depends on topic and area alone is worked out per place, a few hundred, and then spread.
    """
    place = table.topic[:, index.place_topic] + table.area[:, index.place_area] + table.general[:, None]
    factors = np.array([pull.area_factors.get(area, 0.0) for area in index.areas])[index.place_area]
    topic_01 = 1.0 / (1.0 + np.exp(-place[2]))
    weights = np.stack([factors * pull.information * place[3], factors * (4.0 * pull.gap) * (1.0 - topic_01)])

    mean = place[0][index.place]
    mean += table.item_mean
    variance = place[1][index.place]
    variance += table.item_variance
    scale = variance * PI_OVER_8
    scale += 1.0
    np.sqrt(scale, out=scale)
    mean /= scale
    np.negative(mean, out=mean)
    np.exp(mean, out=mean)
    mean += 1.0
    s = np.reciprocal(mean, out=mean)
    p = index.no_guess * s
    bits = p * s
    p += index.guess
    miss = 1.0 - s
    bits *= miss
    bits /= p
    variance *= bits
    variance += 1.0
    bits /= variance
    information = np.multiply(bits, weights[0][index.place], out=bits)
    miss *= s
    gap = np.multiply(miss, weights[1][index.place], out=miss)
    if table.kept is not None:
        information *= table.kept
        gap *= table.kept
    total = information + gap
    is_shut = table.due_ms > now_ms
    is_shut |= total <= 0.0  # weight nothing: another role's area, or shown too often
    total[is_shut] = -np.inf
    due, recall = _due(index, table, pull, factors, is_shut, now_ms)
    if due is not None:
        total += due
    return Worths(
        probability=p,
        information=information,
        gap=gap,
        due=due,
        total=total,
        recall=recall,
        place_topic_01=topic_01,
    )


class _Due(NamedTuple):
    bonus: Floats | None
    recall: Mapping[int, float]


def _due(
    index: SelectionIndex,
    table: LearnerTable,
    pull: Pull,
    factors: Floats,
    is_shut: NDArray[np.bool_],
    now_ms: int,
) -> _Due:
    """The bonus of due cards (`core.selection.due_bonus`), and their recall."""
    again = np.flatnonzero((table.due_ms != UNSEEN) & ~is_shut)
    if not len(again):
        return _Due(None, {})
    decay = -pull.memory_weights[20]
    days = np.maximum(0, (now_ms - table.reviewed_ms[again]) // DAY_MS)
    recall = (1.0 + (math.pow(0.9, 1 / decay) - 1.0) * days / table.stability_days[again]) ** decay
    forgotten = np.maximum(0.0, pull.retention_01 - recall)
    bonus = np.zeros(index.n)
    bonus[again] = pull.due * np.sqrt(factors[index.place[again]]) * (1.0 + 4.0 * forgotten)
    return _Due(bonus, dict(zip(again.tolist(), recall.tolist(), strict=True)))


def choose_from(
    index: SelectionIndex,
    table: LearnerTable,
    *,
    goal: Goal,
    recent: Sequence[Shown] = (),
    seed: int,
    now_ms: int,
    count: int = 10,
    titles: Mapping[str, str] | None = None,
) -> tuple[Pick, ...]:
    """The best items to ask now, best first: what `core.selection.choose` gives, from the tables."""
    worths = worths_of(index, table, pull_of(goal), now_ms=now_ms)
    k = min(SHORTLIST, index.n)
    if not k:
        return ()
    best = np.argpartition(worths.total, -k)[-k:]
    best = best[worths.total[best] > -np.inf]
    pairs = zip(best.tolist(), worths.total[best].tolist(), strict=True)
    ranked = sorted(pairs, key=lambda pair: (-pair[1], index.candidates[pair[0]].traits.item_id))
    numbers = [number for number, _ in ranked]
    scored = [
        Scored(
            candidate=index.candidates[number],
            probability_01=float(worths.probability[number]),
            information=float(worths.information[number]),
            gap=float(worths.gap[number]),
            due=0.0 if worths.due is None else float(worths.due[number]),
            recall_01=worths.recall.get(number),
            topic_01=float(worths.place_topic_01[index.place[number]]),
            topic_answers=int(table.topic_answers[index.place_topic[index.place[number]]]),
        )
        for number in numbers
    ]
    return arrange(scored, goal=goal, recent=recent, seed=seed, count=count, titles=titles)
