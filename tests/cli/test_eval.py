"""`greenroom eval learner` and `greenroom bench select`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.app.evaluation.simulated import classroom

from greenroom.cli.bench import bench_commands
from greenroom.cli.eval import eval_commands
from greenroom.core.errors import InputRejected


def written(folder: Path, name: str, seed: int) -> Path:
    answers = classroom(30, 12, 20, seed=seed)
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as lines:
        table = csv.writer(lines)
        table.writerow(["learner", "item", "skills", "correct", "timestamp"])
        for row in range(answers.n):
            skill = answers.skill_names[answers.skill_of[answers.first[row]]]
            table.writerow(
                [f"u{answers.learner[row]}", f"i{answers.item[row]}", skill, int(answers.correct[row]), ""]
            )
    return path


def test_json_has_the_models_side_by_side(tmp_path: Path) -> None:
    path = written(tmp_path, "log.csv", 1)
    result = CliRunner().invoke(eval_commands, ["learner", "--data", str(path), "--folds", "2", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["rows"], found["learners"]) == (360, 30)
    names = [entry["model"] for entry in found["results"]]
    assert names == ["item_mean", "elo", "pfa", "best_lr", "filter", "filter_stack"]
    wanted = {"auc", "accuracy", "log_loss", "brier", "ece", "auc_first10", "fit_s", "us_per_step"}
    assert all(wanted <= set(entry) for entry in found["results"])


def test_a_training_file_is_fitted_on_and_not_counted(tmp_path: Path) -> None:
    test, train = written(tmp_path, "test.csv", 1), written(tmp_path, "train.csv", 2)
    plot = tmp_path / "calibration.svg"
    arguments = ["learner", "--data", str(test), "--train", str(train), "--models", "item_mean,filter"]
    result = CliRunner().invoke(eval_commands, [*arguments, "--json", "--plot", str(plot)])
    found = json.loads(result.stdout)
    assert (found["rows"], found["train_rows"], found["train_learners"]) == (360, 360, 30)
    assert len(found["results"]) == 2
    assert plot.read_text(encoding="utf-8").startswith("<svg")


def test_the_table_is_for_people(tmp_path: Path) -> None:
    path = written(tmp_path, "log.csv", 1)
    arguments = ["learner", "--data", str(path), "--test-share", "0.3", "--models", "best_lr,filter"]
    result = CliRunner().invoke(eval_commands, arguments)
    assert "9 learners predicted" in result.stdout
    assert "gain in AUC over Best-LR" in result.stdout


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "log.csv", 1)
    result = CliRunner().invoke(eval_commands, ["learner", "--data", str(path), "--models", "oracle"])
    assert result.exit_code == 2
    assert "oracle" in result.output


def test_a_damaged_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("learner,item,skills,correct\na,1,s,maybe\n", encoding="utf-8")
    result = CliRunner().invoke(eval_commands, ["learner", "--data", str(path)])
    assert isinstance(result.exception, InputRejected)
    assert "log.csv:2" in result.exception.message


@pytest.mark.parametrize("as_json", [True, False])
def test_selection_is_timed(as_json: bool) -> None:
    arguments = ["select", "--items", "300"] + (["--json"] if as_json else [])
    result = CliRunner().invoke(bench_commands, arguments)
    assert result.exit_code == 0, result.output
    if as_json:
        assert json.loads(result.stdout)["items"] == 300
    else:
        assert "Choosing the next of 300 items" in result.stdout
