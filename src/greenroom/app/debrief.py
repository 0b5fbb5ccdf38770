"""The debrief: made once when a mock finishes, frozen as a fact, its three actions put into the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.app.deps import Deps
from greenroom.app.record import Fact
from greenroom.core.blueprints import plain_of
from greenroom.core.conversation import State
from greenroom.core.debrief import Debrief, summarise
from greenroom.core.errors import Conflict, NotFound
from greenroom.core.events import ActionDone, ActionPlanned, Debriefed
from greenroom.core.ids import LearnerId
from greenroom.store import events


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefView:
    """A debrief as the page shows it."""

    interview_id: str
    at_ms: int
    debrief: Mapping[str, Any]  # the Debrief as plain data, as it was frozen
    action_ids: tuple[str, ...]
    done_ids: frozenset[str]
    """Actions ticked off since."""
    model_answers: Mapping[str, str]
    """Question id -> sanitized HTML, for questions the bank still has."""


def facts_of(deps: Deps, state: State) -> list[Fact]:
    """What a finished mock adds to the log: the debrief and its actions."""
    made = summarise(state, deps.bank.competencies)
    data = plain_of(made)
    assert isinstance(data, Mapping)
    known = deps.bank.taxonomy.topics
    debriefed = Debriefed(interview_id=state.interview_id, debrief=data)
    return [
        Fact(id=f"{state.interview_id}-debrief", payload=debriefed),
        *(
            Fact(
                id=action_id,
                payload=ActionPlanned(
                    action_id=action_id,
                    text=action.text,
                    topic=action.topic if action.topic in known else "",
                    minutes=action.minutes,
                    from_interview=state.interview_id,
                ),
            )
            for action_id, action in zip(_action_ids(state.interview_id, made), made.actions, strict=True)
        ),
    ]


def _action_ids(interview_id: str, made: Debrief) -> list[str]:
    return [f"{interview_id}-next{number}" for number in range(1, len(made.actions) + 1)]


def debrief_of(deps: Deps, learner_id: LearnerId, interview_id: str) -> DebriefView:
    """The debrief of a mock. Raises NotFound for an unknown mock, Conflict where it is still going on."""
    with deps.store.read() as conn:
        logged = events.about(conn, learner_id, interview_id)
        planned = [
            entry.event.payload.action_id
            for entry in events.of_kind(conn, learner_id, ActionPlanned.kind)
            if isinstance(entry.event.payload, ActionPlanned)
            and entry.event.payload.from_interview == interview_id
        ]
        done = {
            entry.event.payload.action_id
            for entry in events.of_kind(conn, learner_id, ActionDone.kind)
            if isinstance(entry.event.payload, ActionDone)
        }
    if not logged:
        raise NotFound("There is no such mock.", hint="Look at your mocks under /interviews.")
    for entry in logged:
        payload = entry.event.payload
        if isinstance(payload, Debriefed):
            questions = [q["id"] for section in _sections(payload.debrief) for q in section["questions"]]
            known = deps.bank.open_questions
            return DebriefView(
                interview_id=interview_id,
                at_ms=entry.event.at_ms,
                debrief=payload.debrief,
                action_ids=tuple(planned),
                done_ids=frozenset(done & set(planned)),
                model_answers={name: known[name].model_answer_html for name in questions if name in known},
            )
    raise Conflict("This mock is still going on.", hint="Finish it; its debrief is written then.")


def _sections(debrief: Mapping[str, Any]) -> list[Any]:  # written by plain_of from a Debrief
    return list(debrief["sections"])
