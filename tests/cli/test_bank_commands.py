"""The bank's commands, run as a person runs them, on a small bank of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.content.banks import CHOICE, put, write_bank

from greenroom.cli.bank import bank_commands


def run(bank: Path, *arguments: str) -> Result:
    return CliRunner().invoke(bank_commands, [*arguments, "--bank", str(bank)])


def test_build_writes_the_file_and_says_what_it_holds(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    result = run(bank, "build", "--out", str(tmp_path / "out.json"), "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert told["counts"]["items"] == 1
    assert told["unsolved"] == 1
    assert run(bank, "build", "--out", str(tmp_path / "out.json"), "--quiet").output == ""


def test_build_leaves_out_what_is_broken_and_strict_fails(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    put(bank, "items/training/momentum.md", "## broken\n")
    out = ("--out", str(tmp_path / "out.json"))
    loose = run(bank, "build", *out)
    assert loose.exit_code == 0
    assert "what they touch was left out" in loose.output
    assert run(bank, "build", *out, "--strict").exit_code == 1


def test_check_names_path_and_line_and_fails(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    assert run(bank, "check", "--quiet").exit_code == 0
    put(bank, "items/evaluation/precision-recall.md", CHOICE.replace("accuracy-is-enough", "nowhere"))
    result = run(bank, "check", "--quiet")
    assert result.exit_code == 1
    assert result.output.startswith("bank/items/evaluation/precision-recall.md:15: ")
    told = json.loads(run(bank, "check", "--json").output)
    assert told["errors"] == 1
    assert "longest-is-key" in told["rates"]


def test_stats_have_the_agreed_shape(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    run(bank, "build", "--out", str(tmp_path / "out.json"))
    told = json.loads(run(bank, "stats", "--bank-file", str(tmp_path / "out.json"), "--json").output)
    assert set(told) == {
        "authored", "families", "variants", "coding", "pandas", "sql", "derivations", "paired", "cases", "open",
        "design_cases", "story_prompts", "topics", "topics_covered", "blind",
    }  # fmt: skip
    assert set(told["authored"]) == {"total", "by_kind", "by_area", "by_level"}
    assert set(told["blind"]) == {"solved", "agreed", "ruled", "dropped"}
    assert told["topics"] == 3
    assert told["topics_covered"] == 0


@pytest.mark.parametrize("kind", ["item", "family", "problem", "open", "design", "story", "explain"])
def test_a_new_source_is_read_by_check_which_finds_what_is_to_do(tmp_path: Path, kind: str) -> None:
    bank = write_bank(tmp_path)
    result = run(bank, "new", kind, "first-try", "--topic", "momentum")
    assert result.exit_code == 0, result.output
    made = [Path(line) for line in result.output.splitlines()]
    assert all(file.is_file() for file in made)
    told = run(bank, "check", "--quiet").output
    assert "TODO" in told or "not locked" in told
    assert "cannot be read" not in told
    again = run(bank, "new", kind, "first-try", "--topic", "momentum")
    assert again.exit_code == 1


@pytest.mark.parametrize("item_kind", ["choice", "several", "numeric", "order", "cloze"])
def test_a_new_item_of_each_kind_lacks_only_its_words(tmp_path: Path, item_kind: str) -> None:
    bank = write_bank(tmp_path)
    run(bank, "new", "item", "first-try", "--topic", "momentum", "--kind", item_kind)
    file = bank / "items/training/momentum.md"
    filled = file.read_text().replace("TODO-misconception", "counts-negatives").replace("TODO", "filled in")
    lines = [f"{line} {k}" if "filled in" in line and "{" not in line else line
             for k, line in enumerate(filled.splitlines())]  # fmt: skip
    numbered = [line.replace("filled in", f"filled in {k}") for k, line in enumerate(lines)]
    file.write_text("\n".join(numbered))
    told = json.loads(run(bank, "check", "--json").output)
    assert [f for f in told["findings"] if f["gate"] == "format"] == []


def test_blind_items_are_printed_answered_and_counted(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    form = json.loads(run(bank, "blind", "--sample", "5", "--json").output)
    answers = tmp_path / "answers.jsonl"
    answers.write_text(
        json.dumps({"id": form["id"], "hash": form["hash"], "answer": "c", "reason": "A guess."})
    )
    told = run(bank, "blind", "--record", str(answers), "--solver", "Bob")
    assert "0 agreed, 1 disputed" in told.output
    assert "Bob disagreed" in run(bank, "blind", "--open").output
    ruled = run(
        bank, "blind", "--rule", form["id"], "--by", "Charlie", "--reason", "8 of 10.", "--source", "Book."
    )
    assert ruled.exit_code == 0, ruled.output
    assert run(bank, "blind", "--open").output == ""
    assert run(bank, "blind").exit_code == 2


def test_items_go_out_and_come_in(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    out = tmp_path / "out.gift"
    assert run(bank, "export", "--format", "gift", "--out", str(out)).exit_code == 0
    dry = run(bank, "import", str(out), "--topic", "roc-auc", "--dry-run")
    assert "0 would be taken, 1 refused" in dry.output
    (bank / "items/evaluation/precision-recall.md").unlink()
    taken = run(bank, "import", str(out), "--topic", "roc-auc", "--json")
    assert json.loads(taken.output)["taken"] == ["roc-auc/flagged-share"]
    assert run(bank, "check", "--quiet").exit_code == 0
    assert run(bank, "export", "--format", "jsonl").output.count('"type": "item"') == 1


def test_locking_nothing_writes_nothing(tmp_path: Path) -> None:
    assert run(write_bank(tmp_path), "lock").output == "0 locks written, 0 unchanged.\n"
