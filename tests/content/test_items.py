"""Item files: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.content.banks import CHOICE, OTHER_KINDS, item_file, put, write_bank

from greenroom.content.bank import CompiledBank, load
from greenroom.content.compiling import build, compile_bank
from greenroom.core.ids import ItemId
from greenroom.core.items import ChoiceSpec, ClozeSpec, NumericSpec, OrderSpec
from greenroom.core.scoring import Filled, Number, Ordered, Picked, score


def built(folder: Path, **files: str) -> CompiledBank:
    bank = write_bank(folder, **files)
    build(bank, folder / "out.json")
    return load(folder / "out.json")


def complaints(folder: Path, text: str) -> list[str]:
    bank = write_bank(folder)
    put(bank, "items/evaluation/precision-recall.md", text)
    return [str(finding) for finding in compile_bank(bank).findings]


def test_a_choice_keeps_its_key_and_the_mistake_behind_each_wrong_option(tmp_path: Path) -> None:
    item = built(tmp_path).item("precision-recall/flagged-share")
    assert isinstance(item.spec, ChoiceSpec)
    assert [option.is_right for option in item.spec.options] == [False, True, False, False]
    assert score(item, Picked(options=("c",))).misconceptions == ("recall-is-precision",)
    assert item.path == "bank/items/evaluation/precision-recall.md:3"
    assert "<math>" in item.explanation_html


def test_every_kind_is_read_and_scored_right(tmp_path: Path) -> None:
    bank = built(tmp_path, **{"items/evaluation/precision-recall.md": OTHER_KINDS})
    several, number, order, cloze = (
        bank.item(f"precision-recall/{slug}") for slug in ("which-hold", "f1-value", "in-order", "gap")
    )
    assert score(several, Picked(options=("a", "b", "d"))).is_right
    assert isinstance(number.spec, NumericSpec)
    assert number.spec.abs_tol == 0.005
    assert score(number, Number(value=0.75)).misconceptions == ("accuracy-is-enough",)
    assert isinstance(order.spec, OrderSpec)
    assert score(order, Ordered(steps=tuple(step.id for step in order.spec.steps))).is_right
    assert [step.id for step in order.spec.steps] != sorted(step.id for step in order.spec.steps)
    assert isinstance(cloze.spec, ClozeSpec)
    assert 'called <span data-blank="0"></span>.' in cloze.stem_html
    assert score(cloze, Filled(texts=("Sensitivity",))).is_right
    assert score(cloze, Filled(texts=("precision",))).misconceptions == ("recall-is-precision",)


@pytest.mark.parametrize(
    ("answer", "value", "abs_tol", "rel_tol", "unit"),
    [
        ("= 0.75 ± 0.01 MB", 0.75, 0.01, 0.0, "MB"),
        ("= 1,200 ± 1% requests/s", 1200, 0.0, 0.01, "requests/s"),
        ("= 6.0 ± 0.2 %", 6.0, 0.2, 0.0, "%"),
        ("= -3", -3, 0.0, 0.0, ""),
        ("= 1.5e6 ± 1e4", 1.5e6, 1e4, 0.0, ""),
        ("= 12 %", 12, 0.0, 0.0, "%"),
        ("= 5 ± 0.5%", 5, 0.0, 0.005, ""),
    ],
)
def test_a_numeric_answer_has_value_tolerance_and_unit(
    tmp_path: Path, answer: str, value: float, abs_tol: float, rel_tol: float, unit: str
) -> None:
    text = item_file(f"How much?\n\n{answer}", kind="numeric")
    item = built(tmp_path, **{"items/evaluation/precision-recall.md": text}).item("precision-recall/one")
    assert item.spec == NumericSpec(value=value, abs_tol=abs_tol, rel_tol=rel_tol, unit=unit)


WRONG = "- [ ] b {accuracy-is-enough}\n- [ ] c {recall-is-precision}\n- [ ] d {counts-negatives}"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (item_file(f"Q?\n\n- [x] a\n{WRONG}").replace("minutes: 1", "minutes: soon"), 5, "`minutes`"),
        (item_file(f"Q?\n\n- [x] a\n{WRONG}", extra="colour: red\n"), 8, "`colour`"),
        (item_file(f"Q?\n\n- [x] a\n{WRONG}", extra="tags: [\n"), 9, "cannot be read"),
        (item_file(f"Q?\n\n- [x] a\n- [x] e\n{WRONG}"), 1, "2 options are marked"),
        (item_file(f"Q?\n\n- [ ] a {{counts-negatives}}\n{WRONG}"), 1, "0 options are marked"),
        (item_file("Q?\n\n- [x] a\n- [ ] b\n- [ ] c {counts-negatives}\n- [ ] d {counts-negatives}"), 12,
         "option 2 names no misconception"),
        (item_file("Q?\n\n- [x] a\n- [ ] b {nowhere}\n- [ ] c {counts-negatives}\n- [ ] d {counts-negatives}"), 12,
         "the misconception nowhere is not declared"),
        (item_file("Q?\n\n- [x] a\n- [ ] b {counts-negatives}"), 1, "has 2 options"),
        (item_file("Q?\n\n= about five", kind="numeric"), 11, "is no number"),
        (item_file("Q?\n\n= 5 ± 1\n~ 5.5 {counts-negatives}", kind="numeric"), 12, "within the tolerance"),
        (item_file("Q?\n\n1. a\n2. b", kind="order"), 1, "not 4 to 6"),
        (item_file("No gap here.", kind="cloze"), 9, "0 gaps"),
        (item_file(f"What is $\\foo$?\n\n- [x] a\n{WRONG}"), 9, "uses \\foo"),
        (item_file(f"Q?\n\n- [x] a\n{WRONG}").replace("> Because it is so.\n", ""), 1, "explanation"),
        (item_file(f"Q?\n\n- [x] a\n{WRONG}", slug="Not A Slug"), 1, "is no slug"),
        (item_file(f"Q?\n\n- [x] a\n{WRONG}") + item_file(f"R?\n\n- [x] a\n{WRONG}"), 17, "occurs twice"),
        ("Hello.\n\n" + item_file(f"Q?\n\n- [x] a\n{WRONG}"), 1, "text before the first item"),
        (item_file(f"\n- [x] a\n{WRONG}"), 1, "no stem"),
    ],
)  # fmt: skip
def test_a_broken_item_is_named_by_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    found = complaints(tmp_path, text)
    assert any(entry.startswith(f"bank/items/evaluation/precision-recall.md:{line}: ") and what in entry
               for entry in found), found  # fmt: skip


def test_every_problem_is_collected_in_one_run(tmp_path: Path) -> None:
    text = item_file("Q?\n\n- [x] a", slug="a") + item_file("Q?", kind="numeric", slug="b")
    found = complaints(tmp_path, text)
    assert len(found) == 2


def test_a_broken_item_is_left_out_and_the_others_are_built(tmp_path: Path) -> None:
    text = CHOICE + item_file("Q?\n\n- [x] a", slug="broken")
    bank = built(tmp_path, **{"items/evaluation/precision-recall.md": text})
    assert list(bank.items) == [ItemId("precision-recall/flagged-share")]


def test_the_hash_follows_the_answer_and_not_the_feedback(tmp_path: Path) -> None:
    def hash_of(text: str) -> str:
        bank = built(tmp_path, **{"items/evaluation/precision-recall.md": text})
        return bank.item("precision-recall/flagged-share").hash

    original = hash_of(CHOICE)
    assert hash_of(CHOICE.replace("8 of 10.", "eight of ten.")) == original
    assert hash_of(CHOICE.replace("{accuracy-is-enough}", "{counts-negatives}")) == original
    assert hash_of(CHOICE.replace("8 of them", "7 of them")) != original


def test_a_heading_inside_code_starts_no_item(tmp_path: Path) -> None:
    text = item_file(f"What?\n\n```python\n## not an item\nx = 1\n```\n\n- [x] a\n{WRONG}")
    bank = built(tmp_path, **{"items/evaluation/precision-recall.md": text})
    assert "## not an item" in bank.item("precision-recall/one").stem_text


def test_an_item_file_in_the_wrong_area_is_refused(tmp_path: Path) -> None:
    bank = write_bank(tmp_path)
    put(bank, "items/training/roc-auc.md", item_file(f"Q?\n\n- [x] a\n{WRONG}"))
    compiled = compile_bank(bank)
    assert any("belongs to evaluation, not to training" in str(finding) for finding in compiled.findings)
    assert not any(record.id.startswith("roc-auc/") for record in compiled.records["items"])
