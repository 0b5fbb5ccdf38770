"""`greenroom eval grader`, on a made-up course of short answers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from greenroom.cli.eval import eval_commands
from greenroom.core.errors import InputRejected

NOUNS = "stack queue heap graph tree table index cache page lock thread socket packet router kernel".split()
VERBS = "stores removes sorts links balances hashes orders keeps maps guards runs opens carries sends loads".split()


def rows(n_questions: int, seed: int) -> list[dict[str, object]]:
    """Answers that hold between none and all of four words of their reference, marked by how many."""
    dice = random.Random(seed)
    made: list[dict[str, object]] = []
    for number in range(n_questions):
        wanted = [dice.choice(NOUNS) + str(dice.randrange(40)), *dice.sample(NOUNS, 2), dice.choice(VERBS)]
        others = [word for word in (*NOUNS, *VERBS) if word not in wanted]
        for _ in range(12):
            n_said = dice.randrange(5)
            said = [*dice.sample(wanted, n_said), *dice.sample(others, 4)]
            made.append(
                {
                    "question_id": f"q{number}",
                    "question": f"What is meant by number {number}?",
                    "references": [f"It {wanted[3]} the {wanted[0]} of a {wanted[1]} and its {wanted[2]}."],
                    "answer": "the " + " with the ".join(said),
                    "score": n_said / 4,
                }
            )
    return made


def written(path: Path, entries: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(entry) for entry in entries), encoding="utf-8")
    return path


def run(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(eval_commands, ["grader", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_json_has_the_graders_side_by_side(tmp_path: Path) -> None:
    path = written(tmp_path / "answers.jsonl", rows(12, 1))
    found = run("--data", str(path), "--folds", "3")
    assert found["answers"] == 144
    results = found["results"]
    assert isinstance(results, list)
    assert [entry["model"] for entry in results] == ["overlap", "tfidf", "bm25", "grader", "grader_trained"]
    wanted = {
        "qwk", "pearson", "rmse", "macro_f1", "brier", "ece", "accuracy_at_coverage", "ms_per_answer",
    }  # fmt: skip
    assert all(wanted <= set(entry) for entry in results)
    assert all(entry["pearson"] > 0.8 for entry in results)
    trained = results[-1]
    assert trained["qwk"] > 0.8
    assert trained["rmse"] < 0.15


def test_rows_marked_train_are_fitted_on_and_splits_are_told_apart(tmp_path: Path) -> None:
    entries = rows(12, 1)
    for index, entry in enumerate(entries):
        entry["split"] = "UQ" if index >= 96 else ("UA" if index % 6 == 0 else "train")
    path = written(tmp_path / "answers.jsonl", entries)
    found = run("--data", str(path), "--models", "overlap,grader_trained")
    assert (found["answers"], found["train_answers"]) == (64, 80)
    results = found["results"]
    assert isinstance(results, list)
    assert all(set(entry["by_split"]) == {"UA", "UQ"} for entry in results)


def test_exemplars_are_shown_and_not_counted(tmp_path: Path) -> None:
    path = written(tmp_path / "answers.jsonl", rows(10, 2))
    found = run("--data", str(path), "--exemplars", "2", "--folds", "2", "--models", "grader,grader_trained")
    assert (found["answers"], found["exemplars"]) == (100, 20)


def test_another_file_may_be_fitted_on(tmp_path: Path) -> None:
    train = written(tmp_path / "train.jsonl", rows(10, 3))
    data = written(tmp_path / "data.jsonl", rows(4, 4))
    found = run("--data", str(data), "--train", str(train), "--models", "grader_trained", "--min-words", "5")
    assert found["train_answers"] == 120


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "not a JSON object"),
        ('{"question": "a", "references": [], "answer": "b", "score": 1}', "references"),
        ('{"question": "a", "references": ["r"], "answer": "b", "score": 5}', "score"),
        ('{"question": "a", "references": ["r"], "answer": 3, "score": 1}', "answer"),
        ("", "no answers"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputRejected, match=word):
        CliRunner().invoke(eval_commands, ["grader", "--data", str(path)], catch_exceptions=False)


def test_one_question_alone_cannot_be_learned_from(tmp_path: Path) -> None:
    path = written(tmp_path / "answers.jsonl", rows(1, 1))
    with pytest.raises(InputRejected, match="one question"):
        CliRunner().invoke(
            eval_commands,
            ["grader", "--data", str(path), "--models", "grader_trained"],
            catch_exceptions=False,
        )
