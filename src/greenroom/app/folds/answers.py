"""An answer to a closed item: the learner model, the item's card, the session, the day and the points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from greenroom.app.folds.due_days import Planned, plan
from greenroom.app.folds.learning import Learned, believable, learn
from greenroom.core import memory
from greenroom.core.events import Answered
from greenroom.core.learner_state import Evidence, Traits
from greenroom.core.rewards import hours_between, xp_of
from greenroom.core.units import DAY_MS, day_of
from greenroom.store.answers import ANSWERS, AnswerRow
from greenroom.store.days import DAYS, DayRow
from greenroom.store.events import Logged
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.memories import MEMORIES, MemoryRow
from greenroom.store.rows import Rows
from greenroom.store.sessions import SESSIONS, SessionRow

_LONGEST_ELAPSED_MS = 30 * 60_000
"""A page left open overnight is not a night of practice."""


def fold(logged: Logged, rows: Rows) -> None:
    """Counts one answer. Other events pass by."""
    answered = logged.event.payload
    if not isinstance(answered, Answered):
        return
    at_ms = logged.event.at_ms
    learner = rows.get(LEARNERS) or Learner()
    day = day_of(at_ms, learner.time_zone)
    met = rows.get(MEMORIES, answered.item_id)
    card = believable(met.card, at_ms) if met else None
    learned = learn(
        rows,
        traits_of(answered),
        Evidence(credit_01=answered.credit_01),
        item=met.component if met else None,
        recall_01=memory.recall_01(card, at_ms, weights=learner.weights) if card else None,
        at_ms=at_ms,
        day=day.isoformat(),
    )
    planned = _planned(rows, met, card, answered, learner, at_ms, day)
    rows.put(MEMORIES, _memory_of(answered, planned, learned))
    xp = xp_of(
        credit_01=answered.credit_01,
        predicted_01=learned.predicted_01,
        hours_since_met=hours_between(met.reviewed_ms, at_ms) if met else None,
    )
    session = _count_session(answered, rows, at_ms, xp)
    _count_day(answered, rows, day, xp)
    rows.put(LEARNERS, replace(learner, answered=learner.answered + 1, xp=learner.xp + xp))
    rows.put(
        ANSWERS,
        AnswerRow(
            event_id=logged.event.id,
            seq=logged.seq,
            at_ms=at_ms,
            day=day.isoformat(),
            session_id=answered.session_id,
            number=session.answered,
            purpose=answered.purpose,
            item_id=answered.item_id,
            topic=answered.topic,
            area=answered.area,
            credit_01=answered.credit_01,
            is_right=answered.is_right,
            confidence_01=answered.confidence_01,
            predicted_01=learned.predicted_01,
            xp=xp,
            due_ms=planned.card.due_ms,
        ),
    )


def traits_of(answered: Answered) -> Traits:
    """The item's traits as the event carries them: a rebuild needs no bank."""
    return Traits(
        item_id=answered.item_id,
        topic=answered.topic,
        area=answered.area,
        difficulty_logit=answered.difficulty_logit,
        guess_01=answered.guess_01,
    )


def _planned(
    rows: Rows,
    met: MemoryRow | None,
    card: memory.Card | None,
    answered: Answered,
    learner: Learner,
    at_ms: int,
    day: date,
) -> Planned:
    days_left = None
    if learner.interview_on is not None:
        days_left = max(0, (date.fromisoformat(learner.interview_on) - day).days)
    reviewed = memory.review(
        card,
        memory.grade_of(credit_01=answered.credit_01, confidence_01=answered.confidence_01),
        at_ms,
        retention_01=memory.retention_for(days_left),
        weights=learner.weights,
        days_left=days_left,
    )
    return plan(
        rows,
        reviewed,
        was_due_on=met.due_on if met else None,
        time_zone=learner.time_zone,
        latest_ms=None if not days_left else reviewed.reviewed_ms + (days_left - 1) * DAY_MS,
    )


def _memory_of(answered: Answered, planned: Planned, learned: Learned) -> MemoryRow:
    card = planned.card
    return MemoryRow(
        item_id=answered.item_id,
        topic=answered.topic,
        area=answered.area,
        stability_days=card.stability_days,
        difficulty=card.difficulty,
        reviewed_ms=card.reviewed_ms,
        due_ms=card.due_ms,
        due_on=planned.due_on,
        n_reviews=card.n_reviews,
        n_lapses=card.n_lapses,
        last_is_right=answered.is_right,
        mean=learned.item.mean,
        variance=learned.item.variance,
        n_answers=learned.item.n_answers,
        at_ms=learned.item.at_ms,
    )


def _count_session(answered: Answered, rows: Rows, at_ms: int, xp: int) -> SessionRow:
    found = rows.get(SESSIONS, answered.session_id) or SessionRow(
        session_id=answered.session_id, purpose=answered.purpose, started_ms=at_ms, last_ms=at_ms
    )
    session = replace(
        found,
        last_ms=at_ms,
        answered=found.answered + 1,
        right=found.right + answered.is_right,
        xp=found.xp + xp,
        elapsed_ms=found.elapsed_ms + _elapsed_ms(answered),
    )
    rows.put(SESSIONS, session)
    return session


def _count_day(answered: Answered, rows: Rows, day: date, xp: int) -> None:
    found = rows.get(DAYS, day.isoformat()) or DayRow(day=day.isoformat())
    rows.put(
        DAYS,
        replace(
            found,
            answered=found.answered + 1,
            right=found.right + answered.is_right,
            xp=found.xp + xp,
            elapsed_ms=found.elapsed_ms + _elapsed_ms(answered),
        ),
    )


def _elapsed_ms(answered: Answered) -> int:
    return min(max(0, answered.elapsed_ms), _LONGEST_ELAPSED_MS)
