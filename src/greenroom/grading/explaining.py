"""Why a point was judged as it was: which of its term groups stand in the words that were quoted."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.core.rubric import Point, PointVerdict
from greenroom.grading.denial import split_denial
from greenroom.grading.segments import fold
from greenroom.grading.terms import find_term, stems_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What the quoted words hold of a point."""

    found: tuple[str, ...]
    """One term of each group that is there."""
    missing: tuple[tuple[str, ...], ...]
    """The groups of which no term is there."""
    anti_patterns: tuple[str, ...]
    is_denial: bool
    """Whether the words report something in order to deny it."""


def explain(point: Point, verdict: PointVerdict) -> Explanation:
    """The groups of `point` found in the verdict's quote; with an empty quote all are missing."""
    stems = stems_of(verdict.quote)
    found: list[str] = []
    missing: list[tuple[str, ...]] = []
    for group in point.needs:
        term = next((term for term in group if find_term(term, stems) >= 0), None)
        if term is None:
            missing.append(group)
        else:
            found.append(term)
    return Explanation(
        found=tuple(found),
        missing=tuple(missing),
        anti_patterns=tuple(term for term in point.never if find_term(term, stems) >= 0),
        is_denial=split_denial(fold(verdict.quote)) is not None,
    )
