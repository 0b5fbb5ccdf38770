"""Flaw gates: each one trips on the item that was broken for it, and on nothing in a sound bank."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from tests.content.banks import CHOICE, OTHER_KINDS, put, write_bank

from greenroom.content.compiling import compile_bank
from greenroom.content.cues import cue_report, position_reports
from greenroom.content.findings import Finding
from greenroom.content.flaws import GATES
from greenroom.content.gates import run_gates
from greenroom.core.ids import ItemId
from greenroom.core.items import ChoiceSpec, Item, Kind, Level, Option

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.md"))


def gate_findings(folder: Path, text: str) -> list[Finding]:
    bank = write_bank(folder)
    put(bank, "items/evaluation/precision-recall.md", text)
    compiled = compile_bank(bank)
    assert compiled.findings == ()
    waived = {id_: notes["waived"] for id_, notes in compiled.notes().items()}
    return run_gates(compiled.items(), waived)[0]


def test_every_gate_of_single_items_has_a_fixture_that_trips_it() -> None:
    assert {gate.id for gate in GATES} <= {file.stem for file in BROKEN}


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_item_trips_its_gate_and_no_other(tmp_path: Path, file: Path) -> None:
    found = gate_findings(tmp_path, file.read_text(encoding="utf-8"))
    assert [finding.gate for finding in found] == [file.stem]
    assert found[0].is_error
    assert found[0].path == "bank/items/evaluation/precision-recall.md"
    assert found[0].line >= 3


def test_sound_items_trip_nothing(tmp_path: Path) -> None:
    assert gate_findings(tmp_path, CHOICE + OTHER_KINDS.split("\n", 1)[1]) == []


def test_a_waived_gate_is_counted_and_not_reported(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "broken" / "negative-stem.md").read_text(encoding="utf-8")
    waived = text.replace("difficulty: 0\n", "difficulty: 0\nwaive: {negative-stem: The exam asks it so.}\n")
    assert gate_findings(tmp_path, waived) == []


def test_a_waiver_that_is_not_needed_or_not_known_is_reported(tmp_path: Path) -> None:
    text = CHOICE.replace("minutes: 1\n", "minutes: 1\nwaive: {odd-form: Because., no-gate: Because.}\n")
    whats = [finding.what for finding in gate_findings(tmp_path, text)]
    assert whats == ["the waiver of odd-form is not needed", "the gate no-gate is not known"]


def an_item(index: int, texts: list[str], key: int) -> Item:
    return Item(
        id=ItemId(f"topic-{index % 23}/item-{index}"),
        hash=str(index),
        kind=Kind.CHOICE,
        area="evaluation",
        topic=f"topic-{index % 23}",
        level=Level.APPLY,
        minutes=1,
        difficulty_logit=0,
        stem_html="",
        stem_text=f"Case {index}: what would you do?",
        spec=ChoiceSpec(
            options=tuple(
                Option(id="abcd"[k], html=text, text=text, is_right=k == key, misconception=None)
                for k, text in enumerate(texts)
            )
        ),
        explanation_html="",
        sources=("s",),
        path="bank/items/a/b.md:1",
    )


def random_bank(seed: int, n_items: int, *, key_extra: str = "", key_at: int | None = None) -> list[Item]:
    rng = random.Random(seed)
    items = []
    for index in range(n_items):
        texts = [" ".join(rng.choices("alpha beta gamma delta epsilon zeta".split(), k=4)) for _ in range(4)]
        key = rng.randrange(4) if key_at is None else key_at
        texts[key] += key_extra
        items.append(an_item(index, texts, key))
    return items


def test_a_bank_without_cues_keeps_the_reader_of_form_at_chance() -> None:
    within = [cue_report(random_bank(seed, 200)).is_within_bounds for seed in range(8)]
    assert sum(within) >= 7


@pytest.mark.parametrize("extra", [", because it is so", " (see above)", " 12"])
def test_a_bank_whose_keys_have_a_form_of_their_own_is_caught(extra: str) -> None:
    report = cue_report(random_bank(1, 200, key_extra=extra))
    assert not report.is_within_bounds
    assert report.accuracy_01 is not None
    assert report.accuracy_01 > 0.9
    findings, _ = run_gates(random_bank(1, 200, key_extra=extra), {})
    assert "cue-only-reader" in {finding.gate for finding in findings}


def test_the_reader_says_nothing_about_a_handful_of_items() -> None:
    assert cue_report(random_bank(1, 10, key_extra=" 12")).accuracy_01 is None


def test_keys_that_favour_a_place_fail_the_chi_square() -> None:
    even = position_reports([item for at in range(4) for item in random_bank(at, 25, key_at=at)])
    assert even[0].p == 1
    findings, rates = run_gates(random_bank(1, 100, key_at=2), {})
    assert "key-positions" in {finding.gate for finding in findings}
    assert rates["key-positions"]["authored"][0]["counts"] == [0, 0, 100, 0]


def test_a_bank_of_recall_is_refused() -> None:
    findings, _ = run_gates(list(map(_as_recall, random_bank(1, 60))), {})
    assert "recall-share" in {finding.gate for finding in findings}


def _as_recall(item: Item) -> Item:
    return replace(item, level=Level.RECALL)
