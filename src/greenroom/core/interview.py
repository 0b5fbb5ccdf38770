"""An interview as a pure state machine: `step(state, turn, now_ms) -> Stepped(state, actions)`.

The engine decides; app performs the actions in order and reports each with `absorb`. The state is a fold of
`InterviewStarted`, `TurnTaken` and `ActionPerformed`, so a crash between two of them loses nothing: what is
pending then is pending again. Time counts only while it is the candidate's move: machine work is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from greenroom.core import replies
from greenroom.core.blueprints import Data, script_of
from greenroom.core.conversation import (
    Action,
    AskQuestion,
    CloseSection,
    CodeRun,
    Finish,
    GradeOpen,
    Hint,
    Phase,
    Probe,
    Received,
    RunCode,
    Say,
    SectionTime,
    State,
    Turn,
    TurnKind,
    action_of,
    grade_of,
    turn_of,
)
from greenroom.core.errors import NotFound
from greenroom.core.events import ActionPerformed, Event, InterviewStarted, TurnTaken
from greenroom.core.ids import Plain
from greenroom.core.replies import GRACE_MS, close_exchange, follow, note_line
from greenroom.core.rounds import ROUNDS

_ABOUT_A_QUESTION = frozenset(
    {TurnKind.SAY, TurnKind.THINK, TurnKind.CLARIFY, TurnKind.CODE_RUN, TurnKind.CODE_SUBMIT}
    | {TurnKind.HINT, TurnKind.PASS}
)
_WITH_WORDS = frozenset(
    {TurnKind.SAY, TurnKind.THINK, TurnKind.CLARIFY, TurnKind.CODE_RUN, TurnKind.CODE_SUBMIT}
)


class Stepped(NamedTuple):
    """The new state, and the actions it newly asks for (all that is due is `state.pending`)."""

    state: State
    actions: tuple[Action, ...]


def begin(started: InterviewStarted, at_ms: int) -> Stepped:
    """The first state: the interviewer opens and puts the first question."""
    script = script_of(_data(started.blueprint))
    state = State(
        interview_id=started.interview_id,
        script=script,
        seed=started.seed,
        began_at_ms=at_ms,
        seen_at_ms=at_ms,
        times=tuple(SectionTime() for _ in script.blueprint.sections),
    )
    parts = ", then ".join(section.title.lower() for section in script.blueprint.sections)
    state = replies.say(state, "open", minutes=round(script.blueprint.minutes), sections=parts)
    state = replies.open_section(state)
    return Stepped(state, state.pending)


def _data(value: Any) -> Data:  # what InterviewStarted holds was written by plain_of
    return dict(value)


def step(state: State, turn: Turn, now_ms: int) -> Stepped:
    """A turn of the candidate at the server's instant. A turn of an id that was taken changes nothing.

    While actions are pending the turn waits for them, with its own instant.
    """
    if turn.id in state.turn_ids:
        return Stepped(state, ())
    before = state.next_action
    state = replace(state, turn_ids=(*state.turn_ids, turn.id))
    if state.pending:
        state = replace(state, inbox=(*state.inbox, Received(turn=turn, at_ms=now_ms)))
    else:
        state = _take(_pass_time(state, now_ms, counts=turn.kind is not TurnKind.EXCUSE), turn)
    return Stepped(state, tuple(action for action in state.pending if action.n >= before))


def absorb(state: State, action: Action, result: Mapping[str, Plain], at_ms: int) -> Stepped:
    """What performing the first pending action gave. Any other action changes nothing (it was a repetition)."""
    if not state.pending or state.pending[0].n != action.n:
        return Stepped(state, ())
    before = state.next_action
    state = replace(state, pending=state.pending[1:], seen_at_ms=at_ms)
    state = _apply(state, action, result)
    while state.inbox and not state.pending:
        first, *rest = state.inbox
        state = replace(state, inbox=tuple(rest))
        counts = first.turn.kind is not TurnKind.EXCUSE
        state = _take(_pass_time(state, max(first.at_ms, state.seen_at_ms), counts=counts), first.turn)
    return Stepped(state, tuple(due for due in state.pending if due.n >= before))


def fold(events: Iterable[Event], onto: State | None = None) -> State:
    """The state of one interview's events, in log order, or of further events onto a state folded before.

    Raises NotFound where it never started.
    """
    state = onto
    for event in events:
        match event.payload:
            case InterviewStarted() as started if state is None:
                state = begin(started, event.at_ms).state
            case TurnTaken() as taken if state is not None:
                turn = replace(turn_of(taken.turn), id=event.id)
                state = step(state, turn, event.at_ms).state
            case ActionPerformed() as done if state is not None:
                state = absorb(state, action_of(done.action), done.result, event.at_ms).state
    if state is None:
        raise NotFound("There is no such mock.", hint="Look at your mocks under /interviews.")
    return state


def seen_at(state: State, now_ms: int) -> State:
    """The state with the clock moved to now, for showing; nothing else changes."""
    return state if state.pending else _pass_time(state, now_ms)


def _pass_time(state: State, now_ms: int, *, counts: bool = True) -> State:
    # The difference to the last event counts, never the absolute time: a clock set back gives nothing back,
    # and goes on counting from there.
    passed_ms = max(0, now_ms - state.seen_at_ms)
    state = replace(state, seen_at_ms=now_ms)
    if state.phase is Phase.PAUSED:
        return replace(state, paused_ms=state.paused_ms + passed_ms)
    if state.phase is Phase.FINISHED or not counts:
        return state
    times = list(state.times)
    times[state.section] = replace(times[state.section], used_ms=times[state.section].used_ms + passed_ms)
    return replace(state, elapsed_ms=state.elapsed_ms + passed_ms, times=tuple(times))


def _take(state: State, turn: Turn) -> State:
    kind = turn.kind
    if state.phase is Phase.FINISHED:
        return note_line(state, "candidate", kind.value, turn.text, is_scored=False)
    if kind is TurnKind.EXCUSE:
        return note_line(
            state, "note", "excuse", "The server was away. The time since the last turn does not count."
        )
    if state.phase is Phase.PAUSED:
        state = replace(state, phase=Phase.RUNNING)
        if kind is TurnKind.RESUME:
            return replies.say(note_line(state, "note", "resume", "Resumed."), "resumed")
        state = note_line(state, "note", "resume", "Resumed by the next turn.")
    if kind is TurnKind.RESUME:
        return state
    if kind is TurnKind.FINISH:
        state = note_line(state, "note", "finish", "The candidate ended the mock.")
        return close_exchange(state, "left")
    if kind is TurnKind.TICK:
        return _time_is_up(state) if state.section_left_ms <= 0 else state
    if state.section_left_ms < -GRACE_MS:
        return _take_late(state, turn)
    if kind in _ABOUT_A_QUESTION and 0 <= turn.exchange != state.exchange.index:
        return _take_stale(state, turn)
    state = replies.call_time(state)
    match kind:
        case TurnKind.PAUSE:
            state = replace(state, phase=Phase.PAUSED, pauses=state.pauses + 1)
            return replies.say(note_line(state, "note", "pause", "Paused."), "paused")
        case TurnKind.SAY:
            return replies.on_say(state, turn.text)
        case TurnKind.THINK:
            return replies.on_think(state, turn.text)
        case TurnKind.CLARIFY:
            return replies.on_clarify(state, turn.text)
        case TurnKind.HINT:
            return replies.on_hint(state)
        case TurnKind.PASS:
            state = note_line(state, "candidate", "pass", "Let us move on.")
            return close_exchange(replies.say(state, "move_on"), "pass")
        case TurnKind.CODE_RUN | TurnKind.CODE_SUBMIT:
            return replies.on_code(state, turn.text, visible_only=kind is TurnKind.CODE_RUN)
    return state


def _take_late(state: State, turn: Turn) -> State:
    """Recorded and not scored; the section is over."""
    if turn.kind in _WITH_WORDS and turn.text.strip():
        state = note_line(state, "candidate", turn.kind.value, turn.text, is_scored=False)
        state = replies.say(state, "late")
    return _time_is_up(state)


def _take_stale(state: State, turn: Turn) -> State:
    if turn.kind not in _WITH_WORDS or not turn.text.strip():
        return state
    state = note_line(state, "candidate", turn.kind.value, turn.text, is_scored=False)
    return replies.say(state, "stale")


def _time_is_up(state: State) -> State:
    return close_exchange(replies.say(state, "time_up", title=state.plan.title.lower()), "time")


def _apply(state: State, action: Action, result: Mapping[str, Plain]) -> State:
    match action:
        case Say(move=move):
            return note_line(state, "interviewer", move, str(result.get("words", action.words)))
        case AskQuestion(words=words) | Probe(words=words) | Hint(words=words):
            return note_line(state, "interviewer", action.kind, str(result.get("words", words)))
        case GradeOpen():
            return _apply_grade(state, action, result)
        case RunCode():
            return _apply_run(state, action, result)
        case CloseSection(section=section, reason=reason):
            why = {"done": "all questions were put", "time": "time was up", "left": "the mock was ended"}[
                reason
            ]
            title = state.script.blueprint.sections[section].title
            return note_line(state, "note", "close_section", f"{title} closed: {why}.", section=section)
        case Finish(reason=reason):
            return replace(state, phase=Phase.FINISHED, finish_reason=reason)
    return state


def _apply_grade(state: State, action: GradeOpen, result: Mapping[str, Plain]) -> State:
    exchange = replace(
        state.exchanges[action.exchange],
        grade=grade_of(_data(result["grade"])),
        graded_chars=len(action.answer),
    )
    return _after_result(replies.put_exchange(state, exchange), action)


def _apply_run(state: State, action: RunCode, result: Mapping[str, Plain]) -> State:
    verdict = _data(result["verdict"])
    run = CodeRun(
        source=action.source,
        visible_only=action.visible_only,
        outcome=str(verdict["outcome"]),
        passed=sum(test["outcome"] == "accepted" for test in verdict["tests"]),
        total=len(verdict["tests"]),
        verdict=verdict,
        at_ms=state.elapsed_ms,
    )
    old = state.exchanges[action.exchange]
    state = replies.put_exchange(state, replace(old, runs=(*old.runs, run)))
    which = "Visible tests" if run.visible_only else "All tests"
    outcome = run.outcome.replace("_", " ")
    state = note_line(state, "note", "verdict", f"{which}: {run.passed} of {run.total} pass ({outcome}).")
    return _after_result(state, action)


def _after_result(state: State, action: GradeOpen | RunCode) -> State:
    exchange = state.exchanges[action.exchange]
    if exchange.closing:
        still_due = any(isinstance(due, GradeOpen | RunCode) for due in state.pending)
        return state if still_due else replies.after_close(state)
    if state.section_left_ms <= 0:
        return _time_is_up(state)
    kind = ROUNDS[state.plan.round]
    return follow(*kind.learned(state, exchange, action))
