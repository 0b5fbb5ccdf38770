"""`greenroom practice` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from greenroom.cli.practice import practice


def run(home: Path, *words: str, typed: str = "") -> Result:
    return CliRunner(env={"GREENROOM_DATA_DIR": str(home), "COLUMNS": "100"}).invoke(
        practice, list(words), input=typed
    )


def answered_today(home: Path) -> int:
    found: int = json.loads(run(home, "--json").output)["today"]["answered_today"]
    return found


def test_a_question_is_asked_answered_explained_and_kept(tmp_path: Path) -> None:
    shown = run(tmp_path, typed="?\nq\n")
    assert "1 of 10" in shown.output
    assert "Here is the answer" in shown.output
    assert "2 of 10" in shown.output
    assert "is kept" in shown.output
    assert answered_today(tmp_path) == 1


def test_what_cannot_be_read_is_asked_again(tmp_path: Path) -> None:
    shown = run(tmp_path, typed="\n9 9 9 9 9 9 9 x\n?\nq\n")
    assert shown.exit_code == 0
    assert answered_today(tmp_path) <= 2  # a cloze may take any text as an answer


def test_leaving_at_the_first_question_keeps_nothing_and_is_no_error(tmp_path: Path) -> None:
    assert run(tmp_path, typed="q\n").exit_code == 0
    assert answered_today(tmp_path) == 0


def test_an_input_that_ends_is_a_person_who_leaves(tmp_path: Path) -> None:
    assert run(tmp_path, typed="").exit_code == 0


def test_json_shows_today_and_the_next_question_and_asks_nothing(tmp_path: Path) -> None:
    shown = json.loads(run(tmp_path, "--json").output)
    assert shown["today"]["done"] == 0
    assert shown["question"]["number"] == 1
    assert answered_today(tmp_path) == 0


def test_the_whole_sitting_then_more(tmp_path: Path) -> None:
    done = run(tmp_path, typed="?\n" * 10)
    assert "Today: 10 answered" in done.output
    assert "sitting is done" in run(tmp_path).output
    assert "1 of 10" in run(tmp_path, "--more", typed="q\n").output


def test_a_topic_without_questions_says_so(tmp_path: Path) -> None:
    assert "Nothing to ask here" in run(tmp_path, "--topic", "no-such-topic").output
