"""`greenroom data …` and `greenroom doctor` as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.people import an_answer, an_event

from greenroom.app.record import append_and_fold
from greenroom.cli.data import data_commands
from greenroom.cli.doctor import doctor
from greenroom.core.errors import InputRejected
from greenroom.core.ids import ME
from greenroom.store import events
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.opening import open_store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder in which three questions were answered."""
    store = open_store(tmp_path / "greenroom.db")
    with store.write() as conn:
        append_and_fold(conn, ME, [an_event(an_answer(), number=number, of=ME) for number in range(3)])
    store.close()
    return tmp_path


def run(home: Path, *words: str, typed: str = "") -> Result:
    return CliRunner(env={"GREENROOM_DATA_DIR": str(home)}).invoke(data_commands, list(words), input=typed)


def n_events(home: Path) -> int:
    store = open_store(home / "greenroom.db")
    with store.read() as conn:
        found = events.count(conn, ME)
    store.close()
    return found


def test_export_then_import_elsewhere(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    exported = run(home, "export", str(file), "--json")
    assert exported.exit_code == 0
    assert json.loads(exported.output)["bytes"] == file.stat().st_size
    other = tmp_path / "other"
    imported = run(other, "import", str(file), "--json")
    assert json.loads(imported.output)["added"] == 3
    assert n_events(other) == 3
    assert "3 were already here" in run(other, "import", str(file)).output


def test_export_to_the_standard_output_is_the_file(home: Path) -> None:
    assert json.loads(run(home, "export", "-").output)["n_events"] == 3


def test_export_does_not_replace_a_file_unless_told_so(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("precious")
    refused = run(home, "export", str(file))
    assert isinstance(refused.exception, InputRejected)
    assert "--force" in refused.exception.hint
    assert file.read_text() == "precious"
    assert run(home, "export", str(file), "--force").exit_code == 0
    assert json.loads(file.read_text())["n_events"] == 3


def test_import_refuses_bad_rows_with_reasons_and_takes_nothing(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    run(home, "export", str(file))
    read = json.loads(file.read_text())
    read["events"][1]["data"]["credit_01"] = 5
    file.write_text(json.dumps(read))
    other = tmp_path / "other"
    refused = run(other, "import", str(file))
    assert refused.exit_code == 1
    assert "row 2" in refused.output
    assert "credit_01" in refused.output
    assert n_events(other) == 0
    assert run(other, "import", str(file), "--skip-bad-rows").exit_code == 0
    assert n_events(other) == 2


def test_rebuild_finds_nothing_and_then_what_was_edited(home: Path) -> None:
    assert json.loads(run(home, "rebuild", "--json").output) | {"rows": 0} == {
        "events": 3,
        "rows": 0,
        "differences": [],
    }
    store = open_store(home / "greenroom.db")
    with store.write() as conn:
        LEARNERS.save(conn, ME, [Learner(xp=99_999)])
    store.close()
    assert "learners" in run(home, "rebuild").output
    assert "0 differed" in run(home, "rebuild").output


def test_delete_asks_first(home: Path) -> None:
    assert run(home, "delete", typed="yes\n").exit_code == 1
    assert n_events(home) == 3
    assert "gone" in run(home, "delete", typed="DELETE\n").output
    assert n_events(home) == 0


def test_doctor_prints_numbered_checks_that_pass_here(home: Path) -> None:
    ran = CliRunner(env={"GREENROOM_DATA_DIR": str(home)}).invoke(doctor, ["--json"])
    checks = json.loads(ran.output)
    assert [check["number"] for check in checks] == list(range(1, len(checks) + 1))
    assert {check["name"] for check in checks} >= {
        "Python",
        "SQLite",
        "Sandbox",
        "Bank",
        "Database",
        "Model endpoint",
    }
    found = {check["name"]: check for check in checks}
    assert found["Database"]["health"] == "ok"
    assert found["Model endpoint"]["health"] == "skipped"


def test_doctor_names_a_damaged_database_with_its_remedy_and_ends_with_one(home: Path) -> None:
    (home / "greenroom.db").write_bytes(b"nothing of the kind" * 500)
    ran = CliRunner(env={"GREENROOM_DATA_DIR": str(home)}).invoke(doctor, [])
    assert ran.exit_code == 1
    assert "✗ Database" in ran.output
    assert "move the file aside" in ran.output


def test_doctor_says_when_a_configured_model_does_not_answer(home: Path) -> None:
    env = {"GREENROOM_DATA_DIR": str(home), "GREENROOM_MODEL_URL": "http://127.0.0.1:9/v1"}
    checks = json.loads(CliRunner(env=env).invoke(doctor, ["--json"]).output)
    model = next(check for check in checks if check["name"] == "Model endpoint")
    assert model["health"] == "warning"
    assert "GREENROOM_MODEL_URL" in model["remedy"]


def test_fitting_memory_says_how_far_the_first_fit_is(home: Path) -> None:
    told = json.loads(run(home, "fit-memory", "--json").output)
    assert (told["n_reviews"], told["fitted_to"], told["was_fitted_now"]) == (0, 0, False)
    words = run(home, "fit-memory").output
    assert "The default weights are in use." in words
    assert f"at {told['next_fit_at']}" in words
    assert n_events(home) == 3
