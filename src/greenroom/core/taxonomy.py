"""Areas, topics, roles, levels and company loops, as compiled from `bank/taxonomy/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Seniority(StrEnum):
    """Levels of the position."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One of the 409 topics."""

    id: str
    title: str
    area: str
    prerequisites: tuple[str, ...] = ()
    """Topic ids that come first. Acyclic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One of the 33 areas."""

    id: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One of the seven roles: how much each area weighs and from which angle it is asked."""

    id: str
    title: str
    summary: str
    angle: str
    weights: Mapping[str, float]
    """Area id -> weight; sums to 1 over all 33 areas."""
    signals: Mapping[str, float]
    """Phrase found in a job description -> evidence (log-odds) for this role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a level moves: multipliers on area weights, the ability expected, and words."""

    id: Seniority
    title: str
    expected_logit: float
    """Ability (logit) at which a candidate of this level is expected to stand."""
    weight_factors: Mapping[str, float]
    expects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopRound:
    """One round of a company loop."""

    kind: str
    title: str
    minutes: int
    allows_assistant: bool
    competencies: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A company's loop with where that is known from and when it was read."""

    id: str
    title: str
    source: str
    as_of: str
    """ISO date on which the source was read."""
    rounds: tuple[LoopRound, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """Everything above, by id."""

    areas: Mapping[str, Area]
    topics: Mapping[str, Topic]
    roles: Mapping[str, Role]
    levels: Mapping[str, Expectation]
    loops: Mapping[str, Loop]
