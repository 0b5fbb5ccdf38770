"""`greenroom bank build | stats | new | watch`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from greenroom.app import bank as use_cases
from greenroom.app.bank_watching import watched
from greenroom.cli.bank_options import BANK, JSON, OUT, QUIET, sources_at
from greenroom.content.bank import COMPILED_FILE
from greenroom.content.compiling import BuildReport
from greenroom.content.scaffolding import KINDS
from greenroom.core.errors import GreenroomError
from greenroom.core.items import Kind


@click.command("build")
@BANK
@OUT
@click.option("--release", "is_release", is_flag=True, help="Leave out what was not blind-solved and ruled.")
@click.option("--strict", is_flag=True, help="Fail where anything had to be left out.")
@QUIET
@JSON
def build_command(
    bank_dir: Path | None, out_file: Path | None, is_release: bool, strict: bool, quiet: bool, as_json: bool
) -> None:
    """Compile the sources into the one file that Greenroom reads."""
    report = use_cases.build_bank(sources_at(bank_dir), out_file, is_release=is_release)
    if as_json:
        click.echo(json.dumps(use_cases.build_data(report), ensure_ascii=False))
    elif not quiet:
        _say_build(report)
    if report.findings and not as_json:
        click.echo(
            f"{len(report.findings)} problems; what they touch was left out. See `greenroom bank check`.",
            err=True,
        )
    if strict and report.findings:
        sys.exit(1)


def _say_build(report: BuildReport) -> None:
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in report.counts.items() if count)
    click.echo(f"Wrote {report.out_file} ({report.bytes_written / 1000:,.0f} kB, {report.hash[:12]}).")
    click.echo(f"{counts}; {report.n_compiled} of {report.n_sources} sources compiled anew.")
    if report.unsolved:
        verb = (
            "left out of the release" if report.is_release else "not blind-solved (a release leaves them out)"
        )
        click.echo(f"{report.unsolved} authored items {verb}.")


@click.command("stats")
@click.option("--bank-file", type=click.Path(path_type=Path), default=None, help="Compiled bank to count.")
@BANK
@JSON
def stats_command(bank_file: Path | None, bank_dir: Path | None, as_json: bool) -> None:
    """Count what the compiled bank holds. Kinds are counted apart, never added up."""
    counts = use_cases.stats_of(bank_file, bank_dir)
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    for name, value in counts.items():
        if isinstance(value, dict):
            click.echo(f"{name}:")
            for key, entry in value.items():
                shown = ", ".join(f"{k} {v}" for k, v in entry.items()) if isinstance(entry, dict) else entry
                click.echo(f"  {key}: {shown}")
        else:
            click.echo(f"{name}: {value}")


@click.command("new")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name")
@click.option("--topic", default="", help="Topic it belongs to.")
@click.option("--kind", "item_kind", type=click.Choice([kind.value for kind in Kind]), default="choice")
@BANK
def new_command(kind: str, name: str, topic: str, item_kind: str, bank_dir: Path | None) -> None:
    """Write the first text of an item, family, problem, open question, design, story or explain page."""
    folder = sources_at(bank_dir)
    files = use_cases.new_source(folder, kind, name, topic=topic, item_kind=item_kind)
    for file in files:
        click.echo(str(file))


@click.command("watch")
@BANK
@OUT
def watch_command(bank_dir: Path | None, out_file: Path | None) -> None:
    """Build again whenever a source changes, until Ctrl-C."""
    folder = sources_at(bank_dir)
    try:
        for report in watched(folder, out_file or COMPILED_FILE, lambda: time.sleep(0.3)):
            if isinstance(report, GreenroomError):
                click.echo(str(report), err=True)
                continue
            for finding in report.findings:
                click.echo(str(finding), err=True)
            click.echo(
                f"{report.hash[:12]}: {report.n_compiled} sources compiled, {len(report.findings)} problems."
            )
    except KeyboardInterrupt:
        click.echo("Stopped.")
