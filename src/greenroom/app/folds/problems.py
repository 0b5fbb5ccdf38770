"""Coding problems: runs, submissions, hints, and what a judged submission says about the learner."""

from __future__ import annotations

from dataclasses import replace

from greenroom.app.folds.learning import learn
from greenroom.core.events import HintTaken, Judged
from greenroom.core.learner_state import Component, Evidence, Traits
from greenroom.core.units import day_of
from greenroom.core.verdicts import Outcome
from greenroom.store.days import DAYS, DayRow
from greenroom.store.events import Logged
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.problems import PROBLEMS, ProblemRow
from greenroom.store.rows import Rows

_NO_EVIDENCE = {Outcome.JUDGE_FAULT.value}
_HINT_COSTS = 0.2


def fold(logged: Logged, rows: Rows) -> None:
    """Counts runs, submissions and hints. A judge's fault is no evidence, nor a run, nor what follows the reference."""
    match logged.event.payload:
        case HintTaken() as taken:
            found = _row(rows, taken.problem_id, "", "")
            rows.put(PROBLEMS, replace(found, hints_taken=max(found.hints_taken, taken.number)))
        case Judged(visible_only=True) as run:
            found = _row(rows, run.problem_id, run.topic, run.area)
            rows.put(PROBLEMS, replace(found, runs=found.runs + 1, last_ms=logged.event.at_ms))
        case Judged() as judged:
            _count(judged, logged.event.at_ms, rows)


def credit_of(judged: Judged) -> float:
    """1 for an accepted submission, less a fifth a hint; otherwise at most half, by the share of tests passed."""
    if judged.outcome == Outcome.ACCEPTED.value:
        return max(0.4, 1.0 - _HINT_COSTS * judged.hints_used)
    return 0.5 * judged.passed / judged.total if judged.total else 0.0


def _count(judged: Judged, at_ms: int, rows: Rows) -> None:
    learner = rows.get(LEARNERS) or Learner()
    day = day_of(at_ms, learner.time_zone).isoformat()
    found = _row(rows, judged.problem_id, judged.topic, judged.area)
    if judged.outcome not in _NO_EVIDENCE and not judged.was_revealed:
        learned = learn(
            rows,
            Traits(
                item_id=judged.problem_id,
                topic=judged.topic,
                area=judged.area,
                difficulty_logit=judged.difficulty_logit,
            ),
            Evidence(credit_01=credit_of(judged)),
            item=Component(found.mean, found.variance, 0.0, 0.0, found.n_answers, found.last_ms)
            if found.n_answers
            else None,
            recall_01=None,
            at_ms=at_ms,
            day=day,
        )
        found = replace(
            found,
            mean=learned.item.mean,
            variance=learned.item.variance,
            n_answers=learned.item.n_answers,
        )
    is_solved = judged.outcome == Outcome.ACCEPTED.value and not judged.was_revealed
    rows.put(
        PROBLEMS,
        replace(
            found,
            submissions=found.submissions + 1,
            best_passed=max(found.best_passed, judged.passed),
            total=judged.total,
            solved_ms=at_ms if is_solved and found.solved_ms is None else found.solved_ms,
            last_ms=at_ms,
            last_outcome=judged.outcome,
        ),
    )
    today = rows.get(DAYS, day) or DayRow(day=day)
    rows.put(DAYS, replace(today, submitted=today.submitted + 1))


def _row(rows: Rows, problem_id: str, topic: str, area: str) -> ProblemRow:
    found = rows.get(PROBLEMS, problem_id) or ProblemRow(problem_id=problem_id, topic=topic, area=area)
    return replace(found, topic=topic or found.topic, area=area or found.area)
