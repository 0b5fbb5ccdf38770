"""What a learner did, as past-tense facts. Append-only; everything shown is a fold over these.

A payload is a frozen dataclass of plain JSON values, registered under a kind and a version.
A changed shape gets a new version and an upcast in `UPCASTS`; old events are never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from greenroom.core.errors import InputRejected
from greenroom.core.ids import EventId, LearnerId, Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """Base of all payloads."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact. `id` is made by the client: a second event of the same id and learner is the same fact."""

    id: EventId
    learner_id: LearnerId
    at_ms: int
    payload: Payload


_P = TypeVar("_P", bound=type[Payload])
KINDS: dict[str, type[Payload]] = {}
UPCASTS: dict[tuple[str, int], Callable[[Mapping[str, Plain]], Mapping[str, Plain]]] = {}
"""(kind, old version) -> data of the next version."""


def _payload(kind: str) -> Callable[[_P], _P]:
    def register(cls: _P) -> _P:
        cls.kind = kind
        KINDS[kind] = cls
        return cls

    return register


def encode(payload: Payload) -> dict[str, Plain]:
    """The payload's data, plain."""
    return {field.name: getattr(payload, field.name) for field in fields(payload)}


def decode(kind: str, version: int, data: Mapping[str, Plain]) -> Payload:
    """The payload of stored data, upcast to the present version.

    Raises InputRejected for a kind this version of Greenroom does not know.
    """
    cls = KINDS.get(kind)
    if cls is None or version > cls.version:
        raise InputRejected(
            f"Event kind {kind!r} version {version} is not known to this version of Greenroom.",
            hint="Use the version that wrote it, or a newer one.",
        )
    while version < cls.version:
        data = UPCASTS[kind, version](data)
        version += 1
    known = {field.name for field in fields(cls)}
    kept: dict[str, Any] = {name: value for name, value in data.items() if name in known}  # plain JSON values
    return cls(**kept)


@_payload("profile_saved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSaved(Payload):
    """The person said (or corrected) what they prepare for. The last one holds."""

    role_mix: Mapping[str, float]
    """Role id -> share; sums to 1."""
    seniority: str
    loop: str
    interview_on: str | None
    """ISO date in the learner's time zone."""
    hours_per_week: float
    time_zone: str
    excluded_areas: list[str]
    was_read_from_text: bool
    job_title: str = ""
    expected_logit: float = 0.0
    """What the level expects, as the bank had it then: a weak prior of the learner model."""
    self_report: Mapping[str, int] = field(default_factory=dict)
    """Area -> 1 (never met) to 5 (could teach it); areas left out were not rated."""


@_payload("diagnostic_started")
@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticStarted(Payload):
    """A diagnostic of about 20 questions began."""

    diagnostic_id: str
    seed: int


@_payload("diagnostic_finished")
@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticFinished(Payload):
    """It ended; `reason` is information, length, time or stopped."""

    diagnostic_id: str
    reason: str


@_payload("answered")
@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Payload):
    """A closed item was answered. Carries the item's traits, so a rebuild needs no bank."""

    item_id: str
    item_hash: str
    topic: str
    area: str
    item_kind: str
    difficulty_logit: float
    guess_01: float
    response: Mapping[str, Plain]
    """`core.scoring.Response` as data."""
    confidence_01: float | None
    credit_01: float
    is_right: bool
    misconceptions: list[str]
    purpose: str
    """diagnostic, new, review or mock"""
    session_id: str
    elapsed_ms: int
    reason: str = ""
    """Why the item was chosen, as shown."""


@_payload("memory_fitted")
@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFitted(Payload):
    """The weights of memory were fitted to the learner's own reviews: they hold for every review after this."""

    weights: list[float]
    """The 21 weights of FSRS-6."""
    n_reviews: int
    """Reviews a day or more after the last one of their item, that they were fitted to."""
    loss_before: float
    """Log loss per review with the default weights, in nats."""
    loss_after: float


@_payload("judged")
@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Payload):
    """A submission was judged (visible_only: a run of the visible tests, not evidence)."""

    problem_id: str
    problem_hash: str
    topic: str
    area: str
    difficulty_logit: float
    source: str
    visible_only: bool
    seed: int
    outcome: str
    passed: int
    total: int
    verdict: Mapping[str, Plain]
    elapsed_ms: int
    hints_used: int
    session_id: str
    was_revealed: bool = False
    """The reference was read before: kept, but no evidence of skill."""


@_payload("hint_taken")
@dataclass(frozen=True, slots=True, kw_only=True)
class HintTaken(Payload):
    """A hint of a coding problem was shown. `number` counts from 1."""

    problem_id: str
    number: int
    session_id: str


@_payload("draft_saved")
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaved(Payload):
    """What stood in the editor and in the notes at a pause. The last one holds."""

    problem_id: str
    source: str
    notes: str


@_payload("solution_revealed")
@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRevealed(Payload):
    """The person gave the problem up and read the reference before they had solved it."""

    problem_id: str
    session_id: str


@_payload("plan_made")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMade(Payload):
    """The plan was made or re-made from the evidence of that moment."""

    plan_id: str
    starts_on: str
    plan: Mapping[str, Plain]
    """`core.planning.Plan` as data."""
    why: str


@_payload("action_planned")
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanned(Payload):
    """A next action from a debrief entered the plan."""

    action_id: str
    text: str
    topic: str
    minutes: int
    from_interview: str


@_payload("action_done")
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(Payload):
    """The person ticked a planned action off."""

    action_id: str


@_payload("interview_started")
@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewStarted(Payload):
    """A mock began. `blueprint` is the round's data as it was, with the chosen questions."""

    interview_id: str
    blueprint: Mapping[str, Plain]
    seed: int


@_payload("turn_taken")
@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTaken(Payload):
    """The candidate did something: say, clarify, code_run, hint, pass, pause, resume, finish."""

    interview_id: str
    turn: Mapping[str, Plain]


@_payload("action_performed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPerformed(Payload):
    """What app did for the interview engine, with its result (a grade, a verdict, words said)."""

    interview_id: str
    action: Mapping[str, Plain]
    result: Mapping[str, Plain]


@_payload("debriefed")
@dataclass(frozen=True, slots=True, kw_only=True)
class Debriefed(Payload):
    """The debrief of a finished mock."""

    interview_id: str
    debrief: Mapping[str, Plain]


@_payload("outcome_recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecorded(Payload):
    """A real interview's outcome, told by the person: calibrates readiness."""

    round_kind: str
    company: str
    outcome: str
    """passed, failed or unknown"""
    happened_on: str
    predicted_01: float | None = None
    """What readiness had said for such a round, before real outcomes moved it; None without a goal."""
