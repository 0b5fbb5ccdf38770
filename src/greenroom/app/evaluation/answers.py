"""A table of answers, read from CSV: the one shape that every learner model is fitted on and measured with.

Columns: learner, item, skills (joined by `~~`), correct (0 or 1, or a credit between), timestamp (may be
empty; seconds, milliseconds or an ISO date and time). Further columns are ignored.
"""

from __future__ import annotations

import csv
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
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
    """One answer, for logs made in memory."""

    learner: str
    item: str
    skills: tuple[str, ...]
    correct: float
    time_ms: int
    """-1 where unknown."""
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """A log as it comes in, names already numbered: a few bytes per answer, so millions fit."""

    learners: dict[tuple[bool, str], int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    skill_sets: dict[tuple[str, ...], int] = field(default_factory=dict)
    learner: array[int] = field(default_factory=lambda: array("q"))
    item: array[int] = field(default_factory=lambda: array("q"))
    skill_set: array[int] = field(default_factory=lambda: array("q"))
    correct: array[float] = field(default_factory=lambda: array("d"))
    time_ms: array[float] = field(default_factory=lambda: array("d"))
    is_test: array[int] = field(default_factory=lambda: array("b"))

    def add(
        self, learner: str, item: str, skills: tuple[str, ...], correct: float, time_ms: float, is_test: bool
    ) -> None:
        # The same name in the training and the test file is another learner: the parts share nobody.
        key = (is_test, learner)
        self.learner.append(self.learners.setdefault(key, len(self.learners)))
        self.item.append(self.items.setdefault(item, len(self.items)))
        self.skill_set.append(self.skill_sets.setdefault(skills, len(self.skill_sets)))
        self.correct.append(correct)
        self.time_ms.append(time_ms)
        self.is_test.append(is_test)


def read_answers(paths: Sequence[tuple[Path, bool]]) -> Answers:
    """The answers of CSV files, each with whether it is the test part.

    Raises InputRejected with path:line for a row that cannot be read.
    """
    columns = _Columns()
    for path, is_test in paths:
        _read(path, is_test, columns)
    if not columns.learner:
        raise InputRejected("The file holds no answers.", hint=f"Its columns are {', '.join(COLUMNS)}.")
    return _arrays(columns)


def answers_of(rows: Iterable[AnswerRow]) -> Answers:
    """The answers of rows."""
    columns = _Columns()
    for row in rows:
        columns.add(row.learner, row.item, row.skills, row.correct, row.time_ms, row.is_test)
    return _arrays(columns)


def _read(path: Path, is_test: bool, columns: _Columns) -> None:
    begin = len(columns.time_ms)
    sets: dict[str, tuple[str, ...]] = {}
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            table = csv.reader(lines)
            places = _places(next(table, []), path)
            for line, row in enumerate(table, start=2):
                if not row:
                    continue
                cells = [row[place] if 0 <= place < len(row) else "" for place in places]
                learner, item, names, correct, timestamp = cells
                credit = _credit(correct)
                if credit is None or not learner or not item:
                    raise InputRejected(
                        f"{path}:{line}: learner {learner!r}, item {item!r}, correct {correct!r} "
                        "is not an answer.",
                        hint="Learner and item are not empty and correct lies in 0 to 1.",
                    )
                if names not in sets:
                    sets[names] = tuple(dict.fromkeys(n for n in names.split("~~") if n)) or (NO_SKILL,)
                time = _instant(timestamp, path, line)
                columns.add(learner, item, sets[names], credit, time, is_test)
    except OSError as error:
        raise InputRejected(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputRejected(f"{path} is not text in UTF-8.", hint="Save it as CSV in UTF-8.") from error
    _to_ms(columns.time_ms, begin)


def _places(header: Sequence[str], path: Path) -> list[int]:
    """Where each column is; -1 for a timestamp column that is not there."""
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise InputRejected(
            f"{path}:1: column {missing[0]!r} is missing.",
            hint=f"The columns are {', '.join(COLUMNS)} and, where known, timestamp.",
        )
    return [header.index(name) if name in header else -1 for name in (*COLUMNS, "timestamp")]


def _credit(text: str) -> float | None:
    try:
        credit = float(text)
    except ValueError:
        return None
    return credit if 0.0 <= credit <= 1.0 else None


def _instant(text: str, path: Path, line: int) -> float:
    """The timestamp as a number, ISO in milliseconds; NaN where empty."""
    if not text:
        return math.nan
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputRejected(
            f"{path}:{line}: timestamp {text!r} is neither a number nor an ISO date and time.",
            hint="Leave the column empty where the time is not known.",
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000


def _to_ms(times: array[float], begin: int) -> None:
    """Turns a file's times into milliseconds from 0 up, -1 where unknown. Below 1e11 they are seconds."""
    part = np.array(times[begin:])
    known = np.isfinite(part)
    if known.any():
        part[known] -= min(0.0, part[known].min())
        part[known] *= 1.0 if part[known].max() > 1e11 else 1000.0
    part[~known] = -1.0
    times[begin:] = array("d", np.round(part).tolist())


def _arrays(columns: _Columns) -> Answers:
    """The arrays of a log: learners together, in time order where all their times are known."""
    learner = np.array(columns.learner, np.int64)
    time_ms = np.array(columns.time_ms).astype(np.int64)
    is_timed = np.ones(len(columns.learners), np.bool_)
    is_timed[learner[time_ms < 0]] = False
    order = np.lexsort((np.where(is_timed[learner], time_ms, 0), learner))
    learner, time_ms = learner[order], time_ms[order]
    item = np.array(columns.item, np.int64)[order]
    correct = np.array(columns.correct)[order]
    names = list(columns.skill_sets)
    sets = _joined(learner, item, correct, time_ms, [names[k] for k in np.array(columns.skill_set)[order]])
    kept = np.array([entry is not None for entry in sets], np.bool_)
    skills: dict[str, int] = {}
    listed = [[skills.setdefault(name, len(skills)) for name in entry] for entry in sets if entry is not None]
    counts = np.array([len(entry) for entry in listed], np.int64)
    learner = learner[kept]
    starts = np.searchsorted(learner, np.arange(len(columns.learners)))
    n = len(learner)
    return Answers(
        learner=learner,
        item=item[kept],
        correct=correct[kept],
        time_ms=time_ms[kept],
        skill_of=np.fromiter((number for entry in listed for number in entry), np.int64, int(counts.sum())),
        row_of=np.repeat(np.arange(n, dtype=np.int64), counts),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        position=np.arange(n, dtype=np.int64) - starts[learner],
        is_test=np.array(columns.is_test, np.bool_)[order][kept],
        n_learners=len(columns.learners),
        n_items=len(columns.items),
        n_skills=len(skills),
        learner_names=tuple(name for _, name in columns.learners),
        item_names=tuple(columns.items),
        skill_names=tuple(skills),
    )


def _joined(
    learner: Ints, item: Ints, correct: Floats, time_ms: Ints, sets: list[tuple[str, ...]]
) -> list[tuple[str, ...] | None]:
    """The rows' skills, with one answer that was written once per skill put together again.

    Such repeated rows would leak the label: the second one is predicted with its own answer already seen.
    The first row takes the skills of the others, which become None.
    """
    found: list[tuple[str, ...] | None] = list(sets)
    same = (learner[1:] == learner[:-1]) & (item[1:] == item[:-1]) & (correct[1:] == correct[:-1])
    same &= (time_ms[1:] == time_ms[:-1]) & (time_ms[1:] >= 0)
    head = 0
    for row in (np.flatnonzero(same) + 1).tolist():
        if found[row - 1] is not None:
            head = row - 1
        whole = found[head] or ()
        if not set(whole) & set(sets[row]):
            found[head] = (*whole, *sets[row])
            found[row] = None
    return found


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
