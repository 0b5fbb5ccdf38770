"""A question as it is shown: options and steps in an order of their own, nothing that gives the answer away."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, Kind, Level, NumericSpec, OrderSpec
from greenroom.core.taxonomy import Taxonomy

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An option or a step as shown. `key` is the digit that picks it."""

    id: str
    key: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item, asked. The same session and item always give the same order."""

    session_id: str
    item_id: str
    item_hash: str
    """Sent back with the answer: a changed item is noticed."""
    kind: Kind
    level: Level
    area: str
    area_title: str
    topic: str
    topic_title: str
    minutes: float
    stem_html: str
    options: tuple[Line, ...]
    """Of choice and several."""
    steps: tuple[Line, ...]
    """Of order, shuffled."""
    n_blanks: int
    """Of cloze: the stem holds `<span data-blank="0"></span>` for each."""
    unit: str
    """Of numeric; may be empty."""
    purpose: str
    """diagnostic, new, review or mock"""
    reason: str
    """One sentence: why this one now."""
    number: int
    total: int


def present(
    item: Item,
    taxonomy: Taxonomy,
    *,
    session_id: str,
    purpose: str,
    reason: str,
    number: int,
    total: int,
) -> Question:
    """The item as a question of this session."""
    spec = item.spec
    topic, area = taxonomy.topics.get(item.topic), taxonomy.areas.get(item.area)
    return Question(
        session_id=session_id,
        item_id=item.id,
        item_hash=item.hash,
        kind=item.kind,
        level=item.level,
        area=item.area,
        area_title=area.title if area else item.area,
        topic=item.topic,
        topic_title=topic.title if topic else item.topic,
        minutes=item.minutes,
        stem_html=item.stem_html,
        options=shown_options(item, session_id),
        steps=_shown_steps(item, session_id),
        n_blanks=len(spec.blanks) if isinstance(spec, ClozeSpec) else 0,
        unit=spec.unit if isinstance(spec, NumericSpec) else "",
        purpose=purpose,
        reason=reason,
        number=number,
        total=total,
    )


def shown_options(item: Item, session_id: str) -> tuple[Line, ...]:
    """The options in the order in which this session shows them."""
    if not isinstance(item.spec, ChoiceSpec):
        return ()
    order = shuffled(item.spec.options, seed_of(session_id, item.id))
    return tuple(
        Line(id=option.id, key=str(place), html=option.html) for place, option in enumerate(order, start=1)
    )


def _shown_steps(item: Item, session_id: str) -> tuple[Line, ...]:
    if not isinstance(item.spec, OrderSpec):
        return ()
    steps = item.spec.steps
    order = shuffled(steps, seed_of(session_id, item.id))
    if order == list(steps):
        order = order[1:] + order[:1]  # an order question never comes solved
    return tuple(
        Line(id=step.id, key=str(place), html=step.html) for place, step in enumerate(order, start=1)
    )


def shuffled(values: Sequence[T], seed: int) -> list[T]:
    """The values in an order drawn from the seed."""
    order = list(values)
    random.Random(seed).shuffle(order)
    return order


def seed_of(*parts: str | int) -> int:
    """A seed from words: the same words, the same seed, on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
