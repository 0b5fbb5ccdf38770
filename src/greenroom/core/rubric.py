"""Rubrics of open answers, and what a grader says about one answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PointKind(StrEnum):
    """A must or bonus earns; a misconception or red flag costs when it is said."""

    MUST = "must"
    BONUS = "bonus"
    MISCONCEPTION = "misconception"
    RED_FLAG = "red_flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing a strong answer covers (or must not say)."""

    id: str
    kind: PointKind
    weight: float
    says: str
    """The claim, as a full sentence. Shown after the answer, never before."""
    phrasings: tuple[str, ...]
    """3 to 8 ways in which a candidate may say it."""
    needs: tuple[tuple[str, ...], ...]
    """Term groups: one term of each group has to be met within one window."""
    never: tuple[str, ...]
    """Anti-patterns: a window holding one does not earn the point."""
    contrast: tuple[str, ...]
    """Sentences that look like the point and must not earn it."""
    probe: str
    """What the interviewer asks when it is missing. Does not leak it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A graded sample answer of the author's."""

    label: str
    """weak, average, strong or red_flag"""
    score_01: float
    text: str


class PointStatus(StrEnum):
    """What was found about one point."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    CONTRADICTED = "contradicted"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointVerdict:
    """One point, judged; `quote` is verbatim from the answer, empty where nothing was found."""

    point_id: str
    status: PointStatus
    probability_01: float
    quote: str
    start: int = -1
    """Character offset of the quote in the answer, -1 where there is none."""


class Mistake(StrEnum):
    """The common mistakes that are detected in any round."""

    PRODUCTION_BLINDNESS = "production_blindness"
    TOOL_NAMING = "tool_naming"
    IGNORING_DATA_QUALITY = "ignoring_data_quality"
    METRIC_AFTERTHOUGHT = "metric_afterthought"
    NO_CLARIFYING_QUESTIONS = "no_clarifying_questions"
    WE_NOT_I = "we_not_i"
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscored:
    """Could not be assessed. Never a zero, never a guess."""

    reason: str
    """Said to the candidate: `The answer is empty.`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpottedMistake:
    """One of the common mistakes, with why it was said."""

    mistake: Mistake
    why: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A graded open answer. The interval holds the score with about 80 % probability."""

    score_01: float
    low_01: float
    high_01: float
    points: tuple[PointVerdict, ...]
    mistakes: tuple[SpottedMistake, ...] = ()
    is_calibrated: bool = False
    set_aside: tuple[str, ...] = ()
    """Sentences addressed to the grader, not read as an answer."""


GradeResult = Grade | Unscored
