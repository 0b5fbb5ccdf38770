"""The debrief of a mock: a scorecard for each section, votes with their evidence, a decision, next actions.

Each section's interviewer votes alone first; then all are read; a vote within the margin of the grading may
move, a firm one does not; then a rule in words decides. No mean of scores stands in for a judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from greenroom.core.blueprints import Ask, AskKind
from greenroom.core.competencies import Band, Competency, band_of, cuts_of
from greenroom.core.conversation import CodeRun, Exchange, State
from greenroom.core.decision import Decision, Vote, decide, first_vote
from greenroom.core.measures import Evidence, Gap, Measured, judged_run, score_of
from greenroom.core.next_actions import NextAction, next_actions
from greenroom.core.readings import read
from greenroom.core.rubric import Grade, GradeResult, Mistake, PointKind, PointStatus, Unscored
from greenroom.core.star import features
from greenroom.core.units import MINUTE_MS

_STORY_WORDS = 40
"""Below this it is no story yet, and its form tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One competency in one section. `band` is None where it could not be assessed, and `why_not` says "
    "why."""

    competency: str
    title: str
    band: Band | None
    why_not: str
    anchor: str
    """What a candidate of this band does, at this level."""
    score_01: float
    low_01: float
    high_01: float
    is_borderline: bool
    """The interval holds a cut: the evidence allows two bands."""
    evidence: tuple[Evidence, ...]
    next_band: str
    next_anchor: str
    would_move: tuple[str, ...]
    """What would have moved it one band up, the most valuable first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointReview:
    """One rubric point, revealed afterwards."""

    says: str
    kind: PointKind
    status: PointStatus | None
    quote: str
    was_probed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReview:
    """One question as it went."""

    id: str
    kind: AskKind
    title: str
    area: str
    topic: str
    difficulty_logit: float
    score_01: float | None
    reliability_01: float
    """How far the score can be believed: 1 less the width of its interval, 0 where there is none."""
    why_unscored: str
    minutes: float
    words: int
    hints: int
    clarified: tuple[str, ...]
    facts_not_asked: tuple[str, ...]
    """What the interviewer would have told, by name."""
    points: tuple[PointReview, ...]
    star: Mapping[str, float]
    """Shares of a story's parts; empty for other questions."""
    set_aside: tuple[str, ...]
    """Sentences addressed to the grader; they moved nothing."""
    tests: str
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionReview:
    """One section: its time, its scorecard and its questions."""

    id: str
    title: str
    planned_minutes: float
    used_minutes: float
    closed: str
    cards: tuple[Card, ...]
    questions: tuple[QuestionReview, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeNote:
    """One of the common mistakes."""

    mistake: Mistake
    why: str
    quote: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """Everything the page shows, frozen into `Debriefed`."""

    title: str
    role_title: str
    seniority: str
    temperament: str
    minutes: float
    paused_minutes: float
    pauses: int
    hints: int
    late_turns: int
    finish_reason: str
    sections: tuple[SectionReview, ...]
    votes: tuple[Vote, ...]
    decision: Decision
    mistakes: tuple[MistakeNote, ...]
    actions: tuple[NextAction, ...]


def summarise(state: State, competencies: Mapping[str, Competency]) -> Debrief:
    """The debrief of a mock (finished or not). Competencies the bank does not know are left out."""
    sections = tuple(_review_section(state, index, competencies) for index in range(len(state.times)))
    cuts = cuts_of(state.script.seniority)
    firsts = tuple(
        first_vote(review.title, [(c.title, c.band, c.low_01, c.high_01, c.why_not) for c in review.cards],
                   line_01=cuts[1], floor_01=cuts[0])
        for review in sections
    )  # fmt: skip
    decision, votes = decide(firsts)
    mistakes = _mistakes(state)
    gaps = [
        (card.competency, card.band, gap)
        for index, review in enumerate(sections)
        for card in review.cards
        for gap in _gaps(state, index, competencies[card.competency])
    ]
    return Debrief(
        title=state.script.blueprint.title,
        role_title=state.script.role_title,
        seniority=state.script.seniority,
        temperament=state.script.temperament.value,
        minutes=state.elapsed_ms / MINUTE_MS,
        paused_minutes=state.paused_ms / MINUTE_MS,
        pauses=state.pauses,
        hints=sum(exchange.hints_taken for exchange in state.exchanges),
        late_turns=sum(not line.is_scored for line in state.lines),
        finish_reason=state.finish_reason,
        sections=sections,
        votes=votes,
        decision=decision,
        mistakes=mistakes,
        actions=next_actions(gaps, mistakes=[note.mistake for note in mistakes], competencies=competencies),
    )


def _exchanges(state: State, section: int) -> list[Exchange]:
    return [exchange for exchange in state.exchanges if exchange.section == section]


def _gaps(state: State, section: int, competency: Competency) -> Sequence[Gap]:
    reading = read(competency, state, _exchanges(state, section))
    return reading.gaps if isinstance(reading, Measured) else ()


def _review_section(state: State, index: int, competencies: Mapping[str, Competency]) -> SectionReview:
    plan, time = state.script.blueprint.sections[index], state.times[index]
    exchanges = _exchanges(state, index)
    cards = [
        _card(state, competencies[name], exchanges) for name in plan.competencies if name in competencies
    ]
    return SectionReview(
        id=plan.id,
        title=plan.title,
        planned_minutes=plan.minutes,
        used_minutes=time.used_ms / MINUTE_MS,
        closed=time.closed,
        cards=tuple(cards),
        questions=tuple(_review_question(state, exchange) for exchange in exchanges),
    )


def _card(state: State, competency: Competency, exchanges: Sequence[Exchange]) -> Card:
    reading = read(competency, state, exchanges)
    seniority = state.script.seniority
    blank = Card(
        competency=competency.id, title=competency.title, band=None, why_not="", anchor="", score_01=0.0,
        low_01=0.0, high_01=1.0, is_borderline=False, evidence=(), next_band="", next_anchor="", would_move=(),
    )  # fmt: skip
    if isinstance(reading, Unscored):
        return replace(blank, why_not=reading.reason)
    band = band_of(reading.score_01, seniority)
    above = band.moved(1)
    return replace(
        blank,
        band=band,
        anchor=competency.anchor(seniority, band),
        score_01=reading.score_01,
        low_01=reading.low_01,
        high_01=reading.high_01,
        is_borderline=band_of(reading.low_01, seniority) is not band_of(reading.high_01, seniority),
        evidence=reading.evidence,
        next_band=above.words if above is not band else "",
        next_anchor=competency.anchor(seniority, above) if above is not band else "",
        would_move=_would_move(reading, band, seniority) if above is not band else (),
    )


def _would_move(reading: Measured, band: Band, seniority: str) -> tuple[str, ...]:
    """The gaps that together reach the next cut, largest first; three at most."""
    need = cuts_of(seniority)[list(Band).index(band)] - reading.score_01
    chosen: list[str] = []
    for gap in sorted(reading.gaps, key=lambda gap: -gap.gain_01):
        if gap.text not in chosen:
            chosen.append(gap.text)
            need -= gap.gain_01
        if need <= 0 or len(chosen) == 3:
            break
    return tuple(chosen)


def _review_question(state: State, exchange: Exchange) -> QuestionReview:
    ask, grade = state.ask_of(exchange), exchange.grade
    verdicts = {v.point_id: v for v in grade.points} if isinstance(grade, Grade) else {}
    until_ms = next((later.opened_ms for later in state.exchanges[exchange.index + 1 :]), state.elapsed_ms)
    run = judged_run(exchange)
    is_story = ask.kind is AskKind.STORY and bool(exchange.said)
    return QuestionReview(
        id=ask.id,
        kind=ask.kind,
        title=ask.title,
        area=ask.area,
        topic=ask.topic,
        difficulty_logit=ask.difficulty_logit,
        score_01=score_of(state, exchange),
        reliability_01=_reliability_01(ask, grade),
        why_unscored=grade.reason
        if isinstance(grade, Unscored)
        else ""
        if exchange.said
        else "Nothing was said.",
        minutes=max(0, until_ms - exchange.opened_ms) / MINUTE_MS,
        words=sum(len(text.split()) for text in exchange.said),
        hints=exchange.hints_taken,
        clarified=exchange.clarified,
        facts_not_asked=tuple(f.topic for f in ask.facts if f.worth > 0 and f.id not in exchange.revealed),
        points=tuple(
            PointReview(
                says=point.says,
                kind=point.kind,
                status=verdicts[point.id].status if point.id in verdicts else None,
                quote=verdicts[point.id].quote if point.id in verdicts else "",
                was_probed=point.id in exchange.probed,
            )
            for point in ask.points
        ),
        star={part.value: share for part, share in features(exchange.answer).shares.items()}
        if is_story
        else {},
        set_aside=grade.set_aside if isinstance(grade, Grade) else (),
        tests=_tests(run),
        runs=len(exchange.runs),
    )


def _reliability_01(ask: Ask, grade: GradeResult | None) -> float:
    if not isinstance(grade, Grade):
        return 0.0
    # Plain claims (follow-ups about code) have no probe and no synonyms: much may have been said and missed.
    authored = 1.0 if any(point.probe for point in ask.points) else 0.3
    return authored * max(0.0, 1 - (grade.high_01 - grade.low_01))


def _tests(run: CodeRun | None) -> str:
    if run is None:
        return ""
    return f"{run.passed} of {run.total} tests passed ({run.outcome.replace('_', ' ')})"


def _mistakes(state: State) -> tuple[MistakeNote, ...]:
    """Each common mistake once, with its first place. A mistake said by fewer than one answer is none."""
    found: dict[Mistake, MistakeNote] = {}
    open_facts = [
        e for e in state.exchanges
        if sum(f.worth > 0 for f in state.ask_of(e).facts) >= 2 and isinstance(e.grade, Grade) and not e.clarified
    ]  # fmt: skip
    for exchange in state.exchanges:
        ask = state.ask_of(exchange)
        if not isinstance(exchange.grade, Grade):
            continue
        for spotted in exchange.grade.mistakes:
            # The grader sees the answer alone; only the engine knows whether a question was asked.
            if spotted.mistake is Mistake.NO_CLARIFYING_QUESTIONS:
                continue
            note = MistakeNote(
                mistake=spotted.mistake, why=spotted.why, quote=spotted.quote, source=ask.title
            )
            found.setdefault(spotted.mistake, note)
    for note in _told_mistakes(state):
        found.setdefault(note.mistake, note)
    if open_facts:
        ask = state.ask_of(open_facts[0])
        names = ", ".join(f.topic for f in ask.facts if f.worth > 0)
        why = f"No question was asked before answering. The interviewer would have told: {names}."
        found[Mistake.NO_CLARIFYING_QUESTIONS] = MistakeNote(
            mistake=Mistake.NO_CLARIFYING_QUESTIONS, why=why, quote="", source=ask.title
        )
    return tuple(found.values())


def _told_mistakes(state: State) -> list[MistakeNote]:
    """Mistakes that the engine saw itself: in how a story was told, and tools it had to ask about."""
    found: list[MistakeNote] = []
    for exchange in state.exchanges:
        ask = state.ask_of(exchange)
        for tool in (key.removeprefix("tool:") for key in exchange.probed if key.startswith("tool:")):
            why = f"{tool} was named without why it fits here."
            found.append(MistakeNote(mistake=Mistake.TOOL_NAMING, why=why, quote=tool, source=ask.title))
        if ask.kind is not AskKind.STORY or not isinstance(exchange.grade, Grade):
            continue
        told = features(exchange.answer)
        if told.words < _STORY_WORDS:
            continue
        if told.says_we_for_i:
            why = f"“We” {told.we_count} times, “I” {told.i_count}: whose work it was stays open."
            found.append(MistakeNote(mistake=Mistake.WE_NOT_I, why=why, quote="", source=ask.title))
        if not told.has_quantified_result:
            why = "The result was told without a number."
            found.append(MistakeNote(mistake=Mistake.NO_NUMBER, why=why, quote="", source=ask.title))
    return found
