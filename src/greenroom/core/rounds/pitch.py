"""Tell me about yourself: short, with one result and a reason for this role; dug into like a story."""

from __future__ import annotations

from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State
from greenroom.core.interviewer import phrase
from greenroom.core.rounds import talk
from greenroom.core.rounds.shape import Decision, Put, Round
from greenroom.core.rubric import Unscored
from greenroom.core.star import features

LONGEST_MINUTES = 2.5


def learned(state: State, exchange: Exchange, action: GradeOpen | RunCode) -> Decision:
    """Too long is asked for shorter; a result without a number is asked for; then what is missing."""
    if isinstance(exchange.grade, Unscored):
        return talk.learned(state, exchange, action)
    if talk.is_over_time(state, exchange) or len(exchange.probed) >= state.plan_of(exchange).max_probes:
        return talk.finish_question(state)
    found = features(exchange.answer)
    for move, is_due in (
        ("pitch_short", found.spoken_minutes > LONGEST_MINUTES),
        ("pitch_number", not found.numbers),
    ):
        if is_due and move not in exchange.probed:
            state, words = phrase(state, move)
            return Decision(state, Put(reason="story", about=move, words=words))
    return (
        talk.probe_point(state, exchange)
        or talk.authored_follow_up(state, exchange)
        or talk.finish_question(state)
    )


PITCH = Round(kind="pitch", title="Tell me about yourself", heard=talk.heard, learned=learned)
