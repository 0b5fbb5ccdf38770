"""Mock interviews: start one, take a turn, look at it. The engine decides (`core.interview`), this performs.

A turn is on the disk before anything is done about it; what the engine then asks for is performed outside any
transaction and appended with ids made of the interview's id and the action's number. A server that dies in
between leaves actions pending, and whoever looks next performs them: nothing is lost and nothing done twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from greenroom.app import debrief
from greenroom.app.deps import Deps
from greenroom.app.folded import Held
from greenroom.app.learner import mastery_in, situation_in
from greenroom.app.planning import plans_after
from greenroom.app.question_pool import pool_of
from greenroom.app.record import Fact, record
from greenroom.core import interview as engine
from greenroom.core.blueprints import Blueprint, Temperament, plain_of
from greenroom.core.coding import data_of
from greenroom.core.conversation import (
    Action,
    Finish,
    GradeOpen,
    Phase,
    RunCode,
    State,
    Turn,
    TurnKind,
    data_of_action,
)
from greenroom.core.errors import Conflict, InputRejected, JudgeUnavailable, NotFound
from greenroom.core.events import (
    ActionPerformed,
    ActionPlanned,
    Debriefed,
    InterviewStarted,
    Judged,
    TurnTaken,
)
from greenroom.core.ids import LearnerId, Plain
from greenroom.core.mastery_map import area_map
from greenroom.core.planning import PlannedAction
from greenroom.core.question_choice import Aim, write_script
from greenroom.core.taxonomy import Seniority
from greenroom.core.units import day_of
from greenroom.core.verdicts import Outcome, Verdict
from greenroom.store import events
from greenroom.store.learners import LEARNERS, Learner

_LONGEST_ID = 44
"""Ids of actions are the mock's id and a few characters more; an event id has 64 at most."""
_MOST_ROUNDS = 200
"""Actions performed for one turn; the engine never comes near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockRow:
    """One mock in the history."""

    interview_id: str
    title: str
    day: date
    """The learner's own."""
    is_finished: bool
    outcome: str
    """The debrief's decision; empty before it."""


def start(
    deps: Deps, learner_id: LearnerId, start_id: str, *, blueprint_id: str, temperament: Temperament
) -> str:
    """Starts a mock and returns its id, which is the client's `start_id`: sent twice, it is one mock.

    Raises NotFound for a blueprint the bank does not have, or has no questions for.
    """
    if len(start_id) > _LONGEST_ID:
        raise InputRejected("That mock came with an id that is too long.", hint="Load the page again.")
    blueprint = blueprint_of(deps, blueprint_id)
    with deps.store.read() as conn:
        if events.find(conn, learner_id, start_id) is not None:
            return start_id
        aim = _aim_in(conn, deps, learner_id)
    seed = int.from_bytes(hashlib.sha256(start_id.encode()).digest()[:4], "big")
    script = write_script(blueprint, pool_of(deps.bank), aim, temperament=temperament, seed=seed)
    data = plain_of(script)
    assert isinstance(data, Mapping)
    record(
        deps,
        learner_id,
        Fact(id=start_id, payload=InterviewStarted(interview_id=start_id, blueprint=data, seed=seed)),
    )
    catch_up(deps, learner_id, start_id)
    return start_id


def blueprint_of(deps: Deps, blueprint_id: str) -> Blueprint:
    """The blueprint of that id. Raises NotFound."""
    try:
        return deps.bank.blueprints[blueprint_id]
    except KeyError:
        raise NotFound(f"There is no round {blueprint_id!r}.", hint="Choose one under /interview.") from None


def take_turn(deps: Deps, learner_id: LearnerId, interview_id: str, turn: Turn) -> State:
    """Records a turn and answers it. A turn of an id that was taken before is answered with how things stand.

    Raises NotFound for an unknown mock, Conflict where it is over.
    """
    if turn.id.startswith(interview_id):
        # Ids of actions begin with the mock's own; a turn must not take the place of one.
        raise InputRejected("That turn came with an id that is taken.", hint="Load the page again.")
    state = _excused(deps, learner_id, interview_id)
    if turn.id not in state.turn_ids:
        if state.phase is Phase.FINISHED:
            raise Conflict(
                "This mock is over.", hint="Read its debrief; start another one to go on practising."
            )
        data: dict[str, Plain] = {"kind": turn.kind.value, "text": turn.text, "exchange": turn.exchange}
        record(deps, learner_id, Fact(id=turn.id, payload=TurnTaken(interview_id=interview_id, turn=data)))
    return catch_up(deps, learner_id, interview_id)


def tick(deps: Deps, learner_id: LearnerId, interview_id: str, turn_id: str) -> State:
    """Closes a section whose time is up by the server's clock; otherwise nothing is recorded."""
    state = look(deps, learner_id, interview_id)
    if state.phase is not Phase.RUNNING or state.section_left_ms > 0:
        return state
    return take_turn(deps, learner_id, interview_id, Turn(id=turn_id, kind=TurnKind.TICK))


def look(deps: Deps, learner_id: LearnerId, interview_id: str) -> State:
    """The mock as it stands now, after performing what a dead server left pending. Raises NotFound."""
    state = _excused(deps, learner_id, interview_id)
    if state.pending:
        state = catch_up(deps, learner_id, interview_id)
    return engine.seen_at(state, deps.clock.now_ms())


def _excused(deps: Deps, learner_id: LearnerId, interview_id: str) -> State:
    """The mock, the time that the server was away taken out of its clock, once for each start of the server."""
    state = _load(deps, learner_id, interview_id)
    if state.phase is not Phase.RUNNING or state.pending or state.seen_at_ms >= deps.started_ms:
        return state
    data: dict[str, Plain] = {"kind": TurnKind.EXCUSE.value}
    taken = TurnTaken(interview_id=interview_id, turn=data)
    record(deps, learner_id, Fact(id=f"{interview_id}-up{deps.started_ms}", payload=taken))
    return _load(deps, learner_id, interview_id)


def mocks(deps: Deps, learner_id: LearnerId) -> list[MockRow]:
    """Every mock, newest first."""
    with deps.store.read() as conn:
        logged = events.of_kind(conn, learner_id, InterviewStarted.kind, Debriefed.kind)
        learner = LEARNERS.find(conn, learner_id) or Learner()
    rows: dict[str, MockRow] = {}
    for entry in logged:
        match entry.event.payload:
            case InterviewStarted(interview_id=found, blueprint=data):
                blueprint = data.get("blueprint")
                title = str(blueprint.get("title", "")) if isinstance(blueprint, Mapping) else ""
                day = day_of(entry.event.at_ms, learner.time_zone)
                rows[found] = MockRow(interview_id=found, title=title, day=day, is_finished=False, outcome="")
            case Debriefed(interview_id=found, debrief=data) if found in rows:
                decision = data.get("decision")
                outcome = str(decision.get("outcome", "")) if isinstance(decision, Mapping) else ""
                rows[found] = replace(rows[found], is_finished=True, outcome=outcome)
    return list(reversed(rows.values()))


def catch_up(deps: Deps, learner_id: LearnerId, interview_id: str) -> State:
    """Performs everything that is pending and records the results in one transaction."""
    state = _load(deps, learner_id, interview_id)
    if not state.pending:
        return state
    facts: list[Fact] = []
    for _ in range(_MOST_ROUNDS):
        if not state.pending:
            break
        action = state.pending[0]
        result = _perform(deps, state, action)
        performed = ActionPerformed(interview_id=interview_id, action=data_of_action(action), result=result)
        facts.append(Fact(id=f"{interview_id}-a{action.n}", payload=performed))
        if isinstance(action, RunCode):
            facts += _judged(state, action, result)
        state = engine.absorb(state, action, result, deps.clock.now_ms()).state
        if isinstance(action, Finish):
            facts += _ending(deps, learner_id, state)
    record(deps, learner_id, *facts)
    # Another request may have performed the same actions first; what is on the disk holds.
    return _load(deps, learner_id, interview_id)


def _ending(deps: Deps, learner_id: LearnerId, state: State) -> list[Fact]:
    """The debrief, its actions, and the plan made anew with them in it."""
    facts = debrief.facts_of(deps, state)
    actions = [
        PlannedAction(id=p.action_id, text=p.text, topic=p.topic, minutes=p.minutes)
        for fact in facts
        if isinstance(p := fact.payload, ActionPlanned)
    ]
    why = "A mock interview showed what to work on."
    return [*facts, *plans_after(deps, learner_id, f"{state.interview_id}-plan", why, actions=actions)]


def _load(deps: Deps, learner_id: LearnerId, interview_id: str) -> State:
    held = deps.mocks.get(learner_id, interview_id)
    with deps.store.read() as conn:
        last = events.last_seq_about(conn, learner_id, interview_id)
        if held is not None and last < held.seq:  # the learner's data was deleted
            deps.mocks.drop(learner_id, interview_id)
            held = None
        if held is not None and last == held.seq:
            return held.state
        logged = events.about(conn, learner_id, interview_id, after_seq=held.seq if held else 0)
    state = engine.fold((entry.event for entry in logged), held.state if held else None)
    deps.mocks.put(learner_id, interview_id, Held(state, max(entry.seq for entry in logged)))
    return state


def _perform(deps: Deps, state: State, action: Action) -> dict[str, Plain]:
    match action:
        case GradeOpen(exchange=index, answer=answer):
            ask = state.ask_of(state.exchanges[index])
            grade = deps.grader.grade(ask.points, answer, question=ask.prompt_text)
            return {"grade": plain_of(grade)}
        case RunCode(exchange=index, source=source, visible_only=visible_only):
            ask = state.ask_of(state.exchanges[index])
            return {"verdict": data_of(_run(deps, ask.id, source, visible_only, seed=state.seed + action.n))}
    return {}


def _run(deps: Deps, problem_id: str, source: str, visible_only: bool, *, seed: int) -> Verdict:
    try:
        problem = deps.bank.problem(problem_id)
    except NotFound as error:
        # The bank was changed under a running mock. That is no fault of the candidate's.
        return Verdict(outcome=Outcome.JUDGE_FAULT, tests=(), message=error.message)
    try:
        return deps.judge.run(problem, source, visible_only=visible_only, seed=seed)
    except JudgeUnavailable as error:
        # The mock goes on without a sandbox: a run that stays pending would close its door for ever.
        return Verdict(outcome=Outcome.JUDGE_FAULT, tests=(), message=str(error))


def _judged(state: State, action: RunCode, result: Mapping[str, Plain]) -> list[Fact]:
    """A submission in a mock is evidence about the problem like any other."""
    verdict = result["verdict"]
    assert isinstance(verdict, Mapping)
    exchange = state.exchanges[action.exchange]
    ask, tests = state.ask_of(exchange), verdict["tests"]
    assert isinstance(tests, list)
    passed = sum(test["outcome"] == Outcome.ACCEPTED for test in tests)
    if action.visible_only or verdict["outcome"] == Outcome.JUDGE_FAULT:
        return []
    judged = Judged(
        problem_id=ask.id,
        problem_hash=ask.hash,
        topic=ask.topic,
        area=ask.area,
        difficulty_logit=ask.difficulty_logit,
        source=action.source,
        visible_only=False,
        seed=state.seed + action.n,
        outcome=str(verdict["outcome"]),
        passed=passed,
        total=len(tests),
        verdict=verdict,
        elapsed_ms=max(0, state.elapsed_ms - exchange.opened_ms),
        hints_used=exchange.hints_taken,
        session_id=state.interview_id,
    )
    return [Fact(id=f"{state.interview_id}-j{action.n}", payload=judged)]


def _aim_in(conn: Connection, deps: Deps, learner_id: LearnerId) -> Aim:
    taxonomy, now_ms = deps.bank.taxonomy, deps.clock.now_ms()
    situation = situation_in(conn, learner_id, taxonomy, now_ms)
    profile = situation.profile
    role = taxonomy.roles.get(profile.role) if profile else None
    level = taxonomy.levels.get(profile.seniority if profile else Seniority.MID)
    known = area_map(mastery_in(conn, learner_id), taxonomy.areas, taxonomy.topics, now_ms=now_ms)
    asked = [
        str(ask["id"])
        for entry in events.of_kind(conn, learner_id, InterviewStarted.kind)
        if isinstance(entry.event.payload, InterviewStarted)
        for section in _lists(entry.event.payload.blueprint.get("asks"))
        for ask in _lists(section)
        if isinstance(ask, Mapping)
    ]
    return Aim(
        role=role.id if role else "",
        role_title=role.title if role else "AI/ML engineer",
        seniority=level.id.value if level else Seniority.MID.value,
        expected_logit=level.expected_logit if level else 0.0,
        area_weights=situation.goal.area_weights,
        strength_01={e.area: e.probability_01 for e in known if e.n_answers > 0},
        asked=asked,
    )


def _lists(value: Plain) -> list[Plain]:
    return list(value) if isinstance(value, list | tuple) else []
