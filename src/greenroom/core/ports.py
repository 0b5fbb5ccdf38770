"""What app reaches through a Protocol: only what is slow, unsafe or unrepeatable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from greenroom.core.blueprints import Blueprint
from greenroom.core.competencies import Competency
from greenroom.core.ids import ItemId
from greenroom.core.items import Item, Misconception
from greenroom.core.problems import Problem
from greenroom.core.questions import DesignCase, OpenQuestion, StoryPrompt
from greenroom.core.rubric import GradeResult, Point
from greenroom.core.taxonomy import Taxonomy
from greenroom.core.verdicts import ScriptResult, Verdict


class Clock(Protocol):
    """The only source of time above core."""

    def now_ms(self) -> int:
        """Milliseconds UTC."""


class Bank(Protocol):
    """The compiled bank, read-only. Lookups raise NotFound with a hint."""

    @property
    def hash(self) -> str:
        """Hash of the whole compiled content."""

    @property
    def taxonomy(self) -> Taxonomy: ...

    @property
    def items(self) -> Mapping[ItemId, Item]: ...

    @property
    def misconceptions(self) -> Mapping[str, Misconception]: ...

    @property
    def problems(self) -> Mapping[str, Problem]: ...

    @property
    def open_questions(self) -> Mapping[str, OpenQuestion]: ...

    @property
    def design_cases(self) -> Mapping[str, DesignCase]: ...

    @property
    def story_prompts(self) -> Mapping[str, StoryPrompt]: ...

    @property
    def blueprints(self) -> Mapping[str, Blueprint]: ...

    @property
    def competencies(self) -> Mapping[str, Competency]: ...

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises NotFound."""

    def problem(self, problem_id: str) -> Problem:
        """The problem of that id. Raises NotFound."""


class Judge(Protocol):
    """Runs candidate code in a sandbox. Slow and unsafe: never inside a transaction."""

    @property
    def level(self) -> str:
        """Sandbox level in use, as `greenroom doctor` names it."""

    def run(self, problem: Problem, source: str, *, visible_only: bool, seed: int) -> Verdict:
        """Judge a submission. Hidden inputs are drawn from `seed`. Never raises for candidate faults."""

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        """Scratch run of any script."""


class Grader(Protocol):
    """Grades free text per rubric point, offline."""

    def grade(self, points: Sequence[Point], answer: str, *, question: str) -> GradeResult:
        """Verdicts per point with verbatim quotes. `question` is discounted from the evidence."""


class Embedder(Protocol):
    """Sentence vectors, where the semantic extra is installed."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """vectors[n_texts][n_dims], unit length."""
