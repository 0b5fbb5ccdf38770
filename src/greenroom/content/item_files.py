"""Units of closed items: item files, misconception files, locked families, explain pages."""

from __future__ import annotations

import re

from pydantic import ValidationError

from greenroom.content.authored import compile_item
from greenroom.content.locks import items_of_lock, lock_of
from greenroom.content.reading import read_items
from greenroom.content.schema import SLUG, MisconceptionShape
from greenroom.content.units import Ref, Unit, complain_of_shape, mapping_entries, rendered
from greenroom.content.yaml_text import line_of
from greenroom.core.items import Kind, Misconception

EXPLAIN_WORDS = 250


def item_unit(text: str, path: str, *, area: str, topic: str) -> Unit:
    """The unit of `bank/items/<area>/<topic>.md`."""
    unit = Unit()
    raw_file = read_items(text, path)
    unit.findings += raw_file.findings
    if raw_file.title:
        unit.titles[topic] = raw_file.title
    unit.refs.append(Ref("topic", f"{area}/{topic}", path, 1, ""))
    for raw in raw_file.items:
        made = compile_item(raw, topic=topic, area=area, path=path)
        unit.findings += made.findings
        subject = f"{topic}/{raw.slug}"
        unit.refs += [Ref("misconception", name, path, line, subject) for name, line in made.misconceptions]
        if made.item is None:
            continue
        unit.add("items", made.item.id, made.item, path=path, line=raw.line, hash_=made.item.hash)
        notes: dict[str, object] = {
            "check": made.check,
            "waived": made.waived,
            "explanation": made.explanation,
            "tags": made.tags,
        }
        if made.item.kind is Kind.CLOZE:
            notes["stem"] = raw.stem
        unit.add("item_notes", made.item.id, notes, path=path, line=raw.line)
    return unit


def misconception_unit(text: str, path: str, *, area: str) -> Unit:
    """The unit of `bank/misconceptions/<area>.yaml`."""
    unit = Unit()
    lines = {
        found.group(1): text.count("\n", 0, found.start()) + 1
        for found in re.finditer(r"^([^\s#:][^:\n]*):", text, re.MULTILINE)
    }
    for id_, entry in mapping_entries(unit, text, path).items():
        line = lines.get(id_, 1)
        if not re.fullmatch(SLUG, id_):
            unit.complain(path, line, f"the id {id_!r} is no slug", "items could not name it",
                          "use lower-case words and hyphens")  # fmt: skip
            continue
        try:
            shape = MisconceptionShape.model_validate(entry)
        except ValidationError as error:
            complain_of_shape(unit, error, text, path, under=[id_])
            continue
        unit.refs.append(Ref("topic", shape.topic, path, line_of_topic(text, id_, line), id_))
        unit.add(
            "misconceptions",
            id_,
            Misconception(
                id=id_,
                area=area,
                topic=shape.topic,
                name=shape.name,
                diagnosis=shape.diagnosis.strip(),
                remedy=shape.remedy.strip(),
            ),
            path=path,
            line=line,
        )
    return unit


def line_of_topic(text: str, id_: str, line: int) -> int:
    """Line on which the entry at `line` gives its topic."""
    for number, content in enumerate(text.splitlines()[line:], start=line + 1):
        if content.strip().startswith("topic:"):
            return number
        if content and not content.startswith((" ", "#")):
            break
    return line_of(text, [id_])


def family_unit(source: str, lock: str | None, path: str, lock_path: str, *, area: str) -> Unit:
    """The unit of a family: its Python source is only hashed, the variants come from the lock."""
    unit = Unit()
    if lock is None:
        unit.complain(path, 1, "the family is not locked", "the build reads only locks",
                      "run `greenroom bank lock`")  # fmt: skip
        return unit
    read = lock_of(lock)
    if isinstance(read, str):
        unit.complain(lock_path, 1, f"the lock cannot be read ({read})", "its variants are left out",
                      "run `greenroom bank lock`")  # fmt: skip
        return unit
    if not read.is_of(source):
        unit.complain(path, 1, "the family changed after it was locked", "the variants are those of the old text",
                      "run `greenroom bank lock` and read the difference", subject=read.slug)  # fmt: skip
    unit.refs.append(Ref("topic", f"{area}/{read.topic}", path, 1, read.slug))
    for name in sorted({slip.misconception for variant in read.variants for slip in variant.slips}):
        unit.refs.append(Ref("misconception", name, path, 1, read.slug))
    for item, explanation, complaint in items_of_lock(read, area=area, path=path):
        if complaint or item is None:
            unit.complain(path, 1, complaint, "the variant would not be shown", "correct the text and lock again",
                          subject=read.slug)  # fmt: skip
            continue
        unit.add("items", item.id, item, path=path)
        notes: dict[str, object] = {"check": None, "waived": {}, "explanation": explanation, "tags": []}
        unit.add("item_notes", item.id, notes, path=path)
    unit.add("families", read.slug, read.summary(area), path=path)
    return unit


def explain_unit(text: str, path: str, *, area: str, topic: str) -> Unit:
    """The unit of `bank/explains/<area>/<topic>.md`, a page of at most 250 words that feedback links to."""
    unit = Unit()
    unit.refs.append(Ref("topic", f"{area}/{topic}", path, 1, topic))
    found = re.match(r"\s*#\s+(.+?)\s*\n", text)
    title, body = (found.group(1), text[found.end() :]) if found else ("", text)
    n_words = len(re.findall(r"[A-Za-z]{2,}", re.sub(r"```.*?```|\$[^$]*\$", " ", body, flags=re.DOTALL)))
    if n_words > EXPLAIN_WORDS:
        unit.complain(path, 1, f"the page has {n_words} words", f"a learner reads {EXPLAIN_WORDS} between two items",
                      "cut it", subject=topic)  # fmt: skip
    shown = rendered(unit, body.strip(), path, 1, subject=topic)
    if shown:
        record = {"topic": topic, "title": title, "html": shown, "text": body.strip()}
        unit.add("explains", topic, record, path=path)
    else:
        unit.complain(
            path, 1, "the page is empty", "feedback would link to nothing", "write it or delete the file"
        )
    return unit
