"""One source file (or one problem folder) compiled on its own: the piece that the build caches and joins."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from greenroom.content.findings import Finding, finding_data, finding_of
from greenroom.content.markdown import MarkdownInvalid, render_block
from greenroom.content.records import record_of
from greenroom.content.yaml_text import YamlInvalid, line_of, yaml_value
from greenroom.core.ids import canonical_json

S = TypeVar("S", bound=BaseModel)

SECTIONS = (
    "taxonomy",
    "misconceptions",
    "items",
    "item_notes",
    "families",
    "problems",
    "open_questions",
    "design_cases",
    "story_prompts",
    "explains",
    "blueprints",
    "competencies",
)
"""Parts of the compiled file, in its order."""


class Record(NamedTuple):
    """One line of the compiled file."""

    section: str
    id: str
    json: str
    path: str
    line: int
    hash: str = ""
    """Answer hash of an authored item; empty for all else."""


class Ref(NamedTuple):
    """A name that another file has to declare."""

    kind: str
    """misconception, topic, area or role"""
    id: str
    path: str
    line: int
    subject: str


@dataclass(slots=True, kw_only=True)
class Unit:
    """What one source became."""

    records: list[Record] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    """Topic -> the title its item file gives it."""

    def add(
        self, section: str, id_: str, value: object, *, path: str, line: int = 1, hash_: str = ""
    ) -> None:
        """Keeps a record."""
        self.records.append(Record(section, id_, canonical_json(record_of(value)), path, line, hash_))

    def complain(self, path: str, line: int, what: str, why: str, remedy: str, *, subject: str = "") -> None:
        """Keeps a finding."""
        self.findings.append(
            Finding(path=path, line=line, what=what, why=why, remedy=remedy, subject=subject)
        )


def unit_text(unit: Unit) -> str:
    """The unit as lines for the cache: a head of JSON, then one line for each record, as it is compiled."""
    head = json.dumps(
        [
            [(r.section, r.id, r.path, r.line, r.hash) for r in unit.records],
            unit.refs,
            [finding_data(finding) for finding in unit.findings],
            unit.titles,
        ],
        ensure_ascii=False,
    )
    return "\n".join([head, *(record.json for record in unit.records)])


def unit_of(text: str) -> Unit:
    """The unit of its lines. Raises ValueError where they are damaged."""
    head, *lines = text.split("\n")
    records, refs, findings, titles = json.loads(head)
    return Unit(
        records=[
            Record(section, id_, line, path, number, hash_)
            for (section, id_, path, number, hash_), line in zip(records, lines, strict=True)
        ],
        refs=[Ref(*entry) for entry in refs],
        findings=[finding_of(entry) for entry in findings],
        titles=titles,
    )


def shape_of(
    unit: Unit, cls: type[S], text: str, path: str, *, first_line: int = 1, subject: str = ""
) -> S | None:
    """The YAML text checked against a shape, or None with the findings kept in the unit."""
    try:
        return cls.model_validate(yaml_value(text))
    except YamlInvalid as error:
        unit.complain(path, first_line + error.line - 1, f"the YAML cannot be read ({error.what})",
                      "nothing of it is used", "quote texts that hold `: ` or `#`", subject=subject)  # fmt: skip
    except ValidationError as error:
        complain_of_shape(unit, error, text, path, first_line=first_line, subject=subject)
    return None


def complain_of_shape(
    unit: Unit,
    error: ValidationError,
    text: str,
    path: str,
    *,
    under: Sequence[str | int] = (),
    first_line: int = 1,
    subject: str = "",
) -> None:
    """One finding for each problem of a shape, at the line of the key that is wrong."""
    for problem in error.errors():
        place: list[str | int] = [*under, *(step for step in problem["loc"] if isinstance(step, str | int))]
        line = first_line + line_of(text, place) - 1
        named = ".".join(map(str, place)) or "the file"
        message = re.sub(r"^Value error, ", "", problem["msg"])
        unit.complain(path, line, f"`{named}` is not as the format says ({message})", "it cannot be used",
                      "see docs/authoring.md", subject=subject)  # fmt: skip


def rendered(unit: Unit, text: str, path: str, line: int, *, subject: str = "") -> str:
    """HTML of Markdown; empty, with a finding, where it cannot be rendered."""
    try:
        return render_block(text)
    except MarkdownInvalid as error:
        unit.complain(path, line, str(error), "it would not be shown", "correct it, or write a price as \\$5",
                      subject=subject)  # fmt: skip
        return ""


def mapping_entries(unit: Unit, text: str, path: str) -> Mapping[str, Any]:  # Any: YAML values
    """The top-level mapping of a YAML file; empty, with a finding, where it is none."""
    try:
        value = yaml_value(text)
    except YamlInvalid as error:
        unit.complain(path, error.line, f"the YAML cannot be read ({error.what})", "nothing of it is used",
                      "quote texts that hold `: ` or `#`")  # fmt: skip
        return {}
    if value is None:
        return {}
    if not isinstance(value, dict):
        unit.complain(path, 1, "the file is no mapping", "its entries have no ids", "begin each with `id:`")
        return {}
    return {str(key): entry for key, entry in value.items()}
