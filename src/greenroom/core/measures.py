"""Reads one competency out of one section: a score with an interval, the words or tests that earned it, the gaps.

Nothing here is guessed: where there is no evidence the measure says why it could not be assessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from greenroom.core.blueprints import Ask, AskKind
from greenroom.core.conversation import CodeRun, Exchange, State
from greenroom.core.listening import bare_tools, vague_claims, words_of
from greenroom.core.rubric import Grade, Point, PointKind, PointStatus, PointVerdict, Unscored
from greenroom.core.star import Part, StarFeatures, features
from greenroom.core.verdicts import Outcome

_PRIOR_WEIGHT, _PRIOR_01 = 3.0, 0.4
_CLAIM_MARGIN_01 = 0.15
"""Follow-ups about code are graded by plain claims, without authored synonyms: more may have been said."""
_TESTS_SE_01 = 0.06
"""Half-width of a score read from tests: they were run, but another problem might have gone otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What earned or cost something. `quote` is verbatim; it is empty for tests and absences."""

    about: str
    quote: str
    counts_for: bool
    source: str
    """Title of the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was missing, and about how much of the score it would have brought."""

    text: str
    gain_01: float
    topic: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A competency in a section. `score_01` lies in [low_01, high_01] (about 80 %)."""

    score_01: float
    low_01: float
    high_01: float
    evidence: tuple[Evidence, ...]
    gaps: tuple[Gap, ...]


Reading = Measured | Unscored


def clip(value: float) -> float:
    """Within 0 and 1."""
    return min(max(value, 0.0), 1.0)


def score_of(state: State, exchange: Exchange) -> float | None:
    """The graded score of an exchange after hints; None where it could not be scored."""
    if not isinstance(exchange.grade, Grade):
        return None
    return clip(exchange.grade.score_01 - exchange.hints_taken * state.plan_of(exchange).hint_cost_01)


def graded_of(state: State, exchanges: Sequence[Exchange]) -> list[tuple[Exchange, Grade]]:
    """Exchanges that have a grade, with it."""
    return [(e, e.grade) for e in exchanges if isinstance(e.grade, Grade)]


def why_unscored(exchanges: Sequence[Exchange]) -> Unscored:
    """Why nothing could be assessed."""
    reasons = {e.grade.reason for e in exchanges if isinstance(e.grade, Unscored)}
    if reasons:
        return Unscored(reason=" ".join(sorted(reasons)))
    if not exchanges:
        return Unscored(reason="This part was not reached.")
    return Unscored(reason="Nothing was said that could be assessed.")


def weight_of(point: Point) -> float:
    """What a point weighs; a bonus counts less than a must."""
    return point.weight if point.kind is PointKind.MUST else 0.4 * point.weight


def _point_evidence(point: Point, verdict: PointVerdict, source: str) -> Evidence | None:
    if point.kind in (PointKind.MUST, PointKind.BONUS):
        if verdict.status in (PointStatus.MET, PointStatus.PARTLY) and verdict.quote:
            partly = "" if verdict.status is PointStatus.MET else " (partly)"
            return Evidence(about=point.says + partly, quote=verdict.quote, counts_for=True, source=source)
        if verdict.status is PointStatus.CONTRADICTED and verdict.quote:
            return Evidence(
                about=f"Against: {point.says}", quote=verdict.quote, counts_for=False, source=source
            )
    elif verdict.status in (PointStatus.MET, PointStatus.PARTLY) and verdict.quote:
        return Evidence(about=point.says, quote=verdict.quote, counts_for=False, source=source)
    return None


class Parts(NamedTuple):
    """What earned or cost something, and what was missing."""

    evidence: list[Evidence]
    gaps: list[Gap]


def rubric_parts(state: State, exchange: Exchange, grade: Grade, ask: Ask) -> Parts:
    """Evidence and gaps of a graded exchange over the points of `ask` (the question, or a part of it)."""
    verdicts = {verdict.point_id: verdict for verdict in grade.points}
    total = sum(weight_of(p) for p in ask.points if p.kind in (PointKind.MUST, PointKind.BONUS)) or 1.0
    evidence, gaps = [], []
    for point in ask.points:
        verdict = verdicts.get(point.id)
        if verdict is not None and (found := _point_evidence(point, verdict, ask.title)) is not None:
            evidence.append(found)
        met = verdict is not None and verdict.status is PointStatus.MET
        if point.kind in (PointKind.MUST, PointKind.BONUS) and not met:
            gained = verdict.probability_01 if verdict and verdict.status is PointStatus.PARTLY else 0.0
            gain = weight_of(point) / total * (1 - 0.5 * gained)
            gaps.append(Gap(text=point.says, gain_01=gain, topic=ask.topic, source=ask.title))
    if exchange.hints_taken:
        cost = exchange.hints_taken * state.plan_of(exchange).hint_cost_01
        text = f"Getting there without the {exchange.hints_taken} hint(s)."
        gaps.append(Gap(text=text, gain_01=cost, topic=ask.topic, source=ask.title))
    return Parts(evidence, gaps)


def joined(parts: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Mean of several scores with its interval: half-widths add in quadrature."""
    n = len(parts)
    score = sum(part[0] for part in parts) / n
    low = score - sum((part[0] - part[1]) ** 2 for part in parts) ** 0.5 / n
    high = score + sum((part[2] - part[0]) ** 2 for part in parts) ** 0.5 / n
    return score, clip(low), clip(high)


def by_rubric(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """Every question that was put counts; one left without a word counts as nothing said."""
    talked = [e for e in exchanges if state.ask_of(e).kind is not AskKind.CODE]
    graded = graded_of(state, talked)
    if not graded:
        return why_unscored(talked)
    parts, evidence, gaps = [], [], []
    for exchange, grade in graded:
        score = score_of(state, exchange) or 0.0
        parts.append((score, min(grade.low_01, score), max(grade.high_01, score)))
        found, missing = rubric_parts(state, exchange, grade, state.ask_of(exchange))
        evidence += found
        gaps += [
            Gap(text=g.text, gain_01=g.gain_01 / len(talked), topic=g.topic, source=g.source) for g in missing
        ]
    for exchange in talked:
        if exchange.grade is None and exchange.closing in ("pass", "unanswered"):
            ask = state.ask_of(exchange)
            parts.append((0.0, 0.0, 0.1))
            evidence.append(
                Evidence(
                    about="The question was left unanswered.", quote="", counts_for=False, source=ask.title
                )
            )
    score, low, high = joined(parts)
    return Measured(score_01=score, low_01=low, high_01=high, evidence=tuple(evidence), gaps=tuple(gaps))


def by_probing(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """How far the thought goes when it is pushed: what was covered of what had to be probed, or "
    "unprompted."""
    graded = graded_of(state, [e for e in exchanges if state.ask_of(e).kind is not AskKind.CODE])
    if not graded:
        return why_unscored(exchanges)
    reached = total = 0.0
    evidence, gaps = [], []
    for exchange, grade in graded:
        ask, verdicts = state.ask_of(exchange), {v.point_id: v for v in grade.points}
        for point in ask.points:
            verdict = verdicts.get(point.id)
            if point.kind is not PointKind.MUST or verdict is None:
                continue
            was_probed = point.id in exchange.probed
            met = verdict.status is PointStatus.MET
            if not was_probed and not met:
                continue  # neither said nor asked about: it tells nothing about being pushed
            total += point.weight
            reached += point.weight * (1.0 if met else 0.5 if verdict.status is PointStatus.PARTLY else 0.0)
            how = "Reached when probed" if was_probed else "Reached unprompted"
            if met:
                about = f"{how}: {point.says}"
                evidence.append(Evidence(about=about, quote=verdict.quote, counts_for=True, source=ask.title))
            elif was_probed:
                gaps.append(Gap(text=point.says, gain_01=point.weight, topic=ask.topic, source=ask.title))
                about = f"Not reached when probed: {point.says}"
                evidence.append(
                    Evidence(about=about, quote=verdict.quote, counts_for=False, source=ask.title)
                )
    if total == 0:
        return Unscored(reason="No point was reached or probed, so nothing shows how far a probe carries.")
    # One point reached is not yet a habit: a little prior weight below the middle, gone after a few points.
    score = (reached + _PRIOR_WEIGHT * _PRIOR_01) / (total + _PRIOR_WEIGHT)
    spread = 0.6 / (1 + len(evidence)) ** 0.5
    return Measured(
        score_01=score,
        low_01=clip(score - spread),
        high_01=clip(score + spread),
        evidence=tuple(evidence),
        gaps=tuple(Gap(text=g.text, gain_01=g.gain_01 / total, topic=g.topic, source=g.source) for g in gaps),
    )


def judged_run(exchange: Exchange) -> CodeRun | None:
    """The submission that counts: the best one, by share of tests passed; judge faults do not count."""
    runs = [r for r in exchange.runs if not r.visible_only and r.outcome != Outcome.JUDGE_FAULT]
    return max(runs, key=lambda run: (run.passed / max(run.total, 1), run.at_ms), default=None)


def _failed_names(run: CodeRun) -> list[str]:
    tests = run.verdict.get("tests", ())
    found: list[str] = []
    for test in tests if isinstance(tests, list | tuple) else ():
        if isinstance(test, dict) and test.get("outcome") != Outcome.ACCEPTED:
            found.append(str(test.get("name", "")))
    return found


def by_tests(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """Tests decide. All but a few right is still wrong code: the last tenth is worth a third."""
    coded = [e for e in exchanges if state.ask_of(e).kind is AskKind.CODE]
    if not coded:
        return Unscored(reason="No coding problem was put.")
    parts, evidence, gaps = [], [], []
    for exchange in coded:
        ask, run = state.ask_of(exchange), judged_run(exchange)
        if run is None:
            if any(r.outcome == Outcome.JUDGE_FAULT for r in exchange.runs):
                return Unscored(reason="The judge could not run the code.")
            if not exchange.runs and exchange.closing in ("", "left"):
                return Unscored(reason="The mock ended before any code was run.")
            if not (exchange.runs or exchange.said or exchange.hints_taken or exchange.closing == "pass"):
                return Unscored(reason="Nothing was done in this part.")
            parts.append((0.0, 0.0, 0.15))
            about = "No code was run or submitted."
            evidence.append(Evidence(about=about, quote="", counts_for=False, source=ask.title))
            gaps.append(
                Gap(text="A first version that runs.", gain_01=0.6, topic=ask.topic, source=ask.title)
            )
            continue
        share = run.passed / max(run.total, 1)
        base = 1.0 if run.outcome == Outcome.ACCEPTED else 0.67 * share
        cost = exchange.hints_taken * state.plan_of(exchange).hint_cost_01
        score = clip(base - cost)
        parts.append((score, clip(score - _TESTS_SE_01), clip(score + _TESTS_SE_01)))
        about = f"{run.passed} of {run.total} tests passed ({run.outcome.replace('_', ' ')})."
        evidence.append(Evidence(about=about, quote="", counts_for=base >= 0.6, source=ask.title))
        failed = _failed_names(run)
        for name in failed:
            gain = (1 - base) / len(failed)
            gaps.append(
                Gap(text=f"Passing the test “{name}”.", gain_01=gain, topic=ask.topic, source=ask.title)
            )
        if cost:
            text = f"Doing it without the {exchange.hints_taken} hint(s)."
            gaps.append(Gap(text=text, gain_01=cost, topic=ask.topic, source=ask.title))
    score, low, high = joined(parts)
    return Measured(score_01=score, low_01=low, high_01=high, evidence=tuple(evidence), gaps=tuple(gaps))


def by_code_talk(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """The follow-up questions about the code that was written."""
    talked = [e for e in exchanges if state.ask_of(e).kind is not AskKind.CODE]
    if not talked:
        return Unscored(reason="The code was not talked about: no follow-up question was reached.")
    reading = by_rubric(state, talked)
    if isinstance(reading, Unscored):
        return reading
    return replace(reading, high_01=clip(reading.high_01 + _CLAIM_MARGIN_01))


_STORY_CHECKS: tuple[tuple[str, float, str, Callable[[StarFeatures], bool]], ...] = (
    ("A situation and a task in a sentence or two.", 0.15, "star-structure",
     lambda f: f.shares[Part.SITUATION] + f.shares[Part.TASK] > 0),
    ("Actions as the larger part of the story.", 0.3, "star-structure", lambda f: f.shares[Part.ACTION] >= 0.35),
    ("Your own part said as “I”.", 0.2, "owning-actions", lambda f: f.i_count >= 2 and not f.says_we_for_i),
    ("A result with a number.", 0.25, "quantified-results", lambda f: f.has_quantified_result),
    ("A length of one to three and a half spoken minutes.", 0.1, "star-structure",
     lambda f: 1.0 <= f.spoken_minutes <= 3.5),
)  # fmt: skip


def by_story(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """Six tenths what the story shows (its points), four tenths how it is told (STAR)."""
    told = [e for e in exchanges if state.ask_of(e).kind is AskKind.STORY]
    rubric = by_rubric(state, told)
    if isinstance(rubric, Unscored):
        return rubric
    evidence, gaps, shares = list(rubric.evidence), [], []
    for exchange in told:
        found, ask = features(exchange.answer), state.ask_of(exchange)
        # Told well but about nothing the question asks for is no story: the form counts with the substance.
        substance = min(1.0, (score_of(state, exchange) or 0.0) / 0.3)
        share = sum(weight for _, weight, _, holds in _STORY_CHECKS if holds(found)) * substance
        shares.append(share)
        for text, weight, topic, holds in _STORY_CHECKS:
            if not holds(found):
                gain = 0.4 * weight / len(told)
                gaps.append(Gap(text=text, gain_01=gain, topic=topic, source=ask.title))
        evidence.append(_star_evidence(found, ask.title))
    form = sum(shares) / len(shares)
    gaps += [Gap(text=g.text, gain_01=0.6 * g.gain_01, topic=g.topic, source=g.source) for g in rubric.gaps]
    return Measured(
        score_01=0.6 * rubric.score_01 + 0.4 * form,
        low_01=0.6 * rubric.low_01 + 0.4 * form,
        high_01=0.6 * rubric.high_01 + 0.4 * form,
        evidence=tuple(evidence),
        gaps=tuple(gaps),
    )


def _star_evidence(found: StarFeatures, source: str) -> Evidence:
    shares = ", ".join(f"{part.value} {found.shares[part]:.0%}" for part in Part)
    number = "a number in the result" if found.has_quantified_result else "no number in the result"
    about = (
        f"Told as {shares}; “I” {found.i_count} times, “we” {found.we_count}; {number}; about "
        f"{found.spoken_minutes:.1f} minutes of speech."
    )
    return Evidence(about=about, quote="", counts_for=found.balance_01 >= 0.6, source=source)


def by_clarity(state: State, exchanges: Sequence[Exchange]) -> Reading:
    """Half how much of what was said could be recognised as an answer, half how it was said."""
    talked = [e for e in exchanges if state.ask_of(e).kind is not AskKind.CODE and e.said]
    graded = graded_of(state, talked)
    if not graded or sum(len(words_of(e.answer)) for e, _ in graded) < 30:
        return Unscored(reason="Too little was said to hear how it was said.")
    evidence, gaps, form, substance = [], [], [], []
    for exchange, grade in graded:
        ask, kept = state.ask_of(exchange), 1.0
        for quote, about, cost in _slips(exchange, grade):
            kept -= cost
            evidence.append(Evidence(about=about, quote=quote, counts_for=False, source=ask.title))
            gaps.append(Gap(text=about, gain_01=0.5 * cost / len(graded), topic="", source=ask.title))
        form.append(clip(kept))
        substance.append(min(1.0, grade.score_01 / 0.7))
        best = max(
            (v for v in grade.points if v.status is PointStatus.MET and v.quote),
            key=lambda v: v.probability_01,
            default=None,
        )
        if best is not None:
            about = "Said so that it could not be misunderstood."
            evidence.append(Evidence(about=about, quote=best.quote, counts_for=True, source=ask.title))
    understood = sum(substance) / len(substance)
    score = 0.5 * understood + 0.5 * min(sum(form) / len(form), understood + 0.35)
    return Measured(
        score_01=score,
        low_01=clip(score - 0.12),
        high_01=clip(score + 0.12),
        evidence=tuple(evidence),
        gaps=tuple(gaps),
    )


def _slips(exchange: Exchange, grade: Grade) -> list[tuple[str, str, float]]:
    """(quote, what is wrong with it, cost) for ways of saying it that cost understanding."""
    found: list[tuple[str, str, float]] = []
    for claim in vague_claims(exchange.answer)[:2]:
        found.append((claim.sentence, "A claim without a metric, number or threshold.", 0.15))
    for name in bare_tools(exchange.answer)[:2]:
        found.append((name, "A tool named without a reason.", 0.1))
    words = len(words_of(exchange.answer))
    met = sum(v.status in (PointStatus.MET, PointStatus.PARTLY) for v in grade.points)
    if words > 250 and words / max(met, 1) > 160:
        found.append(("", f"{words} words for {met} recognised point(s): get to the point first.", 0.4))
    if words < 25:
        found.append(("", f"Only {words} words: say why, not only what.", 0.3))
    if exchange.nudges:
        found.append(("", "Had to be brought back to the question.", 0.25))
    return found
