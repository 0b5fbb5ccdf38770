"""Counts of a compiled bank, kind by kind. They are reported apart and never added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from greenroom.content.bank import CompiledBank
from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, NumericSpec

KINDS_TO_COVER = 2
"""A topic counts as covered when it is asked in at least this many kinds."""


def counts_of(
    bank: CompiledBank, blind: Mapping[str, int]
) -> dict[str, Any]:  # Any: numbers and mappings of them
    """Everything `greenroom bank stats` says. `blind` is counted from the records by the caller."""
    authored = [item for item in bank.items.values() if item.family is None]
    problems = list(bank.problems.values())
    sql = [problem for problem in problems if problem.profile == "sql"]
    pandas = [problem for problem in problems if problem.topic.startswith("pandas")]
    covered = topics_by_kind(bank)
    return {
        "authored": {
            "total": len(authored),
            "by_kind": _counted(item.kind.value for item in authored),
            "by_area": _counted(item.area for item in authored),
            "by_level": _counted(item.level.value for item in authored),
        },
        "families": len(bank.families),
        "variants": sum(item.family is not None for item in bank.items.values()),
        "coding": len(problems) - len(sql) - len(pandas),
        "pandas": len(pandas),
        "sql": len(sql),
        "derivations": 0,
        "paired": 0,
        "cases": 0,
        "open": len(bank.open_questions),
        "design_cases": len(bank.design_cases),
        "story_prompts": len(bank.story_prompts),
        "topics": len(bank.taxonomy.topics),
        "topics_covered": sum(len(kinds) >= KINDS_TO_COVER for kinds in covered.values()),
        "blind": dict(blind),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def coverage(bank: CompiledBank) -> dict[str, dict[str, dict[str, int]]]:
    """Area -> kind -> level -> how many authored items (families count once, as the kind `family`)."""
    made: dict[str, dict[str, dict[str, int]]] = {area: {} for area in bank.taxonomy.areas}
    cells = [
        (item.area, item.kind.value, item.level.value) for item in bank.items.values() if item.family is None
    ]
    cells += [(family["area"], "family", family["level"]) for family in bank.families.values()]
    for area, kind, level in cells:
        row = made[area].setdefault(kind, {})
        row[level] = row.get(level, 0) + 1
    return made


def misconception_uses(bank: CompiledBank) -> dict[str, list[str]]:
    """Misconception id -> ids of the items whose wrong answers name it (families by their slug); empty if unused."""
    made: dict[str, list[str]] = {name: [] for name in bank.misconceptions}
    for item in bank.items.values():
        user = item.family or str(item.id)
        for name in mistakes_of(item):
            if user not in made[name]:
                made[name].append(user)
    return made


def mistakes_of(item: Item) -> set[str]:
    """Ids of the misconceptions that an item's wrong answers name."""
    match item.spec:
        case ChoiceSpec(options=options):
            return {option.misconception for option in options if option.misconception}
        case NumericSpec(slips=slips):
            return {slip.misconception for slip in slips}
        case ClozeSpec(blanks=blanks):
            return {name for blank in blanks for _, name in blank.slips}
    return set()


def topics_by_kind(bank: CompiledBank) -> dict[str, Counter[str]]:
    """Topic -> kind -> how many: closed kinds, family, code, open, design, story."""
    made: dict[str, Counter[str]] = {topic: Counter() for topic in bank.taxonomy.topics}
    for item in bank.items.values():
        if item.family is None:
            made[item.topic][item.kind.value] += 1
    for family in bank.families.values():
        made[family["topic"]]["family"] += 1
    for problem in bank.problems.values():
        made[problem.topic]["code"] += 1
    for question in bank.open_questions.values():
        for topic in {question.topic, *question.topics}:
            made[topic]["open"] += 1
    for case in bank.design_cases.values():
        for topic in case.topics:
            made[topic]["design"] += 1
    for prompt in bank.story_prompts.values():
        made[prompt.topic]["story"] += 1
    return made
