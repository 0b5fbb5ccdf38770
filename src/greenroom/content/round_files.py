"""Units of what a mock is made of: round blueprints and competencies with anchored bands."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from greenroom.content.schema import Shape, Share, Slug, Text
from greenroom.content.units import Ref, Unit, shape_of
from greenroom.content.yaml_text import line_of
from greenroom.core.blueprints import AskKind, Blueprint, SectionPlan
from greenroom.core.competencies import Band, Competency, Measure
from greenroom.core.questions import DESIGN_STEPS
from greenroom.core.rounds import ROUNDS
from greenroom.core.taxonomy import Seniority


class SectionShape(Shape):
    """One section of a blueprint."""

    id: Slug
    round: Slug
    title: Text
    minutes: Annotated[float, Field(gt=0, le=180)]
    questions: Annotated[int, Field(ge=1, le=20)]
    source: AskKind
    competencies: Annotated[list[Slug], Field(min_length=1)]
    areas: list[Slug] = []
    topics: list[Slug] = []
    intro: str = ""
    max_probes: Annotated[int, Field(ge=0, le=20)] = 3
    reveals_facts: bool = True
    reveals_hints: bool = True
    hint_cost_01: Share = 0.08

    @model_validator(mode="after")
    def _round_is_known(self) -> SectionShape:
        if self.round not in ROUNDS:
            raise ValueError(f"round is one of {', '.join(sorted(ROUNDS))}")
        return self


class BlueprintShape(Shape):
    """`bank/blueprints/<id>.yaml`."""

    title: Text
    summary: Text
    allows_assistant: bool
    sections: Annotated[list[SectionShape], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_differ(self) -> BlueprintShape:
        ids = [section.id for section in self.sections]
        if len(set(ids)) != len(ids):
            raise ValueError("two sections share an id")
        return self


class CompetencyShape(Shape):
    """`bank/competencies/<id>.yaml`."""

    title: Text
    summary: Text
    measure: Measure
    topic: Slug
    anchors: dict[Seniority, dict[Band, Text]]
    steps: list[Slug] = []

    @model_validator(mode="after")
    def _every_band_has_words(self) -> CompetencyShape:
        for level in Seniority:
            missing = [band.value for band in Band if band not in self.anchors.get(level, {})]
            if missing:
                raise ValueError(f"{level.value} lacks words for {', '.join(missing)}")
        if (self.measure is Measure.STEPS) != bool(self.steps) or not set(self.steps) <= set(DESIGN_STEPS):
            raise ValueError(
                f"`steps` belongs to the measure steps and names some of {', '.join(DESIGN_STEPS)}"
            )
        return self


def blueprint_unit(text: str, path: str, *, id_: str) -> Unit:
    """The unit of `bank/blueprints/<id>.yaml`."""
    unit = Unit()
    shape = shape_of(unit, BlueprintShape, text, path, subject=id_)
    if shape is None:
        return unit
    for number, section in enumerate(shape.sections):
        line = line_of(text, ["sections", number])
        unit.refs += [Ref("topic", topic, path, line, id_) for topic in section.topics]
    sections = tuple(
        SectionPlan(
            **section.model_dump(exclude={"competencies", "areas", "topics"}),
            competencies=tuple(section.competencies),
            areas=tuple(section.areas),
            topics=tuple(section.topics),
        )
        for section in shape.sections
    )
    blueprint = Blueprint(
        id=id_,
        title=shape.title,
        summary=shape.summary,
        allows_assistant=shape.allows_assistant,
        sections=sections,
    )
    unit.add("blueprints", id_, blueprint, path=path)
    return unit


def competency_unit(text: str, path: str, *, id_: str) -> Unit:
    """The unit of `bank/competencies/<id>.yaml`."""
    unit = Unit()
    shape = shape_of(unit, CompetencyShape, text, path, subject=id_)
    if shape is None:
        return unit
    unit.refs.append(Ref("topic", shape.topic, path, line_of(text, ["topic"]), id_))
    competency = Competency(
        id=id_,
        title=shape.title,
        summary=shape.summary,
        measure=shape.measure,
        topic=shape.topic,
        steps=tuple(shape.steps),
        anchors={
            level.value: {band.value: words for band, words in bands.items()}
            for level, bands in shape.anchors.items()
        },
    )
    unit.add("competencies", id_, competency, path=path)
    return unit
