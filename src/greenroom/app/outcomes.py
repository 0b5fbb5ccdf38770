"""Recording a real interview's outcome: it calibrates readiness from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from greenroom.app.deps import Deps
from greenroom.app.learner import mastery_in, situation_in
from greenroom.app.progress import aim_of
from greenroom.app.real_outcomes import OUTCOMES
from greenroom.app.record import Fact, record_in
from greenroom.core.errors import InputRejected
from greenroom.core.events import OutcomeRecorded
from greenroom.core.ids import LearnerId, is_event_id
from greenroom.core.mastery_map import area_map
from greenroom.core.readiness import Shift, round_readiness

_LONGEST_COMPANY = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeIn:
    """What the person told. Hostile until checked here."""

    event_id: str
    round_kind: str
    outcome: str
    """passed, failed or unknown"""
    company: str = ""
    happened_on: str = ""
    """ISO date; empty is the learner's today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeKept:
    """What was kept."""

    outcome: OutcomeRecorded
    is_new: bool
    """False where this event id was known: the stored outcome is shown."""


def record_outcome(deps: Deps, learner_id: LearnerId, told: OutcomeIn) -> OutcomeKept:
    """Records an outcome once, with what the model had predicted for it before any shift.

    Raises InputRejected where the round kind, the outcome or the date cannot be read.
    """
    _check(deps, told)
    now_ms = deps.clock.now_ms()
    taxonomy = deps.bank.taxonomy
    with deps.store.write() as conn:
        here = situation_in(conn, learner_id, taxonomy, now_ms)
        happened_on = _day(told.happened_on, here.today)
        aim = aim_of(here, taxonomy)
        predicted = None
        if aim is not None:
            estimates = area_map(mastery_in(conn, learner_id), taxonomy.areas, taxonomy.topics, now_ms=now_ms)
            by_area = {entry.area: entry for entry in estimates}
            plain = replace(aim, shift=Shift())
            predicted = round(round_readiness(told.round_kind, by_area, plain).probability_01, 4)
        payload = OutcomeRecorded(
            round_kind=told.round_kind,
            company=told.company.strip(),
            outcome=told.outcome,
            happened_on=happened_on.isoformat(),
            predicted_01=predicted,
        )
        (stored,) = record_in(conn, learner_id, Fact(id=told.event_id, payload=payload), at_ms=now_ms)
    kept = stored.event.payload
    if not isinstance(kept, OutcomeRecorded):
        raise InputRejected("This id belongs to something else.", hint="Record the outcome again.")
    return OutcomeKept(outcome=kept, is_new=stored.is_new)


def _check(deps: Deps, told: OutcomeIn) -> None:
    if not is_event_id(told.event_id):
        raise InputRejected("The outcome has no usable id.", hint="Record it again.")
    if told.outcome not in OUTCOMES:
        raise InputRejected(
            f"{told.outcome!r} is not an outcome.", hint=f"It is one of {', '.join(OUTCOMES)}."
        )
    kinds = sorted({entry.kind for loop in deps.bank.taxonomy.loops.values() for entry in loop.rounds})
    if told.round_kind not in kinds:
        raise InputRejected(
            f"{told.round_kind!r} is not a kind of round.", hint=f"It is one of {', '.join(kinds)}."
        )
    if len(told.company) > _LONGEST_COMPANY:
        raise InputRejected(f"A company's name may have {_LONGEST_COMPANY} characters.", hint="Shorten it.")


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError as error:
        raise InputRejected(
            f"{text!r} is not a date.", hint="Write it as year-month-day, 2026-11-23."
        ) from error
    if day > today:
        raise InputRejected(
            f"{day.isoformat()} has not come yet.", hint="Record the outcome once it is known."
        )
    return day
