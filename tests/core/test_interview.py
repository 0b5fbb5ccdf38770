"""The engine: the clock, late turns, facts, hints, probes, what is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.people import MONDAY_MS
from tests.rehearsal import MOCK_ID, Move, Sitting, interviewer_words, sit, the_script

from greenroom.core import interview
from greenroom.core.blueprints import Temperament
from greenroom.core.conversation import (
    MAX_TURN_CHARS,
    AskQuestion,
    GradeOpen,
    Phase,
    Turn,
    TurnKind,
    action_of,
    data_of_action,
    turn_of,
)
from greenroom.core.errors import InputRejected, NotFound
from greenroom.core.units import MINUTE_MS


def test_a_clock_set_back_gives_no_time_back_and_goes_on_counting() -> None:
    sitting = sit([Move(kind=TurnKind.THINK, text="I think about the split.", after_minutes=5)])
    sitting.take(Move(kind=TurnKind.THINK, text="Still thinking about it.", after_minutes=-600))
    assert sitting.state.times[0].used_ms == 5 * MINUTE_MS
    sitting.take(Move(kind=TurnKind.THINK, text="And about leakage.", after_minutes=3))
    assert sitting.state.times[0].used_ms == 8 * MINUTE_MS


def test_late_turn_is_recorded_but_not_scored() -> None:
    late = "Before I believe it I would redo the validation split by time."
    state = sit([Move(kind=TurnKind.SAY, text=late, after_minutes=21)]).state
    line = next(line for line in state.lines if line.text == late)
    assert not line.is_scored
    assert state.exchanges[0].said == ()
    assert state.exchanges[0].grade is None
    assert state.section == 1
    assert state.times[0].closed == "time"


def test_a_turn_within_the_grace_of_the_network_is_scored() -> None:
    said = "Before I believe it I would redo the validation split by time."
    state = sit([Move(kind=TurnKind.SAY, text=said, after_minutes=20.05)]).state
    assert state.exchanges[0].said == (said,)
    assert state.section == 1


def test_the_next_part_has_its_whole_time_after_a_late_turn() -> None:
    state = sit([Move(kind=TurnKind.SAY, text="Too late to matter at all.", after_minutes=50)]).state
    assert state.section_left_ms == 25 * MINUTE_MS


def test_a_pause_is_recorded_and_costs_no_time() -> None:
    state = sit(
        [Move(kind=TurnKind.PAUSE, after_minutes=2), Move(kind=TurnKind.RESUME, after_minutes=600)]
    ).state
    assert (state.pauses, state.paused_ms) == (1, 600 * MINUTE_MS)
    assert state.times[0].used_ms == 2 * MINUTE_MS
    assert state.phase is Phase.RUNNING


def test_a_dead_server_in_the_middle_of_a_turn_costs_the_candidate_no_time() -> None:
    sitting = Sitting(the_script())
    sitting.take(
        Move(kind=TurnKind.SAY, text="I would redo the split by time first.", after_minutes=3), performs=False
    )
    assert isinstance(sitting.state.pending[0], GradeOpen)
    sitting.now_ms += 90 * MINUTE_MS
    sitting.perform_all()
    assert sitting.state.times[0].used_ms == 3 * MINUTE_MS
    assert sitting.state.exchanges[0].grade is not None


def test_the_time_that_the_server_was_away_does_not_count() -> None:
    sitting = sit([Move(kind=TurnKind.THINK, text="I think about the split.", after_minutes=4)])
    sitting.take(Move(kind=TurnKind.EXCUSE, after_minutes=60))
    sitting.take(Move(kind=TurnKind.THINK, text="I think about the encoding.", after_minutes=2))
    assert sitting.state.times[0].used_ms == 6 * MINUTE_MS
    assert "The server was away" in sitting.state.lines[-3].text


def test_a_turn_that_arrives_while_actions_are_pending_waits_its_turn() -> None:
    sitting = Sitting(the_script())
    first = Move(kind=TurnKind.SAY, text="I would redo the split by time first.")
    second = Move(kind=TurnKind.SAY, text="And I would look for leakage in the encoding.")
    sitting.take(first, performs=False)
    sitting.take(second, performs=False)
    assert len(sitting.state.inbox) == 1
    sitting.perform_all()
    assert sitting.state.exchanges[0].said == (first.text, second.text)
    assert interview.fold(sitting.events) == sitting.state


def test_the_same_turn_id_is_taken_once() -> None:
    sitting = Sitting(the_script())
    turn = Turn(id="turn-0000x", kind=TurnKind.THINK, text="I think about the split.")
    once = interview.step(sitting.state, turn, MONDAY_MS + MINUTE_MS).state
    assert interview.step(once, turn, MONDAY_MS + 2 * MINUTE_MS).state == once


def test_an_answer_to_an_earlier_question_is_recorded_but_not_scored() -> None:
    sitting = sit([Move(kind=TurnKind.PASS, exchange=0)])
    old = "I would redo the split by time."
    sitting.take(Move(kind=TurnKind.SAY, text=old, exchange=0))
    assert sitting.state.exchange.said == ()
    assert [line.is_scored for line in sitting.state.lines if line.text == old] == [False]


def test_pressing_move_on_twice_skips_one_question() -> None:
    sitting = sit([Move(kind=TurnKind.PASS, exchange=0), Move(kind=TurnKind.PASS, exchange=0)])
    assert sitting.state.exchange.index == 1


def test_a_fact_is_told_when_asked_for_and_only_then() -> None:
    sitting = Sitting(the_script())
    fact = sitting.state.ask.facts[0].answer
    assert fact not in "\n".join(interviewer_words(sitting.state))
    sitting.take(Move(kind=TurnKind.CLARIFY, text="Was the split random or by time?"))
    assert interviewer_words(sitting.state)[-1] == fact
    assert sitting.state.exchange.revealed == (sitting.state.ask.facts[0].id,)


def test_an_unknown_question_is_answered_with_assume_and_say_so() -> None:
    sitting = sit([Move(kind=TurnKind.CLARIFY, text="Which cloud provider do they use?")])
    assert sitting.state.exchange.revealed == ()
    assert "assum" in interviewer_words(sitting.state)[-1].casefold()


def test_more_words_than_a_question_can_hold_are_recorded_but_not_scored() -> None:
    flood = "I would look at the split and the encoding of the campaign ids. " * 300
    state = sit([Move(kind=TurnKind.THINK, text=flood, after_minutes=0.1)] * 5).state
    assert len(state.exchanges[0].answer) <= 60_100
    assert [line.is_scored for line in state.lines if line.who == "candidate"][-1] is False


def test_silence_is_no_line_and_gets_another_try() -> None:
    state = sit([Move(kind=TurnKind.SAY, text=" \n ")]).state
    assert state.exchange.said == ()
    assert [line.who for line in state.lines[-2:]] == ["interviewer", "interviewer"]
    assert state.exchange.nudges == 1


def test_a_question_typed_as_an_answer_is_answered_as_a_question() -> None:
    sitting = sit([Move(kind=TurnKind.SAY, text="How are the campaign ids encoded?")])
    assert sitting.state.exchange.said == ()
    assert len(sitting.state.exchange.revealed) == 1


def test_the_most_valuable_missing_point_is_probed_first() -> None:
    state = sit(
        [Move(kind=TurnKind.SAY, text="I would look at calibration of the model after launch.")]
    ).state
    heaviest = max(state.ask.points, key=lambda point: point.weight)
    assert state.exchange.probed == (heaviest.id,)
    assert interviewer_words(state)[-1] == heaviest.probe


def test_a_vague_claim_is_followed_up_with_metric_and_threshold() -> None:
    sitting = sit(
        [Move(kind=TurnKind.SAY, text="Dropping the campaign feature makes the results much better.")]
    )
    words = interviewer_words(sitting.state)[-1]
    assert "metric" in words or "Measured by what" in words


def test_a_tool_without_a_reason_is_challenged() -> None:
    sitting = sit([Move(kind=TurnKind.SAY, text="For the rare campaign ids I would train LightGBM.")])
    assert "LightGBM" in interviewer_words(sitting.state)[-1]


def test_a_tool_with_a_reason_is_not_challenged() -> None:
    text = "For the campaign ids I would train LightGBM because it bins rare values and is fast to retrain."
    assert "LightGBM" not in interviewer_words(sit([Move(kind=TurnKind.SAY, text=text)]).state)[-1]


def test_hints_come_one_by_one_and_end() -> None:
    taken = [Move(kind=TurnKind.HINT, after_minutes=0.1)] * 4
    state = sit(taken).state
    assert state.exchange.hints_taken == len(state.ask.hints) == 3
    said = interviewer_words(state)
    assert [hint in "\n".join(said) for hint in state.ask.hints] == [True, True, True]


def test_code_run_in_time_is_judged_when_the_time_is_up() -> None:
    sitting = sit(
        [
            Move(kind=TurnKind.PASS),
            Move(kind=TurnKind.PASS),
            Move(kind=TurnKind.CODE_RUN, text="# passes 5 of 6", after_minutes=10),
            Move(kind=TurnKind.TICK, after_minutes=20),
        ]
    )
    runs_made = sitting.state.exchanges[2].runs
    assert [run.visible_only for run in runs_made] == [True, False]
    assert runs_made[-1].passed == 5


def test_a_tick_before_the_time_is_up_changes_nothing() -> None:
    before = Sitting(the_script()).state
    after = sit([Move(kind=TurnKind.TICK, after_minutes=1)]).state
    assert (after.section, after.lines) == (before.section, before.lines)


def test_ten_minutes_left_is_said_once() -> None:
    sitting = sit([Move(kind=TurnKind.THINK, text="I think about the split.", after_minutes=11)])
    sitting.take(Move(kind=TurnKind.THINK, text="I think about the encoding.", after_minutes=1))
    calls = [line for line in sitting.state.lines if line.kind == "time_left"]
    assert len(calls) == 1


def test_finish_ends_the_mock_and_later_turns_change_no_score() -> None:
    sitting = sit([Move(kind=TurnKind.FINISH)])
    assert (sitting.state.phase, sitting.state.finish_reason) == (Phase.FINISHED, "left")
    turn = Turn(id="turn-after", kind=TurnKind.SAY, text="One more thing about the split.")
    after = interview.step(sitting.state, turn, sitting.now_ms + MINUTE_MS).state
    assert after.exchanges == sitting.state.exchanges
    assert after.pending == ()


def test_actions_read_back_as_they_were_written() -> None:
    action = AskQuestion(n=3, exchange=1, words="Next. What now?")
    assert action_of(data_of_action(action)) == action


def test_actions_are_numbered_without_gaps() -> None:
    sitting = sit([Move(kind=TurnKind.PASS)] * 6)
    numbers = [int(event.id.rsplit("-a", 1)[1]) for event in sitting.events if f"{MOCK_ID}-a" in event.id]
    assert numbers == list(range(len(numbers)))


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "sing"}, {"kind": "say", "text": "x" * (MAX_TURN_CHARS + 1)}, {"kind": "say", "text": 3}],
)
def test_a_turn_that_cannot_be_read_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(InputRejected):
        turn_of(data)  # type: ignore[arg-type]  # hostile on purpose


def test_a_mock_that_never_started_is_not_found() -> None:
    with pytest.raises(NotFound):
        interview.fold([])


def test_temperament_changes_words_and_nothing_else() -> None:
    taken: Sequence[Move] = [
        Move(kind=TurnKind.SAY, text="I would look at calibration of the model after launch."),
        Move(kind=TurnKind.SAY, text="I would drop the campaign feature and retrain."),
        Move(kind=TurnKind.PASS),
    ]
    states = [sit(taken, script=the_script(t)).state for t in Temperament]
    assert len({tuple(e.probed for e in state.exchanges) for state in states}) == 1
    assert len({tuple(str(e.grade) for e in state.exchanges) for state in states}) == 1
    assert len({tuple(interviewer_words(state)) for state in states}) == 3
