"""CSV in: one choice, number or gap a row, under a header whose names may vary."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from greenroom.content.exchange.drafts import Draft, DraftAnswer, Parsed, Refused, slug_of
from greenroom.content.exchange.rich_text import markdown_of_plain
from greenroom.core.errors import InputRejected

_NAMES = {
    "stem": ("question", "stem", "prompt", "front", "text"),
    "answer": ("answer", "correct", "correct_answer", "key", "right", "solution"),
    "explanation": ("explanation", "feedback", "rationale", "comment", "why"),
    "level": ("level",),
    "source": ("source", "sources", "reference"),
    "difficulty": ("difficulty", "difficulty_logit"),
    "minutes": ("minutes", "time"),
    "id": ("id", "slug"),
    "tolerance": ("tolerance",),
    "unit": ("unit",),
}
_OPTION = re.compile(r"(?:option|choice|opt|distractor|answer|wrong)[ _-]?([a-f]|\d)|([a-f])", re.IGNORECASE)


def read(text: str) -> Parsed:
    """The rows of a CSV (or semicolon- or tab-separated) text. Raises InputRejected where there is no header."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.DictReader(io.StringIO(text), dialect=dialect, restkey="too many", strict=False)
    try:
        header = [name.strip().lower().replace(" ", "_") for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise InputRejected(f"The file is no CSV ({error}).", hint="Save it as CSV with a header.") from error
    columns = {
        field: next((name for name in names if name in header), None) for field, names in _NAMES.items()
    }
    options = [name for name in header if _OPTION.fullmatch(name) and name not in columns.values()]
    if columns["stem"] is None or columns["answer"] is None:
        raise InputRejected(
            "The header names no question and answer.",
            hint="Use question, option_a … option_e, answer, explanation.",
        )
    reader.fieldnames = header
    drafts: list[tuple[str, Draft]] = []
    refused: list[Refused] = []
    taken: set[str] = set()
    try:
        for entry in reader:
            row = f"row {reader.line_num}"
            if "too many" in entry:
                refused.append(
                    Refused(row=row, reason="it has more fields than the header; a quote may be missing")
                )
                continue
            cells = {name: (value or "").strip() for name, value in entry.items()}
            if not any(cells.values()):
                continue
            made = _draft(cells, columns, options, taken)
            if isinstance(made, str):
                refused.append(Refused(row=row, reason=made))
            else:
                drafts.append((row, made))
    except csv.Error as error:
        refused.append(Refused(row=f"row {reader.line_num}", reason=f"the rest cannot be read ({error})"))
    return Parsed(drafts=tuple(drafts), refused=tuple(refused))


def _draft(
    cells: Mapping[str, str], columns: Mapping[str, str | None], options: list[str], taken: set[str]
) -> Draft | str:
    """The draft of a row, or why there is none."""

    def cell(field: str) -> str:
        return cells.get(columns[field] or "", "")

    stem, answer = cell("stem"), cell("answer")
    if not stem or not answer:
        return "the question or the answer is empty"
    texts = [(name, cells[name]) for name in options if cells[name]]
    if texts:
        right = _right(answer, texts)
        if isinstance(right, str):
            return right
        kind = "several" if len(right) > 1 else "choice"
        answers = tuple(
            DraftAnswer(mark="x" if k in right else " ", text=markdown_of_plain(text))
            for k, (_, text) in enumerate(texts)
        )
        stem_text = markdown_of_plain(stem)
    elif re.fullmatch(r"[-+]?[\d,]*\.?\d+(e[-+]?\d+)?", answer, re.IGNORECASE):
        tolerance = f" ± {cell('tolerance')}" if cell("tolerance") else ""
        kind, answers = (
            "numeric",
            (DraftAnswer(mark="=", text=f"{answer}{tolerance} {cell('unit')}".strip()),),
        )
        stem_text = markdown_of_plain(stem)
    else:
        kind, answers = "cloze", ()
        stem_text = f"{markdown_of_plain(stem)}\n\n{{{{{answer}}}}}"
    try:
        difficulty, minutes = float(cell("difficulty") or 0), float(cell("minutes") or 1)
    except ValueError:
        return "difficulty or minutes is no number"
    return Draft(
        slug=slug_of((cell("id") or stem).replace("-", " "), taken),
        kind=kind,
        stem=stem_text,
        answers=answers,
        explanation=markdown_of_plain(cell("explanation")) or f"Right: {markdown_of_plain(answer)}",
        level=cell("level").lower() or "apply",
        minutes=minutes,
        difficulty=difficulty,
        sources=(cell("source"),) if cell("source") else (),
    )


def _right(answer: str, texts: list[tuple[str, str]]) -> set[int] | str:
    """Places of the right options: by letters, numbers or the text itself; or why they cannot be told."""
    by_text = [k for k, (_, text) in enumerate(texts) if text.casefold() == answer.casefold()]
    if len(by_text) == 1:
        return set(by_text)
    if len(by_text) > 1:
        return "two options are the answer"
    parts = [part for part in re.split(r"[,;/ ]+|and", answer.strip().lower()) if part]
    letters = {name[-1]: k for k, (name, _) in enumerate(texts)}
    numbers = {str(k + 1): k for k in range(len(texts))}
    places = {letters.get(part, numbers.get(part, -1)) for part in parts}
    return f"the answer {answer!r} names no option" if -1 in places or not places else places
