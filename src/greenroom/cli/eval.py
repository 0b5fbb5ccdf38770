"""`greenroom eval`: the learner model and the grader, measured on a person's own data."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

import click

from greenroom.app.evaluation.answers import read_answers, with_test_share
from greenroom.app.evaluation.compare import MODELS, Comparison, Result, compare
from greenroom.app.evaluation.compare_graders import GRADERS, GraderComparison, GraderResult, compare_graders
from greenroom.app.evaluation.graded_answers import read_graded
from greenroom.app.evaluation.grading_metrics import GradingScores
from greenroom.app.evaluation.new_items import new_item_curve
from greenroom.core.ids import Plain

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("eval")
def eval_commands() -> None:
    """Evaluate the learner model and the grader on data."""


@eval_commands.command("learner")
@click.option(
    "--data", required=True, type=_FILE, help="CSV: learner, item, skills (a~~b), correct, timestamp."
)
@click.option("--train", type=_FILE, help="CSV of other learners to fit on; --data is then only predicted.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2, 50), help="Folds by learner.")
@click.option(
    "--test-share", type=click.FloatRange(0.01, 0.9), help="One random split by learner instead of folds."
)
@click.option("--models", default=",".join(MODELS), show_default=True, help="Models to compare, by comma.")
@click.option("--seed", default=0, show_default=True, help="Seed of splits and of the bootstrap.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--plot", type=click.Path(dir_okay=False, path_type=Path), help="Write a calibration plot (SVG)."
)
def learner(
    data: Path,
    train: Path | None,
    folds: int,
    test_share: float | None,
    models: str,
    seed: int,
    as_json: bool,
    plot: Path | None,
) -> None:
    """Compare learner models on a log of answers.

    Every answer is predicted strictly before it is taken in, by models fitted on other learners.
    """
    names = [name.strip() for name in models.split(",") if name.strip()]
    unknown = [name for name in names if name not in MODELS]
    if unknown or not names:
        raise click.BadParameter(f"{unknown or 'none'}; known: {', '.join(MODELS)}", param_hint="--models")
    parts = [(data, train is not None)] + ([(train, False)] if train else [])
    answers = read_answers(parts)
    if test_share is not None and train is None:
        answers = with_test_share(answers, test_share, seed=seed)
    comparison = compare(
        answers,
        models=names,
        n_folds=folds,
        seed=seed,
        report=lambda text: click.echo(f"  {text}", err=True) if not as_json else None,
    )
    if plot is not None:
        plot.write_text(comparison.calibration_svg(), encoding="utf-8")
    click.echo(json.dumps(_plain(comparison), allow_nan=False) if as_json else _table(comparison))


@eval_commands.command("new-items")
@click.option("--data", required=True, type=_FILE, help="CSV as for `eval learner`.")
@click.option(
    "--train", type=_FILE, help="CSV of other learners to fit on; else a fifth of them is held out."
)
@click.option("--seed", default=0, show_default=True, help="Seed of what is hidden and of the author's word.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def new_items(data: Path, train: Path | None, seed: int, as_json: bool) -> None:
    """Hide a fifth of the items: how well are they predicted from topic, author's word, a few answers?"""
    parts = [(data, train is not None)] + ([(train, False)] if train else [])
    answers = read_answers(parts)
    if train is None:
        answers = with_test_share(answers, 0.2, seed=seed)
    curve = new_item_curve(answers, seed=seed)
    if as_json:
        click.echo(json.dumps(asdict(curve)))
        return
    click.echo(f"{curve.hidden_items:,} items hidden, {curve.test_rows:,} test answers to them")
    for score in curve.scores:
        click.echo(f"  {score.known:<36} AUC {score.auc:.4f}  log loss {score.log_loss:.4f}")


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def _plain(comparison: Comparison) -> dict[str, Plain]:
    return {
        "rows": comparison.test_rows,
        "learners": comparison.test_learners,
        "train_rows": comparison.train_rows,
        "train_learners": comparison.train_learners,
        "items": comparison.items,
        "skills": comparison.skills,
        "has_times": comparison.has_times,
        "results": [_plain_result(result) for result in comparison.results],
    }


def _plain_result(result: Result) -> dict[str, Plain]:
    scores, gain = result.scores, result.gain_over_best_lr
    plain: dict[str, Plain] = {
        "model": result.model,
        "auc": _number(scores.auc),
        "accuracy": _number(scores.accuracy),
        "log_loss": _number(scores.log_loss),
        "brier": _number(scores.brier),
        "ece": _number(scores.ece),
        "auc_first10": _number(scores.auc_first10),
        "fit_s": round(result.fit_s, 3),
        "us_per_step": round(result.us_per_step, 3),
    }
    if gain is not None:
        plain["auc_gain_over_best_lr"] = _number(gain.gain)
        plain["auc_gain_over_best_lr_95"] = [_number(gain.low), _number(gain.high)]
    if result.note:
        plain["note"] = result.note
    return plain


def _table(comparison: Comparison) -> str:
    head = f"{'model':<13}{'AUC':>8}{'acc.':>8}{'log loss':>10}{'Brier':>8}{'ECE':>8}{'first 10':>10}"
    lines = [
        f"{comparison.test_rows:,} answers of {comparison.test_learners:,} learners predicted"
        f" ({comparison.items:,} items, {comparison.skills:,} skills,"
        f" {'with' if comparison.has_times else 'without'} times)",
        "",
        head + f"{'fit s':>8}{'us/step':>9}  gain in AUC over Best-LR (95 %)",
    ]
    for result in comparison.results:
        s, gain = result.scores, result.gain_over_best_lr
        words = "" if gain is None else f"{gain.gain:+.4f} ({gain.low:+.4f} to {gain.high:+.4f})"
        lines.append(
            f"{result.model:<13}{s.auc:>8.4f}{s.accuracy:>8.4f}{s.log_loss:>10.4f}{s.brier:>8.4f}{s.ece:>8.4f}"
            f"{s.auc_first10:>10.4f}{result.fit_s:>8.2f}{result.us_per_step:>9.2f}  {words}"
        )
        if result.note:
            lines.append(f"{'':<13}{result.note}")
    return "\n".join(lines)


@eval_commands.command("grader")
@click.option(
    "--data", required=True, type=_FILE, help="JSON lines: question, references, answer, score (0 to 1)."
)
@click.option("--train", type=_FILE, help="JSON lines to fit on; --data is then only predicted.")
@click.option("--folds", default=10, show_default=True, type=click.IntRange(2, 50), help="Folds by question.")
@click.option(
    "--exemplars",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help="Graded answers a question shown first.",
)
@click.option(
    "--min-words", default=0, show_default=True, type=click.IntRange(0), help="Only answers so long."
)
@click.option("--models", default=",".join(GRADERS), show_default=True, help="Models to compare, by comma.")
@click.option("--seed", default=0, show_default=True, help="Seed of folds, exemplars and fits.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def grader(
    data: Path,
    train: Path | None,
    folds: int,
    exemplars: int,
    min_words: int,
    models: str,
    seed: int,
    as_json: bool,
) -> None:
    """Compare graders on answers that people have marked.

    What is trained is fitted on other questions (or on the rows marked `train`) and thrown away afterwards.
    """
    names = [name.strip() for name in models.split(",") if name.strip()]
    unknown = [name for name in names if name not in GRADERS]
    if unknown or not names:
        raise click.BadParameter(f"{unknown or 'none'}; known: {', '.join(GRADERS)}", param_hint="--models")
    comparison = compare_graders(
        read_graded(data, train),
        models=names,
        n_folds=folds,
        n_exemplars=exemplars,
        fewest_words=min_words,
        seed=seed,
        report=lambda text: click.echo(f"  {text}", err=True) if not as_json else None,
    )
    click.echo(
        json.dumps(_plain_graders(comparison), allow_nan=False) if as_json else _grader_table(comparison)
    )


def _plain_graders(comparison: GraderComparison) -> dict[str, Plain]:
    return {
        "answers": comparison.answers,
        "questions": comparison.questions,
        "train_answers": comparison.train_answers,
        "levels": comparison.levels,
        "exemplars": comparison.exemplars,
        "results": [_plain_grader(result) for result in comparison.results],
    }


def _plain_grader(result: GraderResult) -> dict[str, Plain]:
    plain: dict[str, Plain] = {"model": result.model, **_plain_scores(result.scores)}
    plain["ms_per_answer"] = round(result.ms_per_answer, 3)
    if result.by_split:
        plain["by_split"] = {name: _plain_scores(scores) for name, scores in result.by_split.items()}
    return plain


def _plain_scores(scores: GradingScores) -> dict[str, Plain]:
    return {
        "qwk": _number(scores.qwk),
        "pearson": _number(scores.pearson),
        "rmse": _number(scores.rmse),
        "macro_f1": _number(scores.macro_f1),
        "weighted_f1": _number(scores.weighted_f1),
        "brier": _number(scores.brier),
        "ece": _number(scores.ece),
        "accuracy_at_coverage": {share: _number(v) for share, v in scores.accuracy_at_coverage.items()},
    }


def _grader_table(comparison: GraderComparison) -> str:
    head = "".join(f"{name:>9}" for name in ("QWK", "Pearson", "RMSE", "macro F1", "wtd. F1", "Brier", "ECE"))
    lines = [
        f"{comparison.answers:,} answers to {comparison.questions:,} questions"
        f" ({comparison.levels} levels, {comparison.exemplars:,} exemplars)",
        "",
        f"{'model':<21}{head}{'acc.':>9}{'acc. 60%':>9}{'ms':>8}",
    ]
    for result in comparison.results:
        for name, s in [(result.model, result.scores), *((f"  {k}", v) for k, v in result.by_split.items())]:
            figures = (s.qwk, s.pearson, s.rmse, s.macro_f1, s.weighted_f1, s.brier, s.ece)
            coverage = s.accuracy_at_coverage
            lines.append(
                f"{name:<21}{''.join(f'{v:>9.3f}' for v in figures)}{coverage['1.0']:>9.3f}{coverage['0.6']:>9.3f}"
                + (f"{result.ms_per_answer:>8.2f}" if name == result.model else "")
            )
    return "\n".join(lines)
