"""Counts: kinds apart, coverage by area, kind and level, uses of misconceptions."""

from __future__ import annotations

from pathlib import Path

from tests.content.banks import CHOICE, OTHER_KINDS, write_bank

from greenroom.content.compiling import bank_of, compile_bank
from greenroom.content.counting import counts_of, coverage, misconception_uses, topics_by_kind

NO_RECORDS = {"solved": 0, "agreed": 0, "ruled": 0, "dropped": 0}


def test_authored_items_are_counted_by_kind_level_and_area(tmp_path: Path) -> None:
    text = CHOICE + OTHER_KINDS.split("\n", 1)[1]
    bank = bank_of(compile_bank(write_bank(tmp_path, **{"items/evaluation/precision-recall.md": text})))
    counts = counts_of(bank, NO_RECORDS)
    assert counts["authored"]["total"] == 5
    assert counts["authored"]["by_kind"] == {"choice": 1, "cloze": 1, "numeric": 1, "order": 1, "several": 1}
    assert counts["authored"]["by_area"] == {"evaluation": 5}
    assert counts["topics_covered"] == 1
    assert coverage(bank)["evaluation"]["choice"] == {"apply": 1}
    assert coverage(bank)["training"] == {}
    assert topics_by_kind(bank)["precision-recall"]["several"] == 1


def test_uses_of_a_misconception_name_items_and_unused_ones_are_empty(tmp_path: Path) -> None:
    uses = misconception_uses(bank_of(compile_bank(write_bank(tmp_path))))
    assert uses == {
        "accuracy-is-enough": ["precision-recall/flagged-share"],
        "counts-negatives": ["precision-recall/flagged-share"],
        "recall-is-precision": ["precision-recall/flagged-share"],
    }
    other = bank_of(
        compile_bank(write_bank(tmp_path / "b", **{"items/evaluation/precision-recall.md": OTHER_KINDS}))
    )
    assert misconception_uses(other)["counts-negatives"] == []
