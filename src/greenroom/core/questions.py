"""Open questions, design cases and story prompts, as compiled."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.core.items import Level
from greenroom.core.rubric import Point, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the interviewer knows and says only when asked."""

    id: str
    topic: str
    """Short name for the record: `how the data was split`."""
    asks: tuple[str, ...]
    """Ways of asking for it."""
    answer: str
    worth: float = 1.0
    """How much asking for it counts; 0 where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question answered in the candidate's own words."""

    id: str
    hash: str
    title: str
    area: str
    topic: str
    topics: tuple[str, ...]
    level: Level
    minutes: float
    difficulty_logit: float
    roles: tuple[str, ...]
    """Roles it fits; empty means all."""
    prompt_html: str
    prompt_text: str
    points: tuple[Point, ...]
    facts: tuple[Fact, ...]
    samples: tuple[Sample, ...]
    follow_ups: tuple[str, ...]
    hints: tuple[str, ...]
    model_answer_html: str
    sources: tuple[str, ...]
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A back-of-envelope number of a design case and the range that is accepted."""

    id: str
    label: str
    unit: str
    low: float
    high: float
    how: str
    """The arithmetic, shown afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignCase:
    """A system-design case: a prompt, hidden facts, six steps with rubric points, estimates."""

    id: str
    hash: str
    title: str
    topics: tuple[str, ...]
    minutes: float
    roles: tuple[str, ...]
    prompt_html: str
    prompt_text: str
    facts: tuple[Fact, ...]
    steps: tuple[DesignStep, ...]
    estimates: tuple[Estimate, ...]
    samples: tuple[Sample, ...]
    follow_ups: tuple[str, ...]
    sources: tuple[str, ...]
    path: str = ""


DESIGN_STEPS = (
    "framing-and-metrics",
    "data",
    "model-from-a-baseline",
    "training-and-evaluation",
    "deployment-and-inference",
    "monitoring",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignStep:
    """One of the six steps of a design round (`DESIGN_STEPS`) with its rubric."""

    id: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPrompt:
    """A behavioural prompt. STAR structure is graded; the points are what a strong story shows."""

    id: str
    hash: str
    title: str
    topic: str
    themes: tuple[str, ...]
    """Themes and Leadership Principles it evidences."""
    minutes: float
    prompt_text: str
    points: tuple[Point, ...]
    samples: tuple[Sample, ...]
    follow_ups: tuple[str, ...]
    listens_for: tuple[str, ...]
    """What the interviewer listens for, shown afterwards."""
    path: str = ""
