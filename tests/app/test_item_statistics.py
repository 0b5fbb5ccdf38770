"""Item statistics: what real answers say of an item, and what they cannot say yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.content.banks import CHOICE, OTHER_KINDS, write_bank

from greenroom.app.item_statistics import ItemStatistics, item_statistics
from greenroom.content.compiling import bank_of, compile_bank
from greenroom.core.events import Answered
from greenroom.core.ids import LearnerId
from greenroom.core.items import Item
from greenroom.core.ports import Bank


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    text = CHOICE + OTHER_KINDS.split("\n", 1)[1]
    return bank_of(compile_bank(write_bank(tmp_path, **{"items/evaluation/precision-recall.md": text})))


def answer(
    item: Item, *, is_right: bool, option: str = "b", hash_: str = "", confidence: float = 0.5
) -> Answered:
    return Answered(
        item_id=item.id,
        item_hash=hash_ or item.hash,
        topic=item.topic,
        area=item.area,
        item_kind=item.kind,
        difficulty_logit=item.difficulty_logit,
        guess_01=item.guess_01,
        response={"kind": "picked", "options": [option]},
        confidence_01=confidence,
        credit_01=float(is_right),
        is_right=is_right,
        misconceptions=[],
        purpose="new",
        session_id="s",
        elapsed_ms=20_000,
    )


def statistics(bank: Bank, entries: list[tuple[str, Answered]]) -> dict[str, ItemStatistics]:
    made = item_statistics(bank, [(LearnerId(name), entry) for name, entry in entries])
    return {entry.item_id: entry for entry in made}


def test_facility_rates_time_and_calibration_are_means_over_first_answers(bank: Bank) -> None:
    item = bank.item("precision-recall/flagged-share")
    entries = [
        ("alice", answer(item, is_right=True, confidence=1.0)),
        ("alice", answer(item, is_right=False, option="a")),
        ("bob", answer(item, is_right=False, option="c", confidence=0.5)),
    ]
    found = statistics(bank, entries)[item.id]
    assert found.n_answers == 2
    assert found.facility_01 == 0.5
    assert found.option_rates_01 == {"a": 0, "b": 0.5, "c": 0.5, "d": 0}
    assert found.median_seconds == 20
    assert found.brier == 0.125
    assert found.discrimination is None
    assert found.flags == ()


def test_answers_to_an_older_text_do_not_count(bank: Bank) -> None:
    item = bank.item("precision-recall/flagged-share")
    assert statistics(bank, [("alice", answer(item, is_right=True, hash_="older"))]) == {}


def test_an_item_that_strong_learners_miss_is_flagged(bank: Bank) -> None:
    item, other = bank.item("precision-recall/flagged-share"), bank.item("precision-recall/f1-value")
    entries = []
    for number in range(40):
        is_strong = number % 2 == 0
        entries.append((f"learner {number}", answer(other, is_right=is_strong)))
        entries.append(
            (f"learner {number}", answer(item, is_right=not is_strong, option="a" if is_strong else "b"))
        )
    found = statistics(bank, entries)
    assert found[item.id].discrimination == pytest.approx(-1)
    assert any("does not tell strong from weak" in flag for flag in found[item.id].flags)
    assert any("option c is never picked" in flag for flag in found[item.id].flags)


def test_a_wrong_option_that_wins_over_the_key_is_flagged(bank: Bank) -> None:
    item = bank.item("precision-recall/flagged-share")
    entries = [
        (f"learner {k}", answer(item, is_right=k < 10, option="b" if k < 10 else "d")) for k in range(40)
    ]
    flags = statistics(bank, entries)[item.id].flags
    assert any("option d is picked more often than the key" in flag for flag in flags)
    assert any("harder than its difficulty says" in flag for flag in flags)
