"""Compiles an authored item: from the parts that `reading` found to the core value with rendered HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import ValidationError

from greenroom.content.findings import Finding
from greenroom.content.markdown import GAP, MarkdownInvalid, render_block, render_inline
from greenroom.content.reading import Line, RawItem
from greenroom.content.records import record_of
from greenroom.content.schema import SLUG, ItemShape
from greenroom.content.yaml_text import YamlInvalid, line_of, yaml_value
from greenroom.core.ids import ItemId, Plain, content_hash
from greenroom.core.items import (
    Blank,
    ChoiceSpec,
    ClozeSpec,
    Item,
    Kind,
    NumericSpec,
    Option,
    OrderSpec,
    Slip,
    Spec,
    Step,
)

_Complain = Callable[[int, str, str, str], None]
"""Takes line, what, why, remedy."""

_GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_NUMBER = r"[-+−]?(?:\d[\d,]*)?(?:\.\d+)?(?:[eE][-+]?\d+)?"
_NUMERIC = re.compile(rf"({_NUMBER})\s*(?:(?:±|\+/-|\+-)\s*({_NUMBER})(%)?)?\s*(.*)")
LETTERS = "abcdefgh"


@dataclass(slots=True, kw_only=True)
class Compiled:
    """What one item became: the item where it is sound, its check and notes, and what was found."""

    item: Item | None = None
    check: str | None = None
    waived: dict[str, str] = field(default_factory=dict)
    explanation: str = ""
    tags: list[str] = field(default_factory=list)
    misconceptions: list[tuple[str, int]] = field(default_factory=list)
    """(id, line) of each mistake named"""
    findings: list[Finding] = field(default_factory=list)


class _Refused(Exception):
    """A part cannot be compiled: line, what, why, remedy."""


def compile_item(raw: RawItem, *, topic: str, area: str, path: str) -> Compiled:
    """The compiled item, or the findings that say why there is none."""
    made = Compiled()
    item_id = f"{topic}/{raw.slug}"

    def complain(line: int, what: str, why: str, remedy: str) -> None:
        made.findings.append(
            Finding(path=path, line=line, what=what, why=why, remedy=remedy, subject=item_id)
        )

    for complaint in raw.complaints:
        complain(*complaint)
    if not re.fullmatch(SLUG, raw.slug):
        complain(raw.line, f"the slug {raw.slug!r} is no slug", "ids have to be stable and typeable",
                 "use lower-case words and hyphens")  # fmt: skip
    if not raw.stem:
        complain(raw.line, "the item has no stem", "there is nothing to answer", "write the question")
    shape = _shape_of(raw, complain) if raw.yaml else None
    if shape is None:
        return made
    try:
        stem, spec = _spec_of(shape.kind, raw, made)
        stem_html = _stem_html(shape.kind, stem, raw)
        explanation_html = _rendered(raw.explanation, raw.explanation_line)
    except _Refused as refusal:
        complain(*refusal.args)
        return made
    made.check, made.waived, made.tags = shape.check, dict(shape.waive), list(shape.tags)
    made.explanation = raw.explanation
    if made.findings:
        return made
    made.item = Item(
        id=ItemId(item_id),
        hash=answer_hash(shape.kind, stem, spec),
        kind=shape.kind,
        area=area,
        topic=topic,
        level=shape.level,
        minutes=shape.minutes,
        difficulty_logit=shape.difficulty,
        stem_html=stem_html,
        stem_text=stem.replace(GAP, "____"),
        spec=spec,
        explanation_html=explanation_html,
        sources=tuple(shape.sources),
        path=f"{path}:{raw.line}",
    )
    return made


def answer_hash(kind: Kind, stem: str, spec: Spec) -> str:
    """Hash of all that decides which answer is right: kind, stem, options, key. Not the feedback."""
    data: Plain = record_of(spec)
    return content_hash([kind.value, stem, _without_feedback(data)])


def _without_feedback(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {key: _without_feedback(value) for key, value in data.items()
                if key not in ("html", "misconception", "slips")}  # fmt: skip
    if isinstance(data, list):
        return [_without_feedback(value) for value in data]
    return data


def _shape_of(raw: RawItem, complain: _Complain) -> ItemShape | None:
    try:
        return ItemShape.model_validate(yaml_value(raw.yaml))
    except YamlInvalid as error:
        complain(raw.yaml_line + error.line - 1, f"the yaml block cannot be read ({error.what})",
                 "the item's kind and level are unknown", "quote texts that hold `: ` or `#`")  # fmt: skip
    except ValidationError as error:
        for problem in error.errors():
            place = [step for step in problem["loc"] if isinstance(step, str | int)]
            line = raw.yaml_line + line_of(raw.yaml, place) - 1
            what = f"`{'.'.join(map(str, place)) or 'yaml'}` is not as the format says ({problem['msg']})"
            complain(line, what, "the item cannot be asked", "see docs/authoring.md, Items")
    return None


def _rendered(text: str, line: int, *, is_inline: bool = False) -> str:
    try:
        return render_inline(text) if is_inline else render_block(text)
    except MarkdownInvalid as error:
        raise _Refused(
            line, str(error), "it would not be shown", "correct it, or write a price as \\$5"
        ) from error


def _stem_html(kind: Kind, stem: str, raw: RawItem) -> str:
    shown = _rendered(stem, raw.stem_line)
    if kind is not Kind.CLOZE:
        return shown
    n_gaps = stem.count(GAP)
    if shown.count(GAP) != n_gaps:
        raise _Refused(raw.stem_line, "a gap stands inside maths or a link", "it could not be filled",
                       "put it outside")  # fmt: skip
    pieces = shown.split(GAP)
    joined = [pieces[0]]
    for index, piece in enumerate(pieces[1:]):
        joined.append(f'<span data-blank="{index}"></span>{piece}')
    return "".join(joined)


def _spec_of(kind: Kind, raw: RawItem, made: Compiled) -> tuple[str, Spec]:
    """The stem (gaps of a cloze as `GAP`) and the answer part."""
    match kind:
        case Kind.CHOICE | Kind.SEVERAL:
            return raw.stem, _choice(kind, raw, made)
        case Kind.NUMERIC:
            return raw.stem, _numeric(raw, made)
        case Kind.ORDER:
            return raw.stem, _order(raw)
        case Kind.CLOZE:
            return _cloze(raw, made)


def _choice(kind: Kind, raw: RawItem, made: Compiled) -> ChoiceSpec:
    n_right = sum(line.mark == "x" for line in raw.answers)
    low, high = (4, 5) if kind is Kind.CHOICE else (4, 6)
    if not low <= len(raw.answers) <= high:
        raise _Refused(raw.line, f"the item has {len(raw.answers)} options", f"a {kind} has {low} to {high}",
                       "add plausible wrong moves or drop the weakest")  # fmt: skip
    if kind is Kind.CHOICE and n_right != 1:
        raise _Refused(raw.line, f"{n_right} options are marked [x]", "a choice has one right option",
                       "mark one, or make it `kind: several`")  # fmt: skip
    if kind is Kind.SEVERAL and (n_right < 2 or n_right == len(raw.answers)):
        raise _Refused(raw.line, f"{n_right} of {len(raw.answers)} options are marked [x]",
                       "`several` needs two or more right and at least one wrong", "mark them so")  # fmt: skip
    options: list[Option] = []
    for index, line in enumerate(raw.answers):
        is_right = line.mark == "x"
        if is_right and line.misconception:
            raise _Refused(line.number, f"option {index + 1} is right and names a misconception",
                           "a right answer shows none", "remove the braces, or write them in code marks")  # fmt: skip
        if not is_right:
            _named(line, f"option {index + 1}", made)
        is_block = "\n" in line.text
        options.append(
            Option(
                id=LETTERS[index],
                html=_rendered(line.text, line.number, is_inline=not is_block),
                text=line.text,
                is_right=is_right,
                misconception=line.misconception,
            )
        )
    seen: set[str] = set()
    for line, option in zip(raw.answers, options, strict=True):
        if option.text in seen or not option.text:
            raise _Refused(line.number, "an option is empty or the same as another", "two keys would be one",
                           "reword or remove it")  # fmt: skip
        seen.add(option.text)
    return ChoiceSpec(options=tuple(options))


def _named(line: Line, who: str, made: Compiled) -> str:
    if not line.misconception:
        raise _Refused(line.number, f"{who} names no misconception", "its feedback would be empty",
                       "end the line in {misconception-id}")  # fmt: skip
    made.misconceptions.append((line.misconception, line.number))
    return line.misconception


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def _numeric(raw: RawItem, made: Compiled) -> NumericSpec:
    keys = [line for line in raw.answers if line.mark == "="]
    if len(keys) != 1:
        raise _Refused(raw.line, f"{len(keys)} lines begin with `=`", "a numeric item has one answer",
                       "write `= value ± tolerance unit` once")  # fmt: skip
    found = _NUMERIC.fullmatch(keys[0].text)
    if not found or not re.search(r"\d", found.group(1)):
        raise _Refused(keys[0].number, f"`{keys[0].text}` is no number with a tolerance", "it cannot be compared",
                       "write `= 0.75 ± 0.01 MB`")  # fmt: skip
    value, unit = _number(found.group(1)), found.group(4).strip()
    if found.group(2) is None and "%" in unit[:1]:
        unit = "%"
    tolerance = _number(found.group(2)) if found.group(2) else 0.0
    is_relative = found.group(3) == "%"
    spec = NumericSpec(
        value=value,
        abs_tol=0.0 if is_relative else tolerance,
        rel_tol=tolerance / 100 if is_relative else 0.0,
        unit=unit,
        slips=tuple(_slip(line, made) for line in raw.answers if line.mark == "~"),
    )
    for line, slip in zip([line for line in raw.answers if line.mark == "~"], spec.slips, strict=True):
        if abs(slip.value - value) <= max(spec.abs_tol, spec.rel_tol * abs(value)):
            raise _Refused(line.number, "a wrong number lies within the tolerance of the right one",
                           "it would be marked right", "narrow the tolerance or drop the line")  # fmt: skip
    return spec


def _slip(line: Line, made: Compiled) -> Slip:
    found = _NUMERIC.fullmatch(line.text)
    if not found or not re.search(r"\d", found.group(1)):
        raise _Refused(line.number, f"`{line.text}` is no number", "it cannot be recognised",
                       "write `~ 0.5 {misconception-id}`")  # fmt: skip
    return Slip(value=_number(found.group(1)), misconception=_named(line, "the wrong number", made))


def _order(raw: RawItem) -> OrderSpec:
    if not 4 <= len(raw.answers) <= 6 or [line.mark for line in raw.answers] != [
        str(k + 1) for k in range(len(raw.answers))
    ]:
        raise _Refused(raw.line, "the lines to order are not 4 to 6, numbered from 1", "the order is unclear",
                       "number them `1.` to `6.` in the right order")  # fmt: skip
    if len({line.text for line in raw.answers}) != len(raw.answers):
        raise _Refused(
            raw.line, "two lines to order are the same", "their order cannot be told", "reword one"
        )
    # Ids follow the hash of the text, so that they do not tell the order to whoever reads them.
    shuffled = sorted(raw.answers, key=lambda line: content_hash(line.text))
    ids = {line.number: LETTERS[k] for k, line in enumerate(shuffled)}
    return OrderSpec(
        steps=tuple(
            Step(id=ids[line.number], html=_rendered(line.text, line.number, is_inline=True), text=line.text)
            for line in raw.answers
        )
    )


def _cloze(raw: RawItem, made: Compiled) -> tuple[str, ClozeSpec]:
    gaps = [found.group(1) for found in _GAP.finditer(raw.stem)]
    if not 1 <= len(gaps) <= 6:
        raise _Refused(raw.stem_line, f"the stem has {len(gaps)} gaps", "a cloze has 1 to 6",
                       "write a gap as {{accepted|also accepted}}")  # fmt: skip
    slips: dict[int, list[tuple[str, str]]] = {}
    for line in raw.answers:
        found = re.fullmatch(r"(\d)\s*:\s*(.+)", line.text)
        if not found or not 1 <= int(found.group(1)) <= len(gaps):
            raise _Refused(line.number, f"`~ {line.text}` names no gap", "it cannot be matched",
                           "write `~ 1: wrong word {misconception-id}`")  # fmt: skip
        slips.setdefault(int(found.group(1)), []).append((found.group(2).strip(), _named(line, "it", made)))
    blanks = tuple(
        Blank(
            accepted=tuple(text.strip() for text in re.split(r"\\?\|", gap) if text.strip()),
            slips=tuple(slips.get(index, ())),
        )
        for index, gap in enumerate(gaps, start=1)
    )
    if not all(blank.accepted for blank in blanks):
        raise _Refused(raw.stem_line, "a gap is empty", "nothing would be right", "write what belongs there")
    return _GAP.sub(GAP, raw.stem), ClozeSpec(blanks=blanks)
