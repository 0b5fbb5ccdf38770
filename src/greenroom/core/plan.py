"""A plan as a value: phases, sessions, blocks, and its plain data. `core.planning` makes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenroom.core.ids import Plain


class Phase(StrEnum):
    """Phases in their order."""

    FUNDAMENTALS = "fundamentals"
    DEEP_LEARNING = "deep-learning"
    SYSTEM_DESIGN = "system-design"
    REHEARSAL = "rehearsal"


PHASE_TITLES: Mapping[Phase, str] = {
    Phase.FUNDAMENTALS: "Fundamentals and coding",
    Phase.DEEP_LEARNING: "Deep learning and LLMs",
    Phase.SYSTEM_DESIGN: "System design and production",
    Phase.REHEARSAL: "Specialization and mocks",
}


class BlockKind(StrEnum):
    """What a part of a session is."""

    REVIEW = "review"
    PRACTICE = "practice"
    CODE = "code"
    TALK = "talk"
    MOCK = "mock"
    ACTION = "action"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a session."""

    kind: BlockKind
    minutes: int
    area: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting. `id` is stable for a day of one plan."""

    id: str
    day: date
    phase: Phase
    minutes: int
    title: str
    why: str
    blocks: tuple[Block, ...]

    @property
    def is_mock(self) -> bool:
        """Whether a mock interview is part of it."""
        return any(block.kind is BlockKind.MOCK for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sessions from `starts_on` up to the day before `ends_on` (the interview's day, or a default end)."""

    starts_on: date
    ends_on: date
    has_interview_date: bool
    sessions: tuple[Session, ...]

    def session_on(self, day: date) -> Session | None:
        """The session of that day, if there is one."""
        return next((session for session in self.sessions if session.day == day), None)

    def phase_spans(self) -> tuple[PhaseSpan, ...]:
        """First and last day of each phase that has sessions, in order."""
        spans = []
        for phase in Phase:
            days = [session.day for session in self.sessions if session.phase is phase]
            if days:
                spans.append(PhaseSpan(phase=phase, first=min(days), last=max(days), n_sessions=len(days)))
        return tuple(spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSpan:
    """When a phase happens."""

    phase: Phase
    first: date
    last: date
    n_sessions: int


def plan_data(plan: Plan) -> dict[str, Plain]:
    """The plan as plain data; `plan_from` reads it back."""
    return {
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "has_interview_date": plan.has_interview_date,
        "sessions": [
            {
                "id": session.id,
                "day": session.day.isoformat(),
                "phase": session.phase.value,
                "minutes": session.minutes,
                "title": session.title,
                "why": session.why,
                "blocks": [
                    {"kind": b.kind.value, "minutes": b.minutes, "area": b.area, "text": b.text}
                    for b in session.blocks
                ],
            }
            for session in plan.sessions
        ],
    }


def plan_from(data: Mapping[str, object]) -> Plan:
    """The plan of stored data. Raises KeyError, TypeError or ValueError where it is no plan."""
    sessions = data["sessions"]
    if not isinstance(sessions, Sequence):
        raise TypeError("sessions must be a list")
    return Plan(
        starts_on=date.fromisoformat(str(data["starts_on"])),
        ends_on=date.fromisoformat(str(data["ends_on"])),
        has_interview_date=bool(data["has_interview_date"]),
        sessions=tuple(_session_from(entry) for entry in sessions),
    )


def _session_from(data: Mapping[str, object]) -> Session:
    blocks = data["blocks"]
    if not isinstance(blocks, Sequence):
        raise TypeError("blocks must be a list")
    return Session(
        id=str(data["id"]),
        day=date.fromisoformat(str(data["day"])),
        phase=Phase(str(data["phase"])),
        minutes=int(str(data["minutes"])),
        title=str(data["title"]),
        why=str(data["why"]),
        blocks=tuple(
            Block(kind=BlockKind(b["kind"]), minutes=int(b["minutes"]), area=b["area"], text=b["text"])
            for b in blocks
        ),
    )
