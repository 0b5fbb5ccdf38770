"""The log: appended once, read in order, one learner's apart from another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.people import ALICE, CHARLIE, a_store, an_answer, an_event

from greenroom.core.errors import InputRejected
from greenroom.core.events import HintTaken, InterviewStarted, TurnTaken
from greenroom.store import events


def test_an_event_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    written = an_event(
        an_answer(response={"kind": "filled", "texts": ["שלום עולם", "a\x00b", "日本", "\u202e"]})
    )
    with store.write() as conn:
        appended = events.append_once(conn, written)
    with store.read() as conn:
        found = events.find(conn, ALICE, written.id)
    assert appended.is_new
    assert found is not None
    assert found.event == written
    assert found.seq == appended.seq


def test_a_repeated_id_returns_the_first_event_and_appends_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    first, second = an_event(an_answer(credit_01=1.0)), an_event(an_answer(credit_01=0.0))
    with store.write() as conn:
        events.append_once(conn, first)
    with store.write() as conn:
        again = events.append_once(conn, second)
        assert events.count(conn, ALICE) == 1
    assert not again.is_new
    assert again.event == first


def test_two_learners_may_use_the_same_event_id(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        assert events.append_once(conn, an_event(an_answer(), of=ALICE)).is_new
        assert events.append_once(conn, an_event(an_answer(), of=CHARLIE)).is_new
        assert [logged.event.learner_id for logged in events.read_since(conn, CHARLIE)] == [CHARLIE]


def test_events_are_read_in_the_order_of_appending_whatever_the_clock_said(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    times = [5_000, 1_000, 3_000]
    with store.write() as conn:
        for number, at_ms in enumerate(times):
            events.append_once(conn, an_event(an_answer(), number=number, at_ms=at_ms))
        assert [logged.event.at_ms for logged in events.read_since(conn, ALICE)] == times


def test_reading_goes_on_past_one_page(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        for number in range(2_100):
            events.append_once(
                conn, an_event(HintTaken(problem_id="p", number=1, session_id=""), number=number)
            )
        seqs = [logged.seq for logged in events.read_since(conn, ALICE, after_seq=50)]
    assert seqs == list(range(51, 2_101))


def test_events_about_an_interview_leave_out_other_interviews(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        for number, interview in enumerate(["one", "two", "one"]):
            payload = TurnTaken(interview_id=interview, turn={"kind": "say", "text": str(number)})
            events.append_once(conn, an_event(payload, number=number))
        events.append_once(
            conn, an_event(InterviewStarted(interview_id="one", blueprint={}, seed=1), number=9)
        )
        assert [logged.seq for logged in events.about(conn, ALICE, "one")] == [1, 3, 4]
        assert [logged.seq for logged in events.about(conn, ALICE, "one", after_seq=1)] == [3, 4]
        assert events.last_seq_about(conn, ALICE, "one") == 4
        assert events.last_seq_about(conn, CHARLIE, "one") == 0


def test_events_of_kinds_and_the_last_of_a_kind(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        events.append_once(conn, an_event(an_answer(), number=1))
        for number in (2, 3):
            hint = HintTaken(problem_id="p", number=number, session_id="")
            events.append_once(conn, an_event(hint, number=number))
        assert [logged.seq for logged in events.of_kind(conn, ALICE, "hint_taken")] == [2, 3]
        assert len(events.of_kind(conn, ALICE, "hint_taken", "answered")) == 3
        last = events.last_of_kind(conn, ALICE, "hint_taken")
        assert last is not None
        assert last.seq == 3
        assert events.last_of_kind(conn, ALICE, "judged") is None


@pytest.mark.parametrize("bad", ["", "short", "x" * 65, "has space", "quote'--", "ünïcode-id"])
def test_an_id_of_the_wrong_form_is_refused(tmp_path: Path, bad: str) -> None:
    store = a_store(tmp_path)
    event = an_event(an_answer())
    with store.write() as conn, pytest.raises(InputRejected, match="8 to 64"):
        events.append_once(conn, type(event)(id=bad, learner_id=ALICE, at_ms=0, payload=event.payload))  # type: ignore[arg-type]  # a hostile id


@pytest.mark.parametrize(
    ("text", "words"),
    [("x" * 2_200_000, "too long"), ("half a pair \ud800", "no text")],
    ids=["two megabytes", "half a surrogate pair"],
)
def test_text_that_cannot_be_kept_is_refused_with_words(tmp_path: Path, text: str, words: str) -> None:
    store = a_store(tmp_path)
    payload = TurnTaken(interview_id="one", turn={"text": text})
    with store.write() as conn, pytest.raises(InputRejected, match=words):
        events.append_once(conn, an_event(payload))
    with store.read() as conn:
        assert events.count(conn, ALICE) == 0


def test_one_megabyte_of_text_is_kept(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    payload = TurnTaken(interview_id="one", turn={"text": "ß" * 500_000})
    with store.write() as conn:
        events.append_once(conn, an_event(payload))
    with store.read() as conn:
        assert next(events.read_since(conn, ALICE)).event.payload == payload
