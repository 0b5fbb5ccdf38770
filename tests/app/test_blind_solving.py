"""Blind solving: nothing of the key is printed, and what counts is bound to the item as it is now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.content.banks import CHOICE, OTHER_KINDS, put, write_bank

from greenroom.app.blind_solving import disputes, record, rule, sample
from greenroom.content.bank import load
from greenroom.content.blind import Ruling, blind_counts, blind_form, read_solves, readable
from greenroom.content.compiling import build, compile_bank
from greenroom.core.errors import BankInvalid, InputRejected
from greenroom.core.ids import ItemId, Plain

RULING = Ruling(by="Charlie", verdict="keep", reason="The book says so.", source="Manning et al.")


def small(folder: Path) -> Path:
    return write_bank(
        folder, **{"items/evaluation/precision-recall.md": CHOICE + OTHER_KINDS.split("\n", 1)[1]}
    )


def rows(bank: Path, answers: dict[str, Plain], reason: str = "I worked it out.") -> str:
    items = {item.id.split("/")[1]: item for item in compile_bank(bank).items()}
    return "\n".join(
        json.dumps({"id": items[slug].id, "hash": items[slug].hash, "answer": answer, "reason": reason})
        for slug, answer in answers.items()
    )


def test_a_printed_item_holds_neither_key_nor_mistakes_nor_explanation(tmp_path: Path) -> None:
    for item in sample(small(tmp_path), n_items=10):
        shown = json.dumps(blind_form(item)) + readable(item)
        for secret in ("is_right", "accuracy-is-enough", "recall-is-precision", "sensitivity", "0.667", "TP"):
            assert secret not in shown
        assert item.hash in shown


def test_lines_to_order_are_not_printed_in_the_right_order(tmp_path: Path) -> None:
    item = next(item for item in sample(small(tmp_path), n_items=10) if item.id.endswith("/in-order"))
    texts = list(blind_form(item)["lines"].values())
    assert texts.index("Agree on the costs") > 0


def test_right_answers_of_every_kind_are_recorded_as_agreed(tmp_path: Path) -> None:
    bank = small(tmp_path)
    order = next(item for item in compile_bank(bank).items() if item.id.endswith("/in-order"))
    right = [step.id for step in order.spec.steps]  # type: ignore[union-attr]  # an order
    answers: dict[str, Plain] = {
        "flagged-share": "B",
        "which-hold": ["a", "b", "d"],
        "f1-value": 0.667,
        "in-order": right,
        "gap": ["recall"],
    }
    report = record(bank, rows(bank, answers), "Alice")
    assert len(report.agreed) == 5
    assert sample(bank, n_items=10) == []
    assert blind_counts(compile_bank(bank).items(), read_solves(bank)) == {
        "solved": 5, "agreed": 5, "ruled": 0, "dropped": 0,
    }  # fmt: skip


def test_a_dispute_keeps_an_item_out_of_a_release_until_it_is_ruled(tmp_path: Path) -> None:
    bank = small(tmp_path)
    record(bank, rows(bank, {"flagged-share": "c", "gap": "recall"}), "Bob")
    report = build(bank, tmp_path / "out.json", is_release=True)
    assert list(load(tmp_path / "out.json").items) == [ItemId("precision-recall/gap")]
    assert report.unsolved == 4
    assert [solve.solver for solve in disputes(bank)] == ["Bob"]
    rule(bank, "precision-recall/flagged-share", RULING)
    build(bank, tmp_path / "out.json", is_release=True)
    assert len(load(tmp_path / "out.json").items) == 2
    kept = next(solve for solve in read_solves(bank) if solve.id.endswith("flagged-share"))
    assert kept.ruled == RULING
    assert kept.answer == "c"


def test_the_ordinary_build_holds_all_items_and_says_how_many_are_unsolved(tmp_path: Path) -> None:
    report = build(small(tmp_path), tmp_path / "out.json")
    assert report.unsolved == 5
    assert len(load(tmp_path / "out.json").items) == 5


def test_a_changed_item_loses_its_record(tmp_path: Path) -> None:
    bank = small(tmp_path)
    record(bank, rows(bank, {"flagged-share": "b"}), "Alice")
    file = bank / "items/evaluation/precision-recall.md"
    put(bank, "items/evaluation/precision-recall.md", file.read_text().replace("flags 10", "flags ten"))
    assert "precision-recall/flagged-share" in {item.id for item in sample(bank, n_items=9)}
    record(bank, rows(bank, {"gap": "recall"}), "Alice")
    assert [solve.id for solve in read_solves(bank)] == ["precision-recall/gap"]


def test_an_answer_to_an_older_text_is_refused(tmp_path: Path) -> None:
    bank = small(tmp_path)
    answers = rows(bank, {"flagged-share": "b"})
    file = bank / "items/evaluation/precision-recall.md"
    put(bank, "items/evaluation/precision-recall.md", file.read_text().replace("flags 10", "flags ten"))
    assert "changed since it was printed" in record(bank, answers, "Alice").refused[0]


def test_an_ambiguous_item_is_a_dispute_and_a_dropped_one_is_counted(tmp_path: Path) -> None:
    bank = small(tmp_path)
    record(bank, rows(bank, {"flagged-share": None}, "Two options hold."), "Bob")
    rule(
        bank, "precision-recall/flagged-share", Ruling(by="C", verdict="drop", reason="True.", source="Book.")
    )
    counts = blind_counts(compile_bank(bank).items(), read_solves(bank))
    assert counts["dropped"] == 1
    put(bank, "items/evaluation/precision-recall.md", OTHER_KINDS)
    record(bank, rows(bank, {"gap": "recall"}), "Alice")
    assert blind_counts(compile_bank(bank).items(), read_solves(bank))["dropped"] == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{not json", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"id": "nowhere/x", "hash": "1", "answer": "a", "reason": "r"}', "no item"),
    ],
)
def test_bad_rows_are_named_and_good_ones_count(tmp_path: Path, line: str, why: str) -> None:
    bank = small(tmp_path)
    report = record(bank, line + "\n" + rows(bank, {"gap": "recall"}), "Alice")
    assert report.agreed == ("precision-recall/gap",)
    assert why in report.refused[0]


def test_an_answer_without_a_reason_or_out_of_range_is_refused(tmp_path: Path) -> None:
    bank = small(tmp_path)
    text = (
        rows(bank, {"gap": "recall"}, reason="") + "\n" + rows(bank, {"flagged-share": "z", "f1-value": "x"})
    )
    assert len(record(bank, text, "Alice").refused) == 3


def test_a_ruling_needs_a_dispute_a_reason_and_a_source(tmp_path: Path) -> None:
    bank = small(tmp_path)
    with pytest.raises(InputRejected, match="Nobody disputes"):
        rule(bank, "precision-recall/gap", RULING)
    record(bank, rows(bank, {"flagged-share": "c"}), "Bob")
    with pytest.raises(InputRejected, match="a reason and a source"):
        rule(bank, "precision-recall/flagged-share", Ruling(by="C", verdict="keep", reason="r", source=" "))


def test_a_damaged_record_file_is_refused_by_line(tmp_path: Path) -> None:
    bank = small(tmp_path)
    put(bank, "blind/evaluation.jsonl", "\n{}\n")
    with pytest.raises(BankInvalid, match=r"bank/blind/evaluation.jsonl:2"):
        build(bank, tmp_path / "out.json")
