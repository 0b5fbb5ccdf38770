"""A coding problem: run the visible tests, submit, take a hint, give up and read the reference."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection

from greenroom.app.deps import Deps
from greenroom.app.record import Fact, record_in
from greenroom.core.coding import checked_source, data_of, verdict_of
from greenroom.core.errors import Conflict, InputRejected, JudgeUnavailable
from greenroom.core.events import HintTaken, Judged, SolutionRevealed
from greenroom.core.ids import LearnerId, is_event_id
from greenroom.core.problems import FollowUp, Problem
from greenroom.core.units import DAY_MS
from greenroom.core.verdicts import Outcome, ScriptResult, Verdict
from greenroom.store import events
from greenroom.store.events import Logged
from greenroom.store.problems import PROBLEMS

_RELOAD = "Load the page again and send it once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionIn:
    """Code as it came from a page or a terminal. Hostile until checked here."""

    event_id: str
    problem_id: str
    source: str
    visible_only: bool
    """True: a run of the visible tests. False: a submission, judged with the hidden tests too."""
    session_id: str = ""
    elapsed_ms: int = 0
    """Time spent on the problem so far, in milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One judged run or submission, as stored."""

    event_id: str
    problem_id: str
    source: str
    visible_only: bool
    verdict: Verdict
    at_ms: int
    hints_used: int
    was_repeated: bool = False
    """True where this id had been judged before: the stored verdict is shown."""

    @property
    def is_accepted(self) -> bool:
        """A submission that passed every test."""
        return not self.visible_only and self.verdict.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A hint that was taken. `number` counts from 1."""

    number: int
    text: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """One right solution of the bank's."""

    title: str
    """`Reference`, or what makes the alternative different."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """What is shown once the problem is solved or given up."""

    solutions: tuple[Solution, ...]
    explanation_html: str
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened with one problem so far."""

    attempts: tuple[Submitted, ...]
    """Runs and submissions, oldest first."""
    hints_taken: int
    is_solved: bool
    was_revealed: bool

    @property
    def is_open(self) -> bool:
        """True once the reference may be read."""
        return self.is_solved or self.was_revealed


def submit(deps: Deps, learner_id: LearnerId, given: SubmissionIn) -> Submitted:
    """Judges the code and counts it once.

    The same event id again gives the stored verdict. Raises NotFound for an unknown problem, InputRejected
    for what is no source, Conflict where the id belongs to other code, JudgeUnavailable without a sandbox.
    """
    problem = deps.bank.problem(given.problem_id)
    source = checked_source(given.source)
    _check_ids(given.event_id, given.session_id)
    with deps.store.read() as conn:
        stored = events.find(conn, learner_id, given.event_id)
        before = history_in(conn, learner_id, problem.id)
    if stored is not None:
        return _as_stored(stored, given, source)
    seed = secrets.randbits(31)
    # Judge first, lock second: a run of some seconds inside the transaction would freeze every other writer.
    verdict = deps.judge.run(problem, source, visible_only=given.visible_only, seed=seed)
    payload = Judged(
        problem_id=problem.id,
        problem_hash=problem.hash,
        topic=problem.topic,
        area=problem.area,
        difficulty_logit=problem.difficulty_logit,
        source=source,
        visible_only=given.visible_only,
        seed=seed,
        outcome=verdict.outcome.value,
        passed=verdict.passed,
        total=len(verdict.tests),
        verdict=data_of(verdict),
        elapsed_ms=min(max(0, given.elapsed_ms), DAY_MS),
        hints_used=before.hints_taken,
        session_id=given.session_id,
        was_revealed=before.was_revealed and not before.is_solved,
    )
    with deps.store.write() as conn:
        fact = Fact(id=given.event_id, payload=payload)
        (appended,) = record_in(conn, learner_id, fact, at_ms=deps.clock.now_ms())
    if not appended.is_new:  # another tab was first
        return _as_stored(Logged(seq=appended.seq, event=appended.event), given, source)
    return _submitted(Logged(seq=appended.seq, event=appended.event), payload)


def hint(
    deps: Deps, learner_id: LearnerId, *, event_id: str, problem_id: str, number: int, session_id: str = ""
) -> Hint:
    """The hint of that number, recorded as taken. Hints come in order; one taken before costs nothing again.

    Raises NotFound for an unknown problem, InputRejected for a hint that does not exist or is not next.
    """
    problem = deps.bank.problem(problem_id)
    _check_ids(event_id, session_id)
    if not 1 <= number <= len(problem.hints):
        raise InputRejected(f"This problem has {len(problem.hints)} hints.", hint=_RELOAD)
    with deps.store.write() as conn:
        taken = history_in(conn, learner_id, problem.id).hints_taken
        if number > taken + 1:
            raise InputRejected(f"Hint {taken + 1} comes first.", hint="Hints lead from a nudge to the idea.")
        if number == taken + 1:
            payload = HintTaken(problem_id=problem.id, number=number, session_id=session_id)
            record_in(conn, learner_id, Fact(id=event_id, payload=payload), at_ms=deps.clock.now_ms())
    return Hint(number=number, text=problem.hints[number - 1], total=len(problem.hints))


def give_up(
    deps: Deps, learner_id: LearnerId, *, event_id: str, problem_id: str, session_id: str = ""
) -> Solutions:
    """Opens the reference. Recorded where the problem is not solved: later submissions are no evidence then.

    Raises NotFound for an unknown problem.
    """
    problem = deps.bank.problem(problem_id)
    _check_ids(event_id, session_id)
    with deps.store.write() as conn:
        if not history_in(conn, learner_id, problem.id).is_open:
            payload = SolutionRevealed(problem_id=problem.id, session_id=session_id)
            record_in(conn, learner_id, Fact(id=event_id, payload=payload), at_ms=deps.clock.now_ms())
    return solutions_of(problem)


def solutions(deps: Deps, learner_id: LearnerId, problem_id: str) -> Solutions:
    """Reference, alternatives, explanation and follow-ups. Raises Conflict before it is solved or given up."""
    problem = deps.bank.problem(problem_id)
    if not history(deps, learner_id, problem_id).is_open:
        raise Conflict(
            "The reference is shown once the problem is solved or given up.",
            hint="Submit a solution that is accepted, or give up first.",
        )
    return solutions_of(problem)


def solutions_of(problem: Problem) -> Solutions:
    """What the bank holds about solving the problem, docstrings of alternatives as their titles."""
    found = [Solution(title="Reference", source=problem.files["reference.py"])]
    for name, source in sorted(problem.files.items()):
        if name.startswith("alternative_"):
            title, body = _titled(source, fallback=name.removesuffix(".py").replace("_", " "))
            found.append(Solution(title=title, source=body))
    return Solutions(
        solutions=tuple(found), explanation_html=problem.explanation_html, follow_ups=problem.follow_ups
    )


def history(deps: Deps, learner_id: LearnerId, problem_id: str) -> History:
    """What happened with the problem so far. Raises NotFound for an unknown problem."""
    problem = deps.bank.problem(problem_id)
    with deps.store.read() as conn:
        return history_in(conn, learner_id, problem.id)


def history_in(conn: Connection, learner_id: LearnerId, problem_id: str) -> History:
    """`history` inside a transaction that the caller holds."""
    kinds = (Judged.kind, HintTaken.kind, SolutionRevealed.kind)
    row = PROBLEMS.find(conn, learner_id, problem_id)
    attempts: list[Submitted] = []
    hints_taken, was_revealed = 0, False
    for logged in events.about(conn, learner_id, problem_id, kinds=kinds):
        match logged.event.payload:
            case Judged() as judged:
                attempts.append(_submitted(logged, judged))
            case HintTaken(number=number):
                hints_taken = max(hints_taken, number)
            case SolutionRevealed():
                was_revealed = True
    return History(
        attempts=tuple(attempts),
        hints_taken=hints_taken,
        is_solved=row is not None and row.solved_ms is not None,
        was_revealed=was_revealed,
    )


def scratch(deps: Deps, *, problem_id: str, source: str) -> ScriptResult:
    """Runs the code as a script in the problem's profile: no tests, nothing recorded."""
    problem = deps.bank.problem(problem_id)
    return deps.judge.execute(
        checked_source(source),
        profile=problem.profile,
        time_limit_ms=problem.time_limit_ms,
        memory_mb=problem.memory_mb,
    )


def sandbox_level(deps: Deps) -> str:
    """The sandbox in use, as the judge names it; empty where none can be had, so that pages still load."""
    try:
        return deps.judge.level
    except JudgeUnavailable:
        return ""


def _as_stored(stored: Logged, given: SubmissionIn, source: str) -> Submitted:
    judged = stored.event.payload
    if (
        not isinstance(judged, Judged)
        or judged.problem_id != given.problem_id
        or judged.source != source
        or judged.visible_only != given.visible_only
    ):
        raise Conflict("This was sent before, with other code.", hint=_RELOAD)
    return _submitted(stored, judged, was_repeated=True)


def _submitted(logged: Logged, judged: Judged, *, was_repeated: bool = False) -> Submitted:
    return Submitted(
        event_id=logged.event.id,
        problem_id=judged.problem_id,
        source=judged.source,
        visible_only=judged.visible_only,
        verdict=verdict_of(judged.verdict),
        at_ms=logged.event.at_ms,
        hints_used=judged.hints_used,
        was_repeated=was_repeated,
    )


def _check_ids(event_id: str, session_id: str) -> None:
    if not is_event_id(event_id) or (session_id and not is_event_id(session_id)):
        raise InputRejected("The form came without its number.", hint=_RELOAD)


def _titled(source: str, *, fallback: str) -> tuple[str, str]:
    """The docstring's first line as a title, and the source without its docstring."""
    if not source.startswith('"""'):
        return fallback, source
    words, _, body = source[3:].partition('"""')
    return words.strip().split("\n")[0] or fallback, body.lstrip("\n")
