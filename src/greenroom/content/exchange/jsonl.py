"""Greenroom's own JSON lines: everything about an item, nothing lost, one row a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from greenroom.content.bank import CompiledBank
from greenroom.content.blind import blind_form
from greenroom.content.exchange.drafts import Draft, DraftAnswer, Parsed, Refused, draft_of
from greenroom.content.records import record_of
from greenroom.core.items import Item, Misconception


def rows_of(bank: CompiledBank) -> Iterator[str]:
    """Every row with keys: misconceptions, items and variants, problems, questions, cases, prompts."""
    for misconception in bank.misconceptions.values():
        yield _row("misconception", record_of(misconception))
    for item in bank.items.values():
        yield _row("item", item_row(item, bank.item_notes[item.id]))
    for kind, section in (
        ("problem", bank.problems),
        ("open_question", bank.open_questions),
        ("design_case", bank.design_cases),
        ("story_prompt", bank.story_prompts),
    ):
        for value in section.values():
            yield _row(kind, record_of(value))


def blind_rows_of(bank: CompiledBank) -> Iterator[str]:
    """Every row as a solver may see it: no key, no rubric, no solution."""
    for item in bank.items.values():
        yield _row("item", blind_form(item))
    for problem in bank.problems.values():
        yield _row(
            "problem",
            {
                "id": problem.id,
                "hash": problem.hash,
                "title": problem.title,
                "statement": problem.statement_text,
                "entry": problem.entry,
                "starter": problem.files["starter.py"],
            },
        )
    for question in bank.open_questions.values():
        yield _row(
            "open_question", {"id": question.id, "hash": question.hash, "prompt": question.prompt_text}
        )
    for case in bank.design_cases.values():
        yield _row("design_case", {"id": case.id, "hash": case.hash, "prompt": case.prompt_text})
    for prompt in bank.story_prompts.values():
        yield _row("story_prompt", {"id": prompt.id, "hash": prompt.hash, "prompt": prompt.prompt_text})


def _row(kind: str, data: Mapping[str, Any]) -> str:  # Any: plain JSON
    return json.dumps({"type": kind, **data}, ensure_ascii=False)


def item_row(item: Item, notes: Mapping[str, Any]) -> dict[str, Any]:  # Any: plain JSON
    """The row of one item; `draft_of_row` reads it back."""
    draft = draft_of(item, notes)
    row: dict[str, Any] = record_of(draft)  # Any: as above
    del row["slug"]
    for answer in row["answers"]:
        del answer["feedback"]
    return {
        "id": item.id, "hash": item.hash, "area": item.area, "topic": item.topic, "family": item.family, **row,
        "path": item.path,
    }  # fmt: skip


def read(text: str) -> Parsed:
    """The items and misconceptions of the rows; other rows are refused with the reason."""
    drafts: list[tuple[str, Draft]] = []
    refused: list[Refused] = []
    misconceptions: list[Misconception] = []
    placed: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        row = f"line {number}"
        try:
            data = json.loads(line)
            kind = data.get("type", "item")
            if kind == "misconception":
                misconceptions.append(
                    Misconception(**{name: str(data[name]) for name in Misconception.__slots__})
                )
            elif kind != "item":
                refused.append(Refused(row=row, reason=f"rows of type {kind!r} are written, not read"))
            elif data.get("family"):
                refused.append(
                    Refused(row=row, reason="a variant belongs to its family file, not to an item file")
                )
            else:
                drafts.append((row, draft_of_row(data)))
                if data.get("area") and data.get("topic"):
                    placed[row] = (str(data["area"]), str(data["topic"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            refused.append(
                Refused(row=row, reason=f"the row cannot be read ({type(error).__name__}: {error})")
            )
    return Parsed(
        drafts=tuple(drafts), refused=tuple(refused), misconceptions=tuple(misconceptions), placed=placed
    )


def draft_of_row(data: Mapping[str, Any]) -> Draft:  # Any: plain JSON
    """The draft of a row. Raises KeyError, TypeError or ValueError where it is no item."""
    return Draft(
        slug=str(data["id"]).split("/")[-1],
        kind=str(data["kind"]),
        stem=str(data["stem"]),
        answers=tuple(
            DraftAnswer(mark=str(a["mark"]), text=str(a["text"]), misconception=a.get("misconception"))
            for a in data["answers"]
        ),
        explanation=str(data["explanation"]),
        level=str(data.get("level", "apply")),
        minutes=float(data.get("minutes", 1)),
        difficulty=float(data.get("difficulty", 0)),
        sources=tuple(map(str, data.get("sources", ()))),
        check=data.get("check"),
        waive=dict(data.get("waive") or {}),
        tags=tuple(map(str, data.get("tags", ()))),
    )
