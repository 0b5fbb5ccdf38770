"""The learner's own row: what a fold has to know of everything before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from greenroom.core.learner_state import Prior
from greenroom.core.mastery import prior_of
from greenroom.core.memory import DEFAULT_WEIGHTS
from greenroom.store.shelves import Row, Shelf
from greenroom.store.tables import LEARNERS as TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner(Row):
    """Totals, and what the profile said last."""

    time_zone: str = "UTC"
    """The zone in which the learner's days begin."""
    interview_on: str | None = None
    expected_logit: float = 0.0
    """Of the level aimed at."""
    self_report: str = "{}"
    """JSON: area -> step, 1 to 5."""
    memory_weights: str = ""
    """JSON: the weights fitted last; empty where the default ones hold."""
    answered: int = 0
    xp: int = 0
    last_seq: int = 0
    """Place in the log up to which the projections stand."""

    @property
    def prior(self) -> Prior:
        """Where the parts of the learner model stand that no answer has moved yet."""
        return _prior_of(self.expected_logit, self.self_report)

    @property
    def weights(self) -> tuple[float, ...]:
        """FSRS weights for the next review."""
        return _weights_of(self.memory_weights) if self.memory_weights else DEFAULT_WEIGHTS


LEARNERS = Shelf(table=TABLE, row=Learner)


@lru_cache(maxsize=64)
def _prior_of(expected_logit: float, self_report: str) -> Prior:
    return prior_of(expected_logit=expected_logit, self_report=json.loads(self_report))


@lru_cache(maxsize=64)
def _weights_of(memory_weights: str) -> tuple[float, ...]:
    return tuple(float(weight) for weight in json.loads(memory_weights))
