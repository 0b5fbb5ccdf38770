"""The values of an interview: turns of the candidate, actions of the engine, and the state between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar

from greenroom.core.blueprints import Ask, Script, SectionPlan
from greenroom.core.errors import InputRejected
from greenroom.core.ids import Plain
from greenroom.core.rubric import (
    Grade,
    GradeResult,
    Mistake,
    PointStatus,
    PointVerdict,
    SpottedMistake,
    Unscored,
)
from greenroom.core.units import MINUTE_MS

MAX_TURN_CHARS = 20_000
"""About twenty minutes of speech; a longer turn is refused at the border, with nothing lost."""


class TurnKind(StrEnum):
    """What a candidate can do."""

    SAY = "say"
    THINK = "think"
    CLARIFY = "clarify"
    CODE_RUN = "code_run"
    CODE_SUBMIT = "code_submit"
    HINT = "hint"
    PASS = "pass"
    PAUSE = "pause"
    RESUME = "resume"
    TICK = "tick"
    """The page's clock reached zero. The server's clock decides whether it did."""
    FINISH = "finish"
    EXCUSE = "excuse"
    """The server was away; no candidate sends it. The time since the last event does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn. `exchange` is the question the page showed; an answer to an older one is not scored."""

    id: str
    kind: TurnKind
    text: str = ""
    exchange: int = -1


def turn_of(data: Mapping[str, Plain]) -> Turn:
    """The turn of posted or stored data. Raises InputRejected for an unknown kind or an outsized text."""
    text = data.get("text") or ""
    exchange = data.get("exchange", -1)
    try:
        kind = TurnKind(str(data["kind"]))
        number = int(exchange) if isinstance(exchange, int | str) else -1
    except (KeyError, ValueError) as error:
        raise InputRejected(
            "That turn could not be read.", hint="Load the page again; the transcript is kept."
        ) from error
    if not isinstance(text, str) or len(text) > MAX_TURN_CHARS:
        raise InputRejected(
            f"That is longer than {MAX_TURN_CHARS:,} characters.",
            hint="Nobody listens that long: send the part that matters.",
        )
    return Turn(id=str(data.get("id", "")), kind=kind, text=text.replace("\x00", ""), exchange=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something app performs. `n` numbers the actions of an interview from 0 without gaps."""

    kind: ClassVar[str]
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Action):
    """The interviewer says something that is no question. `move` names why."""

    kind: ClassVar[str] = "say"
    move: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestion(Action):
    """A new question is put."""

    kind: ClassVar[str] = "ask"
    exchange: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe(Action):
    """A follow-up: about a missing point, a vague claim, a bare tool name or a part of a story."""

    kind: ClassVar[str] = "probe"
    exchange: int
    reason: str
    """point, vague, tool, story or follow_up"""
    about: str
    """Point id or key, so that the same is not probed twice."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint(Action):
    """Hint `number`, counted from 1."""

    kind: ClassVar[str] = "hint"
    exchange: int
    number: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeOpen(Action):
    """Grade everything said in this exchange so far."""

    kind: ClassVar[str] = "grade_open"
    exchange: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCode(Action):
    """Run the candidate's code: the visible tests, or all of them."""

    kind: ClassVar[str] = "run_code"
    exchange: int
    source: str
    visible_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSection(Action):
    """A section is over: done, time or left."""

    kind: ClassVar[str] = "close_section"
    section: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(Action):
    """The mock is over; the debrief is due. `reason` is done, time or left."""

    kind: ClassVar[str] = "finish"
    reason: str


_ACTIONS: dict[str, type[Action]] = {
    cls.kind: cls for cls in (Say, AskQuestion, Probe, Hint, GradeOpen, RunCode, CloseSection, Finish)
}


def data_of_action(action: Action) -> dict[str, Plain]:
    """The action as plain data; `action_of` reads it back."""
    return {"kind": action.kind} | {field.name: getattr(action, field.name) for field in fields(action)}


def action_of(data: Mapping[str, Plain]) -> Action:
    """The action that `data_of_action` wrote."""
    cls = _ACTIONS[str(data["kind"])]
    kept: dict[str, Any] = {f.name: data[f.name] for f in fields(cls)}  # written by data_of_action
    return cls(**kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the transcript."""

    who: str
    """interviewer, candidate or note"""
    kind: str
    text: str
    at_ms: int
    """Milliseconds of mock time (pauses left out) since it began."""
    section: int
    exchange: int
    is_scored: bool = True
    """False for what came late or belonged to an earlier question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRun:
    """One run of the candidate's code, as the judge reported it."""

    source: str
    visible_only: bool
    outcome: str
    passed: int
    total: int
    verdict: Mapping[str, Plain]
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and all that happened about it."""

    index: int
    section: int
    question: int
    opened_ms: int
    """Mock time at which it was put."""
    said: tuple[str, ...] = ()
    """Scored utterances in order; the graded answer is these joined by blank lines."""
    graded_chars: int = 0
    """How much of the answer the last grade has seen."""
    grade: GradeResult | None = None
    probed: tuple[str, ...] = ()
    """Keys of probes already put."""
    clarified: tuple[str, ...] = ()
    """Clarifying questions asked, verbatim."""
    revealed: tuple[str, ...] = ()
    """Fact ids said."""
    hints_taken: int = 0
    nudges: int = 0
    runs: tuple[CodeRun, ...] = ()
    closing: str = ""
    """Why it is being closed (done, pass, time, left); empty while it is open."""

    @property
    def answer(self) -> str:
        """All scored utterances."""
        return "\n\n".join(self.said)


class Phase(StrEnum):
    """Where a mock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A turn and the server's instant of it."""

    turn: Turn
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTime:
    """What became of one section's time."""

    used_ms: int = 0
    closed: str = ""
    """done, time or left; empty while it is open or was never reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A mock, folded from its events."""

    interview_id: str
    script: Script
    seed: int
    began_at_ms: int
    seen_at_ms: int
    """Instant of the last event."""
    phase: Phase = Phase.RUNNING
    elapsed_ms: int = 0
    """Mock time: grows only while the candidate is the one to act, never shrinks."""
    paused_ms: int = 0
    pauses: int = 0
    section: int = 0
    times: tuple[SectionTime, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    lines: tuple[Line, ...] = ()
    uttered: tuple[str, ...] = ()
    """Everything the interviewer has decided to say; nothing is said twice."""
    announced: tuple[str, ...] = ()
    """Keys of time calls made."""
    pending: tuple[Action, ...] = ()
    next_action: int = 0
    inbox: tuple[Received, ...] = ()
    """Turns that arrived while actions were pending; they are taken in order."""
    turn_ids: tuple[str, ...] = ()
    finish_reason: str = ""

    @property
    def plan(self) -> SectionPlan:
        """The open section's plan (the last one's when the mock is over)."""
        return self.script.blueprint.sections[self.section]

    @property
    def exchange(self) -> Exchange:
        """The open (or last) exchange."""
        return self.exchanges[-1]

    @property
    def ask(self) -> Ask:
        """The question of the open (or last) exchange."""
        return self.ask_of(self.exchange)

    def ask_of(self, exchange: Exchange) -> Ask:
        """The question of an exchange."""
        return self.script.asks[exchange.section][exchange.question]

    def plan_of(self, exchange: Exchange) -> SectionPlan:
        """The section plan of an exchange."""
        return self.script.blueprint.sections[exchange.section]

    @property
    def section_left_ms(self) -> int:
        """Time left in the open section at the last event; negative when overrun."""
        return round(self.plan.minutes * MINUTE_MS) - self.times[self.section].used_ms


def grade_of(data: Mapping[str, Any]) -> GradeResult:
    """The grade that `blueprints.plain_of` wrote."""
    if "reason" in data:
        return Unscored(reason=data["reason"])
    return Grade(
        score_01=data["score_01"],
        low_01=data["low_01"],
        high_01=data["high_01"],
        points=tuple(
            PointVerdict(
                point_id=v["point_id"],
                status=PointStatus(v["status"]),
                probability_01=v["probability_01"],
                quote=v["quote"],
                start=v["start"],
            )
            for v in data["points"]
        ),
        mistakes=tuple(
            SpottedMistake(mistake=Mistake(m["mistake"]), why=m["why"], quote=m["quote"])
            for m in data["mistakes"]
        ),
        is_calibrated=data["is_calibrated"],
        set_aside=tuple(data["set_aside"]),
    )
