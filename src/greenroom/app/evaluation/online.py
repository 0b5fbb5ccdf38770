"""A log replayed by the online path, one answer at a time: what the running product does, and its cost."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from greenroom.app.evaluation.answers import Answers, Floats
from greenroom.app.evaluation.difficulty import by_row
from greenroom.app.evaluation.filter_fit import FittedFilter
from greenroom.core.mastery import Evidence, Mastery, Traits, replay, start
from greenroom.core.memory import RIGHT_CREDIT, Card, Grade, recall_01, review


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """Predictions of the first n answers of the log, and the seconds of processor time they took."""

    probability_01: Floats
    n: int
    seconds: float


def replay_online(answers: Answers, fitted: FittedFilter, *, most: int) -> Online:
    """Replays whole learners, in log order, until at least `most` answers are done (or all)."""
    row = by_row(answers, fitted.difficulties)
    ends = np.flatnonzero(np.diff(answers.learner, append=-1) != 0) + 1
    found: list[float] = []
    seconds = 0.0
    begin = 0
    for end in ends.tolist():
        steps = [
            (_traits(answers, k, row.mean_logit[k], row.variance[k]), *_evidence(answers, k))
            for k in range(begin, end)
        ]
        fresh: Mastery = start(parameters=fitted.parameters)
        recalls = _recalls(steps) if fitted.has_times else None
        gc.disable()  # as timeit does: a collection here would count the reader's millions of objects
        begun = time.process_time()
        _, predictions = replay(fresh, steps, recalls)
        seconds += time.process_time() - begun
        gc.enable()
        found.extend(predictions)
        begin = end
        if len(found) >= most:
            break
    return Online(probability_01=np.array(found), n=len(found), seconds=seconds)


def _recalls(steps: Sequence[tuple[Traits, Evidence, int]]) -> list[float | None]:
    """FSRS recall of each answer's item just before it; None where it is met for the first time."""
    cards: dict[str, Card] = {}
    found: list[float | None] = []
    for traits, evidence, now_ms in steps:
        card = cards.get(traits.item_id)
        found.append(None if card is None else recall_01(card, now_ms))
        grade = Grade.GOOD if evidence.credit_01 >= RIGHT_CREDIT else Grade.AGAIN
        cards[traits.item_id] = review(card, grade, now_ms)
    return found


def _traits(answers: Answers, k: int, difficulty_logit: float, variance: float) -> Traits:
    skills = answers.skill_of[answers.first[k] : answers.first[k + 1]]
    names = [answers.skill_names[index] for index in skills]
    return Traits(
        item_id=answers.item_names[answers.item[k]],
        topic=names[0],
        other_topics=tuple(names[1:]),
        difficulty_logit=float(difficulty_logit),
        difficulty_variance=float(variance),
    )


def _evidence(answers: Answers, k: int) -> tuple[Evidence, int]:
    return Evidence(credit_01=float(answers.correct[k])), max(int(answers.time_ms[k]), 0)
