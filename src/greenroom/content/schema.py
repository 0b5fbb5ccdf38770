"""Shapes of the YAML that people write in bank/, checked at the border. Unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from greenroom.core.items import Kind, Level
from greenroom.core.questions import DESIGN_STEPS
from greenroom.core.rubric import PointKind

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _text_of(value: object) -> object:
    """`Hastie et al.: ESL` is a mapping to YAML and a sentence to its author; so is a bare number."""
    if isinstance(value, dict) and len(value) == 1:
        ((key, rest),) = value.items()
        if isinstance(key, str) and isinstance(rest, str):
            return f"{key}: {rest}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _list_of(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text_of), Field(min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_list_of)]
Slug = Annotated[str, BeforeValidator(_text_of), Field(pattern=SLUG, max_length=80)]
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(gt=0, le=120)]
Difficulty = Annotated[float, Field(ge=-4, le=4)]


class Shape(BaseModel):
    """Base of all shapes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemShape(Shape):
    """The `yaml` block of an authored item."""

    kind: Kind
    level: Level
    minutes: Minutes
    difficulty: Difficulty
    sources: Texts = Field(min_length=1)
    check: str | None = None
    waive: dict[str, Text] = {}
    """Gate id -> why this item may trip it."""
    tags: list[Slug] = []


class MisconceptionShape(Shape):
    """One entry of `bank/misconceptions/<area>.yaml`."""

    name: Text
    topic: Slug
    diagnosis: Text
    remedy: Text


class PointShape(Shape):
    """One rubric point."""

    id: Slug
    kind: PointKind = PointKind.MUST
    weight: float = Field(default=1.0, ge=0, le=10)
    says: Text
    phrasings: Texts = []
    needs: list[Texts] = []
    never: Texts = []
    contrast: Texts = []
    probe: str = ""

    @model_validator(mode="after")
    def _can_be_met(self) -> PointShape:
        if not self.phrasings and not self.needs:
            raise ValueError("a point needs phrasings or needs, or nothing can meet it")
        if self.kind is PointKind.MUST and not self.probe:
            raise ValueError("a must point needs a probe, asked when it is missing")
        return self


class FactShape(Shape):
    """One fact of the interviewer's sheet."""

    id: Slug
    topic: Text
    asks: Texts = Field(min_length=1)
    answer: Text
    worth: float = Field(default=1.0, ge=0, le=5)


class SampleShape(Shape):
    """A sample answer with the author's score."""

    score: Share
    text: Text


Samples = dict[str, SampleShape]


def _unique_points(points: list[PointShape]) -> list[PointShape]:
    ids = [point.id for point in points]
    doubled = sorted({name for name in ids if ids.count(name) > 1})
    if doubled:
        raise ValueError(f"the point id {doubled[0]} occurs twice")
    return points


class _Rubric(Shape):
    """What open questions, designs and stories share."""

    samples: Samples = {}
    follow_ups: Texts = []
    sources: Texts = []

    @field_validator("samples")
    @classmethod
    def _has_the_labels(cls, samples: Samples) -> Samples:
        unknown = set(samples) - {"weak", "average", "strong", "red_flag"}
        if unknown:
            raise ValueError(f"a sample is weak, average, strong or red_flag, not {sorted(unknown)[0]}")
        if not {"weak", "strong"} <= set(samples):
            raise ValueError("at least a weak and a strong sample are needed")
        ordered = [samples[name].score for name in ("weak", "average", "strong") if name in samples]
        if ordered != sorted(ordered) or samples["weak"].score >= samples["strong"].score:
            raise ValueError("the scores of weak, average and strong do not rise")
        return samples


class OpenShape(_Rubric):
    """`bank/open/<area>/<id>.yaml`."""

    title: Text
    topic: Slug
    topics: list[Slug] = []
    level: Level
    minutes: Minutes
    difficulty: Difficulty = 0.0
    roles: list[Slug] = []
    companies: list[Slug] = []
    prompt: Text
    facts: list[FactShape] = []
    points: Annotated[list[PointShape], Field(min_length=2)]
    samples: Samples
    hints: Texts = []
    model_answer: Text
    sources: Texts = Field(min_length=1)

    _unique = field_validator("points")(_unique_points)


class StepShape(Shape):
    """One of the six steps of a design case."""

    points: Annotated[list[PointShape], Field(min_length=1)]

    _unique = field_validator("points")(_unique_points)


class EstimateShape(Shape):
    """A back-of-envelope number."""

    id: Slug
    label: Text
    unit: str = ""
    low: float
    high: float
    how: Text

    @model_validator(mode="after")
    def _is_a_range(self) -> EstimateShape:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class DesignShape(_Rubric):
    """`bank/designs/<id>.yaml`."""

    title: Text
    topics: Annotated[list[Slug], Field(min_length=1)]
    minutes: Minutes
    level: Level | None = None
    difficulty: Difficulty | None = None
    roles: list[Slug] = []
    companies: list[Slug] = []
    prompt: Text
    facts: Annotated[list[FactShape], Field(min_length=1)]
    steps: dict[str, StepShape]
    estimates: list[EstimateShape] = []
    samples: Samples = {}
    hints: Texts = []
    sources: Texts = Field(min_length=1)

    @field_validator("steps")
    @classmethod
    def _has_the_six_steps(cls, steps: dict[str, StepShape]) -> dict[str, StepShape]:
        if set(steps) != set(DESIGN_STEPS):
            odd = sorted(set(steps) ^ set(DESIGN_STEPS))
            raise ValueError(f"the six steps are {', '.join(DESIGN_STEPS)}; see {', '.join(odd)}")
        return steps


class StoryShape(_Rubric):
    """`bank/stories/<id>.yaml`."""

    title: Text
    topic: Slug
    themes: Texts = Field(min_length=1)
    minutes: Minutes
    level: Level | None = None
    difficulty: Difficulty | None = None
    roles: list[Slug] = []
    prompt: Text
    points: Annotated[list[PointShape], Field(min_length=2, max_length=6)]
    samples: Samples
    listens_for: Texts = Field(min_length=1)

    _unique = field_validator("points")(_unique_points)


class ProblemShape(Shape):
    """The `yaml` block of `bank/problems/<id>/problem.md`."""

    title: Text
    area: Slug
    topic: Slug
    level: Level
    minutes: Minutes
    difficulty: Difficulty
    profile: Literal["core", "ml", "sql", "torch"] = "core"
    entry: Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$")]
    complexity: Text
    roles: list[Slug] = []
    companies: list[Slug] = []
    time_limit_ms: int = Field(default=4000, ge=50, le=60_000)
    memory_mb: int = Field(default=512, ge=64, le=4096)
    sources: Texts = []
    tags: list[Slug] = []
