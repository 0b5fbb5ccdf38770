"""FSRS over many cards at once, in NumPy: recall before each review, for any sets of weights.

The equations of FSRS-6 as the `fsrs` package has them (a test compares every review with `core.memory`).
Step k holds the k-th review of every card that has one; arrays have the axes [n_sets, n_cards of the step].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from greenroom.core.units import DAY_MS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEAST_STABILITY = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLayout:
    """Reviews in step order. `rows[k]` is the review's place in the log."""

    rows: Ints
    starts: Ints
    grade: Ints
    days: Floats
    """Whole days since the card's last review."""

    @property
    def n(self) -> int:
        """Number of reviews."""
        return len(self.rows)


def reviews_of(keys: Ints, grade: Ints, time_ms: Ints) -> ReviewLayout:
    """The step order of a log: card, grade 1 to 4 and time of each review, in time order within a card."""
    n = len(keys)
    order = np.argsort(keys, kind="stable")
    ordered, times = keys[order], time_ms[order]
    is_new = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if n else np.zeros(0, np.bool_)
    start = np.flatnonzero(is_new)
    card = np.cumsum(is_new) - 1
    touch = np.arange(n) - start[card]
    # Whole days since the last review; a clock that went backwards counts as none.
    latest = np.maximum(times, np.concatenate([[0], times[:-1]]))
    days = np.where(is_new, 0, (latest - np.concatenate([[0], times[:-1]])) // DAY_MS)
    lengths = np.diff(np.concatenate([start, [n]]))
    rank = np.empty(len(start), np.int64)
    rank[np.argsort(-lengths, kind="stable")] = np.arange(len(start))
    steps = np.lexsort((rank[card], touch))
    return ReviewLayout(
        rows=order[steps],
        starts=np.concatenate([[0], np.cumsum(np.bincount(touch))]).astype(np.int64),
        grade=grade[order][steps],
        days=days[steps].astype(np.float64),
    )


def recall_batch(layout: ReviewLayout, sets: Sequence[Sequence[float]]) -> Floats:
    """recall[n_sets, n_reviews] just before each review, in log order; 1 for a card's first."""
    w = np.asarray(sets, np.float64).T[:, :, None]
    n_cards = int(layout.starts[1]) if layout.n else 0
    stability, difficulty = np.ones((len(sets), n_cards)), np.ones((len(sets), n_cards))
    found = np.ones((len(sets), layout.n))
    factor = 0.9 ** (-1.0 / w[20]) - 1.0
    first_difficulty = [np.clip(w[4] - np.exp(w[5] * (g - 1)) + 1, 1, 10) for g in (1, 2, 3, 4)]
    easy_difficulty = w[4] - np.exp(w[5] * 3) + 1
    for step in range(len(layout.starts) - 1):
        a, z = int(layout.starts[step]), int(layout.starts[step + 1])
        grade = layout.grade[a:z]
        if step == 0:
            for g in (1, 2, 3, 4):
                chosen = np.flatnonzero(grade == g)
                stability[:, chosen] = np.maximum(w[g - 1], LEAST_STABILITY)
                difficulty[:, chosen] = first_difficulty[g - 1]
            continue
        k = z - a
        s, d = stability[:, :k], difficulty[:, :k]
        r = (1.0 + factor * layout.days[a:z] / s) ** -w[20]
        found[:, a:z] = r
        stability[:, :k] = np.maximum(_next_stability(w, s, d, r, grade, layout.days[a:z]), LEAST_STABILITY)
        moved = d + (10.0 - d) * (-w[6] * (grade - 3)) / 9.0
        difficulty[:, :k] = np.clip(w[7] * easy_difficulty + (1 - w[7]) * moved, 1.0, 10.0)
    back = np.empty(layout.n, np.int64)
    back[layout.rows] = np.arange(layout.n)
    return found[:, back]


def _next_stability(w: Floats, s: Floats, d: Floats, r: Floats, grade: Ints, days: Floats) -> Floats:
    """Stability after the review: recalled, forgotten, or reviewed again on the same day."""
    result = np.empty_like(s)
    is_same_day = days < 1
    same = np.flatnonzero(is_same_day)
    if len(same):
        g, before = grade[same], s[:, same]
        grown = np.exp(w[17] * (g - 3 + w[18])) * before ** -w[19]
        result[:, same] = before * np.where(g > 1, np.maximum(grown, 1.0), grown)
    kept = np.flatnonzero(~is_same_day & (grade > 1))
    if len(kept):
        g, before = grade[kept], s[:, kept]
        bonus = np.where(g == 2, w[15], np.where(g == 4, w[16], 1.0))
        result[:, kept] = before * (
            1.0
            + np.exp(w[8])
            * (11.0 - d[:, kept])
            * before ** -w[9]
            * np.expm1((1.0 - r[:, kept]) * w[10])
            * bonus
        )
    lost = np.flatnonzero(~is_same_day & (grade == 1))
    if len(lost):
        before = s[:, lost]
        long_term = (
            w[11]
            * d[:, lost] ** -w[12]
            * ((before + 1.0) ** w[13] - 1.0)
            * np.exp((1.0 - r[:, lost]) * w[14])
        )
        result[:, lost] = np.minimum(long_term, before / np.exp(w[17] * w[18]))
    return result
