"""A draft: an item outside the compiled bank, on its way in or out; and its Markdown source.

Every format is read into drafts, and a draft enters the bank only through the same reading and compiling as
an author's own file, so nothing comes in that `bank check` would refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from greenroom.content.authored import Compiled, compile_item
from greenroom.content.findings import Finding
from greenroom.content.reading import read_items
from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, Kind, Misconception, NumericSpec, OrderSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAnswer:
    """One answer line. `mark`: x or blank for options, `=` or `~` for numbers and words, empty for lines to order."""

    mark: str
    text: str
    misconception: str | None = None
    feedback: str = ""
    """What another program says when it is chosen; becomes the diagnosis of a new misconception."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One item as its source would say it. The gaps of a cloze stand in the stem as `{{a|b}}`."""

    slug: str
    kind: str
    stem: str
    answers: tuple[DraftAnswer, ...]
    explanation: str
    level: str = "apply"
    minutes: float = 1.0
    difficulty: float = 0.0
    sources: tuple[str, ...] = ()
    check: str | None = None
    waive: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that was not taken, and why."""

    row: str
    """Where it is in the file: `question 3 (What is …)`."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file held: drafts with where each came from, refused rows, misconceptions it declares."""

    drafts: tuple[tuple[str, Draft], ...] = ()
    refused: tuple[Refused, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    placed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """row -> (area, topic), where the file says it"""


def slug_of(text: str, taken: set[str]) -> str:
    """A slug from the first words of a text, not yet taken; it is added to `taken`."""
    words = re.findall(r"[a-z0-9]+", text.lower())[:6] or ["item"]
    base = "-".join(words)[:60].strip("-")
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def markdown_of(draft: Draft) -> str:
    """The item as an author would write it, heading and all."""
    meta: dict[str, Any] = {  # Any: YAML values
        "kind": draft.kind,
        "level": draft.level,
        "minutes": draft.minutes,
        "difficulty": draft.difficulty,
        "sources": list(draft.sources),
    }
    if draft.check:
        meta["check"] = draft.check
    if draft.waive:
        meta["waive"] = dict(draft.waive)
    if draft.tags:
        meta["tags"] = list(draft.tags)
    block = yaml.dump(meta, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000).rstrip()
    answers = "\n".join(_line(draft, number, answer) for number, answer in enumerate(draft.answers, start=1))
    explanation = "\n".join(f"> {line}".rstrip() for line in draft.explanation.split("\n"))
    return f"## {draft.slug}\n```yaml\n{block}\n```\n{draft.stem}\n\n{answers}\n\n{explanation}\n".replace(
        "\n\n\n\n", "\n\n"
    )


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def _line(draft: Draft, number: int, answer: DraftAnswer) -> str:
    head = {"order": f"{number}.", "choice": f"- [{answer.mark}]", "several": f"- [{answer.mark}]"}.get(
        draft.kind, answer.mark
    )
    text = answer.text.replace("\n", "\n  ")
    tail = f" {{{answer.misconception}}}" if answer.misconception else ""
    return f"{head} {text}{tail}"


def draft_of(item: Item, notes: Mapping[str, Any]) -> Draft:  # Any: plain JSON, as compiled
    """The draft of a compiled item."""
    return Draft(
        slug=item.id.split("/")[-1].replace("#", "-"),
        kind=item.kind.value,
        stem=notes.get("stem") or item.stem_text,
        answers=tuple(_answers_of(item)),
        explanation=notes["explanation"],
        level=item.level.value,
        minutes=item.minutes,
        difficulty=item.difficulty_logit,
        sources=item.sources,
        check=notes["check"],
        waive=notes["waived"],
        tags=tuple(notes["tags"]),
    )


def _answers_of(item: Item) -> list[DraftAnswer]:
    match item.spec:
        case ChoiceSpec(options=options):
            return [
                DraftAnswer(mark="x" if o.is_right else " ", text=o.text, misconception=o.misconception)
                for o in options
            ]
        case NumericSpec() as spec:
            key = DraftAnswer(mark="=", text=number_line(spec.value, spec.abs_tol, spec.rel_tol, spec.unit))
            wrong = [
                DraftAnswer(mark="~", text=repr(slip.value), misconception=slip.misconception)
                for slip in spec.slips
            ]
            return [key, *wrong]
        case OrderSpec(steps=steps):
            return [DraftAnswer(mark="", text=step.text) for step in steps]
        case ClozeSpec(blanks=blanks):
            return [
                DraftAnswer(mark="~", text=f"{number}: {text}", misconception=misconception)
                for number, blank in enumerate(blanks, start=1)
                for text, misconception in blank.slips
            ]


def number_line(value: float, abs_tol: float, rel_tol: float, unit: str) -> str:
    """`0.75 ± 0.01 MB`, as an item file says it."""
    tolerance = f" ± {rel_tol * 100:.12g}%" if rel_tol else f" ± {abs_tol!r}" if abs_tol or unit else ""
    return f"{value!r}{tolerance} {unit}".rstrip()


def validated(draft: Draft, *, topic: str, area: str) -> Compiled:
    """The draft read and compiled as if it stood in the bank.

    A text that would be read as something else (a stem with a line like an option) is refused, not changed.
    """
    raw = read_items(markdown_of(draft), "draft").items
    if len(raw) == 1 and _parts(raw[0].stem, raw[0].explanation, [a.text for a in raw[0].answers]) == _parts(
        draft.stem, draft.explanation, [a.text for a in draft.answers]
    ):
        return compile_item(raw[0], topic=topic, area=area, path="draft")
    finding = Finding(
        path="draft",
        line=1,
        what="its text would be read as another item",
        why="a line of it looks like a heading, a fence or an answer",
        remedy="reword it",
    )
    return Compiled(findings=[finding])


def _parts(stem: str, explanation: str, answers: Sequence[str]) -> list[str]:
    """The texts of an item, without space at the ends of lines and around."""
    return [
        "\n".join(line.rstrip() for line in text.strip().split("\n"))
        for text in (stem, explanation, *answers)
    ]


def with_misconceptions(
    draft: Draft, known: set[str], *, area: str, topic: str
) -> tuple[Draft, list[Misconception]]:
    """The draft with every wrong answer naming a misconception, and those that had to be made for it."""
    made: list[Misconception] = []
    answers: list[DraftAnswer] = []
    needs_all = draft.kind in (Kind.CHOICE, Kind.SEVERAL)
    for number, answer in enumerate(draft.answers, start=1):
        is_wrong = answer.mark == "~" or (needs_all and answer.mark != "x")
        if not is_wrong or (answer.misconception and answer.misconception in known):
            answers.append(answer)
            continue
        name = f"{draft.slug}-{number}"
        made.append(
            Misconception(
                id=name,
                area=area,
                topic=topic,
                name=_shortened(answer.text),
                diagnosis=answer.feedback or f"You answered: {_shortened(answer.text, 200)}",
                remedy="Read the explanation and say in a sentence why this does not hold.",
            )
        )
        answers.append(replace(answer, misconception=name))
    return replace(draft, answers=tuple(answers)), made


def _shortened(text: str, most: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def misconceptions_yaml(entries: Sequence[Misconception]) -> str:
    """Entries of a misconception file."""
    return yaml.dump(
        {
            m.id: {"name": m.name, "topic": m.topic, "diagnosis": m.diagnosis, "remedy": m.remedy}
            for m in entries
        },
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=10_000,
    )
