"""Reading logs of answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.app.evaluation.simulated import classroom

from greenroom.app.evaluation.answers import fold_of, read_answers, subset, with_test_share
from greenroom.core.errors import InputRejected

HEAD = "learner,item,skills,correct,timestamp\n"


def written(folder: Path, text: str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_grouped_by_learner_in_their_order(tmp_path: Path) -> None:
    answers = read_answers([(written(tmp_path, HEAD + "a,1,s,1,\nb,1,s,0,\na,2,s~~t,0,\n"), False)])
    assert answers.learner.tolist() == [0, 0, 1]
    assert answers.item.tolist() == [0, 1, 0]
    assert answers.position.tolist() == [0, 1, 0]
    assert np.diff(answers.first).tolist() == [1, 2, 1]
    assert not answers.has_times


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("10", "5"),
        ("1700000010", "1700000005"),
        ("1700000010000", "1700000005000"),
        ("2026-01-01T10:00:10", "2026-01-01T10:00:05"),
    ],
)
def test_times_in_seconds_milliseconds_or_iso_put_answers_in_order(
    tmp_path: Path, first: str, second: str
) -> None:
    path = written(tmp_path, HEAD + f"a,later,s,1,{first}\na,sooner,s,0,{second}\n")
    answers = read_answers([(path, False)])
    assert [answers.item_names[item] for item in answers.item] == ["sooner", "later"]
    assert np.diff(answers.time_ms).tolist() == [5000]


def test_an_answer_written_once_per_skill_is_one_answer(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "a,1,s,1,7\na,1,t,1,7\na,1,s,1,9\n")
    answers = read_answers([(path, False)])
    assert answers.n == 2
    assert [answers.skill_names[k] for k in answers.skill_of] == ["s", "t", "s"]


def test_a_name_in_both_files_is_two_learners(tmp_path: Path) -> None:
    train = written(tmp_path, HEAD + "a,1,s,1,\n", "train.csv")
    test = written(tmp_path, HEAD + "a,1,s,0,\n", "test.csv")
    answers = read_answers([(test, True), (train, False)])
    assert answers.n_learners == 2
    assert answers.n_items == 1
    assert answers.is_test.tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("learner,item,correct\na,1,1\n", "log.csv:1"),
        (HEAD + "a,1,s,1,\na,1,s,yes,\n", "log.csv:3"),
        (HEAD + ",1,s,1,\n", "log.csv:2"),
        (HEAD + "a,1,s,1,noon\n", "log.csv:2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(InputRejected) as caught:
        read_answers([(written(tmp_path, text), False)])
    assert where in str(caught.value)
    assert caught.value.hint


def test_an_empty_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejected):
        read_answers([(written(tmp_path, HEAD), False)])


def test_folds_and_shares_keep_learners_whole() -> None:
    answers = classroom(20, 5)
    fold = fold_of(20, 4, seed=1)
    assert np.bincount(fold).tolist() == [5, 5, 5, 5]
    shared = with_test_share(answers, 0.25, seed=1)
    per_learner = np.bincount(shared.learner, shared.is_test)
    assert sorted(set(per_learner)) == [0, 5]
    assert (per_learner > 0).sum() == 5


def test_a_subset_keeps_the_skills_of_its_rows() -> None:
    answers = classroom(6, 8)
    part = subset(answers, answers.learner % 2 == 0)
    assert part.n == 24
    whole = [answers.skill_of[answers.first[r]] for r in np.flatnonzero(answers.learner % 2 == 0)]
    assert part.skill_of.tolist() == whole
