"""Which measure a competency is read with; the measures of a system-design round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from greenroom.core.blueprints import AskKind
from greenroom.core.competencies import Competency, Measure
from greenroom.core.conversation import Exchange, State
from greenroom.core.measures import (
    Evidence,
    Gap,
    Measured,
    Reading,
    by_clarity,
    by_code_talk,
    by_probing,
    by_rubric,
    by_story,
    by_tests,
    clip,
    graded_of,
    joined,
    rubric_parts,
    weight_of,
    why_unscored,
)
from greenroom.core.plain_words import plainness
from greenroom.core.rubric import PointKind, PointStatus, Unscored

_ASKED_SHARE = 0.15
"""Part of a design's score that clarifying questions bring."""
_CREDIT = {PointStatus.MET: 1.0, PointStatus.PARTLY: 0.5}
_STEP_MARGIN_01 = 0.12


def read(competency: Competency, state: State, exchanges: Sequence[Exchange]) -> Reading:
    """The competency read out of a section's exchanges."""
    if competency.measure is Measure.STEPS:
        return by_steps(state, exchanges, competency.steps)
    return _MEASURES[competency.measure](state, exchanges)


def by_design(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """The rubric over all six steps, and a share for what was asked before and while designing."""
    designs = [e for e in exchanges if state.ask_of(e).kind is AskKind.DESIGN]
    rubric = by_rubric(state, designs)
    if isinstance(rubric, Unscored):
        return rubric
    evidence, gaps, shares = list(rubric.evidence), list(rubric.gaps), []
    for exchange in designs:
        ask = state.ask_of(exchange)
        worth = sum(fact.worth for fact in ask.facts)
        asked = sum(fact.worth for fact in ask.facts if fact.id in exchange.revealed)
        shares.append(asked / worth if worth else 1.0)
        for question in exchange.clarified:
            about = "Asked before assuming."
            evidence.append(Evidence(about=about, quote=question, counts_for=True, source=ask.title))
        for fact in ask.facts:
            if fact.worth and fact.id not in exchange.revealed:
                gain = _ASKED_SHARE * fact.worth / worth / len(designs)
                text = f"Asking about it: {fact.topic}."
                gaps.append(Gap(text=text, gain_01=gain, topic="clarifying-questions", source=ask.title))
    asked_01 = sum(shares) / len(shares)

    def mixed(score_01: float) -> float:
        return clip((1 - _ASKED_SHARE) * score_01 + _ASKED_SHARE * asked_01)

    return replace(
        rubric,
        score_01=mixed(rubric.score_01),
        low_01=mixed(rubric.low_01),
        high_01=mixed(rubric.high_01),
        evidence=tuple(evidence),
        gaps=tuple(gaps),
    )


def by_plainness(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """Half what was explained (its points), half how plainly."""
    rubric = by_rubric(state, exchanges)
    if isinstance(rubric, Unscored):
        return rubric
    evidence, gaps, shares = list(rubric.evidence), list(rubric.gaps), []
    for exchange, grade in graded_of(state, exchanges):
        ask = state.ask_of(exchange)
        found = plainness(exchange.answer, asked=ask.prompt_text)
        # Plain words about nothing explain nothing.
        shares.append(found.score_01 * min(1.0, grade.score_01 / 0.4))
        for term in found.unexplained:
            about = "A term the listener does not know, left unexplained."
            evidence.append(Evidence(about=about, quote=term, counts_for=False, source=ask.title))
            gaps.append(
                Gap(text=f"Saying “{term}” in the listener's words.", gain_01=0.1, topic="", source=ask.title)
            )
        if not found.has_example:
            gaps.append(
                Gap(text="An example from the listener's world.", gain_01=0.07, topic="", source=ask.title)
            )
        if not found.has_decision:
            gaps.append(
                Gap(text="What the listener should do now.", gain_01=0.07, topic="", source=ask.title)
            )
    plain_01 = sum(shares) / len(shares)

    def mixed(score_01: float) -> float:
        return clip(0.5 * score_01 + 0.5 * plain_01)

    return replace(
        rubric,
        score_01=mixed(rubric.score_01),
        low_01=mixed(rubric.low_01),
        high_01=mixed(rubric.high_01),
        evidence=tuple(evidence),
        gaps=tuple(gaps),
    )


def by_steps(state: State, exchanges: Sequence[Exchange], steps: Sequence[str]) -> Reading:
    """The rubric over the points of some steps only."""
    graded = graded_of(state, [e for e in exchanges if state.ask_of(e).kind is AskKind.DESIGN])
    if not graded:
        return why_unscored(exchanges)
    parts, evidence, gaps = [], [], []
    for exchange, grade in graded:
        ask = state.ask_of(exchange)
        wanted = {point for step, _, points in ask.steps if step in steps for point in points}
        kept = replace(ask, points=tuple(p for p in ask.points if p.id in wanted))
        verdicts = {v.point_id: v for v in grade.points}
        total = sum(weight_of(p) for p in kept.points if p.kind in (PointKind.MUST, PointKind.BONUS)) or 1.0
        earned = sum(
            weight_of(p) * _CREDIT.get(verdicts[p.id].status, 0.0) * (1 if p.kind in _EARNING else -1)
            for p in kept.points
            if p.id in verdicts
        )
        score = clip(earned / total)
        parts.append((score, clip(score - _STEP_MARGIN_01), clip(score + _STEP_MARGIN_01)))
        found, missing = rubric_parts(state, exchange, grade, kept)
        evidence += found
        gaps += missing
    score, low, high = joined(parts)
    return Measured(score_01=score, low_01=low, high_01=high, evidence=tuple(evidence), gaps=tuple(gaps))


_EARNING = (PointKind.MUST, PointKind.BONUS)
_MEASURES: dict[Measure, Callable[[State, Sequence[Exchange]], Reading]] = {
    Measure.RUBRIC: by_rubric,
    Measure.PROBING: by_probing,
    Measure.TESTS: by_tests,
    Measure.CODE_TALK: by_code_talk,
    Measure.STORY: by_story,
    Measure.CLARITY: by_clarity,
    Measure.DESIGN: by_design,
    Measure.PLAIN: by_plainness,
}
