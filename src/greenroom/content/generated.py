"""A bank of generated items, in memory: for benchmarks, simulations and tests at any size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from greenroom.core.blueprints import Blueprint
from greenroom.core.competencies import Competency
from greenroom.core.errors import NotFound
from greenroom.core.ids import ItemId, Plain, content_hash
from greenroom.core.items import (
    Blank,
    ChoiceSpec,
    ClozeSpec,
    Item,
    Kind,
    Level,
    Misconception,
    NumericSpec,
    Option,
    OrderSpec,
    Slip,
    Spec,
    Step,
)
from greenroom.core.problems import Problem
from greenroom.core.questions import DesignCase, OpenQuestion, StoryPrompt
from greenroom.core.taxonomy import Area, Expectation, Loop, LoopRound, Role, Seniority, Taxonomy, Topic

KINDS = (Kind.CHOICE, Kind.SEVERAL, Kind.NUMERIC, Kind.ORDER, Kind.CLOZE)
_LEVELS = (Level.RECALL, Level.APPLY, Level.ANALYSE, Level.DECIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedBank:
    """`core.ports.Bank` without files. The right answer of a generated item: see `right_response`."""

    hash: str
    taxonomy: Taxonomy
    items: Mapping[ItemId, Item]
    misconceptions: Mapping[str, Misconception]
    problems: Mapping[str, Problem] = field(default_factory=dict)
    open_questions: Mapping[str, OpenQuestion] = field(default_factory=dict)
    design_cases: Mapping[str, DesignCase] = field(default_factory=dict)
    story_prompts: Mapping[str, StoryPrompt] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    competencies: Mapping[str, Competency] = field(default_factory=dict)

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises NotFound."""
        found = self.items.get(ItemId(item_id))
        if found is None:
            raise NotFound(f"There is no question {item_id!r} in this bank.", hint="Load the next one.")
        return found

    def problem(self, problem_id: str) -> Problem:
        """The problem of that id. Raises NotFound."""
        found = self.problems.get(problem_id)
        if found is None:
            raise NotFound(f"There is no coding problem {problem_id!r} in this bank.", hint="Choose another.")
        return found


def generated_bank(n_items: int, *, n_areas: int = 5, topics_per_area: int = 4) -> GeneratedBank:
    """Items of all kinds and levels, spread evenly over the topics, difficulties from -1.5 to 1.5 logits."""
    taxonomy = generated_taxonomy(n_areas=n_areas, topics_per_area=topics_per_area)
    topics = list(taxonomy.topics.values())
    made = [_item(number, topics[number % len(topics)]) for number in range(n_items)]
    slips = {
        f"slip-{area}": Misconception(
            id=f"slip-{area}",
            area=area,
            topic=taxonomy.areas[area].topics[0],
            name=f"The slip of {area}",
            diagnosis="You took the part for the whole.",
            remedy="Write the whole down first.",
        )
        for area in taxonomy.areas
    }
    return GeneratedBank(
        hash=content_hash([item.hash for item in made]),
        taxonomy=taxonomy,
        items={item.id: item for item in made},
        misconceptions=slips,
    )


def generated_taxonomy(*, n_areas: int = 5, topics_per_area: int = 4) -> Taxonomy:
    """Areas, topics, two roles, four levels and one loop."""
    names = [f"area-{number}" for number in range(n_areas)]
    topics = {
        f"{area}-topic-{number}": Topic(
            id=f"{area}-topic-{number}", title=f"Topic {number} of {area}", area=area
        )
        for area in names
        for number in range(topics_per_area)
    }
    areas = {
        area: Area(
            id=area,
            title=area.replace("-", " ").capitalize(),
            topics=tuple(topic.id for topic in topics.values() if topic.area == area),
        )
        for area in names
    }
    even = dict.fromkeys(names, 1 / n_areas)
    rising = {area: 2 * (place + 1) / (n_areas * (n_areas + 1)) for place, area in enumerate(names)}
    roles = {
        id_: Role(id=id_, title=id_, summary="", angle="", weights=weights, signals={})
        for id_, weights in (("even-role", even), ("rising-role", rising))
    }
    levels = {
        level: Expectation(
            id=level, title=level.value, expected_logit=0.4 * place, weight_factors={}, expects=()
        )
        for place, level in enumerate(Seniority)
    }
    kinds = ("coding", "ml-fundamentals", "behavioural")
    rounds = tuple(
        LoopRound(kind=kind, title=kind, minutes=60, allows_assistant=False, competencies=())
        for kind in kinds
    )
    loop = Loop(id="general", title="General", source="generated", as_of="2026-01-01", rounds=rounds)
    return Taxonomy(
        areas=areas,
        topics=topics,
        roles=roles,
        levels={level.value: value for level, value in levels.items()},
        loops={"general": loop},
    )


def right_response(item: Item) -> dict[str, Plain]:
    """The right answer of any closed item, as data for `core.scoring.response_of`."""
    match item.spec:
        case ChoiceSpec(options=options):
            return {"kind": "picked", "options": [option.id for option in options if option.is_right]}
        case NumericSpec(value=value):
            return {"kind": "number", "value": value}
        case OrderSpec(steps=steps):
            return {"kind": "ordered", "steps": [step.id for step in steps]}
        case ClozeSpec(blanks=blanks):
            return {"kind": "filled", "texts": [blank.accepted[0] for blank in blanks]}


def _item(number: int, topic: Topic) -> Item:
    kind = KINDS[number % len(KINDS)]
    spec = _spec(kind, number, f"slip-{topic.area}")
    stem = f"Question {number} on {topic.title}: what holds?"
    html = f'<p>{stem} <span data-blank="0"></span></p>' if kind is Kind.CLOZE else f"<p>{stem}</p>"
    return Item(
        id=ItemId(f"{topic.id}/item-{number}"),
        hash=content_hash(["generated", number, topic.id, kind.value]),
        kind=kind,
        area=topic.area,
        topic=topic.id,
        level=_LEVELS[number % len(_LEVELS)],
        minutes=1.0,
        difficulty_logit=-1.5 + 3.0 * (number % 31) / 30,
        stem_html=html,
        stem_text=stem,
        spec=spec,
        explanation_html=f"<p>Because {number} is what it is.</p>",
        sources=("Generated.",),
    )


def _spec(kind: Kind, number: int, slip: str) -> Spec:
    match kind:
        case Kind.NUMERIC:
            return NumericSpec(
                value=float(number),
                abs_tol=0.01,
                rel_tol=0.0,
                unit="ms",
                slips=(Slip(value=-1.0, misconception=slip),),
            )
        case Kind.ORDER:
            return OrderSpec(
                steps=tuple(Step(id=id_, html=f"<b>{id_}</b>", text=id_) for id_ in ("a", "b", "c", "d"))
            )
        case Kind.CLOZE:
            return ClozeSpec(blanks=(Blank(accepted=(f"word {number}",), slips=(("wrong word", slip),)),))
    n_right = 2 if kind is Kind.SEVERAL else 1
    return ChoiceSpec(
        options=tuple(
            Option(
                id=id_,
                html=f"Option {id_}",
                text=f"Option {id_}",
                is_right=place < n_right,
                misconception=None if place < n_right else slip,
            )
            for place, id_ in enumerate("abcd")
        )
    )
