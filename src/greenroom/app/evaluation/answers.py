"""A table of answers, read from CSV: the one shape that every learner model is fitted on and measured with.

Columns: learner, item, skills (joined by `~~`), correct (0 or 1, or a credit between), timestamp (may be
empty; seconds, milliseconds or an ISO date and time). Further columns are ignored.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from greenroom.core.errors import InputRejected

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_SKILL = "(none)"
COLUMNS = ("learner", "item", "skills", "correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """n answers, grouped by learner, in time order within a learner.

    `skill_of[e]`, `row_of[e]`: entries of the answer-by-skill incidence, rows ascending; `first[n + 1]`: where
    each row's entries start. Every row has at least one skill.
    """

    learner: Ints
    item: Ints
    correct: Floats
    time_ms: Ints
    """-1 where unknown."""
    skill_of: Ints
    row_of: Ints
    first: Ints
    position: Ints
    """0 for a learner's first answer, then 1, 2, …"""
    is_test: Bools
    n_learners: int
    n_items: int
    n_skills: int
    learner_names: tuple[str, ...]
    item_names: tuple[str, ...]
    skill_names: tuple[str, ...]

    @property
    def n(self) -> int:
        """Number of answers."""
        return len(self.learner)

    @property
    def has_times(self) -> bool:
        """True where every answer has a timestamp."""
        return bool(self.n) and bool((self.time_ms >= 0).all())

    @property
    def share(self) -> Floats:
        """share[e]: 1 over the number of skills of the entry's row."""
        return 1.0 / np.diff(self.first)[self.row_of]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer as read."""

    learner: str
    item: str
    skills: tuple[str, ...]
    correct: float
    time_ms: int
    """-1 where unknown."""
    is_test: bool = False


def read_answers(paths: Sequence[tuple[Path, bool]]) -> Answers:
    """The answers of CSV files, each with whether it is the test part.

    Raises InputRejected with path:line for a row that cannot be read.
    """
    rows: list[AnswerRow] = []
    for path, is_test in paths:
        rows.extend(_read(path, is_test))
    if not rows:
        raise InputRejected("The file holds no answers.", hint=f"Its columns are {', '.join(COLUMNS)}.")
    return answers_of(rows)


def _read(path: Path, is_test: bool) -> list[AnswerRow]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            table = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise InputRejected(
                    f"{path}:1: column {missing[0]!r} is missing.",
                    hint=f"The columns are {', '.join(COLUMNS)} and, where known, timestamp.",
                )
            raw = [
                (line, row["learner"], row["item"], row["skills"], row["correct"], row.get("timestamp"))
                for line, row in enumerate(table, start=2)
            ]
    except OSError as error:
        raise InputRejected(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from error
    times = _times([entry[5] or "" for entry in raw], path)
    rows = []
    for (line, learner, item, skills, correct, _), time_ms in zip(raw, times, strict=True):
        try:
            credit = float(correct)
        except (TypeError, ValueError):
            credit = -1.0
        if not 0.0 <= credit <= 1.0 or not learner or not item:
            raise InputRejected(
                f"{path}:{line}: learner {learner!r}, item {item!r}, correct {correct!r} is not an answer.",
                hint="Learner and item are not empty and correct lies in 0 to 1.",
            )
        names = tuple(dict.fromkeys(name for name in (skills or "").split("~~") if name)) or (NO_SKILL,)
        rows.append(
            AnswerRow(
                learner=learner, item=item, skills=names, correct=credit, time_ms=time_ms, is_test=is_test
            )
        )
    return rows


def _times(texts: Sequence[str], path: Path) -> list[int]:
    """Milliseconds of each timestamp, -1 where empty. Numbers below 1e11 are seconds."""
    if not any(texts):
        return [-1] * len(texts)
    try:
        numbers = [float(text) if text else None for text in texts]
    except ValueError:
        return [_iso_ms(text, line, path) if text else -1 for line, text in enumerate(texts, start=2)]
    known = [number for number in numbers if number is not None]
    unit = 1 if max(known) > 1e11 else 1000
    least = min(0.0, *known)
    return [-1 if number is None else round((number - least) * unit) for number in numbers]


def _iso_ms(text: str, line: int, path: Path) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputRejected(
            f"{path}:{line}: timestamp {text!r} is neither a number nor an ISO date and time.",
            hint="Leave the column empty where the time is not known.",
        ) from error
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def answers_of(rows: Iterable[AnswerRow]) -> Answers:
    """The arrays of rows. One answer that was written once per skill is put together again.

    Such repeated rows would leak the label: the second one is predicted with its own answer already seen.
    """
    by_learner: dict[tuple[bool, str], list[AnswerRow]] = {}
    for row in rows:
        # The same name in the training and the test file is another learner: the parts share nobody.
        by_learner.setdefault((row.is_test, row.learner), []).append(row)
    ordered: list[AnswerRow] = []
    for group in by_learner.values():
        if all(row.time_ms >= 0 for row in group):
            group.sort(key=lambda row: row.time_ms)
        for index, row in enumerate(group):
            before = ordered[-1] if index else None
            if before is not None and _is_same_answer(before, row):
                joined = tuple(dict.fromkeys((*before.skills, *row.skills)))
                ordered[-1] = AnswerRow(
                    learner=row.learner,
                    item=row.item,
                    skills=joined,
                    correct=row.correct,
                    time_ms=row.time_ms,
                    is_test=row.is_test,
                )
            else:
                ordered.append(row)
    return _arrays(ordered)


def _is_same_answer(before: AnswerRow, row: AnswerRow) -> bool:
    return (
        row.time_ms >= 0
        and before.time_ms == row.time_ms
        and before.item == row.item
        and before.correct == row.correct
        and not set(before.skills) & set(row.skills)
    )


def _arrays(rows: Sequence[AnswerRow]) -> Answers:
    learners: dict[tuple[bool, str], int] = {}
    items: dict[str, int] = {}
    skills: dict[str, int] = {}
    learner = np.array(
        [learners.setdefault((row.is_test, row.learner), len(learners)) for row in rows], np.int64
    )
    item = np.array([items.setdefault(row.item, len(items)) for row in rows], np.int64)
    counts = np.array([len(row.skills) for row in rows], np.int64)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    starts = np.searchsorted(learner, np.arange(len(learners)))
    return Answers(
        learner=learner,
        item=item,
        correct=np.array([row.correct for row in rows], np.float64),
        time_ms=np.array([row.time_ms for row in rows], np.int64),
        skill_of=np.array(
            [skills.setdefault(name, len(skills)) for row in rows for name in row.skills], np.int64
        ),
        row_of=np.repeat(np.arange(len(rows), dtype=np.int64), counts),
        first=first,
        position=np.arange(len(rows), dtype=np.int64) - starts[learner],
        is_test=np.array([row.is_test for row in rows], np.bool_),
        n_learners=len(learners),
        n_items=len(items),
        n_skills=len(skills),
        learner_names=tuple(name for _, name in learners),
        item_names=tuple(items),
        skill_names=tuple(skills),
    )


def subset(answers: Answers, keep: Bools) -> Answers:
    """The answers of the rows kept. Whole learners have to be kept or dropped; indexes stay as they are."""
    rows = np.flatnonzero(keep)
    entries = keep[answers.row_of]
    counts = np.diff(answers.first)[rows]
    return Answers(
        learner=answers.learner[rows],
        item=answers.item[rows],
        correct=answers.correct[rows],
        time_ms=answers.time_ms[rows],
        skill_of=answers.skill_of[entries],
        row_of=np.repeat(np.arange(len(rows), dtype=np.int64), counts),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        position=answers.position[rows],
        is_test=answers.is_test[rows],
        n_learners=answers.n_learners,
        n_items=answers.n_items,
        n_skills=answers.n_skills,
        learner_names=answers.learner_names,
        item_names=answers.item_names,
        skill_names=answers.skill_names,
    )


def with_test_share(answers: Answers, share: float, *, seed: int) -> Answers:
    """The same answers with a random share of the learners as the test part."""
    order = np.random.default_rng(seed).permutation(answers.n_learners)
    chosen = np.zeros(answers.n_learners, np.bool_)
    chosen[order[: max(1, round(share * answers.n_learners))]] = True
    return replace(answers, is_test=chosen[answers.learner])


def fold_of(n_learners: int, n_folds: int, seed: int) -> Ints:
    """fold[n_learners]: an even random split of the learners."""
    dice = np.random.default_rng(seed)
    return dice.permutation(np.arange(n_learners) % n_folds).astype(np.int64)
