"""The desk of a coding problem: what stands in the editor and in the notes, kept at every pause."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.app.deps import Deps
from greenroom.app.record import Fact, record_in
from greenroom.app.submissions import History, Submitted, history_in
from greenroom.core.coding import MOST_NOTE_CHARS, MOST_SOURCE_CHARS, checked_draft
from greenroom.core.errors import InputRejected
from greenroom.core.events import DraftSaved, Judged
from greenroom.core.ids import LearnerId, is_event_id
from greenroom.core.problems import Problem
from greenroom.store import events
from greenroom.store.problems import PROBLEMS, ProblemRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIn:
    """The editor and the notes as they stand. Hostile until checked here."""

    event_id: str
    problem_id: str
    source: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that the page of one problem shows."""

    problem: Problem
    topic_title: str
    source: str
    """The last draft or submission, whichever is newer; the starter where there is neither."""
    notes: str
    is_starter: bool
    history: History
    hints: tuple[str, ...]
    """The hints taken so far."""

    @property
    def last_attempt(self) -> Submitted | None:
        """The newest run or submission."""
        return self.history.attempts[-1] if self.history.attempts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the problem list. `state` is new, started, tried, revealed or solved."""

    problem: Problem
    topic_title: str
    state: str
    submissions: int
    best_passed: int
    total: int


def desk(deps: Deps, learner_id: LearnerId, problem_id: str) -> Desk:
    """The desk as it was left. Raises NotFound for an unknown problem."""
    problem = deps.bank.problem(problem_id)
    with deps.store.read() as conn:
        history = history_in(conn, learner_id, problem.id)
        latest = events.last_about(conn, learner_id, problem.id, DraftSaved.kind, Judged.kind)
        noted = events.last_about(conn, learner_id, problem.id, DraftSaved.kind)
    starter = problem.files["starter.py"]
    source = starter
    if latest is not None and isinstance(latest.event.payload, DraftSaved | Judged):
        source = latest.event.payload.source
    notes = noted.event.payload.notes if noted and isinstance(noted.event.payload, DraftSaved) else ""
    return Desk(
        problem=problem,
        topic_title=_topic_title(deps, problem),
        source=source,
        notes=notes,
        is_starter=source == starter,
        history=history,
        hints=problem.hints[: history.hints_taken],
    )


def keep(deps: Deps, learner_id: LearnerId, given: DraftIn) -> bool:
    """Keeps the draft; False where it is what was kept last, so that nothing is written.

    Raises NotFound for an unknown problem, InputRejected for what is too long or no text.
    """
    problem = deps.bank.problem(given.problem_id)
    if not is_event_id(given.event_id):
        raise InputRejected("The draft came without its number.", hint="Load the page again.")
    payload = DraftSaved(
        problem_id=problem.id,
        source=checked_draft(given.source, most_chars=MOST_SOURCE_CHARS, called="The code"),
        notes=checked_draft(given.notes, most_chars=MOST_NOTE_CHARS, called="The note"),
    )
    with deps.store.write() as conn:
        last = events.last_about(conn, learner_id, problem.id, DraftSaved.kind, Judged.kind)
        if last is not None and last.event.payload == payload:
            return False
        record_in(conn, learner_id, Fact(id=given.event_id, payload=payload), at_ms=deps.clock.now_ms())
    return True


def restart(deps: Deps, learner_id: LearnerId, *, problem_id: str, event_id: str) -> None:
    """Puts the starter back into the editor. Notes stay, and earlier drafts stay in the log."""
    left = desk(deps, learner_id, problem_id)
    starter = left.problem.files["starter.py"]
    keep(
        deps,
        learner_id,
        DraftIn(event_id=event_id, problem_id=problem_id, source=starter, notes=left.notes),
    )


def board(deps: Deps, learner_id: LearnerId) -> tuple[Listed, ...]:
    """Every problem of the bank with where the learner stands, easiest first."""
    with deps.store.read() as conn:
        rows = {row.problem_id: row for row in PROBLEMS.all(conn, learner_id)}
        revealed = {
            str(getattr(logged.event.payload, "problem_id", ""))
            for logged in events.of_kind(conn, learner_id, "solution_revealed")
        }
    listed = [
        _listed(deps, problem, rows.get(problem.id), is_revealed=problem.id in revealed)
        for problem in deps.bank.problems.values()
    ]
    return tuple(sorted(listed, key=lambda line: (line.problem.difficulty_logit, line.problem.id)))


def _listed(deps: Deps, problem: Problem, row: ProblemRow | None, *, is_revealed: bool) -> Listed:
    state = "new"
    if row is not None and row.solved_ms is not None:
        state = "solved"
    elif is_revealed:
        state = "revealed"
    elif row is not None:
        state = "tried" if row.submissions else "started"
    return Listed(
        problem=problem,
        topic_title=_topic_title(deps, problem),
        state=state,
        submissions=row.submissions if row else 0,
        best_passed=row.best_passed if row else 0,
        total=row.total if row else 0,
    )


def _topic_title(deps: Deps, problem: Problem) -> str:
    topic = deps.bank.taxonomy.topics.get(problem.topic)
    return topic.title if topic else problem.topic
