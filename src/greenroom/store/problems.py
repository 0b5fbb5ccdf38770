"""Where the learner stands with each coding problem."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import PROBLEMS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow(Row):
    """Counts of one problem; `mean`, `variance`, `n_answers` are its part of the learner model."""

    problem_id: str
    topic: str
    area: str
    runs: int = 0
    """Runs of the visible tests."""
    submissions: int = 0
    best_passed: int = 0
    total: int = 0
    solved_ms: int | None = None
    """When it was first accepted."""
    last_ms: int = 0
    last_outcome: str = ""
    hints_taken: int = 0
    mean: float = 0.0
    variance: float = 0.0
    n_answers: int = 0


PROBLEMS = Shelf(table=TABLE, row=ProblemRow, key=("problem_id",))
