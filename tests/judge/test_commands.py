"""`greenroom judge …` as a person runs it."""

import json
from pathlib import Path

from click.testing import CliRunner

from greenroom.cli.judge import judge_commands


def test_exec_prints_everything_a_scratch_run_has(tmp_path: Path) -> None:
    file = tmp_path / "scratch.py"
    file.write_text("import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(4)\n")
    result = CliRunner().invoke(judge_commands, ["exec", str(file), "--profile", "core", "--json"])
    seen = json.loads(result.stdout)
    assert result.exit_code == 4
    assert (seen["status"], seen["stdout"], seen["stderr"], seen["exit"]) == (
        "runtime_error",
        "out\n",
        "err\n",
        4,
    )
    assert {"cpu_ms", "wall_ms", "peak_memory_bytes", "sandbox_level"} <= set(seen)


def test_exec_stops_at_its_time_limit(tmp_path: Path) -> None:
    file = tmp_path / "loop.py"
    file.write_text("while True: pass\n")
    result = CliRunner().invoke(judge_commands, ["exec", str(file), "--time-limit-ms", "50", "--json"])
    assert json.loads(result.stdout)["status"] == "time_limit"
    assert result.exit_code == 1


def test_selfcheck_names_every_level_and_the_one_in_use() -> None:
    result = CliRunner().invoke(judge_commands, ["selfcheck", "--json"])
    seen = json.loads(result.stdout)
    assert seen["level"] in {level["rung"]["level"] for level in seen["levels"] if level["is_offered"]}
    assert all(
        check["has_held"] for level in seen["levels"] if level["is_offered"] for check in level["checks"]
    )
    assert result.exit_code == 0
