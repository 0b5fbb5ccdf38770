"""What only the whole bank can tell: names that nothing declares, ids that occur twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenroom.content.findings import Finding
from greenroom.content.units import SECTIONS, Record, Ref, Unit
from greenroom.core.taxonomy import Taxonomy


def cross_findings(
    units: Sequence[Unit], taxonomy: Taxonomy
) -> tuple[dict[str, list[Record]], list[Finding]]:
    """(records by section, sorted by id and without what is unsound; findings)"""
    findings: list[Finding] = []
    by_section: dict[str, dict[str, Record]] = {section: {} for section in SECTIONS}
    for unit in units:
        for record in unit.records:
            kept = by_section[record.section].setdefault(record.id, record)
            if kept is not record and record.section != "item_notes":
                findings.append(_doubled(record, kept))
    broken = set()
    for unit in units:
        for ref in unit.refs:
            if not _is_declared(ref, by_section["misconceptions"], taxonomy):
                findings.append(_undeclared(ref, taxonomy))
                broken.add(ref.subject)
                if ref.kind == "topic" and not ref.subject:  # a whole item file in the wrong place
                    broken |= {record.id for record in unit.records}
    by_section["items"] = {
        id_: record
        for id_, record in by_section["items"].items()
        if id_ not in broken and id_.split("#")[0] not in broken
    }
    for section in ("misconceptions", "families", "problems", "open_questions", "design_cases",
                    "story_prompts", "explains", "blueprints", "competencies"):  # fmt: skip
        by_section[section] = {k: v for k, v in by_section[section].items() if k not in broken}
    by_section["item_notes"] = {k: v for k, v in by_section["item_notes"].items() if k in by_section["items"]}
    return {
        section: [entries[id_] for id_ in sorted(entries)] for section, entries in by_section.items()
    }, findings


def _doubled(record: Record, kept: Record) -> Finding:
    return Finding(
        path=record.path,
        line=record.line,
        what=f"the id {record.id} occurs twice",
        why=f"{kept.path}:{kept.line} has it already and the second is left out",
        remedy="rename one",
        subject=record.id,
    )


def _is_declared(ref: Ref, misconceptions: Mapping[str, Record], taxonomy: Taxonomy) -> bool:
    match ref.kind:
        case "misconception":
            return ref.id in misconceptions
        case "role":
            return ref.id in taxonomy.roles
        case _:
            area, _, topic = ref.id.rpartition("/")
            known = taxonomy.topics.get(topic)
            return known is not None and area in ("", known.area)


def _undeclared(ref: Ref, taxonomy: Taxonomy) -> Finding:
    what, why = f"the {ref.kind} {ref.id} is not declared", "nothing could be said about it"
    remedy = "declare it, or use an existing id"
    match ref.kind:
        case "misconception":
            why = "the learner would be told nothing about this mistake"
            remedy = "declare it in bank/misconceptions/, or use an existing id"
        case "topic":
            area, _, topic = ref.id.rpartition("/")
            known = taxonomy.topics.get(topic)
            why = (
                f"it belongs to {known.area}, not to {area}" if known else "bank/taxonomy/areas.yaml lacks it"
            )
            remedy = "move it there" if known else "correct the slug"
        case "role":
            remedy = f"use one of {', '.join(sorted(taxonomy.roles)) or 'roles.yaml'}"
    return Finding(path=ref.path, line=ref.line, what=what, why=why, remedy=remedy, subject=ref.subject)
