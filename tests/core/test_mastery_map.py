"""The map of areas and topics."""

from __future__ import annotations

from greenroom.core.mastery import Evidence, Mastery, Traits, start, update
from greenroom.core.mastery_map import area_map, topic_map

TOPICS = {"lora": "llm", "rope": "llm", "bm25": "rag"}


def after(n_right: int) -> Mastery:
    mastery = start()
    for number in range(n_right):
        traits = Traits(item_id=f"lora/{number}", topic="lora", area="llm")
        mastery = update(mastery, traits, Evidence(credit_01=1.0), now_ms=number)
    return mastery


def test_before_any_answer_every_interval_is_wide_and_nothing_is_enough() -> None:
    for entry in area_map(start(), ["llm", "rag"], TOPICS, now_ms=0):
        assert entry.probability_01 == 0.5
        assert entry.high_01 - entry.low_01 > 0.6
        assert not entry.has_enough


def test_answers_narrow_the_interval_of_their_area_more_than_of_another() -> None:
    before = {entry.area: entry for entry in area_map(start(), ["llm", "rag"], TOPICS, now_ms=0)}
    later = {entry.area: entry for entry in area_map(after(15), ["llm", "rag"], TOPICS, now_ms=20)}
    assert later["llm"].variance < later["rag"].variance < before["rag"].variance
    assert later["llm"].n_answers == 15
    assert later["rag"].n_answers == 0
    assert not later["rag"].has_enough
    assert later["llm"].has_enough


def test_a_topic_answered_stands_above_its_untouched_sibling() -> None:
    topics = {entry.topic: entry for entry in topic_map(after(6), TOPICS, now_ms=10)}
    assert topics["lora"].probability_01 > topics["rope"].probability_01 > topics["bm25"].probability_01
    assert topics["rope"].n_answers == 0
    assert not topics["rope"].has_enough


def test_estimates_lie_inside_their_intervals_and_follow_the_order_asked() -> None:
    found = area_map(after(3), ["rag", "llm"], TOPICS, now_ms=5)
    assert [entry.area for entry in found] == ["rag", "llm"]
    for entry in found:
        assert 0 < entry.low_01 < entry.probability_01 < entry.high_01 < 1
