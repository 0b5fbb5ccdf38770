"""A behavioural story: its parts are asked for where they are missing, then what it must show, then hindsight."""

from __future__ import annotations

from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State
from greenroom.core.interviewer import phrase
from greenroom.core.rounds import talk
from greenroom.core.rounds.shape import Decision, Put, Round
from greenroom.core.rubric import Unscored
from greenroom.core.star import Part, StarFeatures, features


def _gaps(found: StarFeatures) -> list[str]:
    """Moves for what the story lacks, the costliest first."""
    missing = found.missing
    gaps: list[str] = []
    if Part.ACTION in missing or found.shares[Part.ACTION] < 0.25:
        gaps.append("story_action")
    if found.says_we_for_i:
        gaps.append("story_we")
    if Part.RESULT in missing:
        gaps.append("story_result")
    if not found.has_quantified_result:
        gaps.append("story_number")
    if Part.TASK in missing:
        gaps.append("story_task")
    if Part.SITUATION in missing:
        gaps.append("story_situation")
    return gaps


def learned(state: State, exchange: Exchange, action: GradeOpen | RunCode) -> Decision:
    """The next dig into the story."""
    if isinstance(exchange.grade, Unscored):
        return talk.learned(state, exchange, action)
    if len(exchange.probed) >= state.plan_of(exchange).max_probes or talk.is_over_time(state, exchange):
        return talk.finish_question(state)
    dug = sum(key.startswith("story_") for key in exchange.probed)
    for move in _gaps(features(exchange.answer)):
        if move not in exchange.probed and dug < 2:
            return _dig(state, move)
    for follow in (talk.probe_point, talk.authored_follow_up):
        decision = follow(state, exchange)
        if decision is not None:
            return decision
    if "story_hindsight" not in exchange.probed:
        return _dig(state, "story_hindsight")
    return talk.finish_question(state)


def _dig(state: State, move: str) -> Decision:
    state, words = phrase(state, move)
    return Decision(state, Put(reason="story", about=move, words=words))


STORY = Round(kind="story", title="Behavioural", heard=talk.heard, learned=learned)
