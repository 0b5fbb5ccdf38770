"""Fits the filter to a log: difficulties and variances from the training learners alone, in seconds.

Difficulties and replay alternate. The dynamics (variances, drifts, gains) are tuned on predictions: the
training learners are split, difficulties come from one part, and the log loss of the one-step-ahead
predictions on the other part is lowered by damped Gauss-Newton steps, all derivatives of a step being one
replay of n + 1 sets side by side. A Gaussian prior around the shipped defaults keeps small logs sane.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from greenroom.app.evaluation.answers import Answers, Bools, Floats, subset
from greenroom.app.evaluation.difficulty import Difficulties, by_row, refit, unknown
from greenroom.app.evaluation.lockstep import Layout, Replayed, layout_of, replay_batch
from greenroom.core.filtering import Parameters

MOST_TUNING_ROWS = 80_000
MOST_TUNING_ANSWERS = 4_000
"""Answers of one learner that enter the tuning: very long logs would leave too few learners in it."""
STEP = 0.05
PRIOR_SD = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A parameter that is tuned, on a scale where a step of 1 means about the same for all."""

    name: str
    scale: str
    low: float
    high: float
    needs_times: bool = False


KNOBS: tuple[Knob, ...] = (
    Knob(name="general_variance", scale="log", low=0.01, high=6.0),
    Knob(name="general_drift", scale="log", low=1e-5, high=0.1),
    Knob(name="general_gain", scale="gain", low=-0.2, high=0.4),
    Knob(name="general_fast_variance", scale="log", low=1e-3, high=3.0),
    Knob(name="general_fast_keep", scale="keep", low=0.2, high=0.995),
    Knob(name="topic_variance", scale="log", low=0.01, high=6.0),
    Knob(name="topic_drift", scale="log", low=1e-5, high=0.3),
    Knob(name="topic_gain", scale="gain", low=-0.2, high=0.6),
    Knob(name="topic_fast_variance", scale="log", low=1e-3, high=3.0),
    Knob(name="topic_fast_keep", scale="keep", low=0.2, high=0.995),
    Knob(name="item_variance", scale="log", low=0.01, high=6.0),
    Knob(name="item_gain_right", scale="gain", low=-1.0, high=4.0),
    Knob(name="item_gain_wrong", scale="gain", low=-1.0, high=4.0),
    Knob(name="retry_weight", scale="log", low=0.05, high=1.5),
    Knob(name="forgetting", scale="log", low=0.02, high=8.0, needs_times=True),
    Knob(name="drift_per_day", scale="log", low=1e-5, high=1.0, needs_times=True),
    Knob(name="general_half_life_days", scale="log", low=0.005, high=60.0, needs_times=True),
    Knob(name="topic_half_life_days", scale="log", low=0.005, high=200.0, needs_times=True),
)
_SCALES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "log": (math.log, math.exp),
    "keep": (lambda x: math.log(x / (1 - x)), lambda x: 1 / (1 + math.exp(-x))),
    "gain": (lambda x: x / 0.1, lambda x: x * 0.1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedFilter:
    """What a fit gives: parameters and difficulties; `parameters` stand for any learner, none is stored."""

    parameters: Parameters
    difficulties: Difficulties
    has_times: bool


def fit_filter(train: Answers, *, seed: int = 0) -> FittedFilter:
    """The filter fitted to the training learners. Deterministic by seed."""
    parameters = Parameters()
    has_times = train.has_times
    learners = np.random.default_rng(seed).permutation(np.unique(train.learner))
    if len(learners) >= 8:
        is_tuning = _tuning_part(train, learners)
        rest = subset(train, ~is_tuning)
        part = subset(train, is_tuning & (train.position < MOST_TUNING_ANSWERS))
        rest_layout, part_layout = layout_of(rest), layout_of(part)
        found = unknown(rest)
        for n_steps in (3, 4):
            found = fit_difficulties(rest, rest_layout, parameters, found, has_times=has_times, n_rounds=2)
            parameters = tune(part, part_layout, found, parameters, has_times=has_times, n_steps=n_steps)
    layout = layout_of(train)
    found = fit_difficulties(train, layout, parameters, unknown(train), has_times=has_times)
    return FittedFilter(parameters=parameters, difficulties=found, has_times=has_times)


def _tuning_part(train: Answers, learners: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Bools:
    """A quarter of the learners, fewer where that is more than enough rows."""
    lengths = np.bincount(train.learner, minlength=train.n_learners)[learners].clip(0, MOST_TUNING_ANSWERS)
    enough = int(np.searchsorted(np.cumsum(lengths), MOST_TUNING_ROWS)) + 1
    n = max(2, min(len(learners) // 4, enough))
    chosen = np.zeros(train.n_learners, np.bool_)
    chosen[learners[:n]] = True
    return chosen[train.learner]


def fit_difficulties(
    answers: Answers,
    layout: Layout,
    parameters: Parameters,
    found: Difficulties,
    *,
    has_times: bool,
    n_rounds: int = 3,
) -> Difficulties:
    """Replay and refit, alternately; three rounds from nothing come within 0.0001 of AUC of six."""
    for _ in range(n_rounds):
        seen = replay_with(answers, layout, [parameters], found, has_times=has_times)
        ability = seen.mean_logit[0] + by_row(answers, found).mean_logit
        found = refit(answers, found, ability, seen.ability_variance[0])
    return found


def replay_with(
    answers: Answers, layout: Layout, sets: Sequence[Parameters], found: Difficulties, *, has_times: bool
) -> Replayed:
    """Replays the log with learned difficulties."""
    row = by_row(answers, found)
    return replay_batch(
        layout,
        sets,
        difficulty_logit=row.mean_logit,
        difficulty_variance=row.variance,
        has_times=has_times,
    )


def tune(
    answers: Answers, layout: Layout, found: Difficulties, start: Parameters, *, has_times: bool, n_steps: int
) -> Parameters:
    """Damped Gauss-Newton on the log loss of the predictions, difficulties fixed."""
    knobs = [knob for knob in KNOBS if has_times or not knob.needs_times]
    centre, here = _pack(Parameters(), knobs), _pack(start, knobs)
    damping = 1.0
    y = answers.correct

    def predictions(points: Sequence[Floats]) -> Floats:
        sets = [_unpack(point, knobs) for point in points]
        seen = replay_with(answers, layout, sets, found, has_times=has_times)
        return np.clip(seen.probability_01, 1e-6, 1 - 1e-6)

    def cost(p: Floats, point: Floats) -> float:
        fit = -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum()
        return float(fit + 0.5 * (((point - centre) / PRIOR_SD) ** 2).sum())

    for _ in range(n_steps):
        around = [here, *(here + STEP * unit for unit in np.eye(len(knobs)))]
        p = predictions(around)
        slopes = (p[1:] - p[0]) / STEP
        weight = 1.0 / (p[0] * (1 - p[0]))
        gradient = slopes @ ((p[0] - y) * weight) + (here - centre) / PRIOR_SD**2
        curvature = (slopes * weight) @ slopes.T + np.eye(len(knobs)) / PRIOR_SD**2
        now = cost(p[0], here)
        dampings = [damping * factor for factor in (0.1, 1.0, 10.0, 100.0)]
        trials = [
            _bounded(here - np.linalg.solve(curvature + d * np.diag(np.diag(curvature)), gradient), knobs)
            for d in dampings
        ]
        costs = [cost(q, point) for q, point in zip(predictions(trials), trials, strict=True)]
        best = int(np.argmin(costs))
        if costs[best] >= now - 0.5:
            break
        here, damping = trials[best], dampings[best]
    return _unpack(here, knobs)


def _pack(parameters: Parameters, knobs: Sequence[Knob]) -> Floats:
    return np.array(
        [
            _SCALES[knob.scale][0](min(max(getattr(parameters, knob.name), knob.low), knob.high))
            for knob in knobs
        ]
    )


def _unpack(point: Floats, knobs: Sequence[Knob]) -> Parameters:
    values = {
        knob.name: float(_SCALES[knob.scale][1](float(x))) for knob, x in zip(knobs, point, strict=True)
    }
    return replace(Parameters(), **values)


def _bounded(point: Floats, knobs: Sequence[Knob]) -> Floats:
    low = np.array([_SCALES[knob.scale][0](knob.low) for knob in knobs])
    high = np.array([_SCALES[knob.scale][0](knob.high) for knob in knobs])
    return np.clip(point, low, high)
