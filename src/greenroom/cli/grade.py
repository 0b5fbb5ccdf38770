"""`greenroom grade`: one answer against the rubric of its question, offline. Nothing is recorded."""

from __future__ import annotations

import json
from typing import TextIO

import click

from greenroom.app.rubric_lab import grade_answer, rubric_of
from greenroom.content.bank import load
from greenroom.core.ids import Plain
from greenroom.core.rubric import Grade, GradeResult, PointVerdict
from greenroom.settings import Settings
from greenroom.wiring import offline_grader


@click.command("grade")
@click.argument("question")
@click.option(
    "--file",
    "answer",
    required=True,
    type=click.File(encoding="utf-8", errors="replace"),
    help="The answer; - reads standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def grade(question: str, answer: TextIO, as_json: bool) -> None:
    """Grade an answer to QUESTION (the id of an open question, design case or story prompt)."""
    bank = load(Settings().bank_file)
    rubric = rubric_of(bank, question)
    result = grade_answer(bank, offline_grader(), question, answer.read())
    if as_json:
        click.echo(json.dumps(plain_grade(question, result), ensure_ascii=False))
        return
    click.echo(rubric.title)
    click.echo(told(result))


def plain_grade(question: str, result: GradeResult) -> dict[str, Plain]:
    """The grade as plain data; `unscored` holds the reason where there is no grade."""
    if not isinstance(result, Grade):
        return {"question": question, "unscored": result.reason}
    return {
        "question": question,
        "score_01": round(result.score_01, 4),
        "low_01": round(result.low_01, 4),
        "high_01": round(result.high_01, 4),
        "is_calibrated": result.is_calibrated,
        "points": [_plain_point(verdict) for verdict in result.points],
        "mistakes": [
            {"mistake": spotted.mistake.value, "why": spotted.why, "quote": spotted.quote}
            for spotted in result.mistakes
        ],
        "set_aside": list(result.set_aside),
    }


def _plain_point(verdict: PointVerdict) -> dict[str, Plain]:
    return {
        "id": verdict.point_id,
        "status": verdict.status.value,
        "probability_01": verdict.probability_01,
        "quote": verdict.quote,
        "start": verdict.start,
    }


def told(result: GradeResult) -> str:
    """The grade in lines for people."""
    if not isinstance(result, Grade):
        return f"Not scored: {result.reason}"
    calibrated = "" if result.is_calibrated else ", not calibrated"
    lines = [f"Score {result.score_01:.2f} ({result.low_01:.2f} to {result.high_01:.2f}{calibrated})", ""]
    for verdict in result.points:
        words = " ".join(verdict.quote.split())
        quote = f"“{words}”" if words else ""
        lines.append(
            f"{verdict.status.value:<13}{verdict.probability_01:>5.2f}  {verdict.point_id:<32} {quote}".rstrip()
        )
    lines += [f"Mistake: {spotted.why} {spotted.quote}".rstrip() for spotted in result.mistakes]
    lines += [f"Set aside, not read as an answer: {text}" for text in result.set_aside]
    return "\n".join(lines)
