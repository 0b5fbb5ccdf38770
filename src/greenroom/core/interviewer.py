"""Chooses the interviewer's words: by move and temperament, never twice the same, never a secret."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from greenroom.core.blueprints import Temperament
from greenroom.core.conversation import Exchange, State
from greenroom.core.listening import leaks
from greenroom.core.phrases import MOVES, SILENT
from greenroom.core.rubric import PointKind, PointStatus


class Spoken(NamedTuple):
    """The words (empty where nothing is to be said) and the state that remembers them."""

    state: State
    words: str


def utter(state: State, words: str) -> Spoken:
    """Authored words (a question, a probe, a hint), remembered."""
    return Spoken(replace(state, uttered=(*state.uttered, words)), words)


def has_uttered(state: State, words: str) -> bool:
    """True where exactly these words were said before."""
    return words in state.uttered


def phrase(state: State, move: str, **filled: str | int) -> Spoken:
    """Unused words for a move: the temperament's first, then the neutral ones.

    The seed decides among them. Where all are used, a filler move stays unsaid, and any other move is
    numbered so that it is still no repetition.
    """
    table = MOVES[move]
    own = table.get(state.script.temperament, ())
    neutral = tuple(words for words in table[Temperament.NEUTRAL] if words not in own)
    for group in (own, neutral):
        texts = [template.format(**filled).strip() for template in group]
        unused = [text for text in texts if text and text not in state.uttered]
        if unused:
            return utter(state, unused[(state.seed + len(state.uttered)) % len(unused)])
    if move in SILENT:
        return Spoken(state, "")
    words = (*own, *neutral)[0].format(**filled).strip()
    count = sum(said.endswith(words) for said in state.uttered)
    return utter(state, f"Once more ({count + 1}): {words}")


def secrets_of(state: State) -> list[str]:
    """What has not been revealed in this mock: rubric points and their phrasings, facts not asked for."""
    revealed = {
        (exchange.section, exchange.question, fact)
        for exchange in state.exchanges
        for fact in exchange.revealed
    }
    hidden: list[str] = []
    for section, asks in enumerate(state.script.asks):
        for number, ask in enumerate(asks):
            for point in ask.points:
                hidden += (point.says, *point.phrasings)
            hidden += [f.answer for f in ask.facts if (section, number, f.id) not in revealed]
    return hidden


def known_to_candidate(state: State) -> str:
    """Every question put and every word the candidate said: repeating these reveals nothing."""
    questions = [state.ask_of(exchange).prompt_text for exchange in state.exchanges]
    facts = [f.answer for e in state.exchanges for f in state.ask_of(e).facts if f.id in e.revealed]
    said = [line.text for line in state.lines if line.who == "candidate"]
    return "\n".join((*questions, *facts, *said))


def is_sayable(state: State, words: str) -> bool:
    """True where the words are new and hold no secret."""
    return (
        bool(words.strip())
        and words not in state.uttered
        and not leaks(words, secrets_of(state), known=known_to_candidate(state))
    )


class ProbeChoice(NamedTuple):
    """A probe and the point it is about."""

    point_id: str
    words: str


def next_probe(state: State, exchange: Exchange) -> ProbeChoice | None:
    """The authored probe of the most valuable point that is not covered yet, or None.

    Value is the weight times what is still to be gained: 1 for a point not met, less for one partly met.
    Points of the kinds misconception and red flag are never probed: asking would suggest them.
    """
    from_grade = {v.point_id: v for v in getattr(exchange.grade, "points", ())}
    best: tuple[float, ProbeChoice] | None = None
    for point in state.ask_of(exchange).points:
        if point.kind not in (PointKind.MUST, PointKind.BONUS) or point.id in exchange.probed:
            continue
        verdict = from_grade.get(point.id)
        if verdict is not None and verdict.status is PointStatus.MET:
            continue
        open_01 = 1.0 if verdict is None else 1 - verdict.probability_01
        value = point.weight * max(open_01, 0.05) * (1.0 if point.kind is PointKind.MUST else 0.4)
        if (best is None or value > best[0]) and is_sayable(state, point.probe):
            best = (value, ProbeChoice(point.id, point.probe))
    return None if best is None else best[1]
