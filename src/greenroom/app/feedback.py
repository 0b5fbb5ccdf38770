"""What an answer came to, for people: the right answer, what a wrong one says, when the item comes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from greenroom.app.questions import shown_options
from greenroom.core.events import Answered
from greenroom.core.ids import LearnerId
from greenroom.core.items import ChoiceSpec, ClozeSpec, Item, Kind, Misconception, NumericSpec, OrderSpec
from greenroom.core.ports import Bank
from greenroom.core.scoring import (
    Filled,
    Number,
    Ordered,
    PassedOn,
    Picked,
    Response,
    plain_form,
    response_of,
)
from greenroom.store import events
from greenroom.store.answers import AnswerRow
from greenroom.store.learners import Learner


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionResult:
    """An option after the answer, in the place where it was shown."""

    id: str
    key: str
    html: str
    is_right: bool
    was_picked: bool
    misconception: Misconception | None
    """What picking it would say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """A line of an order question, in the right order."""

    id: str
    html: str
    given_place: int | None
    """Where the learner put it, from 1; None after `I don't know`."""
    right_place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankResult:
    """A gap: what was written and what is accepted."""

    number: int
    given: str
    accepted: tuple[str, ...]
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The outcome of one answer. The same event id always gives the same outcome."""

    event_id: str
    session_id: str
    item_id: str
    kind: Kind
    topic: str
    area: str
    stem_html: str
    is_right: bool
    credit_01: float
    has_passed_on: bool
    """`I don't know` was said."""
    options: tuple[OptionResult, ...]
    steps: tuple[StepResult, ...]
    blanks: tuple[BlankResult, ...]
    given_text: str
    """The number given."""
    right_text: str
    """The right number with its tolerance and unit, or the right answer in words."""
    misconceptions: tuple[Misconception, ...]
    """What the answer shows, each with name, diagnosis and remedy."""
    explanation_html: str
    sources: tuple[str, ...]
    confidence_01: float | None
    predicted_01: float
    """Chance of a right answer that the learner model gave before it."""
    due_ms: int
    """When the item comes again."""
    xp: int
    xp_total: int
    number: int
    """Its place in the session."""
    purpose: str
    was_repeated: bool
    """This event id was already counted: the stored outcome is shown."""
    was_answered_elsewhere: bool
    """Another answer to this question of this session counts; the one sent now was not counted."""
    has_item_changed: bool
    """The question was edited since; its present text is not shown as if it had been answered."""


def feedback_of(
    row: AnswerRow,
    answered: Answered,
    bank: Bank,
    learner: Learner,
    *,
    was_repeated: bool = False,
    was_answered_elsewhere: bool = False,
) -> Feedback:
    """The feedback of a counted answer, from its row, its event and the bank's item as it is now."""
    item = bank.items.get(answered.item_id)  # type: ignore[call-overload]  # ids are texts at this border
    same = item if item is not None and item.hash == answered.item_hash else None
    response = response_of(answered.response)
    return Feedback(
        event_id=row.event_id,
        session_id=row.session_id,
        item_id=row.item_id,
        kind=Kind(answered.item_kind),
        topic=row.topic,
        area=row.area,
        stem_html=same.stem_html if same else "",
        is_right=row.is_right,
        credit_01=row.credit_01,
        has_passed_on=isinstance(response, PassedOn),
        options=_options(same, response, bank, row.session_id) if same else (),
        steps=_steps(same, response) if same else (),
        blanks=_blanks(same, response) if same else (),
        given_text=f"{response.value:.6g}" if isinstance(response, Number) else "",
        right_text=right_text(same) if same else "",
        misconceptions=tuple(
            bank.misconceptions[name] for name in answered.misconceptions if name in bank.misconceptions
        ),
        explanation_html=same.explanation_html if same else "",
        sources=same.sources if same else (),
        confidence_01=row.confidence_01,
        predicted_01=row.predicted_01,
        due_ms=row.due_ms,
        xp=row.xp,
        xp_total=learner.xp,
        number=row.number,
        purpose=row.purpose,
        was_repeated=was_repeated,
        was_answered_elsewhere=was_answered_elsewhere,
        has_item_changed=same is None,
    )


def right_text(item: Item) -> str:
    """The right answer in words, for a terminal or a screen reader."""
    match item.spec:
        case ChoiceSpec(options=options):
            return "; ".join(option.text for option in options if option.is_right)
        case NumericSpec() as spec:
            reach = max(spec.abs_tol, spec.rel_tol * abs(spec.value))
            within = f" ± {reach:.3g}" if reach else ""
            return f"{spec.value:.6g}{within}{' ' + spec.unit if spec.unit else ''}"
        case OrderSpec(steps=steps):
            return "; ".join(f"{place}. {step.text}" for place, step in enumerate(steps, start=1))
        case ClozeSpec(blanks=blanks):
            return "; ".join(blank.accepted[0] for blank in blanks)


def _options(item: Item, response: Response, bank: Bank, session_id: str) -> tuple[OptionResult, ...]:
    if not isinstance(item.spec, ChoiceSpec):
        return ()
    picked = response.options if isinstance(response, Picked) else ()
    by_id = {option.id: option for option in item.spec.options}
    return tuple(
        OptionResult(
            id=line.id,
            key=line.key,
            html=line.html,
            is_right=by_id[line.id].is_right,
            was_picked=line.id in picked,
            misconception=bank.misconceptions.get(by_id[line.id].misconception or ""),
        )
        for line in shown_options(item, session_id)
    )


def _steps(item: Item, response: Response) -> tuple[StepResult, ...]:
    if not isinstance(item.spec, OrderSpec):
        return ()
    given: Sequence[str] = response.steps if isinstance(response, Ordered) else ()
    return tuple(
        StepResult(
            id=step.id,
            html=step.html,
            given_place=given.index(step.id) + 1 if step.id in given else None,
            right_place=place,
        )
        for place, step in enumerate(item.spec.steps, start=1)
    )


def _blanks(item: Item, response: Response) -> tuple[BlankResult, ...]:
    if not isinstance(item.spec, ClozeSpec):
        return ()
    texts = response.texts if isinstance(response, Filled) else ("",) * len(item.spec.blanks)
    return tuple(
        BlankResult(
            number=place,
            given=text,
            accepted=blank.accepted,
            is_right=any(plain_form(text) == plain_form(good) for good in blank.accepted),
        )
        for place, (blank, text) in enumerate(zip(item.spec.blanks, texts, strict=True), start=1)
    )


def misconceptions_in(conn: Connection, learner_id: LearnerId, rows: Sequence[AnswerRow]) -> list[str]:
    """Ids of the misconceptions that these answers showed, the most frequent first."""
    counts: Counter[str] = Counter()
    for row in rows:
        stored = events.find(conn, learner_id, row.event_id) if not row.is_right else None
        if stored is not None and isinstance(stored.event.payload, Answered):
            counts.update(stored.event.payload.misconceptions)
    return [name for name, _ in counts.most_common()]
