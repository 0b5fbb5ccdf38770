"""Sits a mock in memory: the engine, the offline grader, and a judge whose verdicts are written in the code.

`sit(turns)` gives the events it made, as the store would hold them, and the folded state.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.people import ALICE, MONDAY_MS

from greenroom.core import interview
from greenroom.core.blueprints import Ask, Script, Temperament, plain_of, script_of
from greenroom.core.conversation import Action, GradeOpen, RunCode, State, Turn, TurnKind, data_of_action
from greenroom.core.events import ActionPerformed, Event, InterviewStarted, TurnTaken
from greenroom.core.ids import EventId, Plain
from greenroom.core.problems import Problem
from greenroom.core.rubric import GradeResult
from greenroom.core.units import MINUTE_MS
from greenroom.core.verdicts import Outcome, ScriptResult, TestOutcome, Verdict, combine
from greenroom.grading.grader import OfflineGrader

SCRIPT_FILE = Path(__file__).parent / "golden" / "interview" / "script.json"
MOCK_ID = "mock-0001"
_WRITTEN = re.compile(r"# passes (\d+) of (\d+)")
GRADER = OfflineGrader()


class WrittenJudge:
    """A judge for engine tests: runs nothing; `# passes 3 of 4` in the source is the verdict."""

    level = "written"

    def run(self, problem: Problem | None, source: str, *, visible_only: bool, seed: int) -> Verdict:
        """The verdict that the source asks for; without one, a compile error."""
        found = _WRITTEN.search(source)
        if found is None:
            return Verdict(outcome=Outcome.COMPILE_ERROR, tests=(), message="invalid syntax", line=1)
        passed, total = int(found[1]), int(found[2])
        tests = tuple(
            TestOutcome(
                name=f"kind of input {number}",
                is_visible=number <= 2,
                outcome=Outcome.ACCEPTED if number <= passed else Outcome.WRONG_ANSWER,
            )
            for number in range(1, (2 if visible_only else total) + 1)
        )
        return Verdict(outcome=combine(tests), tests=tests, sandbox_level=self.level)

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        """Engine tests run no scripts."""
        raise NotImplementedError


JUDGE = WrittenJudge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A turn after so many minutes of the clock."""

    kind: TurnKind
    text: str = ""
    after_minutes: float = 1.0
    exchange: int = -1


def the_script(temperament: Temperament = Temperament.NEUTRAL) -> Script:
    """The 60-minute mock with two open questions, k-means with its follow-ups, and a story."""
    return replace(script_of(json.loads(SCRIPT_FILE.read_text())), temperament=temperament)


def started(script: Script, *, seed: int = 7) -> InterviewStarted:
    """The first event's payload."""
    data = plain_of(script)
    assert isinstance(data, Mapping)
    return InterviewStarted(interview_id=MOCK_ID, blueprint=data, seed=seed)


_GRADES: dict[tuple[str, str], GradeResult] = {}
"""Grades by (question's hash, answer): the grader is a pure function, and many rehearsals say the same."""


def _graded(ask: Ask, answer: str) -> GradeResult:
    key = (f"{ask.id} {ask.hash}", answer)
    if key not in _GRADES:
        _GRADES[key] = GRADER.grade(ask.points, answer, question=ask.prompt_text)
    return _GRADES[key]


def perform(state: State, action: Action) -> dict[str, Plain]:
    """What app does for an action, with the judge above."""
    match action:
        case GradeOpen(exchange=index, answer=answer):
            ask = state.ask_of(state.exchanges[index])
            return {"grade": plain_of(_graded(ask, answer))}
        case RunCode(source=source, visible_only=visible_only):
            return {"verdict": plain_of(JUDGE.run(None, source, visible_only=visible_only, seed=1))}
    return {}


class Sitting:
    """A mock being sat: `take` a move, read `state` and `events`."""

    def __init__(self, script: Script, *, seed: int = 7) -> None:
        self.now_ms = MONDAY_MS
        self.events: list[Event] = []
        payload = started(script, seed=seed)
        self._log(payload, MOCK_ID)
        self.state = interview.begin(payload, self.now_ms).state
        self.perform_all()

    def _log(self, payload: InterviewStarted | TurnTaken | ActionPerformed, event_id: str) -> None:
        self.events.append(Event(id=EventId(event_id), learner_id=ALICE, at_ms=self.now_ms, payload=payload))

    def perform_all(self) -> None:
        """Performs what is pending, until nothing is."""
        while self.state.pending:
            self.perform_one()

    def perform_one(self) -> None:
        """Performs the first pending action."""
        action = self.state.pending[0]
        result = perform(self.state, action)
        self._log(
            ActionPerformed(interview_id=MOCK_ID, action=data_of_action(action), result=result),
            f"{MOCK_ID}-a{action.n}",
        )
        self.state = interview.absorb(self.state, action, result, self.now_ms).state

    def take(self, move: Move, *, performs: bool = True) -> State:
        """Takes one move."""
        self.now_ms += round(move.after_minutes * MINUTE_MS)
        turn = Turn(id=f"turn-{len(self.events):05d}", kind=move.kind, text=move.text, exchange=move.exchange)
        data: dict[str, Plain] = {"kind": turn.kind.value, "text": turn.text, "exchange": turn.exchange}
        self._log(TurnTaken(interview_id=MOCK_ID, turn=data), turn.id)
        self.state = interview.step(self.state, turn, self.now_ms).state
        if performs:
            self.perform_all()
        return self.state


def sit(moves: Iterable[Move], *, script: Script | None = None, seed: int = 7) -> Sitting:
    """Sits a mock with these moves; turns after its end are not taken."""
    sitting = Sitting(script or the_script(), seed=seed)
    for move in moves:
        if sitting.state.finish_reason:
            break
        sitting.take(move)
    return sitting


def transcript(state: State) -> str:
    """The transcript as text, a line each, with mock time and section."""
    rows = []
    for line in state.lines:
        seconds = line.at_ms // 1000
        mark = "" if line.is_scored else " [not scored]"
        head = f"{seconds // 60:02d}:{seconds % 60:02d} {line.who} ({line.kind}){mark}: "
        rows.append(head + " / ".join(part.strip() for part in line.text.splitlines() if part.strip()))
    return "\n".join(rows) + "\n"


def interviewer_words(state: State) -> Sequence[str]:
    """Everything the interviewer said, in order."""
    return [line.text for line in state.lines if line.who == "interviewer"]
