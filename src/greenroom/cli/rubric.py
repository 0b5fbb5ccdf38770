"""`greenroom rubric …`: for authors who write a rubric and want to see what it does."""

from __future__ import annotations

import json
from typing import TextIO

import click

from greenroom.app.rubric_lab import Trial, try_rubric
from greenroom.cli.grade import plain_grade, told
from greenroom.content.bank import load
from greenroom.core.ids import Plain
from greenroom.core.rubric import Grade, PointStatus
from greenroom.grading.explaining import Explanation, explain
from greenroom.settings import Settings
from greenroom.wiring import offline_grader

_SIGNS = {
    PointStatus.MET: "met",
    PointStatus.PARTLY: "partly",
    PointStatus.NOT_MET: "-",
    PointStatus.CONTRADICTED: "contra",
    PointStatus.UNSURE: "unsure",
}


@click.group("rubric")
def rubric_commands() -> None:
    """Try a rubric on answers."""


@rubric_commands.command("try")
@click.argument("question")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def try_command(question: str, file: TextIO, as_json: bool) -> None:
    """Show which words of FILE (- reads standard input) meet which point of QUESTION, why, and the samples beside it."""
    trial = try_rubric(load(Settings().bank_file), offline_grader(), question, file.read())
    if as_json:
        click.echo(json.dumps(_plain(trial), ensure_ascii=False))
        return
    click.echo(f"{trial.rubric.title}\n{told(trial.result)}\n")
    for point_id, why in _explained(trial).items():
        click.echo(f"{point_id}: {_why(why)}")
    click.echo("\n" + _samples_table(trial))


def _explained(trial: Trial) -> dict[str, Explanation]:
    if not isinstance(trial.result, Grade):
        return {}
    points = {point.id: point for point in trial.rubric.points}
    return {verdict.point_id: explain(points[verdict.point_id], verdict) for verdict in trial.result.points}


def _why(why: Explanation) -> str:
    parts = []
    if why.found:
        parts.append("has " + ", ".join(why.found))
    if why.missing:
        parts.append("lacks one of " + "; one of ".join("/".join(group) for group in why.missing))
    if why.anti_patterns:
        parts.append("holds what must not be there: " + ", ".join(why.anti_patterns))
    if why.is_denial:
        parts.append("is said in order to be denied")
    return "; ".join(parts)


def _samples_table(trial: Trial) -> str:
    columns = {"this answer": trial.result, **trial.samples}
    lines = ["".join([f"{'point':<34}", *(f"{name:>13}" for name in columns)])]
    statuses = {
        name: {v.point_id: v.status for v in result.points} if isinstance(result, Grade) else {}
        for name, result in columns.items()
    }
    for point in trial.rubric.points:
        cells = (_SIGNS[statuses[name].get(point.id, PointStatus.NOT_MET)] for name in columns)
        lines.append(f"{point.id:<34}" + "".join(f"{cell:>13}" for cell in cells))
    scores = (f"{r.score_01:.2f}" if isinstance(r, Grade) else "not scored" for r in columns.values())
    lines.append(f"{'score':<34}" + "".join(f"{score:>13}" for score in scores))
    return "\n".join(lines)


def _plain(trial: Trial) -> dict[str, Plain]:
    plain = plain_grade(trial.rubric.id, trial.result)
    plain["why"] = {
        point_id: {
            "found": list(why.found),
            "missing": [list(group) for group in why.missing],
            "anti_patterns": list(why.anti_patterns),
            "is_denial": why.is_denial,
        }
        for point_id, why in _explained(trial).items()
    }
    plain["samples"] = {
        label: plain_grade(trial.rubric.id, result) for label, result in trial.samples.items()
    }
    return plain
