"""Locks of families: the deployed variants, as reviewed JSON. Reading them needs no family code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from greenroom.content.authored import LETTERS, answer_hash
from greenroom.content.markdown import MarkdownInvalid, render_block, render_inline
from greenroom.content.records import record_of, value_of
from greenroom.core.ids import ItemId
from greenroom.core.items import ChoiceSpec, Item, Kind, Level, NumericSpec, Option, Slip, Spec

LOCK_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedSlip:
    """What one named mistake yields in a variant, as a number where it is one, and as shown."""

    misconception: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One deployed variant: parameters, the stem as shown, the key and the wrong answers."""

    seed: int
    params_json: str
    stem: str
    key_value: float | None
    """None where the key is a text."""
    key_text: str
    slips: tuple[LockedSlip, ...]
    """For choice in the order shown, without the key."""
    right_at: int
    """Position of the key among the options."""
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The lock of one family."""

    format: int
    slug: str
    topic: str
    level: Level
    minutes: float
    difficulty: float
    response: str
    unit: str
    abs_tol: float
    sources: tuple[str, ...]
    source_sha256: str
    acceptance_01: float
    best_fixed_rank_01: float | None
    """How often the most frequent rank of the key among the sorted options occurs; None without numbers."""
    variants: tuple[Variant, ...]

    def is_of(self, source: str) -> bool:
        """True where the family's source has not changed since."""
        return self.source_sha256 == source_hash(source)

    def summary(self, area: str) -> dict[str, Any]:  # Any: plain JSON
        """What the compiled bank says of the family."""
        return {
            "slug": self.slug,
            "area": area,
            "topic": self.topic,
            "level": self.level.value,
            "response": self.response,
            "variants": len(self.variants),
            "acceptance_01": self.acceptance_01,
            "best_fixed_rank_01": self.best_fixed_rank_01,
        }


def source_hash(source: str) -> str:
    """SHA-256 of a family's source, newlines as LF."""
    return hashlib.sha256(source.replace("\r\n", "\n").encode()).hexdigest()


def lock_text(lock: Lock) -> str:
    """The lock as JSON, one variant a block, for review in a diff."""
    return json.dumps(record_of(lock), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def lock_of(text: str) -> Lock | str:
    """The lock of its text, or why it cannot be read."""
    try:
        data = json.loads(text)
        if data.get("format") != LOCK_FORMAT:
            return f"format {data.get('format')!r} is not {LOCK_FORMAT}"
        return value_of(Lock, data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


def items_of_lock(lock: Lock, *, area: str, path: str) -> Iterator[tuple[Item | None, str, str]]:
    """(item, explanation as Markdown, complaint) of each variant; the item is None where there is a complaint."""
    for variant in lock.variants:
        try:
            yield _item(lock, variant, area=area, path=path), variant.explanation, ""
        except MarkdownInvalid as error:
            yield None, "", f"variant {variant.seed}: {error}"


def _item(lock: Lock, variant: Variant, *, area: str, path: str) -> Item:
    kind = Kind.CHOICE if lock.response == "choice" else Kind.NUMERIC
    spec = _choice(variant) if kind is Kind.CHOICE else _numeric(lock, variant)
    return Item(
        id=ItemId(f"{lock.slug}#{variant.seed}"),
        hash=answer_hash(kind, variant.stem, spec),
        kind=kind,
        area=area,
        topic=lock.topic,
        level=lock.level,
        minutes=lock.minutes,
        difficulty_logit=lock.difficulty,
        stem_html=render_block(variant.stem),
        stem_text=variant.stem,
        spec=spec,
        explanation_html=render_block(variant.explanation),
        sources=lock.sources,
        family=lock.slug,
        path=f"{path}:1",
    )


def _choice(variant: Variant) -> Spec:
    shown: list[tuple[str, str | None]] = [(slip.text, slip.misconception) for slip in variant.slips]
    shown.insert(variant.right_at, (variant.key_text, None))
    return ChoiceSpec(
        options=tuple(
            Option(
                id=LETTERS[k],
                html=render_inline(text),
                text=text,
                is_right=misconception is None,
                misconception=misconception,
            )
            for k, (text, misconception) in enumerate(shown)
        )
    )


def _numeric(lock: Lock, variant: Variant) -> Spec:
    if variant.key_value is None:
        raise MarkdownInvalid("a numeric family yields a text")
    return NumericSpec(
        value=variant.key_value,
        abs_tol=lock.abs_tol,
        rel_tol=0.0,
        unit=lock.unit,
        slips=tuple(
            Slip(value=slip.value, misconception=slip.misconception)
            for slip in variant.slips
            if slip.value is not None
        ),
    )
