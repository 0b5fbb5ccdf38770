"""Scores an answer to a closed item. Pure: an item and a response in, a score out."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.core.errors import InputRejected
from greenroom.core.ids import Plain
from greenroom.core.items import Blank, ChoiceSpec, ClozeSpec, Item, Kind, NumericSpec, OrderSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Option ids for choice and several."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number for numeric."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Step ids in the order given."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One text for each blank."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """`I don't know`: no credit, and no misconception is read into it."""


Response = Picked | Number | Ordered | Filled | PassedOn


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What an answer earned: full credit only is `is_right`; the misconceptions it shows, by id."""

    credit_01: float
    is_right: bool
    misconceptions: tuple[str, ...] = ()


def score(item: Item, response: Response) -> Score:
    """Score of a response. Raises InputRejected where the response is of another kind than the item."""
    match item.spec, response:
        case _, PassedOn():
            return Score(credit_01=0.0, is_right=False)
        case ChoiceSpec() as spec, Picked(options=picked):
            return _score_choice(item.kind, spec, picked)
        case NumericSpec() as spec, Number(value=value):
            return _score_number(spec, value)
        case OrderSpec() as spec, Ordered(steps=steps):
            return _score_order(spec, steps)
        case ClozeSpec() as spec, Filled(texts=texts):
            return _score_cloze(spec, texts)
    raise InputRejected("That answer does not fit this question.", hint="Load the question again.")


def _score_choice(kind: Kind, spec: ChoiceSpec, picked: tuple[str, ...]) -> Score:
    by_id = {option.id: option for option in spec.options}
    if not picked or len(set(picked)) != len(picked) or any(key not in by_id for key in picked):
        raise InputRejected("Pick one of the options.", hint="Press 1 to 5, or choose `I don't know`.")
    if kind is Kind.CHOICE and len(picked) != 1:
        raise InputRejected("Pick exactly one option.")
    right = {option.id for option in spec.options if option.is_right}
    chosen = set(picked)
    # Every option is a judgement: credit counts the right ones above chance, so picking all earns nothing.
    agreed = sum((key in chosen) == (key in right) for key in by_id)
    is_right = chosen == right
    credit = 1.0 if is_right else 0.0
    if kind is Kind.SEVERAL and not is_right:
        credit = max(0.0, 2 * agreed / len(by_id) - 1)
    slips = tuple(m for key in picked if (m := by_id[key].misconception) is not None)
    return Score(credit_01=credit, is_right=is_right, misconceptions=slips)


def is_close(given: float, value: float, *, abs_tol: float, rel_tol: float) -> bool:
    """Within the larger of the two tolerances, with a hair of room for decimal rounding."""
    return abs(given - value) <= max(abs_tol, rel_tol * abs(value)) * (1 + 1e-9) + 1e-12 * abs(value)


def _score_number(spec: NumericSpec, value: float) -> Score:
    if not math.isfinite(value):
        raise InputRejected("That is not a finite number.", hint="Type a number such as 0.75 or 1.2e6.")
    if is_close(value, spec.value, abs_tol=spec.abs_tol, rel_tol=spec.rel_tol):
        return Score(credit_01=1.0, is_right=True)
    slips = tuple(
        slip.misconception
        for slip in spec.slips
        if is_close(value, slip.value, abs_tol=spec.abs_tol, rel_tol=spec.rel_tol)
    )
    return Score(credit_01=0.0, is_right=False, misconceptions=slips[:1])


def _score_order(spec: OrderSpec, steps: tuple[str, ...]) -> Score:
    right = [step.id for step in spec.steps]
    if sorted(steps) != sorted(right):
        raise InputRejected("Put every line in the order exactly once.")
    place = {key: index for index, key in enumerate(steps)}
    pairs = [(a, b) for i, a in enumerate(right) for b in right[i + 1 :]]
    kept = sum(place[a] < place[b] for a, b in pairs)
    # Kendall's tau between the two orders, floored at 0.
    credit = max(0.0, 2 * kept / len(pairs) - 1)
    return Score(credit_01=credit, is_right=kept == len(pairs))


def _score_cloze(spec: ClozeSpec, texts: tuple[str, ...]) -> Score:
    if len(texts) != len(spec.blanks):
        raise InputRejected("Fill every gap.")
    hits = [_fits(blank, text) for blank, text in zip(spec.blanks, texts, strict=True)]
    slips = tuple(
        misconception
        for blank, text in zip(spec.blanks, texts, strict=True)
        for wrong, misconception in blank.slips
        if plain_form(wrong) == plain_form(text)
    )
    credit = sum(hits) / len(hits)
    return Score(credit_01=credit, is_right=all(hits), misconceptions=slips)


def _fits(blank: Blank, text: str) -> bool:
    given = plain_form(text)
    return bool(given) and any(given == plain_form(accepted) for accepted in blank.accepted)


def plain_form(text: str) -> str:
    """NFKC, lower case, hyphens and runs of space as one space, no outer punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\-_‐-―]+", " ", folded).strip(" .,;:!?\"'`$")


def response_of(data: Mapping[str, Plain]) -> Response:
    """The response of stored or posted data, `{"kind": "picked", "options": ["a"]}`. Raises InputRejected."""
    try:
        match data.get("kind"):
            case "picked":
                return Picked(options=_texts(data["options"]))
            case "number":
                return Number(value=float(str(data["value"]).replace(",", "").strip()))
            case "ordered":
                return Ordered(steps=_texts(data["steps"]))
            case "filled":
                return Filled(texts=_texts(data["texts"]))
            case "passed":
                return PassedOn()
    except (KeyError, TypeError, ValueError) as error:
        raise InputRejected(
            "That answer could not be read.", hint="A number looks like 0.75, 12 or 1.2e6."
        ) from error
    raise InputRejected("That answer could not be read.", hint="Load the question again.")


def _texts(value: Plain) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise TypeError("a list of texts was expected")
    return tuple(str(entry) for entry in value)


def data_of(response: Response) -> dict[str, Plain]:
    """The response as plain data; `response_of` reads it back."""
    match response:
        case Picked(options=options):
            return {"kind": "picked", "options": list(options)}
        case Number(value=value):
            return {"kind": "number", "value": value}
        case Ordered(steps=steps):
            return {"kind": "ordered", "steps": list(steps)}
        case Filled(texts=texts):
            return {"kind": "filled", "texts": list(texts)}
        case PassedOn():
            return {"kind": "passed"}
