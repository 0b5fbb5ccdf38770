"""Points, levels and streaks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.core.rewards import LEVELS, MOST_FREEZES, Streak, hours_between, standing, streak, xp_at, xp_of

MONDAY = date(2026, 11, 16)


def days(*offsets: int) -> list[date]:
    return [MONDAY + timedelta(days=offset) for offset in offsets]


def on(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def test_a_harder_question_earns_more_than_an_easy_one() -> None:
    hard = xp_of(credit_01=1.0, predicted_01=0.2, hours_since_met=None)
    easy = xp_of(credit_01=1.0, predicted_01=0.95, hours_since_met=None)
    assert hard > 2 * easy > 0


def test_an_item_retrieved_after_a_month_earns_more_than_after_a_day() -> None:
    day = xp_of(credit_01=1.0, predicted_01=0.5, hours_since_met=24)
    month = xp_of(credit_01=1.0, predicted_01=0.5, hours_since_met=24 * 30)
    assert month > day


@pytest.mark.parametrize(("credit", "hours"), [(0.0, None), (0.0, 100.0), (1.0, 1.0)])
def test_wrong_answers_and_the_same_item_again_earn_nothing(credit: float, hours: float | None) -> None:
    assert xp_of(credit_01=credit, predicted_01=0.1, hours_since_met=hours) == 0


@given(st.floats(0, 1), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 1e6)), st.floats(0, 1))
def test_points_are_bounded_and_grow_with_credit(
    credit: float, predicted: float, hours: float | None, less: float
) -> None:
    full = xp_of(credit_01=credit, predicted_01=predicted, hours_since_met=hours)
    part = xp_of(credit_01=credit * less, predicted_01=predicted, hours_since_met=hours)
    assert 0 <= part <= full <= 30


def test_a_clock_that_went_back_is_no_time_passed() -> None:
    assert hours_between(10_000_000, 0) == 0


def test_levels_begin_where_they_say_and_end_at_twenty() -> None:
    assert standing(0).level == 1
    for level in range(2, LEVELS + 1):
        assert standing(xp_at(level)).level == level
        assert standing(xp_at(level) - 1).level == level - 1
    last = standing(10**7)
    assert (last.level, last.next_level_at_xp, last.share_of_level_01) == (LEVELS, None, 1.0)


@given(st.integers(0, 10**6))
def test_the_share_of_a_level_lies_within_it(xp: int) -> None:
    found = standing(xp)
    assert 1 <= found.level <= LEVELS
    assert 0 <= found.share_of_level_01 <= 1


@pytest.mark.parametrize(
    ("active", "today", "length", "freezes"),
    [
        ([], 0, 0, 2),
        ([0], 0, 1, 2),
        ([0, 1, 2], 2, 3, 2),
        ([0, 1, 2], 3, 3, 2),  # today is not over yet
        ([0, 1, 3], 3, 3, 1),  # one missed day forgiven
        ([0, 1, 4], 4, 3, 0),
        ([0, 1, 5], 5, 1, 2),  # three missed days are one too many
        ([0, 1, 3, 5, 7], 7, 1, 2),  # the third missed day ends it
        (list(range(7)), 6, 7, 2),
        ([0, 2, 3, 4, 5, 6, 7, 8], 8, 8, 2),  # seven days in a row give a freeze back
    ],
)
def test_a_streak_counts_active_days_and_forgives_two(
    active: list[int], today: int, length: int, freezes: int
) -> None:
    found = streak(days(*active), on(today))
    assert (found.days, found.freezes_left) == (length, freezes)


def test_days_in_the_future_do_not_count() -> None:
    assert streak(days(0, 400, 401), on(0)) == Streak(
        days=1, longest_days=1, freezes_left=2, is_done_today=True, frozen_on=()
    )


def test_the_longest_streak_outlives_its_end() -> None:
    found = streak(days(0, 1, 2, 3, 30), on(30))
    assert (found.days, found.longest_days) == (1, 4)


@given(st.sets(st.integers(0, 120)), st.integers(0, 120))
def test_a_streak_never_exceeds_the_active_days_nor_freezes_two(active: set[int], today: int) -> None:
    known = [offset for offset in active if offset <= today]
    found = streak(days(*active), on(today))
    assert 0 <= found.days <= found.longest_days <= len(known)
    assert 0 <= found.freezes_left <= MOST_FREEZES
    assert found.is_done_today == (today in active)
    assert not {on(offset) for offset in known} & set(found.frozen_on)
