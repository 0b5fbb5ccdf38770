"""`greenroom bank blind`: items solved without sight of the key."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO

import click

from greenroom.app import blind_solving
from greenroom.app.blind_solving import SolveReport
from greenroom.cli.bank_options import BANK, JSON, sources_at
from greenroom.content.blind import Ruling, blind_form, readable
from greenroom.content.records import record_of


@click.command("blind")
@click.option(
    "--sample", "n_items", type=click.IntRange(min=1), help="Print so many items without their keys."
)
@click.option("--area", help="Only items of this area.")
@click.option("--seed", type=int, default=0, help="Another seed prints other items.")
@click.option("--again", is_flag=True, help="Also items that were solved before.")
@click.option("--families", "with_families", is_flag=True, help="Also one variant of each family.")
@click.option(
    "--record", "answers", type=click.File("r", encoding="utf-8"), help="Take answers in, JSON lines."
)
@click.option("--solver", default="", help="Who answered.")
@click.option("--open", "list_open", is_flag=True, help="List disputes that nobody ruled on.")
@click.option("--rule", "ruled_id", help="Rule on the dispute over this item.")
@click.option("--verdict", type=click.Choice(["keep", "drop"]), default="keep")
@click.option("--by", default="", help="Who rules.")
@click.option("--reason", default="", help="Why.")
@click.option("--source", default="", help="Where it can be read.")
@BANK
@JSON
def blind_command(
    n_items: int | None,
    area: str | None,
    seed: int,
    again: bool,
    with_families: bool,
    answers: TextIO | None,
    solver: str,
    list_open: bool,
    ruled_id: str | None,
    verdict: str,
    by: str,
    reason: str,
    source: str,
    bank_dir: Path | None,
    as_json: bool,
) -> None:
    """Solve items without sight of the key, take the answers in, rule on disputes.

    Answers are JSON lines of id, hash, answer and reason; `"answer": null` says that an item is ambiguous.
    """
    folder = sources_at(bank_dir)
    if n_items is not None:
        items = blind_solving.sample(
            folder, n_items=n_items, area=area, seed=seed, with_solved=again, with_families=with_families
        )
        for item in items:
            shown = json.dumps(blind_form(item), ensure_ascii=False) if as_json else readable(item)
            click.echo(shown)
    elif answers is not None:
        _say_solved(blind_solving.record(folder, answers.read(), solver), as_json)
    elif ruled_id is not None:
        ruling = Ruling(by=by, verdict=verdict, reason=reason, source=source)
        blind_solving.rule(folder, ruled_id, ruling)
    elif list_open:
        for solve in blind_solving.disputes(folder):
            click.echo(
                json.dumps(record_of(solve), ensure_ascii=False)
                if as_json
                else f"{solve.id}: {solve.solver} {solve.outcome} with {solve.answer!r}: {solve.reason}"
            )
    else:
        raise click.UsageError("Name one of --sample, --record, --open, --rule.")


def _say_solved(report: SolveReport, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(record_of(report), ensure_ascii=False))
    else:
        click.echo(
            f"{len(report.agreed)} agreed, {len(report.disputed)} disputed, {len(report.refused)} refused."
        )
        for name in report.disputed:
            click.echo(f"disputed: {name}")
    for line in report.refused:
        click.echo(f"refused, line {line}", err=True)
    if report.refused:
        sys.exit(1)
