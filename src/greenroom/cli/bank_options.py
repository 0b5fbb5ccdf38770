"""Options that the bank's commands share."""

from __future__ import annotations

from pathlib import Path

import click

from greenroom.app.bank import bank_folder

BANK = click.option(
    "--bank",
    "bank_dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of the bank's sources; by default the checkout's bank/.",
)
OUT = click.option(
    "--out",
    "out_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Compiled file; by default the one Greenroom uses.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
QUIET = click.option("--quiet", is_flag=True, help="Print errors only.")


def sources_at(bank_dir: Path | None) -> Path:
    """The folder named, or the one found from here. Raises BankMissing where there is none."""
    return bank_dir or bank_folder(Path.cwd())
