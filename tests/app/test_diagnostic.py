"""The diagnostic: adaptive, resumable, ended once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.people import ALICE, CHARLIE, World, a_profile, a_store, a_world

from greenroom.app import diagnostic
from greenroom.app.feedback import Feedback
from greenroom.app.practice import AnswerIn, today
from greenroom.app.questions import Question
from greenroom.app.record import Fact, record
from greenroom.content.generated import right_response
from greenroom.core.errors import Conflict, InputRejected, NotFound
from greenroom.core.scoring import PassedOn, response_of

FIRST = "diagnostic-0001"


def given(world: World, question: Question, *, is_right: bool = True, elapsed_ms: int = 15_000) -> AnswerIn:
    item = world.deps.bank.item(question.item_id)
    return AnswerIn(
        event_id=f"{question.session_id}-{question.number:02d}",
        item_id=question.item_id,
        item_hash=question.item_hash,
        response=response_of(right_response(item)) if is_right else PassedOn(),
        confidence_01=0.6,
        elapsed_ms=elapsed_ms,
        session_id=question.session_id,
    )


def answer_next(world: World, *, is_right: bool = True, elapsed_ms: int = 15_000) -> Feedback | None:
    question = diagnostic.next_question(world.deps, ALICE, FIRST)
    if question is None:
        return None
    return diagnostic.answer(
        world.deps, ALICE, given(world, question, is_right=is_right, elapsed_ms=elapsed_ms)
    )


def answer_all(world: World, *, is_right: bool = True) -> list[Feedback]:
    found = []
    while (feedback := answer_next(world, is_right=is_right)) is not None:
        found.append(feedback)
    return found


def test_it_ends_by_itself_and_gives_a_map_of_every_area(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0000", payload=a_profile()))
    diagnostic.start(world.deps, ALICE, FIRST)
    answers = answer_all(world)
    assert 12 <= len(answers) <= diagnostic.LIMITS.n_questions
    assert len({feedback.item_id for feedback in answers}) == len(answers)
    assert {feedback.purpose for feedback in answers} == {"diagnostic"}
    found = diagnostic.result(world.deps, ALICE, FIRST)
    assert found.diagnostic.ended in {"information", "length"}
    assert [entry.estimate.area for entry in found.areas] == [f"area-{n}" for n in (4, 3, 2, 1, 0)]
    assert sum(entry.asked for entry in found.areas) == found.right == len(answers)
    for entry in found.areas:
        assert entry.estimate.low_01 < entry.estimate.probability_01 < entry.estimate.high_01


def test_the_map_of_someone_who_knows_lies_above_that_of_someone_who_does_not(tmp_path: Path) -> None:
    means = []
    for is_right in (True, False):
        (tmp_path / str(is_right)).mkdir()
        world = a_world(tmp_path / str(is_right))
        diagnostic.start(world.deps, ALICE, FIRST)
        answer_all(world, is_right=is_right)
        areas = diagnostic.result(world.deps, ALICE, FIRST).areas
        means.append(sum(entry.estimate.probability_01 for entry in areas) / len(areas))
    assert means[0] > 0.6 > 0.4 > means[1]


def test_misconceptions_of_wrong_answers_are_named(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    while (question := diagnostic.next_question(world.deps, ALICE, FIRST)) is not None:
        wrong = {"choice": {"kind": "picked", "options": ["d"]}}.get(question.kind.value, {"kind": "passed"})
        sent = replace(given(world, question), response=response_of(wrong))
        diagnostic.answer(world.deps, ALICE, sent)
    names = [entry.name for entry in diagnostic.result(world.deps, ALICE, FIRST).misconceptions]
    assert names
    assert all(name.startswith("The slip of area-") for name in names)


def test_it_resumes_where_it_was_left_after_the_server_died(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    for _ in range(5):
        answer_next(world)
    shown = diagnostic.next_question(world.deps, ALICE, FIRST)
    world.deps.store.close()
    later = a_world(tmp_path, store=a_store(tmp_path))
    assert diagnostic.start(later.deps, ALICE, "diagnostic-0002").id == FIRST
    assert diagnostic.next_question(later.deps, ALICE, FIRST) == shown


def test_a_night_between_two_questions_does_not_use_up_the_time(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    answer_next(world)
    world.clock.turn(days=1)
    answer_next(world)
    found = diagnostic.latest(world.deps, ALICE)
    assert found is not None
    assert (found.ended, found.answered) == (None, 2)


def test_time_spent_on_questions_ends_it(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    answer_next(world, elapsed_ms=diagnostic.LIMITS.time_ms)
    found = diagnostic.latest(world.deps, ALICE)
    assert found is not None
    assert found.ended == "time"


def test_a_bank_that_runs_out_ends_it(tmp_path: Path) -> None:
    world = a_world(tmp_path, n_items=3)
    diagnostic.start(world.deps, ALICE, FIRST)
    assert len(answer_all(world)) == 3
    found = diagnostic.latest(world.deps, ALICE)
    assert found is not None
    assert found.ended == "length"
    with pytest.raises(Conflict, match="every question"):
        diagnostic.start(world.deps, ALICE, "diagnostic-0002")


def test_an_answer_after_the_end_is_refused_and_a_repeat_is_shown(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    question = diagnostic.next_question(world.deps, ALICE, FIRST)
    assert question is not None
    sent = given(world, question)
    first = diagnostic.answer(world.deps, ALICE, sent)
    diagnostic.finish(world.deps, ALICE, FIRST)
    assert diagnostic.answer(world.deps, ALICE, sent) == replace(first, was_repeated=True)
    with pytest.raises(Conflict, match="over"):
        diagnostic.answer(world.deps, ALICE, replace(sent, event_id="event-late-1"))


def test_it_is_finished_once_and_as_it_was_first(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    assert diagnostic.finish(world.deps, ALICE, FIRST).ended == "stopped"
    assert diagnostic.finish(world.deps, ALICE, FIRST).ended == "stopped"
    assert diagnostic.next_question(world.deps, ALICE, FIRST) is None
    assert diagnostic.start(world.deps, ALICE, "diagnostic-0002").id == "diagnostic-0002"


def test_its_items_come_back_as_reviews(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    n_answers = len(answer_all(world, is_right=False))
    world.clock.turn(days=3)
    assert today(world.deps, ALICE).reviews_due == n_answers


def test_another_learners_diagnostic_is_not_found(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    diagnostic.start(world.deps, ALICE, FIRST)
    assert diagnostic.latest(world.deps, CHARLIE) is None
    for look in (diagnostic.next_question, diagnostic.result, diagnostic.finish):
        with pytest.raises(NotFound):
            look(world.deps, CHARLIE, FIRST)


def test_a_hostile_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejected):
        diagnostic.start(a_world(tmp_path).deps, ALICE, "'; DROP TABLE events; --")
