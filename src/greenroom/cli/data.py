"""`greenroom data …`: the learner's data out, in, rebuilt, deleted."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from greenroom.app import data as use_cases
from greenroom.app.accounts import only_learner
from greenroom.app.memory import fit_memory
from greenroom.core.errors import InputRejected
from greenroom.settings import Settings
from greenroom.wiring import opened

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_SHOWN_DIFFERENCES = 20


@click.group("data")
def data_commands() -> None:
    """Export, import, rebuild or delete everything you did."""


@data_commands.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--force", is_flag=True, help="Replace the file where it exists.")
@_JSON
def export(file: Path, force: bool, as_json: bool) -> None:
    """Write everything to FILE, one JSON file (- for the standard output)."""
    with opened(Settings()) as deps:
        pieces = use_cases.export(deps, only_learner())
        if str(file) == "-":
            for piece in pieces:
                sys.stdout.write(piece)
            return
        if file.exists() and not force:
            raise InputRejected(f"{file} exists.", hint="Choose another name, or add --force to replace it.")
        write_whole(file, pieces)
    if as_json:
        click.echo(json.dumps({"file": str(file), "bytes": file.stat().st_size}))
    else:
        click.echo(f"Wrote {file} ({file.stat().st_size:,} bytes). It holds everything; keep it to yourself.")


@data_commands.command("rescue")
@click.argument("database", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_JSON
def rescue(database: Path, file: Path, as_json: bool) -> None:
    """Read what can be read out of a damaged DATABASE into FILE, for `greenroom data import`."""
    if file.exists():
        raise InputRejected(f"{file} exists.", hint="Choose another name.")
    found = use_cases.rescue_text(database, only_learner())
    write_whole(file, [found.text])
    if as_json:
        click.echo(json.dumps({"file": str(file), "events": found.events, "unreadable": found.unreadable}))
    else:
        click.echo(f"{found.events} events read into {file}; {found.unreadable} places could not be read.")


def write_whole(file: Path, pieces: Iterable[str]) -> None:
    """Writes beside the file and renames: a full disk leaves an older one whole. Raises InputRejected."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with partial.open("w", encoding="utf-8") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputRejected(
            f"{file} could not be written ({error.strerror}).", hint="Choose another place."
        ) from error


@data_commands.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True))
@click.option("--skip-bad-rows", is_flag=True, help="Leave out rows that cannot be read, take the others.")
@_JSON
def import_(file: Path, skip_bad_rows: bool, as_json: bool) -> None:
    """Take over an exported FILE. What is already here is not counted twice."""
    text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    with opened(Settings()) as deps:
        done = use_cases.import_text(deps, only_learner(), text, skips_bad_rows=skip_bad_rows)
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
    else:
        click.echo(f"{done.added} events added, {done.already_here} were already here.")
        for refusal in done.refused:
            click.echo(f"  row {refusal.row} ({refusal.event_id or 'no id'}): {refusal.reason}", err=True)
        if done.n_refused and done.was_kept:
            click.echo(f"{done.n_refused} rows were left out.", err=True)
    if not done.was_kept:
        if not as_json:
            click.echo(
                f"{done.n_refused} rows cannot be taken, so nothing was imported. "
                "Correct them, or leave them out with --skip-bad-rows.",
                err=True,
            )
        sys.exit(1)


@data_commands.command("rebuild")
@_JSON
def rebuild(as_json: bool) -> None:
    """Compute everything shown anew from the events, and say what differed."""
    with opened(Settings()) as deps:
        done = use_cases.rebuild(deps, only_learner())
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    click.echo(f"{done.events} events folded into {done.rows} rows; {len(done.differences)} differed.")
    for found in done.differences[:_SHOWN_DIFFERENCES]:
        what = (
            "was missing"
            if found.stored is None
            else "was extra"
            if found.rebuilt is None
            else "was corrected"
        )
        click.echo(f"  {found.table} {found.key}: {what}")


@data_commands.command("fit-memory")
@_JSON
def fit_memory_(as_json: bool) -> None:
    """Fit the times at which questions come back to your own forgetting, once there are enough reviews."""
    with opened(Settings()) as deps:
        done = fit_memory(deps, only_learner())
    if as_json:
        click.echo(json.dumps(asdict(done)))
        return
    if done.was_fitted_now and done.loss_before is not None and done.loss_after is not None:
        click.echo(
            f"Fitted to {done.fitted_to:,} reviews: log loss {done.loss_before:.4f} before, "
            f"{done.loss_after:.4f} now. It holds from the next review on."
        )
    elif done.fitted_to:
        click.echo(f"The weights in use were fitted to {done.fitted_to:,} of your reviews.")
    else:
        click.echo("The default weights are in use.")
    click.echo(
        f"You have {done.n_reviews:,} reviews a day or more after the last one of their question; "
        f"the next fit is made at {done.next_fit_at:,}."
    )


@data_commands.command("delete")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_JSON
def delete(yes: bool, as_json: bool) -> None:
    """Delete everything you did. There is no way back; export first if you may want it."""
    settings = Settings()
    if not yes:
        click.echo(f"This deletes every answer, submission, mock and plan in {settings.database_file}.")
        if click.prompt("Type DELETE to go on", default="", show_default=False) != "DELETE":
            raise click.Abort
    with opened(settings) as deps:
        done = use_cases.delete_everything(deps, only_learner())
    if as_json:
        click.echo(json.dumps(asdict(done)))
    else:
        click.echo(f"{done.events} events and everything made from them are gone.")
