"""Explain to someone outside the field: the listener stops at terms, wants an example and what to decide."""

from __future__ import annotations

from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State
from greenroom.core.interviewer import phrase
from greenroom.core.plain_words import plainness
from greenroom.core.rounds import talk
from greenroom.core.rounds.shape import Decision, Put, Round
from greenroom.core.rubric import Unscored

MAX_TERMS = 2


def learned(state: State, exchange: Exchange, action: GradeOpen | RunCode) -> Decision:
    """The listener's next question."""
    if isinstance(exchange.grade, Unscored):
        return talk.learned(state, exchange, action)
    if talk.is_over_time(state, exchange) or len(exchange.probed) >= state.plan_of(exchange).max_probes:
        return talk.finish_question(state)
    found = plainness(exchange.answer, asked=state.ask_of(exchange).prompt_text)
    met = [key for key in exchange.probed if key.startswith("term:")]
    for term in found.unexplained:
        about = f"term:{term.casefold()}"
        if about not in met and len(met) < MAX_TERMS:
            state, words = phrase(state, "jargon", term=term)
            return Decision(state, Put(reason="vague", about=about, words=words))
    for move, is_there in (("explain_example", found.has_example), ("explain_decision", found.has_decision)):
        if not is_there and move not in exchange.probed:
            state, words = phrase(state, move)
            return Decision(state, Put(reason="follow_up", about=move, words=words))
    return (
        talk.probe_point(state, exchange)
        or talk.authored_follow_up(state, exchange)
        or talk.finish_question(state)
    )


EXPLAIN = Round(kind="explain", title="Explain to a stakeholder", heard=talk.heard, learned=learned)
