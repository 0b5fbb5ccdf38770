"""Moodle's question XML, both ways: multichoice, numerical, ordering, cloze and short answers.

Format: https://docs.moodle.org/en/Moodle_XML_format. A Greenroom item carries its metadata in the question's
tags (`greenroom:{…}`), so that it comes back as it went.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from greenroom.content.exchange.drafts import (
    Draft,
    DraftAnswer,
    Parsed,
    Refused,
    number_line,
    slug_of,
)
from greenroom.content.exchange.rich_text import html_of, markdown_of_html, markdown_of_plain
from greenroom.core.errors import InputRejected
from greenroom.core.items import Misconception

_MARK = "greenroom:"
_GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_CLOZE = re.compile(
    r"\{\d*:(SHORTANSWER|SA|SHORTANSWER_C|SAC|MW|NUMERICAL|NM|MULTICHOICE|MC)[A-Z_]*:(.*?)(?<!\\)\}", re.S
)


class _Unfit(Exception):
    """The question cannot become an item; the message says why."""


def write(
    drafts: Sequence[tuple[str, Draft]], misconceptions: Mapping[str, Misconception]
) -> tuple[str, list[Refused]]:
    """(the XML of the drafts by id, what the format cannot hold)"""
    quiz = ET.Element("quiz")
    for id_, draft in drafts:
        quiz.append(_question(id_, draft, misconceptions))
    ET.indent(quiz, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n", []


_TYPES = {"choice": "multichoice", "several": "multichoice", "numeric": "numerical", "order": "ordering",
          "cloze": "cloze"}  # fmt: skip


def _question(id_: str, draft: Draft, misconceptions: Mapping[str, Misconception]) -> ET.Element:
    question = ET.Element("question", type=_TYPES[draft.kind])
    _put(question, "name", id_, format_=None)
    stem = draft.stem
    if draft.kind == "cloze":
        stem = _GAP.sub("\ue002", stem)
    shown = html_of(stem)
    for gap in _GAP.findall(draft.stem) if draft.kind == "cloze" else ():
        words = "~".join(f"={_cloze_escaped(word.strip())}" for word in re.split(r"\\?\|", gap))
        shown = shown.replace("\ue002", f"{{1:SHORTANSWER:{words}}}", 1)
    _put(question, "questiontext", shown)
    _put(question, "generalfeedback", html_of(draft.explanation))
    _put_value(question, "defaultgrade", "1")
    _put_value(question, "idnumber", id_)
    if draft.kind in ("choice", "several"):
        _write_choices(question, draft, misconceptions)
    elif draft.kind == "numeric":
        _write_numbers(question, draft, misconceptions)
    elif draft.kind == "order":
        _put_value(question, "layouttype", "VERTICAL")
        for place, answer in enumerate(draft.answers, start=1):
            made = ET.SubElement(question, "answer", fraction=str(place), format="html")
            ET.SubElement(made, "text").text = html_of(answer.text, is_inline=True)
    tags = ET.SubElement(question, "tags")
    meta = {
        "kind": draft.kind, "level": draft.level, "minutes": draft.minutes, "difficulty": draft.difficulty,
        "sources": list(draft.sources), "check": draft.check, "waive": dict(draft.waive), "tags": list(draft.tags),
        "misconceptions": [answer.misconception for answer in draft.answers],
        "lines": [answer.text for answer in draft.answers] if draft.kind in ("cloze", "numeric") else [],
    }  # fmt: skip
    ET.SubElement(ET.SubElement(tags, "tag"), "text").text = _MARK + json.dumps(meta, ensure_ascii=False)
    return question


def _cloze_escaped(word: str) -> str:
    return re.sub(r"([}#~/\\\"])", r"\\\1", word)


def _put(parent: ET.Element, name: str, text: str, *, format_: str | None = "html") -> None:
    element = ET.SubElement(parent, name, {"format": format_} if format_ else {})
    ET.SubElement(element, "text").text = text


def _put_value(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, name).text = value


def _feedback(answer: DraftAnswer, misconceptions: Mapping[str, Misconception]) -> str:
    found = misconceptions.get(answer.misconception or "")
    return html_of(f"{found.diagnosis} {found.remedy}") if found else html_of(answer.feedback)


def _write_choices(question: ET.Element, draft: Draft, misconceptions: Mapping[str, Misconception]) -> None:
    n_right = sum(answer.mark == "x" for answer in draft.answers)
    n_wrong = len(draft.answers) - n_right
    _put_value(question, "single", "true" if draft.kind == "choice" else "false")
    _put_value(question, "shuffleanswers", "true")
    _put_value(question, "answernumbering", "abc")
    for answer in draft.answers:
        lost = 0.0 if draft.kind == "choice" else -100 / n_wrong
        fraction = 100 / n_right if answer.mark == "x" else lost
        made = ET.SubElement(
            question, "answer", fraction=f"{fraction:.5f}".rstrip("0").rstrip("."), format="html"
        )
        ET.SubElement(made, "text").text = html_of(answer.text, is_inline="\n" not in answer.text)
        _put(made, "feedback", _feedback(answer, misconceptions))


def _write_numbers(question: ET.Element, draft: Draft, misconceptions: Mapping[str, Misconception]) -> None:
    unit = ""
    for answer in draft.answers:
        found = re.fullmatch(r"(\S+)(?:\s*±\s*([\d.eE+-]+)(%)?)?\s*(.*)", answer.text)
        if not found:
            continue
        value = float(found.group(1).replace(",", ""))
        tolerance = float(found.group(2) or 0) * (abs(value) / 100 if found.group(3) else 1)
        made = ET.SubElement(
            question, "answer", fraction="100" if answer.mark == "=" else "0", format="moodle_auto_format"
        )
        ET.SubElement(made, "text").text = repr(value)
        _put(made, "feedback", _feedback(answer, misconceptions))
        _put_value(made, "tolerance", repr(tolerance))
        unit = found.group(4) or unit
    if unit:
        units = ET.SubElement(ET.SubElement(question, "units"), "unit")
        _put_value(units, "multiplier", "1")
        _put_value(units, "unit_name", unit)


def read(content: bytes) -> Parsed:
    """The questions of a file; what is no item here is refused with the reason. Raises InputRejected for no XML."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", content[:100_000], re.IGNORECASE) or b"<!ENTITY" in content:
        raise InputRejected(
            "The file declares a document type.", hint="Export it from Moodle again; none is needed."
        )
    try:
        root = ET.fromstring(content)
    except ET.ParseError as error:
        raise InputRejected(f"The file is no XML ({error}).", hint="Export it as Moodle XML.") from error
    if root.tag != "quiz":
        raise InputRejected(f"The file holds <{root.tag}>, not <quiz>.", hint="Export it as Moodle XML.")
    taken: set[str] = set()
    drafts: list[tuple[str, Draft]] = []
    refused: list[Refused] = []
    for number, question in enumerate(root.iter("question"), start=1):
        kind = question.get("type", "")
        if kind == "category":
            continue
        name = " ".join((question.findtext("name/text") or "").split())[:60]
        row = f"question {number} ({name})"
        try:
            drafts.append((row, _draft(question, kind, name, taken)))
        except _Unfit as why:
            refused.append(Refused(row=row, reason=str(why)))
        except (ValueError, KeyError, TypeError) as error:
            refused.append(Refused(row=row, reason=f"it cannot be read ({type(error).__name__}: {error})"))
    return Parsed(drafts=tuple(drafts), refused=tuple(refused))


def _rich(element: ET.Element | None) -> str:
    if element is None:
        return ""
    text = element.findtext("text") or ""
    match element.get("format", "html"):
        case "markdown":
            return text.strip()
        case "plain_text":
            return markdown_of_plain(text).strip()
        case _:
            return markdown_of_html(text)


def _meta(question: ET.Element) -> dict[str, Any]:  # Any: plain JSON
    for tag in question.iterfind("tags/tag/text"):
        if (tag.text or "").startswith(_MARK):
            found = json.loads((tag.text or "")[len(_MARK) :])
            return found if isinstance(found, dict) else {}
    return {}


def _draft(question: ET.Element, kind: str, name: str, taken: set[str]) -> Draft:
    meta = _meta(question)
    stem = _rich(question.find("questiontext"))
    if not stem:
        raise _Unfit("it has no text")
    if question.find("questiontext/file") is not None or "@@PLUGINFILE@@" in (
        question.findtext("questiontext/text") or ""
    ):
        raise _Unfit("it shows a picture, which the bank does not hold")
    match kind:
        case "multichoice":
            is_single = (question.findtext("single") or "true").strip() in ("true", "1")
            own, answers = ("choice" if is_single else "several"), tuple(_choices(question))
            right = sum(answer.mark == "x" for answer in answers)
            if is_single and right > 1:
                raise _Unfit(f"it says one answer and marks {right} as right")
        case "numerical":
            own, answers = "numeric", tuple(_numbers(question))
        case "ordering":
            entries = sorted(question.iterfind("answer"), key=lambda a: float(a.get("fraction", "0")))
            own, answers = "order", tuple(DraftAnswer(mark="", text=_rich(entry)) for entry in entries)
        case "cloze" | "multianswer":
            stem, answers, own = _gaps(stem), (), "cloze"
        case "shortanswer":
            words = [" ".join((a.findtext("text") or "").split()) for a in question.iterfind("answer")
                     if float(a.get("fraction", "0")) >= 100]  # fmt: skip
            if not words:
                raise _Unfit("no answer is marked as right")
            stem, answers, own = f"{stem}\n\n{{{{{'|'.join(words)}}}}}", (), "cloze"
        case _:
            raise _Unfit(f"the bank has no kind for {kind or 'an unnamed type'}")
    names = meta.get("misconceptions") or []
    lines = meta.get("lines") or []
    if lines and own in ("cloze", "numeric"):
        answers = tuple(
            DraftAnswer(mark="=" if own == "numeric" and k == 0 else "~", text=line)
            for k, line in enumerate(lines)
        )
    if len(names) == len(answers):
        answers = tuple(
            DraftAnswer(mark=a.mark, text=a.text, feedback=a.feedback, misconception=n)
            for a, n in zip(answers, names, strict=True)
        )
    id_ = (question.findtext("idnumber") or "").split("/")[-1]
    is_slug = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) is not None
    return Draft(
        slug=slug_of(id_.replace("-", " ") if is_slug else name or stem, taken) if not is_slug or id_ in taken else _own(id_, taken),
        kind=own,
        stem=stem,
        answers=answers,
        explanation=_rich(question.find("generalfeedback")) or _explained(answers),
        level=str(meta.get("level", "apply")),
        minutes=float(meta.get("minutes", 1)),
        difficulty=float(meta.get("difficulty", 0)),
        sources=tuple(meta.get("sources") or ()),
        check=meta.get("check"),
        waive=meta.get("waive") or {},
        tags=tuple(meta.get("tags") or ()),
    )  # fmt: skip


def _own(slug: str, taken: set[str]) -> str:
    taken.add(slug)
    return slug


def _explained(answers: Sequence[DraftAnswer]) -> str:
    """What to say where the file explains nothing: the feedback of the right answers, or the answers."""
    right = [answer for answer in answers if answer.mark in ("x", "=")]
    told = " ".join(answer.feedback for answer in right if answer.feedback)
    return told or ("Right: " + "; ".join(answer.text for answer in right) if right else "See the source.")


def _choices(question: ET.Element) -> Iterator[DraftAnswer]:
    for answer in question.iterfind("answer"):
        fraction = float(answer.get("fraction", "0"))
        text = _rich(answer)
        if not text:
            raise _Unfit("an option is empty")
        yield DraftAnswer(
            mark="x" if fraction > 0 else " ", text=text, feedback=_rich(answer.find("feedback"))
        )


def _numbers(question: ET.Element) -> Iterator[DraftAnswer]:
    unit = " ".join((question.findtext("units/unit/unit_name") or "").split())
    entries = sorted(question.iterfind("answer"), key=lambda a: -float(a.get("fraction", "0")))
    if sum(float(a.get("fraction", "0")) >= 100 for a in entries) != 1:
        raise _Unfit("it has not exactly one right number")
    for entry in entries:
        text = (entry.findtext("text") or "").strip()
        if text == "*":
            continue
        value, tolerance = float(text.replace(",", "")), float(entry.findtext("tolerance") or 0)
        is_key = float(entry.get("fraction", "0")) >= 100
        line = number_line(value, tolerance, 0.0, unit) if is_key else repr(value)
        yield DraftAnswer(mark="=" if is_key else "~", text=line, feedback=_rich(entry.find("feedback")))


def _gaps(stem: str) -> str:
    """The stem with Moodle's `{1:SHORTANSWER:=a~=b}` as `{{a|b}}`."""

    def one(found: re.Match[str]) -> str:
        if found.group(1) not in ("SHORTANSWER", "SA", "SHORTANSWER_C", "SAC", "MW"):
            raise _Unfit(f"a gap is of the type {found.group(1)}")
        words = []
        for part in re.split(r"(?<!\\)~", found.group(2)):
            text = re.split(r"(?<!\\)#", part)[0]
            if text.startswith(("=", "%100%")):
                words.append(re.sub(r"\\(.)", r"\1", text.removeprefix("=").removeprefix("%100%")).strip())
        if not words:
            raise _Unfit("a gap has no right answer")
        return "{{" + "|".join(words) + "}}"

    made = _CLOZE.sub(one, stem)
    if "{{" not in made:
        raise _Unfit("it has no gap")
    return made
