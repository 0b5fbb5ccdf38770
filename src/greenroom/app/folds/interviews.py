"""Mock interviews: a turn counts as the day's practice, and a graded answer is evidence like any other.

What was said is read from the events themselves. Code in a mock is counted by its own `Judged` event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from greenroom.app.folds.learning import learn
from greenroom.core.blueprints import AskKind
from greenroom.core.events import Debriefed, TurnTaken
from greenroom.core.learner_state import Evidence, Traits
from greenroom.core.units import day_of
from greenroom.store.days import DAYS, DayRow
from greenroom.store.events import Logged
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.rows import Rows

_LEAST_RELIABILITY = 0.1


def fold(logged: Logged, rows: Rows) -> None:
    """Counts a turn on its day; learns from the graded answers of a debrief."""
    learner = rows.get(LEARNERS) or Learner()
    day = day_of(logged.event.at_ms, learner.time_zone).isoformat()
    match logged.event.payload:
        case TurnTaken():
            today = rows.get(DAYS, day) or DayRow(day=day)
            rows.put(DAYS, replace(today, turns=today.turns + 1))
        case Debriefed(debrief=debrief):
            for question in _graded(debrief):
                _learn(rows, question, logged.event.at_ms, day)


def _graded(debrief: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:  # Any: a Debrief as plain data
    for section in debrief["sections"]:
        for question in section["questions"]:
            if question["kind"] != AskKind.CODE and question["score_01"] is not None:
                yield question


def _learn(rows: Rows, question: Mapping[str, Any], at_ms: int, day: str) -> None:  # Any: as above
    learn(
        rows,
        Traits(
            item_id=question["id"],
            topic=question["topic"],
            area=question["area"],
            difficulty_logit=question["difficulty_logit"],
        ),
        # The grader says how sure it is; a wide interval counts as a small part of an answer.
        Evidence(
            credit_01=question["score_01"],
            reliability=max(_LEAST_RELIABILITY, question["reliability_01"]),
        ),
        item=None,
        recall_01=None,
        at_ms=at_ms,
        day=day,
    )
