"""Practice: what today holds, the next question, and an answer counted once.

A session is named, not started: `day-2026-11-23` is the sitting of that day, `day-2026-11-23-2` the next one
after it, and a terminal and two tabs that share a name share the session. A session asks an item once, so
a second answer to the same question, from another tab, shows the outcome of the first and is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from greenroom.app import catalogue
from greenroom.app.deps import Deps
from greenroom.app.feedback import Feedback, feedback_of
from greenroom.app.learner import planned_session_in, situation_in
from greenroom.app.questions import Question, present
from greenroom.app.record import Fact, record_in
from greenroom.app.sittings import MINUTES_PER_QUESTION, nth_sitting, pick_in, quota_in, sitting_in
from greenroom.core.errors import Conflict, InputRejected
from greenroom.core.events import Answered
from greenroom.core.ids import LearnerId, is_event_id
from greenroom.core.items import Item
from greenroom.core.plan import Session
from greenroom.core.rewards import Standing, Streak, standing, streak
from greenroom.core.scoring import Filled, Response, data_of, score
from greenroom.core.units import DAY_MS, MINUTE_MS
from greenroom.store import answers, events, memories
from greenroom.store.answers import ANSWERS
from greenroom.store.days import DAYS, DayRow
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.memories import MEMORIES

_LONGEST_TEXT = 2_000
_LONGEST_REASON = 300
_PURPOSES = ("practice", "new", "review", "diagnostic", "mock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The front page: what is due, what is planned, what is done."""

    day: date
    time_zone: str
    session_id: str
    """The sitting to go on with."""
    total: int
    """Questions in that sitting."""
    done: int
    is_done: bool
    next_session_id: str
    """A further sitting, once this one is done."""
    reviews_due: int
    """All items due now, in this sitting or not."""
    reviews_planned: int
    new_planned: int
    minutes_planned: int
    minutes_left: int
    due_tomorrow: int
    answered_today: int
    right_today: int
    minutes_today: int
    xp_today: int
    streak: Streak
    standing: Standing
    has_profile: bool
    days_left: int | None
    """Days to the interview."""
    planned: Session | None
    """What the plan holds for today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIn:
    """An answer as it came from a page or a terminal. Hostile until checked here."""

    event_id: str
    item_id: str
    item_hash: str
    """Hash of the item that was shown."""
    response: Response
    confidence_01: float | None
    """Said before the reveal; None where it was not said."""
    elapsed_ms: int
    session_id: str
    purpose: str = "practice"
    """practice (new or review, decided here), diagnostic or mock"""
    reason: str = ""
    """Why the question was asked, as shown."""


def today(deps: Deps, learner_id: LearnerId) -> Today:
    """What today holds for the learner, in the learner's own zone."""
    now_ms = deps.clock.now_ms()
    with deps.store.read() as conn:
        here = situation_in(conn, learner_id, deps.bank.taxonomy, now_ms)
        planned = planned_session_in(conn, learner_id, here.today)
        day_row = DAYS.find(conn, learner_id, here.today.isoformat()) or DayRow(day=here.today.isoformat())
        active = [date.fromisoformat(row.day) for row in DAYS.all(conn, learner_id) if row.is_active]
        sitting = sitting_in(conn, learner_id, here, planned)
        left = quota_in(conn, learner_id, here, sitting)
        tomorrow = memories.count_due(conn, learner_id, now_ms + DAY_MS)
        due = memories.count_due(conn, learner_id, now_ms)
    return Today(
        day=here.today,
        time_zone=here.learner.time_zone,
        session_id=sitting.session_id,
        total=sitting.total,
        done=sitting.done,
        is_done=sitting.done >= sitting.total,
        next_session_id=nth_sitting(here.today, sitting.nth + 1),
        reviews_due=due,
        reviews_planned=left.reviews,
        new_planned=left.new,
        minutes_planned=round(sitting.total * MINUTES_PER_QUESTION),
        minutes_left=round((left.reviews + left.new) * MINUTES_PER_QUESTION),
        due_tomorrow=max(0, tomorrow - due),
        answered_today=day_row.answered,
        right_today=day_row.right,
        minutes_today=round(day_row.elapsed_ms / MINUTE_MS),
        xp_today=day_row.xp,
        streak=streak(active, here.today),
        standing=standing(here.learner.xp),
        has_profile=here.profile is not None,
        days_left=here.goal.days_left,
        planned=planned,
    )


def next_question(
    deps: Deps,
    learner_id: LearnerId,
    session_id: str = "",
    *,
    topic: str = "",
    area: str = "",
) -> Question | None:
    """The next question of the session, or None where the session is complete or nothing is left to ask.

    An empty `session_id` goes on with today's. `topic` or `area` narrows the questions to one; such a
    session needs a name of its own. The same state gives the same question: a reload changes nothing.
    """
    now_ms = deps.clock.now_ms()
    with deps.store.read() as conn:
        here = situation_in(conn, learner_id, deps.bank.taxonomy, now_ms)
        planned = planned_session_in(conn, learner_id, here.today)
        sitting = sitting_in(
            conn, learner_id, here, planned, checked_session(session_id) if session_id else ""
        )
        if sitting.done >= sitting.total:
            return None
        pick = pick_in(conn, deps, learner_id, here, sitting, catalogue.Focus(topic=topic, area=area))
    if pick is None:
        return None
    return present(
        deps.bank.item(pick.item_id),
        deps.bank.taxonomy,
        session_id=sitting.session_id,
        purpose="review" if pick.is_review else "new",
        reason=pick.reason,
        number=sitting.done + 1,
        total=sitting.total,
    )


def answer(deps: Deps, learner_id: LearnerId, given: AnswerIn) -> Feedback:
    """Scores the answer and counts it once.

    The same event id again gives the same feedback, whatever else was sent with it. An answer to a question
    of this session that was answered already is not counted: the feedback is that of the first one, with
    `was_answered_elsewhere`. Raises NotFound for an item the bank does not hold, Conflict where it was edited
    since it was shown or where the id belongs to something else, InputRejected for what cannot be read.
    """
    repeated = _already_counted(deps, learner_id, given)
    if repeated is not None:
        return repeated
    answered = _scored(deps.bank.item(given.item_id), given)
    with deps.store.write() as conn:
        first = answers.of_item_in_session(conn, learner_id, given.session_id, given.item_id)
        counted_id = given.event_id
        if first is not None:
            counted_id = first.event_id
        else:
            if answered.purpose == "practice":
                met = MEMORIES.find(conn, learner_id, given.item_id)
                answered = replace(answered, purpose="new" if met is None else "review")
            record_in(conn, learner_id, Fact(id=given.event_id, payload=answered), at_ms=deps.clock.now_ms())
        return _feedback_in(conn, deps, learner_id, counted_id, sent_id=given.event_id)


def _scored(item: Item, given: AnswerIn) -> Answered:
    """The answer as a fact. Raises Conflict where the item changed, InputRejected for what cannot be read."""
    if given.item_hash != item.hash:
        raise Conflict(
            "This question was edited after it was shown to you, so your answer was not counted.",
            hint="Go on: the new wording comes with the next question.",
        )
    _check(given)
    found = score(item, given.response)
    return Answered(
        item_id=item.id,
        item_hash=item.hash,
        topic=item.topic,
        area=item.area,
        item_kind=item.kind.value,
        difficulty_logit=item.difficulty_logit,
        guess_01=item.guess_01,
        response=data_of(given.response),
        confidence_01=given.confidence_01,
        credit_01=found.credit_01,
        is_right=found.is_right,
        misconceptions=list(found.misconceptions),
        purpose=given.purpose,
        session_id=given.session_id,
        elapsed_ms=min(max(0, given.elapsed_ms), DAY_MS),
        reason=given.reason[:_LONGEST_REASON],
    )


def _check(given: AnswerIn) -> None:
    checked_session(given.session_id)
    if given.purpose not in _PURPOSES:
        raise InputRejected("That answer belongs to no kind of session.", hint="Load the question again.")
    confidence = given.confidence_01
    if confidence is not None and not 0 <= confidence <= 1:
        raise InputRejected("A confidence lies between 0 and 1.", hint="Choose one of the five steps.")
    if isinstance(given.response, Filled) and any(len(text) > _LONGEST_TEXT for text in given.response.texts):
        raise InputRejected(
            f"A gap takes at most {_LONGEST_TEXT:,} characters.", hint="A word or two is what is asked for."
        )


def checked_session(session_id: str) -> str:
    """The session's name. Raises InputRejected where it has not the form of one."""
    if not is_event_id(session_id):
        raise InputRejected(
            "That practice session has no proper name.", hint="Start practice again from the first page."
        )
    return session_id


def _already_counted(deps: Deps, learner_id: LearnerId, given: AnswerIn) -> Feedback | None:
    with deps.store.read() as conn:
        if events.find(conn, learner_id, given.event_id) is None:
            return None
        return _feedback_in(conn, deps, learner_id, given.event_id, sent_id="")


def _feedback_in(
    conn: Connection, deps: Deps, learner_id: LearnerId, event_id: str, *, sent_id: str
) -> Feedback:
    stored = events.find(conn, learner_id, event_id)
    row = ANSWERS.find(conn, learner_id, event_id)
    if stored is None or row is None or not isinstance(stored.event.payload, Answered):
        raise Conflict(
            "This answer carries the id of something else that was already kept.",
            hint="Load the question again and answer it once more.",
        )
    return feedback_of(
        row,
        stored.event.payload,
        deps.bank,
        LEARNERS.find(conn, learner_id) or Learner(),
        was_repeated=not sent_id,
        was_answered_elsewhere=bool(sent_id) and sent_id != event_id,
    )
