"""What evidence does to the learner model's parts: shared by answers, problems and whatever else is graded."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from greenroom.core import mastery as model
from greenroom.core.filtering import Parameters
from greenroom.core.learner_state import Component, Evidence, Mastery, Traits
from greenroom.core.memory import Card
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.mastery import MASTERY, MASTERY_DAYS, MasteryDayRow, MasteryRow
from greenroom.store.rows import Rows


class Learned(NamedTuple):
    """What was expected before the evidence, and the item's own part after it."""

    predicted_01: float
    item: Component


def learn(
    rows: Rows,
    traits: Traits,
    evidence: Evidence,
    *,
    item: Component | None,
    recall_01: float | None,
    at_ms: int,
    day: str,
) -> Learned:
    """Moves the general, area and topic parts, keeps the day's state, and returns the item's part to be kept."""
    item_part = "item:" + traits.item_id
    parts = [model.GENERAL, *(["area:" + traits.area] if traits.area else [])]
    parts += ["topic:" + topic for topic in model.topics_of(traits)]
    components = {part: row.component for part in parts if (row := rows.get(MASTERY, part)) is not None}
    if item is not None:
        components[item_part] = item
    # The prior is that of the profile before this event: a later one moves no part that has a row.
    prior = (rows.get(LEARNERS) or Learner()).prior
    state = Mastery(components=components, prior=prior, parameters=Parameters())
    predicted = model.predict(state, traits, recall_01=recall_01, now_ms=at_ms)
    changed = model.changes(state, traits, evidence, recall_01=recall_01, now_ms=at_ms)
    for part in parts:
        values = changed[part]._asdict()
        rows.put(MASTERY, MasteryRow(part=part, **values))
        rows.put(MASTERY_DAYS, MasteryDayRow(part=part, day=day, **values))
    return Learned(predicted_01=predicted.probability_01, item=changed[item_part])


def believable(card: Card, at_ms: int) -> Card:
    """The card, its times cut to the present: a review that lies in the future came from a clock that jumped."""
    if card.reviewed_ms <= at_ms:
        return card
    return replace(card, reviewed_ms=at_ms, due_ms=min(card.due_ms, at_ms))
