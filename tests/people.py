"""The people of the tests: Alice owns, Bob shares, Charlie must see nothing. And what they need to act.

`a_world(tmp_path)` is a real store with a clock that the test turns by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from greenroom.app.deps import Deps
from greenroom.content.generated import GeneratedBank, generated_bank
from greenroom.core.errors import JudgeUnavailable
from greenroom.core.events import Answered, Event, Payload, ProfileSaved
from greenroom.core.ids import EventId, LearnerId, Plain
from greenroom.core.problems import Problem
from greenroom.core.units import DAY_MS, HOUR_MS, MINUTE_MS
from greenroom.core.verdicts import ScriptResult, Verdict
from greenroom.grading.grader import OfflineGrader
from greenroom.store.db import Store
from greenroom.store.opening import open_store

ALICE = LearnerId("alice")
BOB = LearnerId("bob")
CHARLIE = LearnerId("charlie")

MONDAY_MS = 1_794_816_000_000
"""Monday 16 November 2026, 08:00 UTC."""


class HandClock:
    """A clock that stands still until a test turns it."""

    def __init__(self, now_ms: int = MONDAY_MS) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        """Where it stands."""
        return self._now_ms

    def turn(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Forward, or back with negative numbers."""
        self._now_ms += round(days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS)


def a_store(folder: Path) -> Store:
    """A fresh, real store in that folder."""
    return open_store(folder / "greenroom.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Traits of a made-up item, enough to answer it."""

    item_id: str = "topic-a/item-1"
    topic: str = "topic-a"
    area: str = "area-a"


def an_answer(
    *,
    item: Traits | None = None,
    credit_01: float = 1.0,
    confidence_01: float | None = 0.7,
    session_id: str = "day-2026-11-16",
    purpose: str = "new",
    response: Mapping[str, Plain] | None = None,
) -> Answered:
    """An answer as `app.practice` records it."""
    of = item or Traits()
    return Answered(
        item_id=of.item_id,
        item_hash="0123456789abcdef",
        topic=of.topic,
        area=of.area,
        item_kind="choice",
        difficulty_logit=0.0,
        guess_01=0.25,
        response=response or {"kind": "picked", "options": ["a"]},
        confidence_01=confidence_01,
        credit_01=credit_01,
        is_right=credit_01 == 1.0,
        misconceptions=[],
        purpose=purpose,
        session_id=session_id,
        elapsed_ms=20_000,
    )


class NoJudge:
    """A judge of a machine without a sandbox: it refuses, as the real one does there."""

    level = "none"

    def run(self, problem: Problem, source: str, *, visible_only: bool, seed: int) -> Verdict:
        """Raises JudgeUnavailable."""
        raise JudgeUnavailable("No sandbox here.")

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        """Raises JudgeUnavailable."""
        raise JudgeUnavailable("No sandbox here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Dependencies on a real store in a folder, a generated bank, and the clock to turn."""

    deps: Deps
    clock: HandClock

    def with_bank(self, bank: GeneratedBank) -> World:
        """The same store and clock with another bank, as after an update."""
        return World(deps=replace(self.deps, bank=bank), clock=self.clock)


def a_world(folder: Path, *, n_items: int = 60, store: Store | None = None) -> World:
    """A world without a judge, on Monday morning."""
    clock = HandClock()
    deps = Deps(
        clock=clock,
        bank=generated_bank(n_items),
        judge=NoJudge(),
        grader=OfflineGrader(),
        store=store or a_store(folder),
    )
    return World(deps=deps, clock=clock)


def a_profile(**changes: Any) -> ProfileSaved:  # Any: any field of the payload
    """A profile that fits the generated bank."""
    told = ProfileSaved(
        role_mix={"rising-role": 1.0},
        seniority="mid",
        loop="general",
        interview_on="2026-12-31",
        hours_per_week=7.0,
        time_zone="Europe/Berlin",
        excluded_areas=[],
        was_read_from_text=False,
    )
    return replace(told, **changes)


def an_event(payload: Payload, *, number: int = 1, of: LearnerId = ALICE, at_ms: int = MONDAY_MS) -> Event:
    """An event with a readable id."""
    return Event(id=EventId(f"event-{number:06d}"), learner_id=of, at_ms=at_ms, payload=payload)
