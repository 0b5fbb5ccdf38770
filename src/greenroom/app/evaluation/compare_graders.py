"""All graders side by side on answers that people have marked."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Bools, Floats, Ints
from greenroom.app.evaluation.graded_answers import GradedAnswer, GradedSets
from greenroom.app.evaluation.grading_metrics import GradingScores, grading_scores, levels_of, nearest_level
from greenroom.app.evaluation.reference_graders import UNTRAINED, marks, rarity_before_answers, with_exemplars
from greenroom.app.evaluation.trained_grader import Marks, TrainedGrader
from greenroom.core.errors import InputRejected
from greenroom.grading.likeness import Rarity

GRADERS = (*UNTRAINED, "grader_trained")


@dataclass(frozen=True, slots=True, kw_only=True)
class GraderResult:
    """One model's figures, over all answers and over each split."""

    model: str
    scores: GradingScores
    ms_per_answer: float
    by_split: Mapping[str, GradingScores]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraderComparison:
    """The whole run."""

    answers: int
    questions: int
    train_answers: int
    levels: int
    exemplars: int
    """Graded answers of the same question at hand; they are not counted among `answers`."""
    results: tuple[GraderResult, ...]


@dataclass(slots=True, kw_only=True)
class _Tally:
    score: Floats
    p_right: Floats
    level: Ints
    seconds: float = 0.0

    def take(self, where: Ints, found: Marks, seconds: float) -> None:
        self.score[where], self.p_right[where], self.level[where] = found
        self.seconds += seconds


def compare_graders(
    sets: GradedSets,
    *,
    models: Sequence[str] = GRADERS,
    n_folds: int = 10,
    n_exemplars: int = 0,
    fewest_words: int = 0,
    seed: int = 0,
    report: Callable[[str], None] = lambda text: None,
) -> GraderComparison:
    """Marks every answer by every model, and compares with people's marks.

    Without training answers the trained grader is fitted by folds: whole questions are left out. Of each
    question `n_exemplars` answers (at most half of them) are drawn first and kept out of all figures. Answers of
    fewer words are neither. Raises InputRejected where nothing is left.
    """
    rows = [row for row in sets.test if len(re.findall(r"\w+", row.answer)) >= fewest_words]
    exemplars, rows = _drawn(rows, n_exemplars, seed)
    if not rows:
        raise InputRejected("No answers are left to measure.", hint="Lower --min-words or --exemplars.")
    told = [exemplars.get(row.question_id, ()) for row in rows]
    y = np.array([row.score_01 for row in rows])
    levels = levels_of(np.array([row.score_01 for row in (*sets.test, *sets.train)]))
    tallies = {model: _empty(len(rows)) for model in models}
    every = np.arange(len(rows))
    rarity = rarity_before_answers([*rows, *sets.train])
    for model in models:
        if model in UNTRAINED:
            begun = time.perf_counter()
            found = _untrained(model, rows, told, rarity, levels)
            tallies[model].take(every, found, time.perf_counter() - begun)
    if "grader_trained" in models:
        for number, (train, where) in enumerate(_parts(rows, sets.train, n_folds, seed), start=1):
            report(f"grader_trained, part {number}")
            held = [rows[i] for i in where]
            grader = TrainedGrader(train, levels, others=held, seed=seed)
            begun = time.perf_counter()
            found = grader.predict(held, [told[i] for i in where])
            tallies["grader_trained"].take(where, found, time.perf_counter() - begun)
    splits = [row.split for row in rows]
    return GraderComparison(
        answers=len(rows),
        questions=len({row.question_id for row in rows}),
        train_answers=len(sets.train),
        levels=len(levels),
        exemplars=sum(len(graded) for graded in exemplars.values()),
        results=tuple(_result(model, tallies[model], y, splits, levels) for model in models),
    )


def _untrained(
    model: str,
    rows: Sequence[GradedAnswer],
    told: Sequence[Sequence[GradedAnswer]],
    rarity: Rarity,
    levels: Floats,
) -> Marks:
    score = marks(model, rows, rarity)
    if model == "grader":
        score = with_exemplars(score, rows, told, rarity)
    return Marks(score=score, p_right=score, level=nearest_level(score, levels))


def _empty(n: int) -> _Tally:
    return _Tally(score=np.full(n, np.nan), p_right=np.full(n, np.nan), level=np.zeros(n, dtype=np.int64))


def _drawn(
    rows: Sequence[GradedAnswer], n_exemplars: int, seed: int
) -> tuple[dict[str, tuple[GradedAnswer, ...]], list[GradedAnswer]]:
    """(exemplars by question, the other answers)."""
    by_question: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_question[row.question_id].append(index)
    dice = np.random.default_rng(seed)
    taken: dict[str, list[int]] = {}
    for name in sorted(by_question):
        at_hand = by_question[name]
        n_taken = min(n_exemplars, len(at_hand) // 2)
        taken[name] = sorted(int(i) for i in dice.permutation(at_hand)[:n_taken])
    gone = {index for indices in taken.values() for index in indices}
    exemplars = {name: tuple(rows[i] for i in indices) for name, indices in taken.items()}
    return exemplars, [row for index, row in enumerate(rows) if index not in gone]


def _parts(
    rows: Sequence[GradedAnswer], train: Sequence[GradedAnswer], n_folds: int, seed: int
) -> list[tuple[Sequence[GradedAnswer], Ints]]:
    """What to fit on, and the indices of what is then predicted."""
    if train:
        return [(train, np.arange(len(rows)))]
    names = sorted({row.question_id for row in rows})
    if len(names) < 2:
        raise InputRejected(
            "All answers are to one question: there is no other to learn from.",
            hint="Give graded answers to other questions with --train.",
        )
    n_folds = min(n_folds, len(names))
    dealt = np.random.default_rng(seed).permutation(names)
    fold = {str(name): index % n_folds for index, name in enumerate(dealt)}
    folds = np.array([fold[row.question_id] for row in rows])
    return [
        ([row for row, own in zip(rows, folds, strict=True) if own != k], np.flatnonzero(folds == k))
        for k in range(n_folds)
    ]


def _result(model: str, tally: _Tally, y: Floats, splits: Sequence[str], levels: Floats) -> GraderResult:
    def scores(where: Bools) -> GradingScores:
        return grading_scores(y[where], tally.score[where], tally.p_right[where], tally.level[where], levels)

    names = sorted(set(splits))
    marked = np.asarray(splits)
    return GraderResult(
        model=model,
        scores=scores(np.ones(len(y), dtype=np.bool_)),
        ms_per_answer=1000 * tally.seconds / len(y),
        by_split={name: scores(marked == name) for name in names} if names != [""] else {},
    )
