"""Runs, submissions, hints, the reference and drafts: counted once, in order, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.a_bank import a_bank_of_problems
from tests.a_judge import RecordedJudge
from tests.people import ALICE, CHARLIE, HandClock, a_store

from greenroom.app import drafts, submissions
from greenroom.app.deps import Deps
from greenroom.app.drafts import DraftIn
from greenroom.app.projections import rebuild_in
from greenroom.app.submissions import SubmissionIn, Submitted
from greenroom.core.errors import Conflict, InputRejected, JudgeUnavailable, NotFound
from greenroom.core.ids import LearnerId
from greenroom.core.verdicts import Outcome
from greenroom.grading.grader import OfflineGrader
from greenroom.store import events
from greenroom.store.mastery import MASTERY

RIGHT = "def roc_auc(y, scores):\n    return 1.0\n"


def a_desk(tmp_path: Path, judge: RecordedJudge) -> Deps:
    return Deps(
        clock=HandClock(),
        bank=a_bank_of_problems(tmp_path, "roc-auc"),
        judge=judge,
        grader=OfflineGrader(),
        store=a_store(tmp_path),
    )


def sent(number: int, *, source: str = RIGHT, visible_only: bool = False) -> SubmissionIn:
    return SubmissionIn(
        event_id=f"submission-{number}", problem_id="roc-auc", source=source, visible_only=visible_only
    )


def state_of(deps: Deps, learner: LearnerId = ALICE) -> str:
    return drafts.board(deps, learner)[0].state


def test_a_repeated_submission_gives_the_stored_verdict_and_is_judged_once(tmp_path: Path) -> None:
    judge = RecordedJudge(outcomes=[Outcome.WRONG_ANSWER, Outcome.ACCEPTED])
    deps = a_desk(tmp_path, judge)
    first = submissions.submit(deps, ALICE, sent(1))
    again = submissions.submit(deps, ALICE, sent(1))
    assert (first.was_repeated, again.was_repeated) == (False, True)
    assert first.verdict == again.verdict
    assert again.verdict.outcome is Outcome.WRONG_ANSWER
    assert len(judge.seeds) == 1
    assert len(submissions.history(deps, ALICE, "roc-auc").attempts) == 1


def test_an_id_that_belongs_to_other_code_is_refused(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    submissions.submit(deps, ALICE, sent(1))
    with pytest.raises(Conflict):
        submissions.submit(deps, ALICE, sent(1, source=RIGHT + "# edited\n"))
    with pytest.raises(Conflict):
        submissions.submit(deps, ALICE, sent(1, visible_only=True))


def test_every_submission_draws_hidden_inputs_from_a_fresh_seed(tmp_path: Path) -> None:
    judge = RecordedJudge()
    deps = a_desk(tmp_path, judge)
    for number in range(5):
        submissions.submit(deps, ALICE, sent(number))
    assert len(set(judge.seeds)) == 5


def test_what_a_verdict_says_is_kept_even_where_it_is_no_text(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    kept: Submitted = submissions.submit(deps, ALICE, sent(1))
    assert kept.verdict.tests[0].got_text == "? half"
    assert len(kept.verdict.stdout) == 20_000


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "no code"),
        ("  \n\t ", "no code"),
        ("x = 1\n\x00", "NUL byte in line 2"),
        ("a\nb = '\ud800'", "line 2"),
        ("x" * 100_001, "100,001 characters"),
    ],
)
def test_what_is_no_source_is_refused_before_it_is_judged(tmp_path: Path, source: str, words: str) -> None:
    judge = RecordedJudge()
    deps = a_desk(tmp_path, judge)
    with pytest.raises(InputRejected, match=words):
        submissions.submit(deps, ALICE, sent(1, source=source))
    assert judge.seeds == []


def test_without_a_sandbox_nothing_runs_and_nothing_is_recorded(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge(is_there=False))
    with pytest.raises(JudgeUnavailable):
        submissions.submit(deps, ALICE, sent(1))
    assert submissions.history(deps, ALICE, "roc-auc").attempts == ()
    assert submissions.sandbox_level(deps) == ""
    assert drafts.desk(deps, ALICE, "roc-auc").is_starter


def test_an_unknown_problem_is_not_found(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    with pytest.raises(NotFound):
        drafts.desk(deps, ALICE, "no-such-problem")


def test_hints_come_in_order_and_a_hint_seen_before_costs_nothing_again(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    with pytest.raises(InputRejected, match="Hint 1 comes first"):
        submissions.hint(deps, ALICE, event_id="hint-0001", problem_id="roc-auc", number=2)
    first = submissions.hint(deps, ALICE, event_id="hint-0002", problem_id="roc-auc", number=1)
    again = submissions.hint(deps, ALICE, event_id="hint-0003", problem_id="roc-auc", number=1)
    assert first == again
    submissions.hint(deps, ALICE, event_id="hint-0004", problem_id="roc-auc", number=2)
    judged = submissions.submit(deps, ALICE, sent(1))
    assert judged.hints_used == 2
    assert len(drafts.desk(deps, ALICE, "roc-auc").hints) == 2
    with deps.store.read() as conn:
        assert events.count(conn, ALICE) == 3


def test_the_reference_is_closed_until_the_problem_is_solved_or_given_up(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge(outcomes=[Outcome.WRONG_ANSWER, Outcome.ACCEPTED]))
    submissions.submit(deps, ALICE, sent(1))
    with pytest.raises(Conflict):
        submissions.solutions(deps, ALICE, "roc-auc")
    submissions.submit(deps, ALICE, sent(2))
    opened = submissions.solutions(deps, ALICE, "roc-auc")
    assert opened.solutions[0].title == "Reference"
    assert len(opened.solutions) >= 3
    assert all('"""' not in solution.source[:3] for solution in opened.solutions)
    with pytest.raises(Conflict):
        submissions.solutions(deps, CHARLIE, "roc-auc")


def test_a_passing_run_of_the_visible_tests_does_not_open_the_reference(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    run = submissions.submit(deps, ALICE, sent(1, visible_only=True))
    assert not run.is_accepted
    assert state_of(deps) == "started"
    with pytest.raises(Conflict):
        submissions.solutions(deps, ALICE, "roc-auc")


def test_what_is_submitted_after_reading_the_reference_is_no_evidence(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    submissions.give_up(deps, ALICE, event_id="reveal-0001", problem_id="roc-auc")
    submissions.give_up(deps, ALICE, event_id="reveal-0002", problem_id="roc-auc")
    assert submissions.submit(deps, ALICE, sent(1)).is_accepted
    assert state_of(deps) == "revealed"
    with deps.store.read() as conn:
        assert MASTERY.all(conn, ALICE) == []
        assert events.count(conn, ALICE) == 2


def test_reading_the_reference_after_solving_is_not_giving_up(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge())
    submissions.submit(deps, ALICE, sent(1))
    submissions.give_up(deps, ALICE, event_id="reveal-0001", problem_id="roc-auc")
    assert state_of(deps) == "solved"
    assert not submissions.history(deps, ALICE, "roc-auc").was_revealed


def test_the_desk_is_as_it_was_left(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge(outcomes=[Outcome.WRONG_ANSWER]))
    draft = DraftIn(event_id="draft-0001", problem_id="roc-auc", source="x = 1\n", notes="ties!")
    assert drafts.keep(deps, ALICE, draft)
    assert drafts.desk(deps, ALICE, "roc-auc").source == "x = 1\n"
    submissions.submit(deps, ALICE, sent(1))
    left = drafts.desk(deps, ALICE, "roc-auc")
    assert (left.source, left.notes) == (RIGHT, "ties!")
    assert drafts.desk(deps, CHARLIE, "roc-auc").is_starter


def test_the_same_draft_is_kept_once_but_again_after_something_else(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge(outcomes=[Outcome.WRONG_ANSWER]))

    def keep(number: int, source: str) -> bool:
        given = DraftIn(event_id=f"draft-000{number}", problem_id="roc-auc", source=source, notes="")
        return drafts.keep(deps, ALICE, given)

    assert [keep(1, "a"), keep(2, "a"), keep(3, "b"), keep(4, "a")] == [True, False, True, True]
    submissions.submit(deps, ALICE, sent(1))
    assert keep(5, "a")
    assert drafts.desk(deps, ALICE, "roc-auc").source == "a"


def test_a_rebuild_from_the_events_finds_no_difference(tmp_path: Path) -> None:
    deps = a_desk(tmp_path, RecordedJudge(outcomes=[Outcome.WRONG_ANSWER, Outcome.ACCEPTED]))
    submissions.hint(deps, ALICE, event_id="hint-0001", problem_id="roc-auc", number=1)
    for number in range(3):
        submissions.submit(deps, ALICE, sent(number, visible_only=number == 1))
    submissions.give_up(deps, ALICE, event_id="reveal-0001", problem_id="roc-auc")
    drafts.keep(deps, ALICE, DraftIn(event_id="draft-0001", problem_id="roc-auc", source="", notes="n"))
    with deps.store.write() as conn:
        assert rebuild_in(conn, ALICE).differences == ()
