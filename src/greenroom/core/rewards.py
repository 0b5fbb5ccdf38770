"""Points, levels and streaks. They tell a story about the work; no question, page or round waits for them.

Points pay retrieval and difficulty, not clicks: an answer earns by what it was worth to this learner (how
unlikely it was to be right) and by how long ago the item was last met. The same item again on the same
day, a wrong answer and `I don't know` earn nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from greenroom.core.units import HOUR_MS

LEVELS = 20
MOST_FREEZES = 2
DAYS_PER_FREEZE = 7
_REST_HOURS = 8.0
_BASE_XP = 10


def xp_of(*, credit_01: float, predicted_01: float, hours_since_met: float | None) -> int:
    """Points of one answer, 0 to 30.

    10 * credit * (0.5 + chance of failing), times up to 2 for an item retrieved after a rest: 1 + log2(1 +
    days) / 8. `hours_since_met` is None for an item never met; under 8 hours it was no retrieval: 0.
    """
    if credit_01 <= 0:
        return 0
    rest = 1.0
    if hours_since_met is not None:
        if hours_since_met < _REST_HOURS:
            return 0
        rest = min(2.0, 1.0 + math.log2(1.0 + hours_since_met / 24) / 8)
    return round(_BASE_XP * min(credit_01, 1.0) * (0.5 + min(max(1 - predicted_01, 0.0), 1.0)) * rest)


def hours_between(then_ms: int, now_ms: int) -> float:
    """Hours from then to now; 0 where the clock went backwards."""
    return max(0, now_ms - then_ms) / HOUR_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the points stand: level 1 to 20, and how far into it."""

    xp: int
    level: int
    level_starts_at_xp: int
    next_level_at_xp: int | None
    """None on the last level."""

    @property
    def share_of_level_01(self) -> float:
        """How much of the level is behind; 1 on the last one."""
        if self.next_level_at_xp is None:
            return 1.0
        return (self.xp - self.level_starts_at_xp) / (self.next_level_at_xp - self.level_starts_at_xp)


def xp_at(level: int) -> int:
    """Points at which a level starts: 60 * level * (level - 1), so that each takes a little longer."""
    return 60 * level * (level - 1)


def standing(xp: int) -> Standing:
    """The level those points make."""
    level = 1
    while level < LEVELS and xp >= xp_at(level + 1):
        level += 1
    return Standing(
        xp=xp,
        level=level,
        level_starts_at_xp=xp_at(level),
        next_level_at_xp=xp_at(level + 1) if level < LEVELS else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """Days in a row on which something was answered, in the learner's own time zone."""

    days: int
    longest_days: int
    freezes_left: int
    """Missed days that will be forgiven, 0 to 2."""
    is_done_today: bool
    frozen_on: tuple[date, ...] = ()
    """Missed days that were forgiven within the present streak."""


def streak(active_days: Collection[date], today: date) -> Streak:
    """The streak as of today. Today, while nothing is done, breaks nothing yet.

    Two freezes at the start; each seventh active day in a row gives one back, never more than two. A
    missed day takes one; with none left the streak ends. Days after today (a clock that had jumped) do
    not count.
    """
    known = {day for day in active_days if day <= today}
    if not known:
        return Streak(days=0, longest_days=0, freezes_left=MOST_FREEZES, is_done_today=False)
    run, longest, freezes, since_freeze = 0, 0, MOST_FREEZES, 0
    frozen: list[date] = []
    day = min(known)
    while day <= today:
        if day in known:
            run, since_freeze = run + 1, since_freeze + 1
            if since_freeze == DAYS_PER_FREEZE:
                freezes, since_freeze = min(MOST_FREEZES, freezes + 1), 0
        elif day < today and run and freezes:
            freezes -= 1
            since_freeze = 0
            frozen.append(day)
        elif day < today:
            run, since_freeze, frozen = 0, 0, []
            freezes = MOST_FREEZES
        longest = max(longest, run)
        day += timedelta(days=1)
    return Streak(
        days=run,
        longest_days=longest,
        freezes_left=freezes,
        is_done_today=today in known,
        frozen_on=tuple(frozen),
    )
