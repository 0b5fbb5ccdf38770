"""Marks from reference answers with nothing trained: word overlap, TF-IDF, BM25 and Greenroom's own features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from greenroom.app.evaluation.answers import Floats
from greenroom.app.evaluation.graded_answers import GradedAnswer
from greenroom.grading.likeness import Rarity, rarity_of, resemblance, score_by_references, words_of

BM25_K1 = 1.2
BM25_B = 0.75
_OWN_WORTH = 2.0
"""So many exemplars weigh as much as the method's own mark."""
_SHARPNESS = 3

Scorer = Callable[[GradedAnswer], float]


def texts_without_answers(rows: Sequence[GradedAnswer]) -> list[str]:
    """Every question and reference once: what is known before anybody has answered."""
    return sorted({text for row in rows for text in (row.question, *row.references)})


def overlap(row: GradedAnswer, rarity: Rarity) -> float:
    """Share of the distinct content words of a reference that the answer has, the best over references."""
    given = words_of(row.answer).distinct
    return max(
        (len(words_of(r).distinct & given) / (len(words_of(r).distinct) or 1) for r in row.references),
        default=0.0,
    )


def tfidf(row: GradedAnswer, rarity: Rarity) -> float:
    """Cosine of the two texts' term counts weighed by idf, the best over references."""
    given = Counter(words_of(row.answer).content)
    return max(_cosine(Counter(words_of(reference).content), given, rarity) for reference in row.references)


def _cosine(one: Counter[str], other: Counter[str], rarity: Rarity) -> float:
    product = sum(count * other[stem] * rarity.of(stem) ** 2 for stem, count in one.items())
    lengths = math.prod(
        math.sqrt(sum((count * rarity.of(stem)) ** 2 for stem, count in words.items()))
        for words in (one, other)
    )
    return min(1.0, product / lengths) if lengths else 0.0


def bm25(row: GradedAnswer, rarity: Rarity) -> float:
    """BM25 of the answer for the reference as query, over that of the reference itself; the best, at most 1."""
    given = words_of(row.answer).content
    best = 0.0
    for reference in row.references:
        wanted = words_of(reference).content
        own = _bm25(wanted, wanted, len(wanted), rarity)
        best = max(best, _bm25(wanted, given, len(wanted), rarity) / own if own else 0.0)
    return min(1.0, best)


def _bm25(query: Sequence[str], text: Sequence[str], mean_length: int, rarity: Rarity) -> float:
    counts = Counter(text)
    norm = BM25_K1 * (1 - BM25_B + BM25_B * len(text) / (mean_length or 1))
    return sum(
        rarity.of(stem) * counts[stem] * (BM25_K1 + 1) / (counts[stem] + norm)
        for stem in set(query)
        if counts[stem]
    )


def by_references(row: GradedAnswer, rarity: Rarity) -> float:
    """Greenroom's own, see `grading.likeness.score_by_references`."""
    return score_by_references(row.question, row.references, row.answer, rarity)


UNTRAINED: dict[str, Callable[[GradedAnswer, Rarity], float]] = {
    "overlap": overlap,
    "tfidf": tfidf,
    "bm25": bm25,
    "grader": by_references,
}


def marks(model: str, rows: Sequence[GradedAnswer], rarity: Rarity) -> Floats:
    """marks[n] in 0..1 of one of `UNTRAINED`."""
    return np.array([UNTRAINED[model](row, rarity) for row in rows], dtype=np.float64)


def with_exemplars(
    own: Floats,
    rows: Sequence[GradedAnswer],
    exemplars: Sequence[Sequence[GradedAnswer]],
    rarity: Rarity,
) -> Floats:
    """Marks moved towards those of like answers to the same question; `exemplars[n]` are those at hand.

    Mean of the exemplars' marks by resemblance to the third power; the method's own mark weighs as two of them.
    """
    moved = own.copy()
    for index, (row, graded) in enumerate(zip(rows, exemplars, strict=True)):
        if not graded:
            continue
        weights = np.array([resemblance(row.answer, g.answer, row.question, rarity) for g in graded])
        weights = (weights + 0.05) ** _SHARPNESS
        told = float(weights @ np.array([g.score_01 for g in graded]) / weights.sum())
        moved[index] = (_OWN_WORTH * own[index] + len(graded) * told) / (_OWN_WORTH + len(graded))
    return moved


def rarity_before_answers(rows: Sequence[GradedAnswer]) -> Rarity:
    """Rarity of words in questions and references alone."""
    return rarity_of(texts_without_answers(rows))
