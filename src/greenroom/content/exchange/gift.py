"""GIFT, both ways. A comment line `// greenroom: {…}` before a question carries what GIFT has no place for.

Format: https://docs.moodle.org/en/GIFT_format. An order is written as a matching question with the places as
its right side. A cloze with more than one gap has no GIFT form and is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.content.exchange.drafts import Draft, DraftAnswer, Parsed, Refused, number_line, slug_of
from greenroom.content.exchange.rich_text import markdown_of_html, markdown_of_plain
from greenroom.core.items import Misconception

_META = "// greenroom: "
_GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)


class _Unfit(Exception):
    """The question cannot become an item; the message says why."""


def _escaped(text: str) -> str:
    """Control characters of GIFT and backslashes escaped, newlines as \\n."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return re.sub(
        r"\\(.)", lambda found: "\n" if found.group(1) == "n" else found.group(1), text, flags=re.DOTALL
    )


def write(
    drafts: Sequence[tuple[str, Draft]], misconceptions: Mapping[str, Misconception]
) -> tuple[str, list[Refused]]:
    """(the GIFT text of the drafts by id, what the format cannot hold)"""
    blocks: list[str] = []
    refused: list[Refused] = []
    for id_, draft in drafts:
        gaps = _GAP.findall(draft.stem) if draft.kind == "cloze" else []
        if len(gaps) > 1:
            refused.append(Refused(row=id_, reason="GIFT holds one gap in a question"))
            continue
        meta = {
            "kind": draft.kind, "slug": draft.slug, "level": draft.level, "minutes": draft.minutes,
            "difficulty": draft.difficulty, "sources": list(draft.sources), "check": draft.check,
            "waive": dict(draft.waive), "tags": list(draft.tags),
            "misconceptions": [answer.misconception for answer in draft.answers],
            "lines": [answer.text for answer in draft.answers] if draft.kind in ("cloze", "numeric") else [],
        }  # fmt: skip
        told = f"####{_escaped(draft.explanation)}"
        if draft.kind == "cloze":
            words = " ".join(f"={_escaped(word.strip())}" for word in re.split(r"\\?\|", gaps[0]))
            before, after = _GAP.split(draft.stem)[0], _GAP.split(draft.stem)[-1]
            body = f"{_escaped(before)}{{{words} {told}}}{_escaped(after)}"
        else:
            answers = "\n".join(_answer_lines(draft, misconceptions))
            body = f"{_escaped(draft.stem)}{{{'#' if draft.kind == 'numeric' else ''}\n{answers}\n{told}\n}}"
        meta_line = json.dumps(meta, ensure_ascii=False)
        blocks.append(f"{_META}{meta_line}\n::{_escaped(id_)}::[markdown]{body}\n")
    return "\n".join(blocks), refused


def _answer_lines(draft: Draft, misconceptions: Mapping[str, Misconception]) -> list[str]:
    n_right = sum(answer.mark == "x" for answer in draft.answers)
    n_wrong = len(draft.answers) - n_right
    lines: list[str] = []
    for place, answer in enumerate(draft.answers, start=1):
        found = misconceptions.get(answer.misconception or "")
        told = f"#{_escaped(f'{found.diagnosis} {found.remedy}')}" if found else ""
        match draft.kind:
            case "choice":
                lines.append(f"{'=' if answer.mark == 'x' else '~'}{_escaped(answer.text)}{told}")
            case "several":
                share = 100 / n_right if answer.mark == "x" else -100 / n_wrong
                lines.append(f"~%{share:.5g}%{_escaped(answer.text)}{told}")
            case "numeric":
                lines.append(_number(answer, told))
            case _:
                lines.append(f"={_escaped(answer.text)} -> {place}")
    return lines


def _number(answer: DraftAnswer, told: str) -> str:
    found = re.match(r"(\S+)(?:\s*±\s*([\d.eE+-]+)(%)?)?", answer.text)
    value = float(found.group(1).replace(",", "")) if found else 0.0
    tolerance = float(found.group(2) or 0) if found else 0.0
    if found and found.group(3):
        tolerance *= abs(value) / 100
    share = "" if answer.mark == "=" else "%0%"
    return f"={share}{value!r}:{tolerance!r}{told}"


def read(text: str) -> Parsed:
    """The questions of a GIFT text; what is no item here is refused with the reason."""
    taken: set[str] = set()
    drafts: list[tuple[str, Draft]] = []
    refused: list[Refused] = []
    number = 0
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        meta_line = next((line for line in lines if line.startswith(_META)), "")
        body = "\n".join(line for line in lines if not line.lstrip().startswith("//")).strip()
        if not body or body.startswith("$CATEGORY"):
            continue
        number += 1
        row = f"question {number} ({' '.join(body.split())[:50]})"
        try:
            meta = json.loads(meta_line[len(_META) :]) if meta_line else {}
            drafts.append((row, _draft(body, meta, taken)))
        except _Unfit as why:
            refused.append(Refused(row=row, reason=str(why)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            refused.append(Refused(row=row, reason=f"it cannot be read ({type(error).__name__}: {error})"))
    return Parsed(drafts=tuple(drafts), refused=tuple(refused))


def _draft(body: str, meta: Mapping[str, Any], taken: set[str]) -> Draft:  # Any: plain JSON
    found = re.match(r"::((?:\\.|[^:\\])*)::", body)
    title = _unescaped(found.group(1)).strip() if found else ""
    rest = body[found.end() :] if found else body
    format_ = re.match(r"\s*\[(html|moodle|plain|markdown)\]", rest)
    rest = rest[format_.end() :] if format_ else rest

    def rich(part: str) -> str:
        text = _unescaped(part).strip()
        if format_ and format_.group(1) == "markdown":
            return text
        return markdown_of_plain(text) if format_ and format_.group(1) == "plain" else markdown_of_html(text)

    opened = re.search(r"(?<!\\)\{", rest)
    closed = re.search(r"(?<!\\)\}", rest)
    if opened is None or closed is None or closed.start() < opened.start():
        raise _Unfit("its answer block {…} does not open and close")
    before, inner, after = rest[: opened.start()], rest[opened.end() : closed.start()], rest[closed.end() :]
    told = re.search(r"(?<!\\)####(.*)", inner, re.DOTALL)
    if told:
        inner = inner[: told.start()]
    kind, answers = _answers(inner.strip(), rich)
    stem = rich(before)
    if meta.get("kind") == "cloze" or (
        after.strip() and kind == "choice" and all(a.mark == "x" for a in answers)
    ):
        words = "|".join(answer.text for answer in answers)
        joint = " " if after[:1] in " \n" else ""
        stem, kind = f"{stem} {{{{{words}}}}}{joint}{rich(after)}".strip(), "cloze"
        answers = []
    elif kind == "choice" and answers and all(a.mark == "x" for a in answers):
        stem, kind, answers = f"{stem}\n\n{{{{{'|'.join(a.text for a in answers)}}}}}", "cloze", []
    elif after.strip():
        stem = f"{stem} ____ {rich(after)}"
    if meta.get("lines"):
        answers = [
            DraftAnswer(mark="=" if kind == "numeric" and k == 0 else "~", text=line)
            for k, line in enumerate(meta["lines"])
        ]
    names = meta.get("misconceptions") or []
    if len(names) == len(answers):
        answers = [
            DraftAnswer(mark=a.mark, text=a.text, feedback=a.feedback, misconception=n)
            for a, n in zip(answers, names, strict=True)
        ]
    right = "; ".join(answer.text for answer in answers if answer.mark in ("x", "="))
    return Draft(
        slug=slug_of(str(meta.get("slug") or title.split("/")[-1] or stem).replace("-", " "), taken),
        kind=kind,
        stem=stem,
        answers=tuple(answers),
        explanation=rich(told.group(1)) if told else f"Right: {right}" if right else "See the source.",
        level=str(meta.get("level", "apply")),
        minutes=float(meta.get("minutes", 1)),
        difficulty=float(meta.get("difficulty", 0)),
        sources=tuple(meta.get("sources") or ()),
        check=meta.get("check"),
        waive=meta.get("waive") or {},
        tags=tuple(meta.get("tags") or ()),
    )


def _answers(inner: str, rich: Any) -> tuple[str, list[DraftAnswer]]:  # Any: a function of a text
    if not inner:
        raise _Unfit("it is an essay, which has no key")
    if re.fullmatch(r"(T|F|TRUE|FALSE)(#.*)?", inner, re.IGNORECASE | re.DOTALL):
        raise _Unfit("it asks for true or false; a choice has 4 or 5 options")
    if inner.startswith("#"):
        return "numeric", _numbers(inner[1:].strip(), rich)
    parts = re.findall(r"(?<!\\)([=~])((?:\\.|[^=~\\])*)", inner, re.DOTALL)
    if not parts:
        raise _Unfit("it has no answers")
    if all(mark == "=" and re.search(r"(?<!\\)->", text) for mark, text in parts):
        pairs = [re.split(r"(?<!\\)->", text, maxsplit=1) for _, text in parts]
        if sorted(right.strip() for _, right in pairs) != sorted(str(k + 1) for k in range(len(pairs))):
            raise _Unfit("it asks for matching, for which the bank has no kind")
        pairs.sort(key=lambda pair: int(pair[1]))
        return "order", [DraftAnswer(mark="", text=rich(left)) for left, _ in pairs]
    answers: list[DraftAnswer] = []
    has_shares = False
    for mark, text in parts:
        share = re.match(r"\s*%(-?[\d.]+)%", text)
        has_shares = has_shares or share is not None
        answer, _, feedback = re.sub(r"^\s*%-?[\d.]+%", "", text).partition("#")
        while answer.endswith("\\"):
            more, _, feedback = feedback.partition("#")
            answer += "#" + more
        is_right = float(share.group(1)) > 0 if share else mark == "="
        answers.append(DraftAnswer(mark="x" if is_right else " ", text=rich(answer), feedback=rich(feedback)))
    if any(not answer.text for answer in answers):
        raise _Unfit("an option is empty")
    n_right = sum(answer.mark == "x" for answer in answers)
    if n_right == 0:
        raise _Unfit("no answer is marked as right")
    is_several = has_shares and n_right > 1
    if n_right > 1 and not is_several and n_right < len(answers):
        raise _Unfit(f"it marks {n_right} answers as wholly right")
    return "several" if is_several else "choice", answers


def _numbers(inner: str, rich: Any) -> list[DraftAnswer]:  # Any: a function of a text
    parts = [part for part in re.split(r"(?<!\\)=", inner) if part.strip()] or [inner]
    made: list[DraftAnswer] = []
    for part in parts:
        share = re.match(r"\s*%(-?[\d.]+)%", part)
        answer, _, feedback = re.sub(r"^\s*%-?[\d.]+%", "", part).partition("#")
        between = re.fullmatch(r"\s*(\S+?)\.\.(\S+)\s*", answer)
        if between:
            low, high = float(between.group(1)), float(between.group(2))
            value, tolerance = (low + high) / 2, (high - low) / 2
        else:
            text, _, spread = answer.strip().partition(":")
            value, tolerance = float(text.replace(",", "")), float(spread or 0)
        is_key = share is None or float(share.group(1)) >= 100
        line = number_line(value, tolerance, 0.0, "") if is_key else repr(value)
        made.append(DraftAnswer(mark="=" if is_key else "~", text=line, feedback=rich(feedback)))
    if sum(answer.mark == "=" for answer in made) != 1:
        raise _Unfit("it has not exactly one right number")
    return sorted(made, key=lambda answer: answer.mark != "=")
