"""Splits an item file into its items: heading, yaml block, stem, answer lines, explanation, with line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from greenroom.content.findings import Finding

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"##\s+(.+?)\s*$")
_TITLE = re.compile(r"#\s+(.+?)\s*$")
_ANSWER = {
    "choice": re.compile(r"- \[([ xX])\]\s?(.*)"),
    "several": re.compile(r"- \[([ xX])\]\s?(.*)"),
    "numeric": re.compile(r"([=~])\s+(.*)"),
    "order": re.compile(r"(\d+)[.)]\s+(.*)"),
    "cloze": re.compile(r"(~)\s+(.*)"),
}
MISCONCEPTION = re.compile(r"\s*\{([A-Za-z0-9 _-]+)\}\s*$")
"""The name of a mistake at the end of a wrong answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer line: its mark (`x`, ` `, `=`, `~` or a number), its text, the misconception it names."""

    number: int
    mark: str
    text: str
    misconception: str | None = None


@dataclass(slots=True, kw_only=True)
class RawItem:
    """One item as written; `yaml` still text."""

    slug: str
    line: int
    yaml: str = ""
    yaml_line: int = 0
    stem: str = ""
    stem_line: int = 0
    answers: list[Line] = field(default_factory=list)
    explanation: str = ""
    explanation_line: int = 0
    complaints: list[tuple[int, str, str, str]] = field(default_factory=list)
    """(line, what, why, remedy)"""


@dataclass(slots=True, kw_only=True)
class RawFile:
    """An item file: the title of its topic and its items."""

    title: str | None
    items: list[RawItem]
    findings: list[Finding]


def read_items(text: str, path: str) -> RawFile:
    """The items of a Markdown file. Never raises; what cannot be read becomes a finding."""
    made = RawFile(title=None, items=[], findings=[])
    chunks: list[tuple[RawItem, list[str]]] = []
    for number, line, is_fenced in _lines(text):
        heading = None if is_fenced else _HEADING.fullmatch(line)
        if heading:
            chunks.append((RawItem(slug=heading.group(1), line=number), []))
        elif chunks:
            chunks[-1][1].append(line)
        elif not is_fenced and (title := _TITLE.fullmatch(line)) and made.title is None:
            made.title = title.group(1)
        elif line.strip():
            made.findings.append(
                Finding(
                    path=path,
                    line=number,
                    what="text before the first item",
                    why="nothing would show it",
                    remedy="move it below a `## slug` heading or delete it",
                )
            )
    for item, lines in chunks:
        _split(item, lines)
        made.items.append(item)
    return made


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """(line number, line, whether it belongs to a code fence)"""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        opened = _FENCE.match(line)
        if fence:
            yield number, line, True
            if opened and opened.group(1).startswith(fence) and line.strip() == opened.group(1):
                fence = ""
        elif opened:
            fence = opened.group(1)
            yield number, line, True
        else:
            yield number, line, False


def _split(item: RawItem, lines: list[str]) -> None:
    """Fills the parts of an item from the lines under its heading."""
    first = item.line + 1
    body = _take_yaml(item, lines, first)
    kind_found = re.search(r"^kind:\s*[\"']?(\w+)", item.yaml, re.MULTILINE)
    kind = kind_found.group(1) if kind_found else "choice"
    body_end = _take_explanation(item, lines, first, body)
    pattern = _ANSWER.get(kind, _ANSWER["choice"])
    fenced = [is_fenced for _, _, is_fenced in _lines("\n".join([*lines, "x"]))]
    starts = [
        k
        for k in range(body, body_end)
        if not fenced[k]
        and (found := pattern.fullmatch(lines[k]))
        and (kind != "order" or found.group(1) == "1")
    ]
    answers_at = (starts[-1] if kind == "order" else starts[0]) if starts else body_end
    item.stem, skipped = _trimmed(lines[body:answers_at])
    item.stem_line = first + body + skipped
    _take_answers(item, lines, first, answers_at, body_end, pattern)


def _take_yaml(item: RawItem, lines: list[str], first: int) -> int:
    """Reads the yaml block; the index at which the stem begins."""
    start = next((k for k, line in enumerate(lines) if line.strip()), None)
    if start is None or lines[start].strip() not in ("```yaml", "```yml"):
        item.complaints.append(
            (item.line, "the item has no yaml block", "kind, level and sources are missing",
             "put a ```yaml block under the heading")
        )  # fmt: skip
        return start or 0
    end = next((k for k in range(start + 1, len(lines)) if lines[k].strip() == "```"), None)
    if end is None:
        item.complaints.append(
            (
                first + start,
                "the yaml block does not end",
                "the rest of the item is lost",
                "close it with ```",
            )
        )
        return len(lines)
    item.yaml = "\n".join(lines[start + 1 : end])
    item.yaml_line = first + start + 1
    return end + 1


def _take_explanation(item: RawItem, lines: list[str], first: int, body: int) -> int:
    """Reads the block quote that ends the item; the index at which it begins."""
    end = len(lines)
    while end > body and not lines[end - 1].strip():
        end -= 1
    start = end
    while start > body and lines[start - 1].startswith(">"):
        start -= 1
    item.explanation = "\n".join(re.sub(r"^> ?", "", line) for line in lines[start:end]).strip()
    if not item.explanation:
        item.complaints.append(
            (item.line, "the item does not end in an explanation", "a wrong answer would teach nothing",
             "end it with a block quote (`> …`) that says why the key holds")
        )  # fmt: skip
    item.explanation_line = first + start
    return start


def _trimmed(lines: list[str]) -> tuple[str, int]:
    """The text without blank lines around it, and how many were left out before it."""
    skipped = next((k for k, line in enumerate(lines) if line.strip()), 0)
    return "\n".join(lines[skipped:]).rstrip(), skipped


def _take_answers(
    item: RawItem, lines: list[str], first: int, start: int, end: int, pattern: re.Pattern[str]
) -> None:
    entries: list[tuple[int, str, list[str]]] = []
    for k in range(start, end):
        found = pattern.fullmatch(lines[k])
        if found:
            entries.append((first + k, found.group(1).lower(), [found.group(2)]))
        elif lines[k].startswith((" ", "\t")) or not lines[k].strip():
            entries[-1][2].append(lines[k][min(2, len(lines[k]) - len(lines[k].lstrip())) :])
        else:
            item.complaints.append(
                (first + k, "a line stands between the answers and the explanation", "it belongs to neither",
                 "indent it by two spaces, or move it into the stem or the block quote")
            )  # fmt: skip
    for number, mark, parts in entries:
        text = "\n".join(parts).strip()
        named = MISCONCEPTION.search(text)
        item.answers.append(
            Line(
                number=number,
                mark=mark,
                text=text[: named.start()].rstrip() if named else text,
                misconception=named.group(1).strip() if named else None,
            )
        )
