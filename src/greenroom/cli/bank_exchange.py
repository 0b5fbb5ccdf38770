"""`greenroom bank export | import`: items in Greenroom's and in other programs' formats."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from greenroom.app import exchange
from greenroom.cli.bank_options import BANK, sources_at
from greenroom.content.records import record_of

_FORMATS = {
    ".jsonl": "jsonl",
    ".xml": "moodle",
    ".gift": "gift",
    ".txt": "gift",
    ".csv": "csv",
    ".apkg": "anki",
}


@click.command("export")
@click.option("--format", "format_", type=click.Choice(exchange.EXPORTS), default="jsonl", show_default=True)
@click.option("--area", help="Only items of this area (not for JSON lines).")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; default: print it."
)
@BANK
def export_command(format_: str, area: str | None, out: Path | None, bank_dir: Path | None) -> None:
    """Write the bank as JSON lines (with or without keys), Moodle XML, GIFT or an Anki package."""
    folder = sources_at(bank_dir)
    if out is not None:
        report = exchange.export(folder, format_, out, area=area)
    elif format_ == "anki":
        raise click.UsageError("An Anki package needs --out FILE.apkg.")
    else:
        text, report = exchange.exported_text(folder, format_, area=area)
        click.echo(text, nl=False)
    for refused in report.refused:
        click.echo(f"left out: {refused.row}: {refused.reason}", err=True)
    if out is not None:
        click.echo(f"{report.n_written} written to {out}.", err=True)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format", "format_", type=click.Choice(exchange.IMPORTS), help="Default: by the file's ending."
)
@click.option("--topic", help="Topic of rows that name none.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Judge every row and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@BANK
def import_command(
    file: Path, format_: str | None, topic: str | None, is_dry: bool, as_json: bool, bank_dir: Path | None
) -> None:
    """Take the sound questions of a file into the bank's sources; every other row is named with its reason."""
    chosen = format_ or _FORMATS.get(file.suffix.lower())
    if chosen not in exchange.IMPORTS:
        raise click.UsageError("The format cannot be told from the file's name; add --format.")
    report = exchange.import_file(sources_at(bank_dir), file, chosen, topic=topic, is_dry=is_dry)
    if as_json:
        click.echo(json.dumps(record_of(report), ensure_ascii=False))
    else:
        for refused in report.refused:
            click.echo(f"refused: {refused.row}: {refused.reason}", err=True)
        verb = "would be taken" if is_dry else "taken"
        click.echo(f"{len(report.taken)} {verb}, {len(report.refused)} refused (read as {report.encoding}).")
        if report.made_misconceptions:
            click.echo(f"{len(report.made_misconceptions)} misconceptions were made; give them better words.")
        for name in report.files:
            click.echo(f"wrote {name}")
    if report.refused:
        sys.exit(1)
