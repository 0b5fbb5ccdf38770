"""All learner models side by side on one log: predictions strictly before each answer, learners held out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from threadpoolctl import threadpool_limits

from greenroom.app.evaluation.answers import Answers, Floats, fold_of, subset
from greenroom.app.evaluation.baselines import best_lr, elo, item_mean, pfa
from greenroom.app.evaluation.calibration_plot import Curve, calibration_svg, curve_of
from greenroom.app.evaluation.filter_fit import FittedFilter, fit_filter
from greenroom.app.evaluation.metrics import Gain, Scores, paired_gain, scores_of
from greenroom.app.evaluation.online import replay_online
from greenroom.app.evaluation.stack import filter_view, fit_stack, predict_stack

MODELS = ("item_mean", "elo", "pfa", "best_lr", "filter", "filter_stack")
ONLINE_SAMPLE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One model's scores and costs. `gain_over_best_lr` is in AUC; None for Best-LR itself."""

    model: str
    scores: Scores
    fit_s: float
    """Seconds of processor time, one thread: what an idle machine takes, whatever else runs on this one."""
    us_per_step: float
    """Microseconds of processor time to predict one answer and take it in."""
    gain_over_best_lr: Gain | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The whole run."""

    train_rows: int
    """Answers that any model was fitted on; with folds every answer is, in turn."""
    train_learners: int
    items: int
    skills: int
    test_rows: int
    test_learners: int
    has_times: bool
    results: tuple[Result, ...]
    curves: tuple[Curve, ...]

    def calibration_svg(self) -> str:
        """The calibration plot of all models."""
        return calibration_svg(self.curves)


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What a model's folds add up to."""

    p: Floats
    fit_s: float = 0.0
    step_s: float = 0.0
    steps: int = 0
    notes: list[str] = field(default_factory=list)


def compare(
    answers: Answers,
    *,
    models: Sequence[str] = MODELS,
    n_folds: int = 5,
    seed: int = 0,
    report: Callable[[str], None] = lambda text: None,
) -> Comparison:
    """Fits and measures the models. Without test rows: k-fold by learner, each learner predicted by the others."""
    if answers.is_test.any():
        parts = [(~answers.is_test, answers.is_test)]
    else:
        fold = fold_of(answers.n_learners, n_folds, seed)[answers.learner]
        parts = [(fold != k, fold == k) for k in range(n_folds)]
    tallies = {model: _Tally(p=np.full(answers.n, np.nan)) for model in models}
    trained = np.zeros(answers.n, np.bool_)
    for number, (train_rows, test_rows) in enumerate(parts, start=1):
        train, test = subset(answers, train_rows), subset(answers, test_rows)
        if not train.n or not test.n:
            continue
        trained |= train_rows
        fitted: FittedFilter | None = None
        for model in models:
            report(f"{model} (part {number} of {len(parts)})")
            tally = tallies[model]
            with threadpool_limits(limits=1):
                if model in _BASELINES:
                    tally.p[test_rows] = _run_baseline(model, train, test, tally)
                elif model == "filter":
                    fitted = _timed_fit(train, seed, tally)
                    tally.p[test_rows] = _run_filter(fitted, test, tally)
                else:
                    fitted = fitted or _timed_fit(train, seed, tally)
                    tally.p[test_rows] = _run_stack(fitted, train, test, seed, tally)
    tested = ~np.isnan(tallies[models[0]].p)
    if "filter" in tallies and "filter_stack" in tallies:
        # The stack needs the filter, in fitting as in every step.
        tallies["filter_stack"].fit_s += tallies["filter"].fit_s
    return Comparison(
        train_rows=int(trained.sum()),
        train_learners=len(np.unique(answers.learner[trained])),
        items=answers.n_items,
        skills=answers.n_skills,
        test_rows=int(tested.sum()),
        test_learners=len(np.unique(answers.learner[tested])),
        has_times=answers.has_times,
        results=tuple(_result(model, tallies, answers, tested, seed) for model in models),
        curves=tuple(curve_of(model, answers.correct[tested], tallies[model].p[tested]) for model in models),
    )


_BASELINES = {"item_mean": item_mean, "elo": elo, "pfa": pfa, "best_lr": best_lr}


def _run_baseline(model: str, train: Answers, test: Answers, tally: _Tally) -> Floats:
    begun = time.process_time()
    predict = _BASELINES[model](train)
    fitted = time.process_time()
    p = predict(test)
    tally.fit_s += fitted - begun
    tally.step_s += time.process_time() - fitted
    tally.steps += test.n
    return p


def _timed_fit(train: Answers, seed: int, tally: _Tally) -> FittedFilter:
    begun = time.process_time()
    fitted = fit_filter(train, seed=seed)
    tally.fit_s += time.process_time() - begun
    return fitted


def _run_filter(fitted: FittedFilter, test: Answers, tally: _Tally) -> Floats:
    """Predictions by the batch path; the cost of a step is that of the online path, which users run."""
    online = replay_online(test, fitted, most=ONLINE_SAMPLE)
    tally.step_s += online.seconds
    tally.steps += online.n
    view = filter_view(test, fitted)
    return np.asarray(1 / (1 + np.exp(-view[:, 0])))


def _run_stack(fitted: FittedFilter, train: Answers, test: Answers, seed: int, tally: _Tally) -> Floats:
    begun = time.process_time()
    stack = fit_stack(train, fitted, seed=seed)
    tally.fit_s += time.process_time() - begun
    view = filter_view(test, fitted)
    begun = time.process_time()
    p = predict_stack(stack, test, view)
    batch_us = (time.process_time() - begun) / test.n
    online = replay_online(test, fitted, most=ONLINE_SAMPLE)
    tally.step_s += online.seconds + batch_us * online.n
    tally.steps += online.n
    kept = "kept" if stack.is_kept else "not kept"
    tally.notes.append(f"{kept}: {stack.gain_nats:+.4f} nats on learners held out")
    return p


def _result(
    model: str, tallies: dict[str, _Tally], answers: Answers, tested: np.ndarray[tuple[int], np.dtype[np.bool_]],
    seed: int,
) -> Result:  # fmt: skip
    tally = tallies[model]
    y, learner, position = answers.correct[tested], answers.learner[tested], answers.position[tested]
    reference = tallies.get("best_lr")
    gain = None
    if reference is not None and model != "best_lr":
        gain = paired_gain(y, learner, tally.p[tested], reference.p[tested], seed=seed)
    return Result(
        model=model,
        scores=scores_of(y, tally.p[tested], position),
        fit_s=tally.fit_s,
        us_per_step=1e6 * tally.step_s / max(tally.steps, 1),
        gain_over_best_lr=gain,
        note="; ".join(tally.notes),
    )
