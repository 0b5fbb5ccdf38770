"""Use cases of taking items out of the bank and into it, in Greenroom's and in other programs' formats."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from greenroom.content.bank import CompiledBank
from greenroom.content.compiling import Compilation, bank_of, compile_bank
from greenroom.content.duplicates import folded
from greenroom.content.exchange import anki, gift, jsonl, moodle, rows
from greenroom.content.exchange.drafts import (
    Draft,
    Parsed,
    Refused,
    draft_of,
    markdown_of,
    misconceptions_yaml,
    slug_of,
    validated,
    with_misconceptions,
)
from greenroom.core.errors import InputRejected
from greenroom.core.items import ChoiceSpec, Item, Misconception

EXPORTS = ("jsonl", "blind", "moodle", "gift", "anki")
IMPORTS = ("jsonl", "moodle", "gift", "csv")
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What an export wrote, and what its format cannot hold."""

    n_written: int
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import took (item ids) and refused, the misconceptions it had to make, the files it wrote."""

    taken: tuple[str, ...]
    refused: tuple[Refused, ...]
    made_misconceptions: tuple[str, ...]
    files: tuple[str, ...]
    encoding: str


def export(bank_dir: Path, format_: str, out_file: Path, *, area: str | None = None) -> ExportReport:
    """Writes the bank in a format. Moodle, GIFT and Anki take authored items; JSON lines take everything."""
    if format_ != "anki":
        text, report = exported_text(bank_dir, format_, area=area)
        out_file.write_text(text, encoding="utf-8")
        return report
    bank = bank_of(compile_bank(bank_dir))
    titles = {entry.id: entry.title for entry in bank.taxonomy.areas.values()}
    listed = [(str(item.id), item.area, draft) for item, draft in _drafts(bank, area)]
    return ExportReport(n_written=anki.write(listed, bank.misconceptions, titles, out_file))


def exported_text(bank_dir: Path, format_: str, *, area: str | None = None) -> tuple[str, ExportReport]:
    """(the bank in a format that is text, what was written)"""
    bank = bank_of(compile_bank(bank_dir))
    if format_ in ("jsonl", "blind"):
        lines = list(jsonl.rows_of(bank) if format_ == "jsonl" else jsonl.blind_rows_of(bank))
        return "".join(f"{line}\n" for line in lines), ExportReport(n_written=len(lines))
    drafts = [(str(item.id), draft) for item, draft in _drafts(bank, area)]
    write = moodle.write if format_ == "moodle" else gift.write
    text, refused = write(drafts, bank.misconceptions)
    return text, ExportReport(n_written=len(drafts) - len(refused), refused=tuple(refused))


def _drafts(bank: CompiledBank, area: str | None) -> list[tuple[Item, Draft]]:
    return [
        (item, draft_of(item, bank.item_notes[item.id]))
        for item in bank.items.values()
        if item.family is None and area in (None, item.area)
    ]


def decoded(content: bytes) -> tuple[str, str]:
    """(text, encoding): UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "windows-1252"


def parsed(content: bytes, format_: str) -> tuple[Parsed, str]:
    """(what a file holds, its encoding). Raises InputRejected where the whole file is unusable."""
    if len(content) > MOST_BYTES:
        raise InputRejected("The file is over 50 MB.", hint="Split it.")
    if format_ == "moodle":
        return moodle.read(content), "as the XML says"
    text, encoding = decoded(content)
    if "\x00" in text:
        raise InputRejected("The file is binary.", hint=f"Name a {format_} file.")
    readers = {"jsonl": jsonl.read, "gift": gift.read, "csv": rows.read}
    return readers[format_](text), encoding


def import_file(
    bank_dir: Path, file: Path, format_: str, *, topic: str | None = None, is_dry: bool = False
) -> ImportReport:
    """Takes the sound items of a file into the bank's sources and lists every other row with its reason.

    Rows that name no topic of their own go to `topic`. Nothing is written before every row was judged.
    Raises InputRejected where the whole file is unusable.
    """
    found, encoding = parsed(file.read_bytes(), format_)
    compilation = compile_bank(bank_dir)
    intake = _Intake(compilation, found, default_topic=topic, source=f"Imported from {file.name}.")
    for row, draft in found.drafts:
        intake.judge(row, draft)
    written = [] if is_dry else intake.write(bank_dir)
    return ImportReport(
        taken=tuple(intake.taken),
        refused=(*found.refused, *intake.refused),
        made_misconceptions=tuple(sorted(m.id for m in intake.new_misconceptions)),
        files=tuple(written),
        encoding=encoding,
    )


class _Intake:
    """Judges drafts one by one against the bank and those taken before, then writes what was taken."""

    def __init__(
        self, compilation: Compilation, found: Parsed, *, default_topic: str | None, source: str
    ) -> None:
        self._taxonomy = compilation.taxonomy
        self._found = found
        self._default_topic = default_topic
        self._source = source
        existing = compilation.items()
        self._ids = {str(item.id) for item in existing}
        self._prints = {_print_of(item) for item in existing}
        self._known = {record.id for record in compilation.records["misconceptions"]}
        self._offered = {m.id: m for m in found.misconceptions}
        self._texts: dict[tuple[str, str], list[str]] = {}
        self.new_misconceptions: list[Misconception] = []
        self.taken: list[str] = []
        self.refused: list[Refused] = []

    def judge(self, row: str, draft: Draft) -> None:
        """Takes the draft or refuses it with the reason."""
        placed = self._found.placed.get(row)
        topic = self._taxonomy.topics.get(placed[1] if placed else self._default_topic or "")
        if topic is None:
            named = placed[1] if placed else self._default_topic
            reason = f"there is no topic {named!r}" if named else "it names no topic; add --topic"
            self.refused.append(Refused(row=row, reason=reason))
            return
        taken = {id_.split("/")[-1] for id_ in self._ids if id_.startswith(f"{topic.id}/")}
        if draft.slug in taken:
            if placed:  # our own rows keep their ids, so this one is here already
                self.refused.append(
                    Refused(row=row, reason=f"{topic.id}/{draft.slug} is in the bank already")
                )
                return
            draft = replace(draft, slug=slug_of(draft.slug.replace("-", " "), taken))
        draft = replace(draft, sources=draft.sources or (self._source,))
        draft, made = with_misconceptions(
            draft, self._known | set(self._offered), area=topic.area, topic=topic.id
        )
        compiled = validated(draft, topic=topic.id, area=topic.area)
        if compiled.item is None:
            reason = "; ".join(finding.what for finding in compiled.findings) or "its text cannot be an item"
            self.refused.append(Refused(row=row, reason=reason))
            return
        mark = _print_of(compiled.item)
        if mark in self._prints:
            self.refused.append(Refused(row=row, reason="the same question is in the bank or in this file"))
            return
        self._prints.add(mark)
        self._ids.add(str(compiled.item.id))
        self.taken.append(str(compiled.item.id))
        self._texts.setdefault((topic.area, topic.id), []).append(markdown_of(draft))
        used = {name for name, _ in compiled.misconceptions} - self._known - {m.id for m in made}
        self._keep([*made, *(self._offered[name] for name in sorted(used))])

    def _keep(self, misconceptions: Iterable[Misconception]) -> None:
        for misconception in misconceptions:
            self._known.add(misconception.id)
            self.new_misconceptions.append(misconception)

    def write(self, bank_dir: Path) -> list[str]:
        """Appends what was taken to the item and misconception files; each file changes in one step."""
        texts: dict[Path, str] = {}
        for (area, topic), blocks in self._texts.items():
            file = bank_dir / "items" / area / f"{topic}.md"
            before = (
                file.read_text(encoding="utf-8")
                if file.is_file()
                else f"# {self._taxonomy.topics[topic].title}\n"
            )
            texts[file] = "\n".join([before.rstrip("\n") + "\n", *blocks])
        for area in sorted({m.area for m in self.new_misconceptions}):
            file = bank_dir / "misconceptions" / f"{area}.yaml"
            before = file.read_text(encoding="utf-8") if file.is_file() else ""
            entries = [m for m in self.new_misconceptions if m.area == area]
            texts[file] = f"{before.rstrip()}\n{misconceptions_yaml(entries)}".lstrip("\n")
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_name(f".{file.name}.part")
            partial.write_text(text, encoding="utf-8")
            partial.replace(file)
        return [file.relative_to(bank_dir.parent).as_posix() for file in texts]


def _print_of(item: Item) -> str:
    """Hash of stem and options, folded: equal for the same question in another order or another case."""
    options = sorted(folded(o.text) for o in item.spec.options) if isinstance(item.spec, ChoiceSpec) else []
    return hashlib.sha256("\n".join([folded(item.stem_text), *options]).encode()).hexdigest()
