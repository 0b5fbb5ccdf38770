"""What the engine does in any round: words, facts, hints, code, time calls, closing and opening."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from greenroom.core.blueprints import AskKind
from greenroom.core.conversation import (
    AskQuestion,
    CloseSection,
    Exchange,
    Finish,
    GradeOpen,
    Hint,
    Line,
    Probe,
    RunCode,
    Say,
    State,
)
from greenroom.core.interviewer import has_uttered, phrase, utter
from greenroom.core.listening import is_question, match_fact, words_of
from greenroom.core.rounds import ROUNDS
from greenroom.core.rounds.shape import Close, Grade, Put, Remark, Reply
from greenroom.core.rounds.talk import nudge
from greenroom.core.units import MINUTE_MS, SECOND_MS

GRACE_MS = 5 * SECOND_MS
"""A turn sent as the clock reaches zero is still in time when the network took a moment."""
MAX_ANSWER_CHARS = 60_000
"""Scored words of one question, an hour of speech; the log of a mock stays readable."""
MIN_QUESTION_MS = 75 * SECOND_MS
"""No new question is opened with less time than this left in the section."""
TIME_CALLS_MINUTES = (10, 5, 2)


class Noted(NamedTuple):
    """An action's number and the state that has given it out."""

    state: State
    n: int


def enqueue(state: State) -> Noted:
    """The next action number."""
    return Noted(replace(state, next_action=state.next_action + 1), state.next_action)


def say(state: State, move: str, **filled: str | int) -> State:
    """Words for a move, queued; nothing where the interviewer has no new words for a filler."""
    state, words = phrase(state, move, **filled)
    return say_words(state, move, words)


def say_words(state: State, move: str, words: str) -> State:
    """These words, queued; nothing where they are empty."""
    if not words:
        return state
    state, n = enqueue(state)
    return replace(state, pending=(*state.pending, Say(n=n, move=move, words=words)))


def note_line(
    state: State, who: str, kind: str, text: str, *, is_scored: bool = True, section: int | None = None
) -> State:
    """The transcript with one more line, at the present mock time."""
    line = Line(
        who=who,
        kind=kind,
        text=text,
        at_ms=state.elapsed_ms,
        section=state.section if section is None else section,
        exchange=len(state.exchanges) - 1,
        is_scored=is_scored,
    )
    return replace(state, lines=(*state.lines, line))


def put_exchange(state: State, exchange: Exchange) -> State:
    """The state with this exchange in its place."""
    at = exchange.index
    return replace(state, exchanges=(*state.exchanges[:at], exchange, *state.exchanges[at + 1 :]))


def call_time(state: State) -> State:
    """Says how much time is left when a mark was passed: 10, 5 or 2 minutes, each once, in long sections."""
    left_ms = state.section_left_ms
    marks = [m for m in TIME_CALLS_MINUTES if left_ms <= m * MINUTE_MS and state.plan.minutes >= 2 * m]
    keys = [f"{state.section}:{mark}" for mark in marks]
    if left_ms < MINUTE_MS or not keys or keys[-1] in state.announced:
        return state
    state = replace(state, announced=(*state.announced, *(k for k in keys if k not in state.announced)))
    return say(state, "time_left", minutes=max(1, round(left_ms / MINUTE_MS)))


def on_say(state: State, text: str) -> State:
    """An answer, or a question back, which is answered as one."""
    exchange = state.exchange
    if is_question(text) and state.plan.round != "questions":
        return on_clarify(state, text)
    if not text.strip():
        is_code = state.ask.kind is AskKind.CODE
        return say(state, "listening") if is_code else follow(*nudge(state, exchange, "room"))
    if len(exchange.answer) + len(text) > MAX_ANSWER_CHARS:
        return _too_much(state, "say", text)
    state = note_line(state, "candidate", "say", text)
    state = put_exchange(state, replace(exchange, said=(*exchange.said, text)))
    return follow(*ROUNDS[state.plan.round].heard(state, state.exchange))


def on_think(state: State, text: str) -> State:
    """Thinking aloud counts as said, and is not answered."""
    if not words_of(text):
        return state
    exchange = state.exchange
    if len(exchange.answer) + len(text) > MAX_ANSWER_CHARS:
        return _too_much(state, "think", text)
    state = note_line(state, "candidate", "think", text)
    state = put_exchange(state, replace(exchange, said=(*exchange.said, text)))
    return say(state, "listening")


def _too_much(state: State, kind: str, text: str) -> State:
    """Recorded and not scored: the question has had its fill of words."""
    return say(note_line(state, "candidate", kind, text, is_scored=False), "too_much")


def on_clarify(state: State, text: str) -> State:
    """A clarifying question: the fact it asks for, or `assume what is reasonable and say so`."""
    if not words_of(text):
        return say(state, "clarify_empty")
    state = note_line(state, "candidate", "clarify", text)
    exchange = replace(state.exchange, clarified=(*state.exchange.clarified, text))
    facts = state.ask.facts if state.plan.reveals_facts else ()
    fact = match_fact(text, facts, about=state.ask.prompt_text)
    if fact is None:
        state = put_exchange(state, exchange)
        unknown = len(exchange.clarified) - len(exchange.revealed)
        if unknown > 3:
            return say(state, "unknown_many", number=sum(len(e.clarified) for e in state.exchanges))
        return say(state, "unknown")
    if fact.id in exchange.revealed:
        return say(put_exchange(state, exchange), "fact_again", fact=fact.answer)
    state = put_exchange(state, replace(exchange, revealed=(*exchange.revealed, fact.id)))
    return say(state, "fact" if not has_uttered(state, fact.answer) else "fact_again", fact=fact.answer)


def on_hint(state: State) -> State:
    """The next hint of the ladder."""
    state = note_line(state, "candidate", "hint", "May I have a hint?")
    exchange, hints = state.exchange, state.ask.hints if state.plan.reveals_hints else ()
    number = exchange.hints_taken + 1
    if number > len(hints):
        return say(state, "no_hint")
    state = put_exchange(state, replace(exchange, hints_taken=number))
    state, words = phrase(state, "hint", number=number, total=len(hints), hint=hints[number - 1])
    state, n = enqueue(state)
    action = Hint(n=n, exchange=exchange.index, number=number, words=words)
    return replace(state, pending=(*state.pending, action))


def on_code(state: State, source: str, *, visible_only: bool) -> State:
    """A run of the visible tests, or a submission."""
    if state.ask.kind is not AskKind.CODE:
        return say(state, "not_here")
    if not source.strip():
        return say(state, "code_empty")
    state = note_line(state, "candidate", "code_run" if visible_only else "code_submit", source)
    return run_code(state, source, visible_only=visible_only)


def run_code(state: State, source: str, *, visible_only: bool) -> State:
    """A run, queued."""
    state, n = enqueue(state)
    action = RunCode(n=n, exchange=state.exchange.index, source=source, visible_only=visible_only)
    return replace(state, pending=(*state.pending, action))


def grade_open(state: State) -> State:
    """A grading of the open exchange, queued."""
    state, n = enqueue(state)
    action = GradeOpen(n=n, exchange=state.exchange.index, answer=state.exchange.answer)
    return replace(state, pending=(*state.pending, action))


def follow(state: State, reply: Reply) -> State:
    """Turns a round's reply into actions."""
    match reply:
        case Grade():
            return grade_open(state)
        case Put(reason=reason, about=about, words=words):
            exchange = state.exchange
            state = put_exchange(state, replace(exchange, probed=(*exchange.probed, about)))
            state, n = enqueue(state)
            probe = Probe(n=n, exchange=exchange.index, reason=reason, about=about, words=words)
            return replace(state, pending=(*state.pending, probe))
        case Remark(move=move, words=words):
            return say_words(state, move, words)
        case Close(reason=reason, words=words):
            return close_exchange(say_words(state, "thanks", words), reason)
    return state


def close_exchange(state: State, reason: str) -> State:
    """Leaves the open question. What was said or run in time and not judged yet is judged first."""
    exchange = state.exchange
    if exchange.closing:
        return after_close(state)
    state = put_exchange(state, replace(exchange, closing=reason))
    is_due = False
    if len(exchange.answer) > exchange.graded_chars and words_of(exchange.answer) and state.ask.points:
        state, is_due = grade_open(state), True
    if exchange.runs and all(run.visible_only for run in exchange.runs):
        state = run_code(say(state, "code_kept"), exchange.runs[-1].source, visible_only=False)
        is_due = True
    return state if is_due else after_close(state)


def after_close(state: State) -> State:
    """The next question of the section, or the next section, or the end."""
    reason = state.exchange.closing
    following = state.exchange.question + 1
    asks = state.script.asks[state.section]
    if reason in ("left", "time"):
        return close_section(state, reason)
    if following < len(asks):
        # Follow-ups of a problem that was never run would ask about code that is not there.
        if state.ask.kind is AskKind.CODE and not state.exchange.runs:
            return close_section(state, "done")
        if state.section_left_ms < MIN_QUESTION_MS:
            return close_section(state, "time")
        return open_question(state, following)
    return close_section(state, "done")


def close_section(state: State, reason: str) -> State:
    """Closes the open section; opens the next, or finishes."""
    times = list(state.times)
    times[state.section] = replace(times[state.section], closed=reason)
    state, n = enqueue(replace(state, times=tuple(times)))
    closing = CloseSection(n=n, section=state.section, reason=reason)
    state = replace(state, pending=(*state.pending, closing))
    if reason == "left" or state.section + 1 == len(state.times):
        state = say(state, "finish")
        state, n = enqueue(state)
        return replace(state, pending=(*state.pending, Finish(n=n, reason=reason)))
    return open_section(replace(state, section=state.section + 1))


def open_section(state: State) -> State:
    """Says what the section is for and puts its first question."""
    plan = state.plan
    if len(state.times) == 1:
        state = say_words(state, "section", plan.intro)
    else:
        move = "section" if state.section else "first_section"
        state = say(state, move, title=plan.title, minutes=round(plan.minutes), intro=plan.intro)
    return open_question(state, 0)


def open_question(state: State, question: int) -> State:
    """Puts a question of the open section."""
    index = len(state.exchanges)
    exchange = Exchange(index=index, section=state.section, question=question, opened_ms=state.elapsed_ms)
    state = replace(state, exchanges=(*state.exchanges, exchange))
    move = "ask_code" if state.ask.kind is AskKind.CODE else "ask" if question else "first_ask"
    state, lead = phrase(state, move)
    state, words = utter(state, f"{lead}\n\n{state.ask.prompt_text}".strip())
    state, n = enqueue(state)
    return replace(state, pending=(*state.pending, AskQuestion(n=n, exchange=index, words=words)))
