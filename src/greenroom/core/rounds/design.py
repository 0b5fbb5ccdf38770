"""A system-design talk: the candidate leads through the six steps; gaps are probed once they have had room."""

from __future__ import annotations

from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State
from greenroom.core.interviewer import phrase
from greenroom.core.listening import words_of
from greenroom.core.rounds import talk
from greenroom.core.rounds.shape import Decision, Put, Remark, Round
from greenroom.core.rubric import Grade, PointStatus, Unscored

ROOM_WORDS = 250
"""Before so many words the candidate leads; only a vague claim or a bare tool name is followed up."""
ROOM_TURNS = 4


def learned(state: State, exchange: Exchange, action: GradeOpen | RunCode) -> Decision:
    """Room first, then what is missing, then ten times the load."""
    if isinstance(exchange.grade, Unscored):
        return talk.learned(state, exchange, action)
    if talk.is_over_time(state, exchange) or len(exchange.probed) >= state.plan_of(exchange).max_probes:
        return talk.finish_question(state)
    for follow in (talk.vague_claim, talk.bare_tool):
        decision = follow(state, exchange)
        if decision is not None:
            return decision
    if _has_room(exchange) and len(steps_touched(state, exchange)) < len(state.ask_of(exchange).steps):
        state, words = phrase(state, "listening")
        if words:
            return Decision(state, Remark(move="listening", words=words))
    decision = talk.probe_point(state, exchange)
    if decision is not None:
        return decision
    if "ten_times" not in exchange.probed:
        state, words = phrase(state, "ten_times")
        return Decision(state, Put(reason="follow_up", about="ten_times", words=words))
    return talk.authored_follow_up(state, exchange) or talk.finish_question(state)


def _has_room(exchange: Exchange) -> bool:
    return len(exchange.said) < ROOM_TURNS and len(words_of(exchange.answer)) < ROOM_WORDS


def steps_touched(state: State, exchange: Exchange) -> tuple[str, ...]:
    """Ids of the steps of which at least one point was met or partly met."""
    if not isinstance(exchange.grade, Grade):
        return ()
    reached = {v.point_id for v in exchange.grade.points if v.status in (PointStatus.MET, PointStatus.PARTLY)}
    return tuple(step for step, _, points in state.ask_of(exchange).steps if reached & set(points))


DESIGN = Round(kind="design", title="System design", heard=talk.heard, learned=learned)
