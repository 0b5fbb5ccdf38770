"""The command list. Each noun has its own file; its group or commands are added here."""

from __future__ import annotations

import click

from greenroom import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="greenroom")
def cli() -> None:
    """Rehearse the whole AI/ML interview loop on your own machine."""


def main() -> None:
    """Entry point of the `greenroom` command."""
    cli(prog_name="greenroom")
