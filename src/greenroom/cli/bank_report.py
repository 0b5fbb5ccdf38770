"""`greenroom bank report`: items under real answers."""

from __future__ import annotations

import json

import click

from greenroom.app.item_statistics import answers_in, item_statistics
from greenroom.cli.bank_options import JSON
from greenroom.content.records import record_of
from greenroom.settings import Settings
from greenroom.wiring import opened


@click.command("report")
@click.option("--all", "with_all", is_flag=True, help="Also items without a flag.")
@JSON
def report_command(with_all: bool, as_json: bool) -> None:
    """Show how items behave under the answers given so far, those to look at first."""
    with opened(Settings()) as deps:
        entries = item_statistics(deps.bank, answers_in(deps))
    shown = [entry for entry in entries if with_all or entry.flags]
    if as_json:
        click.echo(json.dumps([record_of(entry) for entry in shown], ensure_ascii=False))
        return
    for entry in shown:
        told = "; ".join(entry.flags) or "no flag"
        click.echo(
            f"{entry.item_id}: {entry.n_answers} answers, facility {entry.facility_01:.0%}, "
            f"{entry.median_seconds:.0f} s: {told}"
        )
    click.echo(
        f"{len(entries)} items have answers, {sum(bool(entry.flags) for entry in entries)} are flagged."
    )
