"""Coding: a problem is solved in the editor, judged, and then talked about in follow-up questions."""

from __future__ import annotations

from greenroom.core.blueprints import AskKind
from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State
from greenroom.core.interviewer import phrase
from greenroom.core.rounds import talk
from greenroom.core.rounds.shape import Close, Decision, Remark, Round, Wait
from greenroom.core.verdicts import Outcome


def heard(state: State, exchange: Exchange) -> Decision:
    """Thinking aloud while coding is listened to; a follow-up question is a talk."""
    if state.ask_of(exchange).kind is not AskKind.CODE:
        return talk.heard(state, exchange)
    state, words = phrase(state, "listening")
    return Decision(state, Remark(move="listening", words=words))


def learned(state: State, exchange: Exchange, action: GradeOpen | RunCode) -> Decision:
    """What the tests said, in numbers. A visible run speaks for itself."""
    if isinstance(action, GradeOpen):
        return talk.learned(state, exchange, action)
    run = exchange.runs[-1]
    if run.outcome == Outcome.JUDGE_FAULT:
        state, words = phrase(state, "judge_fault")
        return Decision(state, Remark(move="judge_fault", words=words))
    if run.visible_only:
        return Decision(state, Wait())
    if run.outcome == Outcome.ACCEPTED:
        state, words = phrase(state, "all_pass", total=run.total)
        return Decision(state, Close(reason="done", words=words))
    if run.passed == 0:
        state, words = phrase(state, "no_run", outcome=run.outcome.replace("_", " "))
        return Decision(state, Remark(move="no_run", words=words))
    state, words = phrase(state, "some_fail", passed=run.passed, total=run.total)
    return Decision(state, Remark(move="some_fail", words=words))


CODING = Round(kind="coding", title="Coding", heard=heard, learned=learned)
