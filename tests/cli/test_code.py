"""Coding problems in one's own editor: start, test, submit, and what is never overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.a_bank import BANK, a_bank_of_problems

from greenroom.cli.code import code_commands
from greenroom.core.errors import InputRejected, NotFound

REFERENCE = (BANK / "problems" / "roc-auc" / "reference.py").read_text()
WRONG = (BANK / "problems" / "roc-auc" / "wrong_ordinal_ranks.py").read_text()


@pytest.fixture(scope="module")
def bank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank")
    a_bank_of_problems(folder, "roc-auc", "k-means")
    return folder / "bank.json"


class Terminal:
    """A shell in a folder of its own."""

    def __init__(self, folder: Path, bank_file: Path) -> None:
        env = {"GREENROOM_DATA_DIR": str(folder / "data"), "GREENROOM_BANK_FILE": str(bank_file)}
        self._runner = CliRunner(env=env)

    def types(self, *words: str) -> Result:
        return self._runner.invoke(code_commands, list(words))


@pytest.fixture
def terminal(tmp_path: Path, bank_file: Path) -> Iterator[Terminal]:
    with chdir(tmp_path):
        yield Terminal(tmp_path, bank_file)


def test_start_writes_the_starter_and_the_statement(terminal: Terminal) -> None:
    assert terminal.types("start", "k-means").exit_code == 0
    assert Path("k_means.py").read_text().startswith("# greenroom: k-means\n")
    assert "k-means with k-means++" in Path("k_means.md").read_text()


def test_start_overwrites_nothing(terminal: Terminal) -> None:
    Path("k_means.py").write_text("my own work")
    told = json.loads(terminal.types("start", "k-means", "--json").output)
    assert Path("k_means.py").read_text() == "my own work"
    assert told == {"problem": "k-means", "wrote": ["k_means.md"], "kept": ["k_means.py"]}


def test_an_unknown_problem_is_said_to_be_unknown(terminal: Terminal) -> None:
    assert isinstance(terminal.types("start", "k-meens").exception, NotFound)


def test_a_file_that_is_no_text_is_refused(terminal: Terminal) -> None:
    Path("roc_auc.py").write_bytes(b"\xff\xfe\x00x")
    refused = terminal.types("submit", "roc_auc.py").exception
    assert isinstance(refused, InputRejected)
    assert refused.hint


def test_a_wrong_solution_shows_where_it_differs_and_a_right_one_is_accepted(terminal: Terminal) -> None:
    Path("roc_auc.py").write_text(WRONG)
    wrong = terminal.types("test", "roc_auc.py")
    assert wrong.exit_code == 1
    assert "0.75, expected 0.875" in wrong.output
    Path("renamed.py").write_text("# greenroom: roc-auc\n" + REFERENCE)
    right = terminal.types("submit", "renamed.py", "--json")
    assert right.exit_code == 0
    told = json.loads(right.output)
    assert told["is_accepted"]
    assert told["problem"] == "roc-auc"
    assert told["verdict"]["outcome"] == "accepted"
    listed = json.loads(terminal.types("list", "--json").output)
    assert {line["id"]: line["state"] for line in listed} == {"k-means": "new", "roc-auc": "solved"}
