"""A question on a page: gaps put into its stem, the response read from its form, and the stem once answered.

The macros `questions.ask(question)` and `questions.reveal(feedback)` draw `app.questions.Question` and
`app.feedback.Feedback`; this file holds what they need beyond the template language.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from greenroom.app.feedback import Feedback
from greenroom.app.questions import Question
from greenroom.core.errors import InputRejected
from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, Kind, NumericSpec, OrderSpec
from greenroom.core.scoring import Filled, Ordered, PassedOn, Picked, Response, response_of
from greenroom.web.forms import Form

_BLANK = re.compile(r'<span data-blank="(\d+)"></span>')


def stem_with_inputs(question: Question) -> Markup:
    """The stem; for cloze with an input in the place of each gap."""
    return Markup(_BLANK.sub(_blank_input, question.stem_html))


def _blank_input(found: re.Match[str]) -> str:
    number = int(found[1])
    return (
        f'<input class="blank" name="blank.{number}" aria-label="Gap {number + 1}" dir="auto" size="16" '
        'maxlength="80" autocomplete="off" autocapitalize="off" spellcheck="false">'
    )


def stem_answered(feedback: Feedback) -> Markup:
    """The stem; for cloze with what was written in each gap, and what fits where that did not."""
    blanks = {blank.number - 1: blank for blank in feedback.blanks}

    def fill(found: re.Match[str]) -> str:
        blank = blanks.get(int(found[1]))
        if blank is None:
            return "…"
        if blank.is_right:
            return f'<ins class="gap gap--right">{escape(blank.given)}<span class="sr-only"> (right)</span></ins>'
        crossed = f'<del class="gap gap--wrong">{escape(blank.given)}</del> ' if blank.given else ""
        return f'{crossed}<ins class="gap gap--key">{escape(blank.accepted[0])}</ins>'

    return Markup(_BLANK.sub(fill, feedback.stem_html))


def stem_preview(stem_html: str) -> Markup:
    """The stem as text to be read only; gaps are lines."""
    return Markup(_BLANK.sub('<span class="gap gap--open">gap</span>', stem_html))


def response_in(form: Form, item: Item) -> Response:
    """The response that the question's form holds. Raises InputRejected where it cannot be one."""
    if form.has("pass"):
        return PassedOn()
    match item.spec:
        case ChoiceSpec():
            picked = form.texts("option")
            if not picked:
                raise InputRejected(
                    "Pick an option first." if item.kind is Kind.CHOICE else "Tick at least one option.",
                    hint="Press its number, or choose “I don’t know”.",
                )
            return Picked(options=picked)
        case NumericSpec():
            typed = form.text("number", max_chars=60, label="your answer")
            if not typed:
                raise InputRejected("Type a number first.", hint="Or choose “I don’t know”.")
            return response_of({"kind": "number", "value": plain_number(typed)})
        case OrderSpec(steps=steps):
            places = {step.id: form.whole(f"place.{step.id}", low=1, high=99, label="line") for step in steps}
            if None in places.values() or len(set(places.values())) != len(steps):
                raise InputRejected("Give every line a place of its own.", hint="Each number occurs once.")
            return Ordered(steps=tuple(sorted(places, key=lambda key: places[key] or 0)))
        case ClozeSpec(blanks=blanks):
            texts = tuple(
                form.text(f"blank.{n}", max_chars=80, label=f"gap {n + 1}") for n in range(len(blanks))
            )
            if not any(texts):
                raise InputRejected("Fill at least one gap first.", hint="Or choose “I don’t know”.")
            return Filled(texts=texts)


def plain_number(typed: str) -> str:
    """`1 200`, `0,75`, `3/8` and `12 %` as Python reads them; anything else is left for scoring to refuse."""
    text = re.sub(r"[\s_]", "", typed).replace("\u2212", "-").rstrip("%")
    if re.fullmatch(r"-?\d+,\d{1,2}|-?0,\d+", text):
        text = text.replace(",", ".")
    if fraction := re.fullmatch(r"(-?\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)", text):
        bottom = float(fraction[2])
        return repr(float(fraction[1]) / bottom) if bottom else text
    return text
