"""How long memory takes: a simulated review log, replayed card by card and fitted."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from greenroom.app.memory_fit import fit_weights
from greenroom.core.memory import DEFAULT_WEIGHTS, Card, Grade, recall_01, replay, review
from greenroom.core.units import DAY_MS

MOST_PER_CARD = 25
TRUE_WEIGHTS = (*DEFAULT_WEIGHTS[:2], 4.0, 12.0, *DEFAULT_WEIGHTS[4:8], 2.2, *DEFAULT_WEIGHTS[9:20], 0.3)
"""Somebody whose memory is not that of the default weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTimes:
    """Seconds of processor time on this machine, and log loss per review in nats before and after the fit."""

    reviews: int
    replay_s: float
    fit_s: float
    loss_default: float
    loss_fitted: float


def simulated_reviews(n_reviews: int, dice: random.Random) -> list[tuple[str, Grade, int]]:
    """Reviews `(item, grade, now_ms)` in time order by somebody with `TRUE_WEIGHTS`, some late, some early."""
    log: list[tuple[str, Grade, int]] = []
    item = 0
    while len(log) < n_reviews:
        card: Card | None = None
        now_ms = dice.randrange(200) * DAY_MS
        for _ in range(dice.randrange(1, MOST_PER_CARD)):
            is_kept = card is None or dice.random() < recall_01(card, now_ms, weights=TRUE_WEIGHTS)
            grade = dice.choice((Grade.HARD, Grade.GOOD, Grade.GOOD, Grade.EASY)) if is_kept else Grade.AGAIN
            log.append((f"i{item}", grade, now_ms))
            card = review(card, grade, now_ms, weights=TRUE_WEIGHTS)
            planned = (card.due_ms - now_ms) / DAY_MS
            now_ms += max(0, round(dice.gauss(1.0, 0.4) * planned)) * DAY_MS + dice.randrange(3_600_000)
        item += 1
    return sorted(log[:n_reviews], key=lambda entry: entry[2])


def measure_memory(n_reviews: int, *, seed: int = 0) -> MemoryTimes:
    """Times a replay by the plain path and a fit of the weights."""
    log = simulated_reviews(n_reviews, random.Random(seed))
    begun = time.process_time()
    replay(log)
    replayed = time.process_time()
    with threadpool_limits(limits=1):
        fit = fit_weights(log)
    return MemoryTimes(
        reviews=len(log),
        replay_s=replayed - begun,
        fit_s=time.process_time() - replayed,
        loss_default=fit.loss_before,
        loss_fitted=fit.loss_after,
    )
