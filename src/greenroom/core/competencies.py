"""Competencies with anchored bands: what each band looks like, in words, for each level of the position."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from greenroom.core.taxonomy import Seniority


class Band(StrEnum):
    """What an interviewer votes, worst first."""

    STRONG_NO_HIRE = "strong_no_hire"
    LEANING_NO = "leaning_no"
    LEANING_HIRE = "leaning_hire"
    STRONG_HIRE = "strong_hire"

    @property
    def words(self) -> str:
        """`leaning hire`."""
        return self.value.replace("_", " ")

    @property
    def is_hire(self) -> bool:
        """True for the upper two."""
        return self in (Band.LEANING_HIRE, Band.STRONG_HIRE)

    def moved(self, by: int) -> Band:
        """The band so many steps up (or down), held within the scale."""
        bands = list(Band)
        return bands[min(max(bands.index(self) + by, 0), len(bands) - 1)]


class Measure(StrEnum):
    """Which evidence a competency is read from (`core/measures.py`)."""

    RUBRIC = "rubric"
    PROBING = "probing"
    TESTS = "tests"
    CODE_TALK = "code_talk"
    STORY = "story"
    CLARITY = "clarity"
    DESIGN = "design"
    STEPS = "steps"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """One competency."""

    id: str
    title: str
    summary: str
    measure: Measure
    topic: str
    """Topic that a next action about it practises."""
    anchors: Mapping[str, Mapping[str, str]]
    """Seniority -> band -> what a candidate of that band does."""
    steps: tuple[str, ...] = ()
    """Of the measure `steps`: the steps of a design that it is read from."""

    def anchor(self, seniority: str, band: Band) -> str:
        """The words of a band at a level; a level without words of its own takes those of mid."""
        return self.anchors.get(seniority, self.anchors[Seniority.MID])[band]


CUTS_01: dict[str, tuple[float, float, float]] = {
    Seniority.JUNIOR: (0.20, 0.38, 0.65),
    Seniority.MID: (0.25, 0.45, 0.70),
    Seniority.SENIOR: (0.28, 0.50, 0.75),
    Seniority.STAFF: (0.32, 0.55, 0.80),
}
"""Level -> scores at which leaning no, leaning hire and strong hire begin.

Set on the scale of the authors' own samples: weak about 0.15, average about 0.5, strong about 0.9.
"""


def cuts_of(seniority: str) -> tuple[float, float, float]:
    """The cuts of a level; an unknown level is read as mid."""
    return CUTS_01.get(seniority, CUTS_01[Seniority.MID])


def band_of(score_01: float, seniority: str) -> Band:
    """The band of a score at a level."""
    return list(Band)[bisect_right(cuts_of(seniority), score_01)]
