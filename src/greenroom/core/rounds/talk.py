"""A talk: a question is answered in the candidate's own words, and what is missing is probed."""

from __future__ import annotations

from dataclasses import replace

from greenroom.core.conversation import Exchange, GradeOpen, RunCode, State
from greenroom.core.interviewer import is_sayable, next_probe, phrase, utter
from greenroom.core.listening import bare_tools, content_stems, vague_claims, words_of
from greenroom.core.rounds.shape import Close, Decision, Grade, Put, Remark, Round
from greenroom.core.rubric import PointStatus, Unscored
from greenroom.core.units import MINUTE_MS

MAX_NUDGES = 2
"""Empty, off-topic or ungradable answers that are met with another try."""
_EMPTY_WORDS = 3
_OFF_TOPIC_WORDS = 8
_OFF_TOPIC_SHARE = 0.2


def heard(state: State, exchange: Exchange) -> Decision:
    """Grade what was said; ask for more where it is next to nothing."""
    if len(words_of(exchange.said[-1])) < _EMPTY_WORDS and len(words_of(exchange.answer)) < _EMPTY_WORDS:
        return nudge(state, exchange, "room")
    return Decision(state, Grade())


def nudge(state: State, exchange: Exchange, move: str) -> Decision:
    """Another try, or the end of the question after two of them."""
    if exchange.nudges >= MAX_NUDGES:
        state, words = phrase(state, "move_on")
        return Decision(state, Close(reason="unanswered", words=words))
    state, words = phrase(state, move)
    raised = replace(exchange, nudges=exchange.nudges + 1)
    exchanges = (*state.exchanges[: exchange.index], raised, *state.exchanges[exchange.index + 1 :])
    return Decision(replace(state, exchanges=exchanges), Remark(move=move, words=words))


def learned(state: State, exchange: Exchange, action: GradeOpen | RunCode) -> Decision:
    """The next follow-up: off topic, then vague, then a bare tool name, then the most valuable missing point."""
    lost = _is_lost(state, exchange)
    if lost is not None:
        return nudge(state, exchange, lost)
    if len(exchange.probed) >= state.plan_of(exchange).max_probes or is_over_time(state, exchange):
        return finish_question(state)
    for follow in (vague_claim, bare_tool, probe_point, authored_follow_up):
        decision = follow(state, exchange)
        if decision is not None:
            return decision
    return finish_question(state)


def _is_lost(state: State, exchange: Exchange) -> str | None:
    """The nudge for an answer that cannot be graded or touches nothing of the question."""
    grade = exchange.grade
    if grade is None:
        return None
    if isinstance(grade, Unscored):
        return "language" if "english" in grade.reason.casefold() else "redirect"
    touched = any(v.status is not PointStatus.NOT_MET for v in grade.points)
    if not touched and exchange.nudges == 0 and _is_off_topic(state, exchange):
        return "redirect"
    return None


def _is_off_topic(state: State, exchange: Exchange) -> bool:
    """True where a longer utterance shares next to no words with the question, its rubric or its facts."""
    said = content_stems(exchange.said[-1])
    if len(said) < _OFF_TOPIC_WORDS:
        return False
    ask = state.ask_of(exchange)
    about = [ask.prompt_text, *(f.answer for f in ask.facts)]
    about += [text for point in ask.points for text in (point.says, *point.phrasings)]
    return len(said & content_stems("\n".join(about))) < _OFF_TOPIC_SHARE * len(said)


def is_over_time(state: State, exchange: Exchange) -> bool:
    """True where the question has used its share of the section, a quarter on top allowed."""
    plan = state.plan_of(exchange)
    share_ms = plan.minutes * MINUTE_MS / len(state.script.asks[exchange.section])
    return state.elapsed_ms - exchange.opened_ms > 1.25 * share_ms


def _count(exchange: Exchange, prefix: str) -> int:
    return sum(key.startswith(prefix) for key in exchange.probed)


def vague_claim(state: State, exchange: Exchange) -> Decision | None:
    """A follow-up to a claim without metric, number or threshold, once a question; or None."""
    if _count(exchange, "vague:"):
        return None
    for claim in vague_claims(exchange.said[-1]):
        state, words = phrase(state, f"vague_{claim.key}")
        return Decision(state, Put(reason="vague", about=f"vague:{claim.key}", words=words))
    return None


def bare_tool(state: State, exchange: Exchange) -> Decision | None:
    """A challenge of a tool named without a reason, once a question; or None."""
    if _count(exchange, "tool:"):
        return None
    asked = state.ask_of(exchange).prompt_text.casefold()
    for name in bare_tools(exchange.said[-1]):
        if name.casefold() in asked:
            continue
        state, words = phrase(state, "tool", tool=name)
        return Decision(state, Put(reason="tool", about=f"tool:{name}", words=words))
    return None


def probe_point(state: State, exchange: Exchange) -> Decision | None:
    """The authored probe of the most valuable missing point, or None."""
    choice = next_probe(state, exchange)
    if choice is None:
        return None
    state, words = utter(state, choice.words)
    return Decision(state, Put(reason="point", about=choice.point_id, words=words))


def authored_follow_up(state: State, exchange: Exchange) -> Decision | None:
    """One of the question's own follow-ups, or None."""
    if _count(exchange, "follow_up:"):
        return None
    for number, words in enumerate(state.ask_of(exchange).follow_ups):
        if is_sayable(state, words):
            state, words = utter(state, words)
            return Decision(state, Put(reason="follow_up", about=f"follow_up:{number}", words=words))
    return None


def finish_question(state: State) -> Decision:
    """Leave the question in neutral words."""
    state, words = phrase(state, "thanks")
    return Decision(state, Close(reason="done", words=words))


TALK = Round(kind="talk", title="Talk", heard=heard, learned=learned)
