"""Answers that people have marked, read from JSON lines: the shape that the grader is measured on.

Fields: question, references (list, or one text), answer, score (0 to 1); optional question_id, split, id.
Without question_id, answers to the same words are answers to the same question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.core.errors import InputRejected

TRAIN = "train"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAnswer:
    """One answer with the mark that people gave."""

    question_id: str
    question: str
    references: tuple[str, ...]
    answer: str
    score_01: float
    split: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedSets:
    """What may be learned from and what is predicted. `train` is empty where folds are to be made."""

    train: tuple[GradedAnswer, ...]
    test: tuple[GradedAnswer, ...]


def read_graded(data: Path, train: Path | None = None) -> GradedSets:
    """Reads both files. Rows marked `train` in the data are learned from, never predicted.

    Of a training file with marked splits only the rows marked `train` are read. Raises InputRejected with
    file and line where a row cannot be used.
    """
    rows = list(_rows(data))
    others = [row for row in rows if row.split != TRAIN]
    if train is not None:
        learned = list(_rows(train))
        if any(row.split == TRAIN for row in learned):
            learned = [row for row in learned if row.split == TRAIN]
        return GradedSets(train=tuple(learned), test=tuple(others or rows))
    if others and len(others) < len(rows):
        return GradedSets(train=tuple(row for row in rows if row.split == TRAIN), test=tuple(others))
    return GradedSets(train=(), test=tuple(rows))


def _rows(path: Path) -> Iterator[GradedAnswer]:
    found = False
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputRejected(
                    f"{path.name}:{number}: not a JSON object ({error.msg}).", hint="Write one object a line."
                ) from error
            found = True
            yield _row(entry, f"{path.name}:{number}")
    if not found:
        raise InputRejected(
            f"{path.name} holds no answers.",
            hint="One JSON object a line: question, references, answer, score.",
        )


def _row(entry: Any, place: str) -> GradedAnswer:  # Any: parsed JSON, checked here
    if not isinstance(entry, dict):
        raise InputRejected(f"{place}: not a JSON object.", hint="Write one object a line.")
    answer, question = entry.get("answer"), entry.get("question") or ""
    references = _texts(entry.get("references", entry.get("reference")))
    if not isinstance(answer, str) or not isinstance(question, str):
        raise InputRejected(f"{place}: `question` and `answer` have to be texts.", hint="Mend the line.")
    if not references:
        raise InputRejected(
            f"{place}: `references` has to be a list of at least one text.", hint="Mend the line."
        )
    score = entry.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise InputRejected(f"{place}: `score` has to be a number from 0 to 1.", hint="Divide by the most.")
    return GradedAnswer(
        question_id=str(entry.get("question_id") or question),
        question=question,
        references=references,
        answer=answer,
        score_01=float(score),
        split=str(entry.get("split") or ""),
    )


def _texts(value: object) -> tuple[str, ...]:
    """A list of texts, or one text; empty where it is neither."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        return ()
    return tuple(value)
