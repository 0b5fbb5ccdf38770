"""The offline grader: a verdict per rubric point with the words that earned it, and a score with an interval."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from greenroom.core.rubric import Grade, GradeResult, Point, PointKind, PointStatus, PointVerdict, Unscored
from greenroom.grading.matchers import judge_point, windows_of
from greenroom.grading.mistakes import spot_mistakes
from greenroom.grading.segments import MOST_CHARACTERS, Sentence, fold, sentences_of
from greenroom.grading.terms import FUNCTION_WORDS, tokens_of

FEWEST_WORDS = 6
_BONUS_CAP = 0.15
_Z_80 = 1.2816  # two-sided 80 % of a normal
_MODEL_SD = 0.05
"""What the method itself may be off by, beside the points' own doubt."""


class OfflineGrader:
    """Implements `core.ports.Grader` without a model, a network or a trained weight."""

    def grade(self, points: Sequence[Point], answer: str, *, question: str) -> GradeResult:
        """The grade of one answer, or Unscored with the reason. Never raises for any text."""
        answer = answer[:MOST_CHARACTERS]
        sentences = sentences_of(answer)
        reason = why_unscored(sentences, question)
        if reason is not None:
            return Unscored(reason=reason)
        windows = windows_of(sentences, answer)
        verdicts = tuple(judge_point(point, windows, question) for point in points)
        score, spread = _score(points, verdicts)
        return Grade(
            score_01=score,
            low_01=max(0.0, score - spread),
            high_01=min(1.0, score + spread),
            points=verdicts,
            mistakes=spot_mistakes(sentences, question),
            set_aside=tuple(sentence.text for sentence in sentences if sentence.is_set_aside),
        )


def why_unscored(sentences: Sequence[Sentence], question: str) -> str | None:
    """Why an answer cannot be assessed, or None: empty, too short, another script, gibberish, the question again."""
    kept = " ".join(sentence.text for sentence in sentences if not sentence.is_set_aside)
    if not kept.strip():
        if any(sentence.is_set_aside for sentence in sentences):
            return "The text speaks to the grader and does not answer the question."
        return "The answer is empty."
    letters = [c for c in kept if c.isalpha()]
    if letters and sum(c.isascii() for c in letters) / len(letters) < 0.6:
        return "The answer is not in English; it could not be assessed."
    words = re.findall(r"[a-z']+", fold(kept))
    if len(words) < FEWEST_WORDS:
        return "The answer is too short to assess."
    vowels = sum(bool(re.search(r"[aeiouy]", word)) and len(word) <= 20 for word in words)
    functional = sum(word in FUNCTION_WORDS for word in words)
    if vowels / len(words) < 0.6 or (len(words) >= 12 and functional / len(words) < 0.08):
        return "The answer does not read as sentences in English; it could not be assessed."
    if _is_copy(kept, question):
        return "The answer repeats the question."
    return None


def _is_copy(kept: str, question: str) -> bool:
    given = [token.stem for token in tokens_of(kept)]
    asked = {token.stem for token in tokens_of(question)}
    if len(given) < FEWEST_WORDS or not asked:
        return False
    return sum(stem in asked for stem in given) / len(given) > 0.92


def _credit(verdict: PointVerdict) -> float:
    match verdict.status:
        case PointStatus.MET:
            return 1.0
        case PointStatus.PARTLY:
            return 0.5
        case PointStatus.UNSURE:
            return verdict.probability_01
        case _:
            return 0.0


def _score(points: Sequence[Point], verdicts: Sequence[PointVerdict]) -> tuple[float, float]:
    """(score, half-width of the 80 % interval).

    score = (musts + bonuses, capped at 15 % - what was wrongly said) / weight of the musts, within 0 and 1.
    """
    total = sum(point.weight for point in points if point.kind is PointKind.MUST) or 1.0
    earned = bonus = lost = variance = 0.0
    for point, verdict in zip(points, verdicts, strict=True):
        part = point.weight / total
        credit = _credit(verdict) * part
        if point.kind is PointKind.MUST:
            earned += credit
        elif point.kind is PointKind.BONUS:
            bonus += credit
        else:
            lost += credit
        variance += (part**2) * verdict.probability_01 * (1 - verdict.probability_01)
    score = min(1.0, max(0.0, earned + min(bonus, _BONUS_CAP) - lost))
    return score, _Z_80 * math.sqrt(variance + _MODEL_SD**2)
