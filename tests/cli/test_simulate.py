"""`greenroom simulate learners`, `greenroom eval new-items`, `greenroom bench memory`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from greenroom.cli.bench import bench_commands
from greenroom.cli.eval import eval_commands
from greenroom.cli.simulate import simulate_commands

ROWS = [
    f"u{learner},i{item},s{item % 3},{int((learner * 7 + item * 5) % 4 > 0)},"
    for learner in range(30)
    for item in range(20)
]


def log_file(folder: Path) -> Path:
    path = folder / "log.csv"
    path.write_text("\n".join(["learner,item,skills,correct,timestamp", *ROWS]) + "\n", encoding="utf-8")
    return path


def test_the_simulation_prints_its_three_tables() -> None:
    result = CliRunner().invoke(simulate_commands, ["learners", "--learners", "12"])
    assert result.exit_code == 0, result.output
    for words in ("90 % interval", "Error of the area map", "7 chosen against 10 random, a simulated bank"):
        assert words in result.stdout


def test_the_simulation_as_json() -> None:
    result = CliRunner().invoke(simulate_commands, ["learners", "--learners", "12", "--json"])
    found = json.loads(result.stdout)
    assert [entry["n_answers"] for entry in found["coverage"]] == [0, 1, 2, 5, 10, 15, 20, 25]
    assert {gain["n_chosen"] for gain in found["selection"]["bank"]} == {7, 10}


def test_new_items_are_measured_step_by_step(tmp_path: Path) -> None:
    arguments = ["new-items", "--data", str(log_file(tmp_path))]
    found = json.loads(CliRunner().invoke(eval_commands, [*arguments, "--json"]).stdout)
    names = [score["known"] for score in found["scores"]]
    assert names[0] == "nothing"
    assert names[-1] == "everything"
    assert "items hidden" in CliRunner().invoke(eval_commands, arguments).stdout


def test_memory_is_timed() -> None:
    result = CliRunner().invoke(bench_commands, ["memory", "--reviews", "1500", "--json"])
    assert json.loads(result.stdout)["reviews"] == 1500
    assert "replayed in" in CliRunner().invoke(bench_commands, ["memory", "--reviews", "500"]).stdout
