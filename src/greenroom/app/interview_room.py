"""What the candidate sees of a running mock: the question, what was revealed, the words so far, the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.core.blueprints import AskKind
from greenroom.core.conversation import CodeRun, Line, Phase, State
from greenroom.core.units import SECOND_MS

_CODE_KINDS = frozenset({"code_run", "code_submit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One line of the transcript as shown."""

    number: int
    who: str
    kind: str
    text: str
    at: str
    """Mock time, `07:30`."""
    is_scored: bool
    is_code: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """The last run, test by test."""

    outcome: str
    passed: int
    total: int
    visible_only: bool
    message: str
    line: int | None
    stdout: str
    tests: tuple[Mapping[str, Any], ...]  # TestOutcome as plain data, as the event holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The page of a running mock."""

    interview_id: str
    title: str
    allows_assistant: bool
    phase: Phase
    section_titles: tuple[str, ...]
    section: int
    section_title: str
    left_ms: int
    exchange: int
    """Number of the question; a turn names it, so that an answer to an older one is not misread."""
    question_number: int
    question_count: int
    question_title: str
    question_html: str
    is_code: bool
    starter: str
    source: str
    """What to put into the editor: the last code sent, else the starter."""
    facts: tuple[str, ...]
    hints: tuple[str, ...]
    hints_left: int
    hint_cost: int
    """Per cent of the question's score."""
    tested: Tested | None
    lines: tuple[Spoken, ...]
    """Of the open section."""
    earlier: tuple[Spoken, ...]


def room_of(state: State) -> Room:
    """The room as it stands."""
    exchange, ask, plan = state.exchange, state.ask, state.plan
    spoken = spoken_of(state)
    is_code = ask.kind is AskKind.CODE
    hints = ask.hints if plan.reveals_hints else ()
    return Room(
        interview_id=state.interview_id,
        title=state.script.blueprint.title,
        allows_assistant=state.script.blueprint.allows_assistant,
        phase=state.phase,
        section_titles=tuple(section.title for section in state.script.blueprint.sections),
        section=state.section,
        section_title=plan.title,
        left_ms=max(0, state.section_left_ms),
        exchange=exchange.index,
        question_number=exchange.question + 1,
        question_count=len(state.script.asks[state.section]),
        question_title=ask.title,
        question_html=ask.prompt_html,
        is_code=is_code,
        starter=ask.starter,
        source=exchange.runs[-1].source if exchange.runs else ask.starter,
        facts=tuple(fact.answer for fact in ask.facts if fact.id in exchange.revealed),
        hints=hints[: exchange.hints_taken],
        hints_left=len(hints) - exchange.hints_taken,
        hint_cost=round(100 * plan.hint_cost_01),
        tested=_tested(exchange.runs[-1]) if exchange.runs else None,
        lines=tuple(s for s, line in zip(spoken, state.lines, strict=True) if line.section == state.section),
        earlier=tuple(s for s, line in zip(spoken, state.lines, strict=True) if line.section < state.section),
    )


def spoken_of(state: State) -> tuple[Spoken, ...]:
    """The whole transcript."""
    return tuple(_spoken(number, line) for number, line in enumerate(state.lines, 1))


def _spoken(number: int, line: Line) -> Spoken:
    seconds = line.at_ms // SECOND_MS
    return Spoken(
        number=number,
        who=line.who,
        kind=line.kind,
        text=line.text,
        at=f"{seconds // 60:02d}:{seconds % 60:02d}",
        is_scored=line.is_scored,
        is_code=line.kind in _CODE_KINDS,
    )


def _tested(run: CodeRun) -> Tested:
    verdict: Mapping[str, Any] = run.verdict  # Verdict as plain data, as the event holds it
    return Tested(
        outcome=run.outcome,
        passed=run.passed,
        total=run.total,
        visible_only=run.visible_only,
        message=str(verdict.get("message", "")),
        line=verdict.get("line"),
        stdout=str(verdict.get("stdout", "")),
        tests=tuple(verdict.get("tests", ())),
    )


def answers_of(state: State) -> dict[tuple[int, int], str]:
    """(number of the section, number of the question in it), both from 0 -> everything said to it."""
    return {(exchange.section, exchange.question): exchange.answer for exchange in state.exchanges}
