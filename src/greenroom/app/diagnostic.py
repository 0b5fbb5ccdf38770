"""The diagnostic: about 20 adaptive questions, then a map of the areas. It can be left and resumed.

    diagnostic = start(deps, learner, event_id)
    while (question := next_question(deps, learner, diagnostic.id)): answer(deps, learner, ...)
    result(deps, learner, diagnostic.id)

Time counts while a question is open, not while the page is closed: a diagnostic resumed tomorrow goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from greenroom.app import catalogue, practice
from greenroom.app.deps import Deps
from greenroom.app.feedback import Feedback, misconceptions_in
from greenroom.app.learner import Situation, mastery_in, situation_in
from greenroom.app.planning import plans_after
from greenroom.app.practice import AnswerIn
from greenroom.app.questions import Question, present, seed_of
from greenroom.app.record import Fact, record, record_in
from greenroom.core.diagnostic import Ended, Limits, is_done, next_pick
from greenroom.core.errors import Conflict, NotFound
from greenroom.core.events import DiagnosticFinished, DiagnosticStarted
from greenroom.core.ids import LearnerId, content_hash
from greenroom.core.items import Misconception
from greenroom.core.learner_state import Mastery, Traits
from greenroom.core.mastery_map import AreaEstimate, area_map
from greenroom.store import answers, events, memories
from greenroom.store.answers import AnswerRow
from greenroom.store.sessions import SESSIONS

LIMITS = Limits()
STOPPED = "stopped"
"""Reason of a diagnostic that the person ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """How far one has come."""

    id: str
    answered: int
    total: int
    """At most; it may end earlier, when enough is known."""
    ended: str | None
    """information, length, time or stopped; None while it goes on."""
    started_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaResult:
    """One area of the map."""

    estimate: AreaEstimate
    title: str
    weight: float
    """What the area weighs in the learner's goal; 0 where it is excluded."""
    asked: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticResult:
    """The readiness map after a diagnostic, areas by weight."""

    diagnostic: Diagnostic
    right: int
    areas: tuple[AreaResult, ...]
    misconceptions: tuple[Misconception, ...]
    """Those that wrong answers showed, the most frequent first."""


def start(deps: Deps, learner_id: LearnerId, event_id: str) -> Diagnostic:
    """Begins a diagnostic, or goes on with one that was not finished. The event id becomes its id.

    Raises Conflict where the learner has met every question: a diagnostic asks only new ones.
    """
    with deps.store.write() as conn:
        running = _latest_in(conn, learner_id)
        if running is not None and running.ended is None:
            return running
        met = memories.ids(conn, learner_id)
        if all(entry.traits.item_id in met for entry in catalogue.candidates(deps.bank)):
            raise Conflict(
                "You have met every question of this bank; a diagnostic asks only new ones.",
                hint="Progress shows where you stand.",
            )
        started = DiagnosticStarted(diagnostic_id=event_id, seed=seed_of(event_id) % 2**31)
        record_in(conn, learner_id, Fact(id=event_id, payload=started), at_ms=deps.clock.now_ms())
        return _of_in(conn, learner_id, event_id)


def latest(deps: Deps, learner_id: LearnerId) -> Diagnostic | None:
    """The diagnostic begun last, or None before the first."""
    with deps.store.read() as conn:
        return _latest_in(conn, learner_id)


def next_question(deps: Deps, learner_id: LearnerId, diagnostic_id: str) -> Question | None:
    """The next question, or None where the diagnostic is over. A reload gives the same one.

    Raises NotFound for a diagnostic that is not this learner's.
    """
    now_ms = deps.clock.now_ms()
    with deps.store.read() as conn:
        diagnostic = _of_in(conn, learner_id, diagnostic_id)
        if diagnostic.ended is not None:
            return None
        here = situation_in(conn, learner_id, deps.bank.taxonomy, now_ms)
        rows = answers.in_session(conn, learner_id, diagnostic_id)
        met = memories.ids(conn, learner_id)
        mastery = mastery_in(conn, learner_id)
        seed = _started_in(conn, learner_id, diagnostic_id).seed
    pick = next_pick(
        (entry for entry in catalogue.candidates(deps.bank) if entry.traits.item_id not in met),
        mastery,
        area_weights=here.goal.area_weights,
        excluded_areas=here.goal.excluded_areas,
        asked=[Traits(item_id=row.item_id, topic=row.topic, area=row.area) for row in rows],
        seed=seed,
        now_ms=now_ms,
        titles=catalogue.titles(deps.bank),
    )
    if pick is None:
        return None
    return present(
        deps.bank.item(pick.item_id),
        deps.bank.taxonomy,
        session_id=diagnostic_id,
        purpose="diagnostic",
        reason=pick.reason,
        number=len(rows) + 1,
        total=LIMITS.n_questions,
    )


def answer(deps: Deps, learner_id: LearnerId, given: AnswerIn) -> Feedback:
    """`practice.answer` within a diagnostic (its id is the session's); ends it once enough is known.

    Raises Conflict where the diagnostic is over and this answer was not counted before.
    """
    with deps.store.read() as conn:
        diagnostic = _of_in(conn, learner_id, given.session_id)
        is_known = events.find(conn, learner_id, given.event_id) is not None
    if diagnostic.ended is not None and not is_known:
        raise Conflict("This diagnostic is over.", hint="Its result stands; answers now belong to practice.")
    feedback = practice.answer(deps, learner_id, replace(given, purpose="diagnostic"))
    if diagnostic.ended is None:
        _end_where_done(deps, learner_id, given.session_id)
    return feedback


def finish(deps: Deps, learner_id: LearnerId, diagnostic_id: str) -> Diagnostic:
    """Ends it now, at the person's wish; an ended one stays as it ended. Raises NotFound."""
    ending = _ending(deps, learner_id, diagnostic_id, STOPPED)
    with deps.store.write() as conn:
        diagnostic = _of_in(conn, learner_id, diagnostic_id)
        if diagnostic.ended is None:
            record_in(conn, learner_id, *ending, at_ms=deps.clock.now_ms())
        return _of_in(conn, learner_id, diagnostic_id)


def result(deps: Deps, learner_id: LearnerId, diagnostic_id: str) -> DiagnosticResult:
    """The map of the areas as it stands now, with what the diagnostic asked in each. Raises NotFound."""
    now_ms = deps.clock.now_ms()
    taxonomy = deps.bank.taxonomy
    with deps.store.read() as conn:
        diagnostic = _of_in(conn, learner_id, diagnostic_id)
        here = situation_in(conn, learner_id, taxonomy, now_ms)
        rows = answers.in_session(conn, learner_id, diagnostic_id)
        mastery = mastery_in(conn, learner_id)
        shown = misconceptions_in(conn, learner_id, rows)
    weights = here.goal.area_weights
    areas = [
        AreaResult(
            estimate=estimate,
            title=taxonomy.areas[estimate.area].title,
            weight=weights.get(estimate.area, 0.0),
            asked=sum(row.area == estimate.area for row in rows),
            right=sum(row.area == estimate.area and row.is_right for row in rows),
        )
        for estimate in area_map(mastery, taxonomy.areas, taxonomy.topics, now_ms=now_ms)
    ]
    known = deps.bank.misconceptions
    return DiagnosticResult(
        diagnostic=diagnostic,
        right=sum(row.is_right for row in rows),
        areas=tuple(sorted(areas, key=lambda entry: (-entry.weight, entry.title))),
        misconceptions=tuple(known[name] for name in shown if name in known),
    )


def _end_where_done(deps: Deps, learner_id: LearnerId, diagnostic_id: str) -> None:
    now_ms = deps.clock.now_ms()
    with deps.store.read() as conn:
        here = situation_in(conn, learner_id, deps.bank.taxonomy, now_ms)
        rows = answers.in_session(conn, learner_id, diagnostic_id)
        session = SESSIONS.find(conn, learner_id, diagnostic_id)
        mastery = mastery_in(conn, learner_id)
    active_ms = session.elapsed_ms if session else 0
    ended = _ended(deps, here, mastery, rows, active_ms)
    if ended is None and next_question(deps, learner_id, diagnostic_id) is None:
        ended = Ended.LENGTH  # nothing new is left to ask
    if ended is not None:
        record(deps, learner_id, *_ending(deps, learner_id, diagnostic_id, ended.value))


def _ended(
    deps: Deps, here: Situation, mastery: Mastery, rows: list[AnswerRow], active_ms: int
) -> Ended | None:
    taxonomy = deps.bank.taxonomy
    return is_done(
        n_asked=len(rows),
        estimates=area_map(mastery, taxonomy.areas, taxonomy.topics, now_ms=here.now_ms),
        area_weights=here.goal.area_weights,
        excluded_areas=here.goal.excluded_areas,
        started_ms=here.now_ms - active_ms,
        now_ms=here.now_ms,
        limits=LIMITS,
    )


def _ending(deps: Deps, learner_id: LearnerId, diagnostic_id: str, reason: str) -> tuple[Fact, ...]:
    """Its end, and the plan made anew from what it found."""
    finished = _finished(diagnostic_id, reason)
    why = "The diagnostic measured where you stand."
    return (finished, *plans_after(deps, learner_id, f"{finished.id}-plan", why))


def _finished(diagnostic_id: str, reason: str) -> Fact:
    # One id for each diagnostic: two tabs that end it end it once.
    return Fact(
        id=f"diagnostic-end-{content_hash(diagnostic_id)}",
        payload=DiagnosticFinished(diagnostic_id=diagnostic_id, reason=reason),
    )


def _latest_in(conn: Connection, learner_id: LearnerId) -> Diagnostic | None:
    newest = events.last_of_kind(conn, learner_id, DiagnosticStarted.kind)
    if newest is None or not isinstance(newest.event.payload, DiagnosticStarted):
        return None
    return _of_in(conn, learner_id, newest.event.payload.diagnostic_id)


def _started_in(conn: Connection, learner_id: LearnerId, diagnostic_id: str) -> DiagnosticStarted:
    found = events.find(conn, learner_id, diagnostic_id)
    if found is None or not isinstance(found.event.payload, DiagnosticStarted):
        raise NotFound("There is no such diagnostic.", hint="Start one from the first page.")
    return found.event.payload


def _of_in(conn: Connection, learner_id: LearnerId, diagnostic_id: str) -> Diagnostic:
    _started_in(conn, learner_id, diagnostic_id)
    happened = events.about(conn, learner_id, diagnostic_id)
    ended = next(
        (
            logged.event.payload.reason
            for logged in happened
            if isinstance(logged.event.payload, DiagnosticFinished)
        ),
        None,
    )
    session = SESSIONS.find(conn, learner_id, diagnostic_id)
    return Diagnostic(
        id=diagnostic_id,
        answered=session.answered if session else 0,
        total=LIMITS.n_questions,
        ended=ended,
        started_ms=happened[0].event.at_ms,
    )
