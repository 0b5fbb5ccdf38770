"""Personal memory weights."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.app.forgetting import recall_batch, reviews_of
from greenroom.app.memory_fit import ENOUGH_REVIEWS, fit_weights
from greenroom.core.memory import DEFAULT_WEIGHTS, Card, Grade, recall_01, review
from greenroom.core.units import DAY_MS

Review = tuple[str, Grade, int]
QUICK_TO_FORGET = (*DEFAULT_WEIGHTS[:2], 0.6, 1.5, *DEFAULT_WEIGHTS[4:20], 0.5)


def reviews_by(weights: tuple[float, ...], n_cards: int, seed: int) -> list[Review]:
    """A log of somebody whose memory has these weights and who reviews every few days."""
    dice = random.Random(seed)
    log: list[Review] = []
    for number in range(n_cards):
        card: Card | None = None
        now_ms = dice.randrange(30) * DAY_MS
        for _ in range(6):
            is_kept = card is None or dice.random() < recall_01(card, now_ms, weights=weights)
            grade = Grade.GOOD if is_kept else Grade.AGAIN
            log.append((f"i{number}", grade, now_ms))
            card = review(card, grade, now_ms, weights=weights)
            now_ms += dice.randrange(1, 8) * DAY_MS
    return sorted(log, key=lambda entry: entry[2])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(list(Grade)), st.integers(0, 60)),
        min_size=1,
        max_size=40,
    )
)
def test_batch_recall_is_that_of_the_cards(entries: list[tuple[int, Grade, int]]) -> None:
    cards: dict[int, Card] = {}
    expected, now_ms, keys, grades, times = [], 0, [], [], []
    for key, grade, hours in entries:
        now_ms += hours * DAY_MS // 10
        expected.append(recall_01(cards[key], now_ms) if key in cards else 1.0)
        cards[key] = review(cards.get(key), grade, now_ms)
        keys.append(key)
        grades.append(int(grade))
        times.append(now_ms)
    layout = reviews_of(np.array(keys), np.array(grades), np.array(times))
    assert recall_batch(layout, [DEFAULT_WEIGHTS])[0] == pytest.approx(expected, abs=1e-9)


def test_weights_of_a_quick_forgetter_are_found() -> None:
    fit = fit_weights(reviews_by(QUICK_TO_FORGET, 500, seed=1))
    assert fit.is_personal
    assert fit.loss_after < fit.loss_before
    later = reviews_by(QUICK_TO_FORGET, 300, seed=2)
    ids = {item_id: number for number, item_id in enumerate(dict.fromkeys(entry[0] for entry in later))}
    layout = reviews_of(
        np.array([ids[item_id] for item_id, _, _ in later]),
        np.array([int(grade) for _, grade, _ in later]),
        np.array([now_ms for _, _, now_ms in later]),
    )
    kept = np.array([grade is not Grade.AGAIN for _, grade, _ in later], float)
    counts = np.zeros(len(later), bool)
    counts[layout.rows] = layout.days >= 1

    def loss(weights: tuple[float, ...]) -> float:
        p = np.clip(recall_batch(layout, [weights])[0], 1e-4, 1 - 1e-4)[counts]
        y = kept[counts]
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())

    assert loss(fit.weights) < loss(DEFAULT_WEIGHTS)
    assert loss(fit.weights) == pytest.approx(loss(QUICK_TO_FORGET), abs=0.01)


def test_few_reviews_keep_the_default_weights() -> None:
    log = reviews_by(QUICK_TO_FORGET, 20, seed=1)
    fit = fit_weights(log)
    assert fit.n_reviews < ENOUGH_REVIEWS
    assert fit.weights == DEFAULT_WEIGHTS
    assert not fit.is_personal


def test_no_reviews_at_all_keep_the_default_weights() -> None:
    fit = fit_weights([])
    assert fit.n_reviews == 0
    assert fit.weights == DEFAULT_WEIGHTS


def test_fitted_weights_can_be_used_for_scheduling() -> None:
    fit = fit_weights(reviews_by(QUICK_TO_FORGET, 300, seed=4))
    assert review(None, Grade.GOOD, 0, weights=fit.weights).due_ms > 0
