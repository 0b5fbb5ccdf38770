"""A made-up learner's history, for measurements: a goal, and answers spread over the last weeks."""

from __future__ import annotations

import random
from collections.abc import Iterable

from greenroom.core.events import Answered, Event, ProfileSaved
from greenroom.core.ids import EventId, LearnerId
from greenroom.core.items import Item
from greenroom.core.ports import Bank
from greenroom.core.units import DAY_MS

PER_SITTING = 20


def history_of(
    bank: Bank, learner_id: LearnerId, n_answers: int, *, now_ms: int, days: int = 30, seed: int = 0
) -> list[Event]:
    """The events: a saved goal, then answers to items drawn from the bank, three in four right, oldest first."""
    dice = random.Random(seed)
    items = list(bank.items.values())
    started_ms = now_ms - days * DAY_MS
    found = [_event(learner_id, 0, started_ms, _goal_for(bank))]
    for number in range(1, n_answers + 1):
        at_ms = started_ms + (now_ms - started_ms) * number // (n_answers + 1)
        session = f"sitting-{number // PER_SITTING:06d}"
        found.append(_event(learner_id, number, at_ms, answer_of(dice.choice(items), session, dice)))
    return found


def answer_of(item: Item, session_id: str, dice: random.Random) -> Answered:
    """An answer to the item, right three times in four."""
    is_right = dice.random() < 0.75
    return Answered(
        item_id=item.id,
        item_hash=item.hash,
        topic=item.topic,
        area=item.area,
        item_kind=item.kind.value,
        difficulty_logit=item.difficulty_logit,
        guess_01=item.guess_01,
        response={"kind": "passed"},
        confidence_01=dice.choice([0.2, 0.4, 0.6, 0.8, 0.95]),
        credit_01=float(is_right),
        is_right=is_right,
        misconceptions=[],
        purpose="new",
        session_id=session_id,
        elapsed_ms=dice.randrange(5_000, 90_000),
    )


def _goal_for(bank: Bank) -> ProfileSaved:
    taxonomy = bank.taxonomy
    return ProfileSaved(
        role_mix={_first(taxonomy.roles): 1.0},
        seniority="mid",
        loop=_first(taxonomy.loops),
        interview_on=None,
        hours_per_week=7.0,
        time_zone="UTC",
        excluded_areas=[],
        was_read_from_text=False,
    )


def _first(names: Iterable[str]) -> str:
    return next(iter(names))


def _event(learner_id: LearnerId, number: int, at_ms: int, payload: Answered | ProfileSaved) -> Event:
    return Event(id=EventId(f"rehearsed-{number:08d}"), learner_id=learner_id, at_ms=at_ms, payload=payload)
