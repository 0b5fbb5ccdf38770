"""A mock through the store: once, resumed after a crash, debriefed, its actions planned."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from tests.a_judge import RecordedJudge
from tests.a_mock import Rehearsal, a_rehearsal
from tests.people import ALICE, CHARLIE

from greenroom.app import debrief, interview
from greenroom.app.interviews import offer
from greenroom.app.planning import open_actions_in
from greenroom.app.projections import rebuild_in
from greenroom.app.record import Fact, record
from greenroom.core import interview as engine
from greenroom.core.conversation import GradeOpen, Phase, Turn, TurnKind, data_of_action
from greenroom.core.errors import Conflict, InputRejected, NotFound
from greenroom.core.events import ActionPerformed, Debriefed, InterviewStarted, Judged, TurnTaken
from greenroom.core.ids import Plain
from greenroom.core.rubric import Unscored
from greenroom.core.units import MINUTE_MS
from greenroom.store import events
from greenroom.store.mastery import MASTERY

SPLIT = "I would first redo the validation split by time, because a random split leaks campaigns."


@pytest.fixture(name="alice")
def _alice(tmp_path: Path) -> Rehearsal:
    return a_rehearsal(tmp_path)


def log_of(alice: Rehearsal, mock: str) -> list[events.Logged]:
    with alice.deps.store.read() as conn:
        return events.about(conn, ALICE, mock)


def test_starting_twice_with_one_form_is_one_mock(alice: Rehearsal) -> None:
    assert alice.starts() == alice.starts() == "start-0001"
    assert len(interview.mocks(alice.deps, ALICE)) == 1


def test_the_mock_opens_with_the_first_question(alice: Rehearsal) -> None:
    state = interview.look(alice.deps, ALICE, alice.starts())
    assert [line.kind for line in state.lines] == ["open", "first_section", "ask"]
    assert state.pending == ()


def test_a_turn_sent_twice_is_taken_once(alice: Rehearsal) -> None:
    mock = alice.starts()
    once = alice.takes(mock, TurnKind.SAY, SPLIT, turn_id="turn-0001")
    again = alice.takes(mock, TurnKind.SAY, SPLIT, turn_id="turn-0001")
    assert once.lines == again.lines
    assert once.exchange.said == (SPLIT,)


def test_two_tabs_at_once_lose_nothing_and_double_nothing(alice: Rehearsal) -> None:
    mock = alice.starts()
    gate = threading.Barrier(6)

    def send(number: int) -> None:
        gate.wait()
        turn = Turn(id=f"turn-{number % 3:04d}", kind=TurnKind.SAY, text=f"{SPLIT} Reason {number % 3}.")
        interview.take_turn(alice.deps, ALICE, mock, turn)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state = interview.look(alice.deps, ALICE, mock)
    assert state.pending == ()
    assert sorted(state.exchange.said) == sorted(f"{SPLIT} Reason {number}." for number in range(3))
    numbers = [
        e.event.payload.action["n"]
        for e in log_of(alice, mock)
        if isinstance(e.event.payload, ActionPerformed)
    ]
    assert numbers == list(range(len(numbers)))


def test_a_turn_whose_grading_the_server_did_not_live_to_do_is_completed_by_the_next_look(
    alice: Rehearsal,
) -> None:
    mock = alice.starts()
    turn: dict[str, Plain] = {"kind": "say", "text": SPLIT, "exchange": 0}
    record(alice.deps, ALICE, Fact(id="turn-0001", payload=TurnTaken(interview_id=mock, turn=turn)))
    state = interview.look(alice.deps, ALICE, mock)
    assert state.exchange.grade is not None
    assert state.lines[-1].who == "interviewer"
    assert state.pending == ()


def test_a_server_that_died_between_two_actions_goes_on_with_the_second(alice: Rehearsal) -> None:
    mock = alice.starts()
    turn: dict[str, Plain] = {"kind": "say", "text": SPLIT, "exchange": 0}
    record(alice.deps, ALICE, Fact(id="turn-0001", payload=TurnTaken(interview_id=mock, turn=turn)))
    before = engine.fold(entry.event for entry in log_of(alice, mock))
    action = before.pending[0]
    assert isinstance(action, GradeOpen)
    done = ActionPerformed(
        interview_id=mock,
        action=data_of_action(action),
        result={"grade": {"reason": "The judge was asleep."}},
    )
    record(alice.deps, ALICE, Fact(id=f"{mock}-a{action.n}", payload=done))
    state = interview.look(alice.deps, ALICE, mock)
    assert state.exchanges[0].grade == Unscored(reason="The judge was asleep.")
    assert state.pending == ()


def test_what_the_server_was_away_for_is_excused_once_and_on_record(alice: Rehearsal) -> None:
    mock = alice.starts()
    alice.takes(mock, TurnKind.THINK, SPLIT, turn_id="turn-0001")
    alice.clock.turn(hours=3)
    later = replace(alice, deps=replace(alice.deps, started_ms=alice.clock.now_ms()))
    for _ in range(2):
        state = interview.look(later.deps, ALICE, mock)
    assert state.section_left_ms == 19 * MINUTE_MS
    assert [line.kind for line in state.lines].count("excuse") == 1


def test_a_start_with_an_outsized_id_is_refused(alice: Rehearsal) -> None:
    with pytest.raises(InputRejected):
        alice.starts(start_id="x" * 45)


def test_a_finished_mock_has_its_debrief_and_three_actions_in_the_plan(alice: Rehearsal) -> None:
    mock = alice.starts()
    alice.takes(mock, TurnKind.SAY, SPLIT, turn_id="turn-0001")
    state = alice.takes(mock, TurnKind.FINISH, turn_id="turn-0002")
    assert state.phase is Phase.FINISHED
    view = debrief.debrief_of(alice.deps, ALICE, mock)
    assert len(view.action_ids) == 3
    with alice.deps.store.read() as conn:
        planned = open_actions_in(conn, ALICE)
    assert len(planned) == 3
    row = interview.mocks(alice.deps, ALICE)[0]
    assert row.is_finished
    assert row.outcome == view.debrief["decision"]["outcome"]


def test_the_debrief_quotes_words_that_were_said(alice: Rehearsal) -> None:
    mock = alice.starts("fundamentals-talk")
    for number in range(3):
        question = interview.look(alice.deps, ALICE, mock).ask
        strong = next(s.text for s in alice.bank.open_questions[question.id].samples if s.label == "strong")
        alice.takes(mock, TurnKind.SAY, strong, turn_id=f"say-{number:05d}")
        state = alice.takes(mock, TurnKind.PASS, turn_id=f"pass-{number:04d}")
        if state.section_left_ms < 0 or (
            len(state.exchanges) == len(state.script.asks[0]) and state.exchange.closing
        ):
            break
    if state.phase is not Phase.FINISHED:
        alice.takes(mock, TurnKind.FINISH, turn_id="turn-end1")
    said = "\n".join(
        line.text for line in interview.look(alice.deps, ALICE, mock).lines if line.who == "candidate"
    )
    found = debrief.debrief_of(alice.deps, ALICE, mock).debrief
    quotes = [e["quote"] for s in found["sections"] for c in s["cards"] for e in c["evidence"] if e["quote"]]
    assert quotes
    assert all(quote in said for quote in quotes)
    assert found["sections"][0]["cards"][0]["band"] in ("leaning_hire", "strong_hire")


def test_a_turn_after_the_end_is_refused_with_where_to_go(alice: Rehearsal) -> None:
    mock = alice.starts()
    alice.takes(mock, TurnKind.FINISH, turn_id="turn-0001")
    with pytest.raises(Conflict, match="over"):
        alice.takes(mock, TurnKind.SAY, SPLIT, turn_id="turn-0002")
    assert alice.takes(mock, TurnKind.FINISH, turn_id="turn-0001").phase is Phase.FINISHED


def test_a_running_mock_has_no_debrief_yet(alice: Rehearsal) -> None:
    with pytest.raises(Conflict):
        debrief.debrief_of(alice.deps, ALICE, alice.starts())


def test_charlie_sees_nothing_of_alices_mock(alice: Rehearsal) -> None:
    mock = alice.starts()
    with pytest.raises(NotFound):
        interview.look(alice.deps, CHARLIE, mock)
    with pytest.raises(NotFound):
        debrief.debrief_of(alice.deps, CHARLIE, mock)
    assert interview.mocks(alice.deps, CHARLIE) == []


def test_an_unknown_round_is_not_found(alice: Rehearsal) -> None:
    with pytest.raises(NotFound):
        alice.starts("tea-break")


def test_a_turn_cannot_take_the_id_of_an_action(alice: Rehearsal) -> None:
    mock = alice.starts()
    with pytest.raises(InputRejected):
        alice.takes(mock, TurnKind.SAY, SPLIT, turn_id=f"{mock}-a3")


def test_a_submission_in_a_mock_counts_as_evidence_once(alice: Rehearsal) -> None:
    mock = alice.starts("coding-round")
    alice.takes(mock, TurnKind.CODE_RUN, "# passes 2 of 6", turn_id="turn-0001")
    alice.takes(mock, TurnKind.CODE_SUBMIT, "# passes 6 of 6", turn_id="turn-0002")
    alice.takes(mock, TurnKind.CODE_SUBMIT, "# passes 6 of 6", turn_id="turn-0002")
    with alice.deps.store.read() as conn:
        judged = events.of_kind(conn, ALICE, Judged.kind)
    assert [e.event.payload.outcome for e in judged if isinstance(e.event.payload, Judged)] == ["accepted"]


def test_without_a_sandbox_the_mock_goes_on_and_code_is_not_assessed(tmp_path: Path) -> None:
    alice = a_rehearsal(tmp_path, judge=RecordedJudge(is_there=False))
    mock = alice.starts("coding-round")
    state = alice.takes(mock, TurnKind.CODE_SUBMIT, "def kmeans(): ...", turn_id="turn-0001")
    assert state.pending == ()
    alice.takes(mock, TurnKind.FINISH, turn_id="turn-0002")
    card = debrief.debrief_of(alice.deps, ALICE, mock).debrief["sections"][0]["cards"][0]
    assert card["band"] is None


def test_output_that_is_no_text_does_not_close_the_mock(tmp_path: Path) -> None:
    alice = a_rehearsal(tmp_path, judge=RecordedJudge())
    mock = alice.starts("coding-round")
    state = alice.takes(mock, TurnKind.CODE_RUN, "print('\\ud800')", turn_id="turn-0001")
    assert state.exchange.runs[0].outcome == "accepted"


def test_a_tick_closes_a_part_whose_time_is_up_and_nothing_else(alice: Rehearsal) -> None:
    mock = alice.starts()
    alice.clock.turn(minutes=5)
    assert interview.tick(alice.deps, ALICE, mock, "tick-0001").section == 0
    n_before = len(log_of(alice, mock))
    alice.clock.turn(minutes=16)
    assert interview.tick(alice.deps, ALICE, mock, "tick-0002").section == 1
    assert n_before < len(log_of(alice, mock))


def test_questions_of_the_last_mock_are_not_put_again_where_others_are(alice: Rehearsal) -> None:
    first = interview.look(alice.deps, ALICE, alice.starts("behavioural-round", "start-0001"))
    single = interview.look(alice.deps, ALICE, alice.starts("sixty-minute-mock", "start-0002"))
    assert len({ask.id for ask in first.script.asks[0]}) == 2
    assert single.script.asks[2][0].id in {ask.id for ask in first.script.asks[0]}


def test_a_rebuild_finds_no_difference_after_a_mock(alice: Rehearsal) -> None:
    mock = alice.starts("coding-round")
    alice.takes(mock, TurnKind.CODE_SUBMIT, "# passes 6 of 6", turn_id="turn-0001")
    alice.takes(mock, TurnKind.FINISH, turn_id="turn-0002")
    with alice.deps.store.write() as conn:
        assert rebuild_in(conn, ALICE).differences == ()


def test_a_mock_whose_data_was_deleted_is_gone_at_once(alice: Rehearsal) -> None:
    mock = alice.starts()
    interview.look(alice.deps, ALICE, mock)
    with alice.deps.store.write() as conn:
        events.delete_all(conn, ALICE)
    with pytest.raises(NotFound):
        interview.look(alice.deps, ALICE, mock)


def test_a_graded_answer_moves_the_readiness_of_its_area_and_a_rebuild_agrees(alice: Rehearsal) -> None:
    mock = alice.starts("fundamentals-talk")
    ask = interview.look(alice.deps, ALICE, mock).ask
    strong = next(s.text for s in alice.bank.open_questions[ask.id].samples if s.label == "strong")
    with alice.deps.store.read() as conn:
        assert MASTERY.find(conn, ALICE, f"area:{ask.area}") is None
    alice.takes(mock, TurnKind.SAY, strong, turn_id="turn-0001")
    alice.takes(mock, TurnKind.FINISH, turn_id="turn-0002")
    with alice.deps.store.read() as conn:
        found = MASTERY.find(conn, ALICE, f"area:{ask.area}")
    assert found is not None
    assert found.mean > 0
    with alice.deps.store.write() as conn:
        assert rebuild_in(conn, ALICE).differences == ()


def test_the_offer_names_the_open_mock_and_the_loops_rounds(alice: Rehearsal) -> None:
    mock = alice.starts()
    found = offer(alice.deps, ALICE)
    assert [row.interview_id for row in found.open] == [mock]
    assert found.main is not None
    assert found.loop is not None
    assert any(entry.blueprint is not None for entry in found.loop_rounds)


def test_the_events_of_a_mock_are_of_four_kinds(alice: Rehearsal) -> None:
    mock = alice.starts()
    alice.takes(mock, TurnKind.FINISH, turn_id="turn-0001")
    kinds = {type(entry.event.payload) for entry in log_of(alice, mock)}
    assert kinds == {InterviewStarted, TurnTaken, ActionPerformed, Debriefed}
