"""Forgetting and review times."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.errors import InputRejected
from greenroom.core.ids import Plain
from greenroom.core.memory import (
    Card,
    Grade,
    balanced_due_ms,
    card_of,
    card_to_plain,
    due_ms,
    grade_of,
    is_due,
    recall_01,
    replay,
    retention_for,
    review,
)
from greenroom.core.units import DAY_MS

grades = st.sampled_from(list(Grade))
histories = st.lists(st.tuples(grades, st.integers(0, 400)), min_size=1, max_size=12)


def card_after(history: list[tuple[Grade, int]]) -> Card:
    card, now_ms = None, 0
    for grade, hours in history:
        now_ms += hours * 3_600_000
        card = review(card, grade, now_ms)
    assert card is not None
    return card


@given(histories)
def test_recall_falls_with_time_and_stays_a_probability(history: list[tuple[Grade, int]]) -> None:
    card = card_after(history)
    recalls = [recall_01(card, card.reviewed_ms + days * DAY_MS) for days in range(0, 400, 20)]
    assert recalls[0] == 1.0
    assert all(0 < later <= earlier for earlier, later in pairwise(recalls))


@given(histories)
def test_a_card_reads_back_as_the_same_card(history: list[tuple[Grade, int]]) -> None:
    card = card_after(history)
    assert card_of(json.loads(json.dumps(card_to_plain(card)))) == card


@given(histories, st.sampled_from([0.8, 0.9, 0.95]))
def test_a_higher_retention_comes_back_no_later(history: list[tuple[Grade, int]], retention: float) -> None:
    card = card_after(history)
    now_ms = card.due_ms
    relaxed = review(card, Grade.GOOD, now_ms, retention_01=0.75)
    strict = review(card, Grade.GOOD, now_ms, retention_01=retention)
    assert due_ms(strict) <= due_ms(relaxed)


def test_recall_at_the_due_time_is_near_the_retention_asked_for() -> None:
    card = review(None, Grade.GOOD, 0, retention_01=0.9)
    for _ in range(3):
        card = review(card, Grade.GOOD, card.due_ms, retention_01=0.9)
    assert recall_01(card, card.due_ms) == pytest.approx(0.9, abs=0.01)


def test_the_same_reviews_give_the_same_intervals_every_time() -> None:
    card, intervals = None, []
    now_ms = 0
    for grade in (Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.AGAIN, Grade.GOOD):
        card = review(card, grade, now_ms, retention_01=0.9)
        intervals.append((card.due_ms - now_ms) // DAY_MS)
        now_ms = card.due_ms
    # Golden: FSRS-6 default weights, no fuzz, no learning steps.
    assert intervals == [2, 11, 46, 3, 8]
    assert card is not None
    assert (card.n_reviews, card.n_lapses) == (5, 1)


def test_a_wrong_answer_comes_back_sooner_than_a_right_one() -> None:
    card = review(None, Grade.GOOD, 0)
    again = review(card, Grade.AGAIN, 3 * DAY_MS)
    good = review(card, Grade.GOOD, 3 * DAY_MS)
    assert again.due_ms < good.due_ms


def test_a_review_falls_before_the_interview() -> None:
    card = review(None, Grade.EASY, 0)
    for _ in range(3):
        card = review(card, Grade.EASY, card.due_ms, days_left=10)
        assert card.due_ms - card.reviewed_ms <= 9 * DAY_MS


def test_a_clock_that_went_backwards_counts_as_no_time() -> None:
    card = review(None, Grade.GOOD, 10 * DAY_MS)
    assert review(card, Grade.GOOD, 0) == review(card, Grade.GOOD, 10 * DAY_MS)


def test_a_card_is_due_from_its_moment_on() -> None:
    card = review(None, Grade.GOOD, 0)
    assert not is_due(card, card.due_ms - 1)
    assert is_due(card, card.due_ms)


@pytest.mark.parametrize(
    ("credit", "confidence", "hints", "grade"),
    [
        (0.0, 0.95, 0, Grade.AGAIN),
        (0.5, None, 0, Grade.AGAIN),
        (0.7, None, 0, Grade.HARD),
        (1.0, 0.2, 0, Grade.HARD),
        (1.0, None, 1, Grade.HARD),
        (1.0, 0.6, 0, Grade.GOOD),
        (1.0, None, 0, Grade.GOOD),
        (1.0, 0.95, 0, Grade.EASY),
    ],
)
def test_grade_follows_credit_confidence_and_help(
    credit: float, confidence: float | None, hints: int, grade: Grade
) -> None:
    assert grade_of(credit_01=credit, confidence_01=confidence, hints_used=hints) is grade


def test_retention_rises_towards_the_interview() -> None:
    wanted = [retention_for(days) for days in (120, 56, 28, 7, 0)]
    assert wanted == sorted(wanted)
    assert wanted[0] == 0.85
    assert wanted[-1] == 0.95
    assert 0.85 < retention_for(None) < 0.95


def test_load_is_moved_to_the_lightest_day_within_a_tenth() -> None:
    card = Card(stability_days=30, difficulty=5, reviewed_ms=0, due_ms=30 * DAY_MS)
    busy = dict.fromkeys(range(20, 40), 20) | {32: 3, 36: 0}
    assert balanced_due_ms(card, busy) == 32 * DAY_MS
    assert balanced_due_ms(card, {}) == card.due_ms


def test_load_is_never_moved_past_the_latest_day() -> None:
    card = Card(stability_days=30, difficulty=5, reviewed_ms=0, due_ms=30 * DAY_MS)
    busy = dict.fromkeys(range(31), 20)
    assert balanced_due_ms(card, busy) == 31 * DAY_MS
    assert balanced_due_ms(card, busy, latest_ms=30 * DAY_MS) == card.due_ms
    assert balanced_due_ms(card, busy | {28: 0}, latest_ms=29 * DAY_MS) == 28 * DAY_MS


def test_a_short_interval_is_not_moved() -> None:
    card = Card(stability_days=2, difficulty=5, reviewed_ms=0, due_ms=2 * DAY_MS)
    assert balanced_due_ms(card, {2: 100}) == card.due_ms


def test_replaying_a_review_log_is_the_same_as_reviewing_one_by_one() -> None:
    log = [("a", Grade.GOOD, 0), ("b", Grade.AGAIN, 5), ("a", Grade.GOOD, 3 * DAY_MS)]
    cards = replay(log)
    assert cards["a"] == review(review(None, Grade.GOOD, 0), Grade.GOOD, 3 * DAY_MS)
    assert cards["b"] == review(None, Grade.AGAIN, 5)


def test_weights_out_of_bounds_and_damaged_cards_are_refused() -> None:
    with pytest.raises(InputRejected):
        review(None, Grade.GOOD, 0, weights=(0.0,) * 21)
    damaged_rows: list[Plain] = [[1, 2], "x", [0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, "six"]]
    for damaged in damaged_rows:
        with pytest.raises(InputRejected):
            card_of(damaged)
