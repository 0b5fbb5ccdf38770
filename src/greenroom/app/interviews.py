"""What mocks there are to sit: the bank's rounds, which of them the person's loop has, and one left open."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.app.deps import Deps
from greenroom.app.interview import MockRow, mocks
from greenroom.app.learner import profile_in
from greenroom.app.question_pool import pool_of
from greenroom.core.blueprints import Blueprint
from greenroom.core.ids import LearnerId
from greenroom.core.question_choice import has_questions
from greenroom.core.taxonomy import Loop, LoopRound

MAIN = "sixty-minute-mock"
ROUND_OF_KIND: dict[str, str] = {
    "coding": "coding-round",
    "ml-fundamentals": "fundamentals-talk",
    "deep-learning": "deep-learning",
    "ml-breadth": "ml-breadth",
    "system-design": "system-design",
    "behavioural": "behavioural-round",
}
"""Round kind of a loop -> the blueprint that rehearses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedRound:
    """One round of the loop; `blueprint` is None where it cannot be rehearsed yet."""

    round: LoopRound
    blueprint: Blueprint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be sat."""

    main: Blueprint | None
    singles: tuple[Blueprint, ...]
    loop: Loop | None
    loop_rounds: tuple[OfferedRound, ...]
    open: tuple[MockRow, ...]
    """Mocks that were begun and not finished, newest first."""
    finished: int


def offer(deps: Deps, learner_id: LearnerId) -> Offer:
    """What the person can sit now. Without a goal the general loop is shown."""
    with deps.store.read() as conn:
        profile = profile_in(conn, learner_id)
    pool = pool_of(deps.bank)
    sittable = {name: b for name, b in deps.bank.blueprints.items() if has_questions(b, pool)}
    loops = deps.bank.taxonomy.loops
    loop = loops.get(profile.loop) if profile else None
    loop = loop or loops.get("general") or next(iter(loops.values()), None)
    rows = mocks(deps, learner_id)
    return Offer(
        main=sittable.get(MAIN),
        singles=tuple(b for name, b in sittable.items() if name != MAIN),
        loop=loop,
        loop_rounds=tuple(
            OfferedRound(round=entry, blueprint=sittable.get(ROUND_OF_KIND.get(entry.kind, "")))
            for entry in (loop.rounds if loop else ())
        ),
        open=tuple(row for row in rows if not row.is_finished),
        finished=sum(row.is_finished for row in rows),
    )
