"""Round blueprints as data, and the script of one mock: a blueprint with the questions chosen for it.

A blueprint says which sections a mock has, for how many minutes, where the questions come from, what is
revealed when, which competencies are evidenced and whether an assistant is allowed. A script is frozen into
`InterviewStarted`, so that a later change of the bank does not change a running mock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from greenroom.core.ids import Plain
from greenroom.core.questions import Fact
from greenroom.core.rubric import Point, PointKind


class AskKind(StrEnum):
    """What sort of question is put."""

    OPEN = "open"
    CODE = "code"
    STORY = "story"
    DESIGN = "design"


class Temperament(StrEnum):
    """How the interviewer speaks. It never changes what is asked or how it is graded."""

    WARM = "warm"
    NEUTRAL = "neutral"
    PRESSING = "pressing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """One section of a blueprint."""

    id: str
    round: str
    """Round kind: a file of `core/rounds/`."""
    title: str
    minutes: float
    questions: int
    """How many questions are chosen; follow-ups of a coding problem come on top."""
    source: AskKind
    competencies: tuple[str, ...]
    areas: tuple[str, ...] = ()
    """Areas to choose from; empty means the role's own weights."""
    topics: tuple[str, ...] = ()
    """Topics to choose from; empty means any."""
    intro: str = ""
    """What the section is for, said when it opens."""
    max_probes: int = 3
    """Probes and follow-ups after one answer."""
    reveals_facts: bool = True
    """Facts are said when asked for."""
    reveals_hints: bool = True
    hint_cost_01: float = 0.08
    """Taken off the question's score for each hint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """A mock as data."""

    id: str
    title: str
    summary: str
    allows_assistant: bool
    sections: tuple[SectionPlan, ...]

    @property
    def minutes(self) -> float:
        """Minutes of all sections."""
        return sum(section.minutes for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question as it was when the mock began."""

    id: str
    hash: str
    kind: AskKind
    title: str
    area: str
    topic: str
    prompt_text: str
    prompt_html: str
    minutes: float
    difficulty_logit: float
    points: tuple[Point, ...] = ()
    facts: tuple[Fact, ...] = ()
    hints: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    steps: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """(step id, title, point ids) of a design case."""
    starter: str = ""
    """First content of the editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A blueprint with its questions: asks[section][question]."""

    blueprint: Blueprint
    asks: tuple[tuple[Ask, ...], ...]
    role: str
    role_title: str
    seniority: str
    temperament: Temperament = Temperament.NEUTRAL


def plain_of(value: Any) -> Plain:  # any frozen value of core, by its fields
    """The value as JSON data: dataclasses become mappings, tuples lists, enums their text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain_of(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(key): plain_of(entry) for key, entry in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} is not plain data")


Data = Mapping[str, Any]
"""Data that `plain_of` wrote."""


def script_of(data: Data) -> Script:
    """The script that `plain_of` wrote."""
    return Script(
        blueprint=_blueprint(data["blueprint"]),
        asks=tuple(tuple(ask_of(ask) for ask in section) for section in data["asks"]),
        role=data["role"],
        role_title=data["role_title"],
        seniority=data["seniority"],
        temperament=Temperament(data["temperament"]),
    )


def ask_of(data: Data) -> Ask:
    """The ask that `plain_of` wrote."""
    known = {field.name: data[field.name] for field in fields(Ask) if field.name in data}
    known["kind"] = AskKind(data["kind"])
    known["points"] = tuple(_point(point) for point in data.get("points", ()))
    known["facts"] = tuple(_fact(fact) for fact in data.get("facts", ()))
    known["hints"] = tuple(data.get("hints", ()))
    known["follow_ups"] = tuple(data.get("follow_ups", ()))
    known["steps"] = tuple((step[0], step[1], tuple(step[2])) for step in data.get("steps", ()))
    return Ask(**known)


def _point(data: Data) -> Point:
    return Point(
        id=data["id"],
        kind=PointKind(data["kind"]),
        weight=data["weight"],
        says=data["says"],
        phrasings=tuple(data["phrasings"]),
        needs=tuple(tuple(group) for group in data["needs"]),
        never=tuple(data["never"]),
        contrast=tuple(data["contrast"]),
        probe=data["probe"],
    )


def _fact(data: Data) -> Fact:
    return Fact(
        id=data["id"],
        topic=data["topic"],
        asks=tuple(data["asks"]),
        answer=data["answer"],
        worth=data["worth"],
    )


def _blueprint(data: Data) -> Blueprint:
    return Blueprint(
        id=data["id"],
        title=data["title"],
        summary=data["summary"],
        allows_assistant=data["allows_assistant"],
        sections=tuple(_section(section) for section in data["sections"]),
    )


def _section(data: Data) -> SectionPlan:
    known = {field.name: data[field.name] for field in fields(SectionPlan) if field.name in data}
    known["source"] = AskKind(data["source"])
    for name in ("competencies", "areas", "topics"):
        known[name] = tuple(data.get(name, ()))
    return SectionPlan(**known)
