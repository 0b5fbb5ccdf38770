"""Sittings: how long today's is, how far it has come, and the best item to ask in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from greenroom.app import catalogue
from greenroom.app.deps import Deps
from greenroom.app.learner import Situation
from greenroom.app.questions import seed_of
from greenroom.app.selecting import Wish
from greenroom.core.ids import ItemId, LearnerId
from greenroom.core.plan import BlockKind, Session
from greenroom.core.selection import Pick, Shown
from greenroom.store import answers, memories
from greenroom.store.answers import AnswerRow
from greenroom.store.sessions import SESSIONS

MINUTES_PER_QUESTION = 1.5
EXTRA_QUESTIONS = 10
"""Length of a further sitting of the day, and of one on a topic or an area."""
_FEWEST, _MOST = 5, 40
_REVIEW_SHARE_01 = 0.7
"""At most this share of a sitting is reviews while there is anything new: a backlog is worked off, not served."""
_MINUTES_WITHOUT_PROFILE = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Where a session stands."""

    session_id: str
    nth: int
    """Which of the day's sittings, from 1."""
    total: int
    done: int
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What is left to ask in a session."""

    reviews: int
    new: int


def nth_sitting(day: date, nth: int) -> str:
    """The name of the day's first, second … sitting."""
    return f"day-{day.isoformat()}" if nth == 1 else f"day-{day.isoformat()}-{nth}"


def sitting_in(
    conn: Connection, learner_id: LearnerId, here: Situation, planned: Session | None, session_id: str = ""
) -> Sitting:
    """The named session, or the latest sitting of today."""
    nth = 1
    if not session_id:
        while SESSIONS.find(conn, learner_id, nth_sitting(here.today, nth + 1)) is not None:
            nth += 1
        session_id = nth_sitting(here.today, nth)
    rows = tuple(answers.in_session(conn, learner_id, session_id))
    is_first = session_id == nth_sitting(here.today, 1)
    total = _length(here, planned) if is_first else EXTRA_QUESTIONS
    return Sitting(session_id=session_id, nth=nth, total=total, done=len(rows), rows=rows)


def _length(here: Situation, planned: Session | None) -> int:
    """Questions of the day's first sitting: the plan's minutes for it, or a seventh of the week's hours, halved."""
    if planned is not None:
        kinds = (BlockKind.REVIEW, BlockKind.PRACTICE)
        minutes = float(sum(block.minutes for block in planned.blocks if block.kind in kinds))
    elif here.profile is not None:
        minutes = here.profile.hours_per_week * 60 / 7 / 2
    else:
        minutes = _MINUTES_WITHOUT_PROFILE
    return min(_MOST, max(_FEWEST, round(minutes / MINUTES_PER_QUESTION)))


def quota_in(conn: Connection, learner_id: LearnerId, here: Situation, sitting: Sitting) -> Quota:
    """What is left to ask: reviews up to their share, the rest new."""
    left = max(0, sitting.total - sitting.done)
    reviewed = sum(row.purpose == "review" for row in sitting.rows)
    room = max(0, round(sitting.total * _REVIEW_SHARE_01) - reviewed)
    reviews = min(memories.count_due(conn, learner_id, here.now_ms), room, left)
    return Quota(reviews=reviews, new=left - reviews)


def pick_in(
    conn: Connection,
    deps: Deps,
    learner_id: LearnerId,
    here: Situation,
    sitting: Sitting,
    focus: catalogue.Focus,
) -> Pick | None:
    """The best item to ask now: due ones within the sitting's share of reviews, and items never met."""
    wish = Wish(
        focus=focus,
        asked={row.item_id for row in sitting.rows},
        allows_reviews=quota_in(conn, learner_id, here, sitting).reviews > 0,
        recent=_shown(deps, sitting.rows),
        seed=seed_of(learner_id, sitting.session_id, sitting.done),
    )
    pick = deps.selector.pick(conn, deps.bank, learner_id, here, wish)
    if pick is None and not wish.allows_reviews:
        # Nothing new left: reviews beyond their share are better than an empty page.
        pick = deps.selector.pick(conn, deps.bank, learner_id, here, replace(wish, allows_reviews=True))
    return pick


def _shown(deps: Deps, rows: tuple[AnswerRow, ...]) -> list[Shown]:
    items = deps.bank.items
    return [
        Shown(item_id=row.item_id, topic=row.topic, kind=item.kind.value)
        for row in rows[-20:]
        if (item := items.get(ItemId(row.item_id))) is not None
    ]
