"""Personal memory weights: the 21 weights of FSRS fitted to one's own reviews, in seconds.

Maximum a posteriori: the log loss of recall on reviews at least a day after the last, with a Gaussian prior
around the defaults, by damped Gauss-Newton; all derivatives of a step come from one batch replay. The `fsrs`
package's own optimizer needs torch and took minutes for what this does in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from greenroom.app.forgetting import Floats, Ints, ReviewLayout, recall_batch, reviews_of
from greenroom.core.memory import DEFAULT_WEIGHTS, LOWER_WEIGHTS, UPPER_WEIGHTS, Grade

ENOUGH_REVIEWS = 400
"""Reviews at least a day after the last one, below which the default weights stay."""
MOST_PER_CARD = 64
STEP = 0.02
N_STEPS = 5

_SCALE: Floats = np.array(
    # The first four are logs of the first stabilities.
    [
        1.0,
        1.0,
        1.0,
        1.0,
        1.0,
        0.3,
        0.8,
        0.05,
        0.5,
        0.1,
        0.5,
        0.5,
        0.05,
        0.1,
        0.5,
        0.2,
        0.5,
        0.3,
        0.3,
        0.1,
        0.1,
    ]
)
"""Prior standard deviations: about how far people's fitted weights lie apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFit:
    """Weights to use, and what they bought. `is_personal` is False where the defaults stay."""

    weights: tuple[float, ...]
    n_reviews: int
    loss_before: float
    """Log loss per review of the default weights, in nats."""
    loss_after: float
    is_personal: bool


def fit_weights(reviews: Sequence[tuple[str, Grade, int]]) -> MemoryFit:
    """Weights fitted to reviews `(item_id, grade, now_ms)` in time order."""
    cards: dict[str, int] = {}
    keys = np.array([cards.setdefault(item_id, len(cards)) for item_id, _, _ in reviews], np.int64)
    grade = np.array([int(entry[1]) for entry in reviews], np.int64)
    time_ms = np.array([entry[2] for entry in reviews], np.int64)
    return fit_weights_to(keys, grade, time_ms)


def fit_weights_to(keys: Ints, grade: Ints, time_ms: Ints) -> MemoryFit:
    """The same from arrays [n_reviews]: card number, grade 1 to 4, ms UTC."""
    layout = _shortened(reviews_of(keys, grade, time_ms))
    counts = layout.days >= 1
    y = (layout.grade > 1)[counts].astype(np.float64)

    def recalls(points: Sequence[Floats]) -> Floats:
        in_order = _in_step_order(layout, [_weights(point) for point in points])
        return np.clip(in_order[:, counts], 1e-4, 1 - 1e-4)

    here = np.zeros(21)
    before = _loss(recalls([here])[0], y) if len(y) else float("nan")
    if len(y) < ENOUGH_REVIEWS:
        return MemoryFit(
            weights=DEFAULT_WEIGHTS,
            n_reviews=len(y),
            loss_before=before,
            loss_after=before,
            is_personal=False,
        )
    damping = 1.0
    for _ in range(N_STEPS):
        p = recalls([here, *(here + STEP * unit for unit in np.eye(21))])
        slopes, weight = (p[1:] - p[0]) / STEP, 1.0 / (p[0] * (1.0 - p[0]))
        gradient = slopes @ ((p[0] - y) * weight) + here
        curvature = (slopes * weight) @ slopes.T + np.eye(21)
        now = len(y) * _loss(p[0], y) + 0.5 * float(here @ here)
        dampings = [damping * factor for factor in (0.01, 0.1, 1.0, 10.0)]
        trials = [
            _bounded(here - np.linalg.solve(curvature + d * np.diag(np.diag(curvature)), gradient))
            for d in dampings
        ]
        costs = [
            len(y) * _loss(q, y) + 0.5 * float(point @ point)
            for q, point in zip(recalls(trials), trials, strict=True)
        ]
        best = int(np.argmin(costs))
        if costs[best] >= now - 0.1:
            break
        here, damping = trials[best], dampings[best]
    after = _loss(recalls([here])[0], y)
    return MemoryFit(
        weights=tuple(float(weight) for weight in _weights(here)),
        n_reviews=len(y),
        loss_before=before,
        loss_after=after,
        is_personal=True,
    )


def _shortened(layout: ReviewLayout) -> ReviewLayout:
    """Only the first reviews of each card: later ones say little, and a step holds ever fewer cards."""
    if len(layout.starts) - 1 <= MOST_PER_CARD:
        return layout
    end = int(layout.starts[MOST_PER_CARD])
    return ReviewLayout(
        rows=np.argsort(np.argsort(layout.rows[:end])),
        starts=layout.starts[: MOST_PER_CARD + 1],
        grade=layout.grade[:end],
        days=layout.days[:end],
    )


def _in_step_order(layout: ReviewLayout, sets: Sequence[Floats]) -> Floats:
    return recall_batch(layout, [tuple(weights) for weights in sets])[:, layout.rows]


def _loss(p: Floats, y: Floats) -> float:
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def _weights(point: Floats) -> Floats:
    """Weights of a point in units of the prior: 0 is the default."""
    default = np.array(DEFAULT_WEIGHTS)
    plain = default + _SCALE * point
    plain[:4] = default[:4] * np.exp(point[:4])
    return np.asarray(np.clip(plain, LOWER_WEIGHTS, UPPER_WEIGHTS))


def _bounded(point: Floats) -> Floats:
    """The point moved to where its weights are inside the bounds of FSRS."""
    default, weights = np.array(DEFAULT_WEIGHTS), _weights(point)
    bounded: Floats = (weights - default) / _SCALE
    bounded[:4] = np.log(weights[:4] / default[:4])
    return bounded
