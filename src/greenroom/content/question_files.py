"""Units of what is answered in words: open questions, design cases, story prompts."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.content.schema import (
    DesignShape,
    FactShape,
    OpenShape,
    PointShape,
    Samples,
    StoryShape,
)
from greenroom.content.units import Ref, Unit, rendered, shape_of
from greenroom.content.yaml_text import line_of
from greenroom.core.ids import content_hash
from greenroom.core.questions import (
    DESIGN_STEPS,
    DesignCase,
    DesignStep,
    Estimate,
    Fact,
    OpenQuestion,
    StoryPrompt,
)
from greenroom.core.rubric import Point, Sample

STEP_TITLES = {
    "framing-and-metrics": "Framing and metrics",
    "data": "Data",
    "model-from-a-baseline": "Model, from a baseline",
    "training-and-evaluation": "Training and evaluation",
    "deployment-and-inference": "Deployment and inference",
    "monitoring": "Monitoring",
}


def open_unit(text: str, path: str, *, area: str, id_: str) -> Unit:
    """The unit of `bank/open/<area>/<id>.yaml`."""
    unit = Unit()
    shape = shape_of(unit, OpenShape, text, path, subject=id_)
    if shape is None:
        return unit
    # The file lies in the folder of its main area; its topic may belong to a neighbouring one.
    _refs(unit, text, path, id_, topics=[shape.topic, *shape.topics], roles=shape.roles)
    question = OpenQuestion(
        id=id_,
        hash=_hash(shape.model_dump(mode="json")),
        title=shape.title,
        area=area,
        topic=shape.topic,
        topics=tuple(shape.topics),
        level=shape.level,
        minutes=shape.minutes,
        difficulty_logit=shape.difficulty,
        roles=tuple(shape.roles),
        prompt_html=rendered(unit, shape.prompt, path, line_of(text, ["prompt"]), subject=id_),
        prompt_text=shape.prompt.strip(),
        points=_points(shape.points),
        facts=_facts(shape.facts),
        samples=_samples(shape.samples),
        follow_ups=tuple(shape.follow_ups),
        hints=tuple(shape.hints),
        model_answer_html=rendered(
            unit, shape.model_answer, path, line_of(text, ["model_answer"]), subject=id_
        ),
        sources=tuple(shape.sources),
        path=f"{path}:1",
    )
    unit.add("open_questions", id_, question, path=path)
    return unit


def design_unit(text: str, path: str, *, id_: str) -> Unit:
    """The unit of `bank/designs/<id>.yaml`."""
    unit = Unit()
    shape = shape_of(unit, DesignShape, text, path, subject=id_)
    if shape is None:
        return unit
    _refs(unit, text, path, id_, topics=shape.topics, roles=shape.roles)
    ids = [point.id for step in shape.steps.values() for point in step.points]
    for doubled in sorted({name for name in ids if ids.count(name) > 1}):
        unit.complain(path, line_of(text, ["steps"]), f"the point id {doubled} occurs in two steps",
                      "its grade would be ambiguous", "rename one", subject=id_)  # fmt: skip
    case = DesignCase(
        id=id_,
        hash=_hash(shape.model_dump(mode="json")),
        title=shape.title,
        topics=tuple(shape.topics),
        minutes=shape.minutes,
        roles=tuple(shape.roles),
        prompt_html=rendered(unit, shape.prompt, path, line_of(text, ["prompt"]), subject=id_),
        prompt_text=shape.prompt.strip(),
        facts=_facts(shape.facts),
        steps=tuple(
            DesignStep(id=step, title=STEP_TITLES[step], points=_points(shape.steps[step].points))
            for step in DESIGN_STEPS
        ),
        estimates=tuple(
            Estimate(id=e.id, label=e.label, unit=e.unit, low=e.low, high=e.high, how=e.how)
            for e in shape.estimates
        ),
        samples=_samples(shape.samples),
        follow_ups=tuple(shape.follow_ups),
        sources=tuple(shape.sources),
        path=f"{path}:1",
    )
    unit.add("design_cases", id_, case, path=path)
    return unit


def story_unit(text: str, path: str, *, id_: str) -> Unit:
    """The unit of `bank/stories/<id>.yaml`."""
    unit = Unit()
    shape = shape_of(unit, StoryShape, text, path, subject=id_)
    if shape is None:
        return unit
    _refs(unit, text, path, id_, topics=[shape.topic], roles=shape.roles)
    prompt = StoryPrompt(
        id=id_,
        hash=_hash(shape.model_dump(mode="json")),
        title=shape.title,
        topic=shape.topic,
        themes=tuple(shape.themes),
        minutes=shape.minutes,
        prompt_text=shape.prompt.strip(),
        points=_points(shape.points),
        samples=_samples(shape.samples),
        follow_ups=tuple(shape.follow_ups),
        listens_for=tuple(shape.listens_for),
        path=f"{path}:1",
    )
    unit.add("story_prompts", id_, prompt, path=path)
    return unit


def _hash(data: dict[str, object]) -> str:
    """Hash of the question and its rubric; titles, sources and feedback do not count."""
    kept = ("prompt", "points", "facts", "steps", "estimates")
    return content_hash({key: data[key] for key in kept if key in data})  # type: ignore[misc]  # JSON by model_dump


def _refs(unit: Unit, text: str, path: str, id_: str, *, topics: Sequence[str], roles: Sequence[str]) -> None:
    line = line_of(text, ["topics"]) if "topics:" in text else line_of(text, ["topic"])
    unit.refs += [Ref("topic", topic, path, line, id_) for topic in topics]
    unit.refs += [Ref("role", role, path, line_of(text, ["roles"]), id_) for role in roles]


def _points(shapes: Sequence[PointShape]) -> tuple[Point, ...]:
    return tuple(
        Point(
            id=shape.id,
            kind=shape.kind,
            weight=shape.weight,
            says=shape.says.strip(),
            phrasings=tuple(shape.phrasings),
            needs=tuple(tuple(group) for group in shape.needs),
            never=tuple(shape.never),
            contrast=tuple(shape.contrast),
            probe=shape.probe.strip(),
        )
        for shape in shapes
    )


def _facts(shapes: Sequence[FactShape]) -> tuple[Fact, ...]:
    return tuple(
        Fact(id=f.id, topic=f.topic, asks=tuple(f.asks), answer=f.answer.strip(), worth=f.worth)
        for f in shapes
    )


def _samples(samples: Samples) -> tuple[Sample, ...]:
    return tuple(
        Sample(label=label, score_01=sample.score, text=sample.text.strip())
        for label, sample in samples.items()
    )
