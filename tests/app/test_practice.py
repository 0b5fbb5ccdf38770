"""Practice: today's queue, the next question, and an answer counted once."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from tests.people import ALICE, CHARLIE, World, a_profile, a_world

from greenroom.app.feedback import Feedback
from greenroom.app.practice import AnswerIn, answer, next_question, today
from greenroom.app.questions import Question
from greenroom.app.record import Fact, record
from greenroom.content.generated import generated_bank, right_response
from greenroom.core.errors import Conflict, InputRejected, NotFound, StoreFull
from greenroom.core.events import HintTaken
from greenroom.core.items import Kind
from greenroom.core.scoring import Filled, Number, PassedOn, Picked, Response, response_of
from greenroom.core.units import DAY_MS
from greenroom.store import events


def asked(world: World, session: str = "", **focus: str) -> Question:
    question = next_question(world.deps, ALICE, session, **focus)
    assert question is not None
    return question


def an_answer_to(
    world: World, question: Question, *, event_id: str = "event-0001", response: Response | None = None
) -> AnswerIn:
    item = world.deps.bank.item(question.item_id)
    return AnswerIn(
        event_id=event_id,
        item_id=question.item_id,
        item_hash=question.item_hash,
        response=response or response_of(right_response(item)),
        confidence_01=0.8,
        elapsed_ms=12_000,
        session_id=question.session_id,
        reason=question.reason,
    )


def answered(world: World, n: int, *, response: Response | None = None, session: str = "") -> list[Feedback]:
    found = []
    for number in range(n):
        question = asked(world, session)
        given = an_answer_to(
            world,
            question,
            event_id=f"{question.session_id}-{world.clock.now_ms()}-{number}",
            response=response,
        )
        found.append(answer(world.deps, ALICE, given))
    return found


def test_a_new_learner_has_a_sitting_of_new_questions(tmp_path: Path) -> None:
    here = today(a_world(tmp_path).deps, ALICE)
    assert (here.reviews_due, here.done, here.is_done, here.has_profile) == (0, 0, False, False)
    assert here.new_planned == here.total == 10
    assert here.session_id == "day-2026-11-16"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_right_answer_of_every_kind_is_right_and_explained(tmp_path: Path, kind: Kind) -> None:
    world = a_world(tmp_path)
    item = next(item for item in world.deps.bank.items.values() if item.kind is kind)
    question = replace(asked(world), item_id=item.id, item_hash=item.hash)
    feedback = answer(world.deps, ALICE, an_answer_to(world, question))
    assert feedback.is_right
    assert feedback.credit_01 == 1.0
    assert feedback.explanation_html == item.explanation_html
    assert feedback.right_text
    assert feedback.xp > 0
    assert feedback.due_ms >= world.clock.now_ms() + DAY_MS
    assert 0 < feedback.predicted_01 < 1


def test_a_wrong_option_names_its_misconception(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    item = next(item for item in world.deps.bank.items.values() if item.kind is Kind.CHOICE)
    question = replace(asked(world), item_id=item.id, item_hash=item.hash)
    feedback = answer(world.deps, ALICE, an_answer_to(world, question, response=Picked(options=("c",))))
    assert not feedback.is_right
    assert [entry.name for entry in feedback.misconceptions] == [f"The slip of {item.area}"]
    assert [(o.id, o.was_picked, o.is_right) for o in feedback.options if o.was_picked or o.is_right] in (
        [("a", False, True), ("c", True, False)],
        [("c", True, False), ("a", False, True)],
    )


def test_passing_shows_the_answer_and_reads_no_misconception_into_it(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    feedback = answer(world.deps, ALICE, an_answer_to(world, asked(world), response=PassedOn()))
    assert (feedback.has_passed_on, feedback.is_right, feedback.misconceptions, feedback.xp) == (
        True,
        False,
        (),
        0,
    )


def test_the_same_event_id_gives_the_same_feedback_and_counts_once(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    question = asked(world)
    first = answer(world.deps, ALICE, an_answer_to(world, question))
    world.clock.turn(hours=1)
    again = answer(world.deps, ALICE, an_answer_to(world, question, response=PassedOn()))
    assert again == replace(first, was_repeated=True)
    assert today(world.deps, ALICE).answered_today == 1


def test_a_repeat_long_after_still_shows_what_was_expected_then(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    question = asked(world)
    given = an_answer_to(world, question)
    first = answer(world.deps, ALICE, given)
    answered(world, 5, response=PassedOn())
    again = answer(world.deps, ALICE, given)
    assert (again.predicted_01, again.due_ms, again.xp, again.number) == (
        first.predicted_01,
        first.due_ms,
        first.xp,
        first.number,
    )


def test_a_second_tab_sees_the_first_answer_and_is_not_counted(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    question = asked(world)
    assert asked(world) == question  # the other tab loaded the same question
    first = answer(world.deps, ALICE, an_answer_to(world, question, event_id="event-tab-1"))
    second = answer(
        world.deps, ALICE, an_answer_to(world, question, event_id="event-tab-2", response=PassedOn())
    )
    assert second == replace(first, was_answered_elsewhere=True)
    with world.deps.store.read() as conn:
        assert events.count(conn, ALICE) == 1


def test_two_tabs_at_the_same_moment_count_once(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    question = asked(world)
    found: list[Feedback] = []
    tabs = [
        threading.Thread(
            target=lambda n=n: found.append(
                answer(world.deps, ALICE, an_answer_to(world, question, event_id=f"event-tab-{n}"))
            )
        )
        for n in range(6)
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert sorted(entry.was_answered_elsewhere for entry in found) == [False, True, True, True, True, True]
    assert today(world.deps, ALICE).answered_today == 1


def test_the_same_item_in_another_sitting_counts_again(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    question = asked(world)
    answer(world.deps, ALICE, an_answer_to(world, question, event_id="event-0001"))
    other = replace(question, session_id="day-2026-11-16-2")
    second = answer(world.deps, ALICE, an_answer_to(world, other, event_id="event-0002"))
    assert not second.was_answered_elsewhere
    assert (second.purpose, second.xp) == ("review", 0)  # minutes later: counted, but no retrieval


def test_an_item_edited_since_it_was_shown_is_a_conflict_and_counts_nothing(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    given = replace(an_answer_to(world, asked(world)), item_hash="an-older-hash")
    with pytest.raises(Conflict, match="edited") as caught:
        answer(world.deps, ALICE, given)
    assert caught.value.hint
    assert today(world.deps, ALICE).answered_today == 0


def test_a_repeat_after_the_item_was_edited_keeps_the_outcome_and_hides_the_new_text(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    given = an_answer_to(world, asked(world))
    first = answer(world.deps, ALICE, given)
    bank = generated_bank(60)
    item = bank.item(given.item_id)
    edited = world.with_bank(
        replace(bank, items={**bank.items, item.id: replace(item, hash="edited-since-then")})
    )
    again = answer(edited.deps, ALICE, given)
    assert again.has_item_changed
    assert (again.is_right, again.xp, again.explanation_html) == (first.is_right, first.xp, "")


def test_an_item_that_left_the_bank_is_not_found(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    with pytest.raises(NotFound):
        answer(world.deps, ALICE, replace(an_answer_to(world, asked(world)), item_id="gone/item"))


def test_an_event_id_of_something_else_is_a_conflict(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(
        world.deps, ALICE, Fact(id="event-0001", payload=HintTaken(problem_id="p", number=1, session_id=""))
    )
    with pytest.raises(Conflict, match="id of something else"):
        answer(world.deps, ALICE, an_answer_to(world, asked(world), event_id="event-0001"))


def test_an_event_id_of_an_answer_to_another_question_shows_that_answer(tmp_path: Path) -> None:
    """A stale page of the back button: what it sent first stands, and nothing else is overwritten."""
    world = a_world(tmp_path)
    first = answer(world.deps, ALICE, an_answer_to(world, asked(world), event_id="event-0001"))
    other = answer(world.deps, ALICE, an_answer_to(world, asked(world), event_id="event-0001"))
    assert other == replace(first, was_repeated=True)


_HOSTILE = {
    "a confidence above one": {"confidence_01": 1.5},
    "a session with a path in it": {"session_id": "../../etc/passwd"},
    "an unknown purpose": {"purpose": "cheat"},
    "an event id of markup": {"event_id": "<script>alert(1)</script>"},
    "no event id": {"event_id": ""},
    "options that are not there": {"response": Picked(options=("z",))},
    "an endless number": {"response": Number(value=float("inf"))},
    "another kind of answer": {"response": Filled(texts=("x",))},
}


@pytest.mark.parametrize("changes", list(_HOSTILE.values()), ids=list(_HOSTILE))
def test_what_cannot_be_an_answer_is_refused_and_changes_nothing(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    world = a_world(tmp_path)
    item = next(item for item in world.deps.bank.items.values() if item.kind is Kind.CHOICE)
    question = replace(asked(world), item_id=item.id, item_hash=item.hash)
    with pytest.raises(InputRejected):
        answer(world.deps, ALICE, replace(an_answer_to(world, question), **changes))  # type: ignore[arg-type]  # hostile on purpose
    with world.deps.store.read() as conn:
        assert events.count(conn, ALICE) == 0


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [("\u202eשלום\u202c", True), ("a\x00b\x1b[31m", True), ("x" * 1_000_000, False), ("\ud800", False)],
    ids=["right to left", "binary", "a megabyte", "half a pair"],
)
def test_hostile_text_in_a_gap_is_scored_or_refused_with_words(
    tmp_path: Path, text: str, is_kept: bool
) -> None:
    world = a_world(tmp_path)
    item = next(item for item in world.deps.bank.items.values() if item.kind is Kind.CLOZE)
    question = replace(asked(world), item_id=item.id, item_hash=item.hash)
    given = an_answer_to(world, question, response=Filled(texts=(text,)))
    if is_kept:
        feedback = answer(world.deps, ALICE, given)
        assert (feedback.is_right, feedback.blanks[0].given) == (False, text)
    else:
        with pytest.raises(InputRejected):
            answer(world.deps, ALICE, given)
    assert today(world.deps, ALICE).answered_today == is_kept


def test_a_full_disk_counts_nothing_and_the_same_answer_counts_later(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    store, question = world.deps.store, asked(world)
    given = an_answer_to(world, question, response=None)
    with store.read() as conn:
        conn.exec_driver_sql(
            f"PRAGMA max_page_count = {conn.exec_driver_sql('PRAGMA page_count').scalar_one()}"
        )

    def answer_until_full() -> None:
        for number in range(400):
            answer(
                world.deps,
                ALICE,
                replace(given, event_id=f"event-{number:04d}", session_id=f"session-{number}"),
            )

    with pytest.raises(StoreFull):
        answer_until_full()
    with store.read() as conn:
        kept = events.count(conn, ALICE)
        conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
    late = answer(
        world.deps, ALICE, replace(given, event_id=f"event-{kept:04d}", session_id=f"session-{kept}")
    )
    assert not late.was_repeated
    with store.read() as conn:
        assert events.count(conn, ALICE) == kept + 1


def test_a_sitting_ends_after_its_length_and_offers_a_further_one(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    total = today(world.deps, ALICE).total
    answered(world, total)
    here = today(world.deps, ALICE)
    assert here.is_done
    assert next_question(world.deps, ALICE) is None
    further = asked(world, here.next_session_id)
    assert (further.session_id, further.number) == ("day-2026-11-16-2", 1)
    answered(world, 1, session=here.next_session_id)
    assert today(world.deps, ALICE).session_id == "day-2026-11-16-2"


def test_no_item_is_asked_twice_in_a_sitting(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    found = answered(world, today(world.deps, ALICE).total, response=PassedOn())
    assert len({feedback.item_id for feedback in found}) == len(found)


def test_what_was_wrong_comes_back_when_it_is_due(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    wrong = {feedback.item_id for feedback in answered(world, 4, response=PassedOn())}
    world.clock.turn(days=2)
    here = today(world.deps, ALICE)
    assert (here.reviews_due, here.reviews_planned) == (4, 4)
    back = set()
    while (question := next_question(world.deps, ALICE)) is not None:
        if question.purpose == "review":
            back.add(question.item_id)
            assert "review" in question.reason
        answer(world.deps, ALICE, an_answer_to(world, question, event_id=f"event-{question.number:04d}"))
    assert back == wrong


def test_a_backlog_fills_no_more_than_its_share_of_a_sitting(tmp_path: Path) -> None:
    world = a_world(tmp_path, n_items=200)
    for extra in range(1, 6):
        answered(world, 10, response=PassedOn(), session="" if extra == 1 else f"day-2026-11-16-{extra}")
    world.clock.turn(days=10)
    here = today(world.deps, ALICE)
    assert here.reviews_due == 50
    assert here.reviews_planned <= 0.7 * here.total
    assert here.new_planned >= 3


def test_a_topic_or_an_area_narrows_the_questions(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    assert asked(world, "focus-session-1", topic="area-2-topic-1").topic == "area-2-topic-1"
    assert asked(world, "focus-session-2", area="area-3").area == "area-3"
    assert next_question(world.deps, ALICE, "focus-session-3", topic="no-such-topic") is None


def test_excluded_areas_are_not_asked(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    excluded = ["area-0", "area-1", "area-2", "area-3"]
    record(world.deps, ALICE, Fact(id="event-0000", payload=a_profile(excluded_areas=excluded)))
    assert {feedback.area for feedback in answered(world, 8)} == {"area-4"}


def test_an_empty_bank_asks_nothing(tmp_path: Path) -> None:
    world = a_world(tmp_path, n_items=0)
    assert next_question(world.deps, ALICE) is None
    assert today(world.deps, ALICE).is_done is False


def test_the_day_turns_at_midnight_of_the_learner(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    record(world.deps, ALICE, Fact(id="event-0000", payload=a_profile(time_zone="Asia/Tokyo")))
    world.clock.turn(hours=6.9)  # 23:54 in Tokyo
    assert today(world.deps, ALICE).day.isoformat() == "2026-11-16"
    world.clock.turn(hours=0.2)
    assert today(world.deps, ALICE).day.isoformat() == "2026-11-17"


def test_a_clock_that_goes_back_breaks_neither_the_day_nor_the_streak(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    answered(world, 2)
    world.clock.turn(days=400)
    answered(world, 2)
    world.clock.turn(days=-400, hours=1)
    here = today(world.deps, ALICE)
    assert (here.day.isoformat(), here.answered_today, here.streak.days) == ("2026-11-16", 2, 1)
    assert asked(world).number == 3


def test_charlie_sees_nothing_of_alice(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    question = asked(world)
    answer(world.deps, ALICE, an_answer_to(world, question))
    here = today(world.deps, CHARLIE)
    assert (here.answered_today, here.reviews_due, here.standing.xp, here.done) == (0, 0, 0, 0)
    # Alice's event id means nothing to Charlie.
    own = answer(world.deps, CHARLIE, an_answer_to(world, question, response=PassedOn()))
    assert not own.was_repeated
