"""`greenroom bank …`: for people who write, check and build questions. Each command is imported when it runs."""

from __future__ import annotations

from collections.abc import Mapping

import click

from greenroom.cli.main import LateCommands, Place


class BankCommands(LateCommands):
    """The bank's commands: building must not wait for what checking imports."""

    places: Mapping[str, Place] = {
        "build": Place("greenroom.cli.bank_build", "build_command", "Compile the sources into one file."),
        "check": Place("greenroom.cli.bank_check", "check_command", "Report every problem of the sources."),
        "stats": Place(
            "greenroom.cli.bank_build", "stats_command", "Count what the bank holds, kind by kind."
        ),
        "lock": Place("greenroom.cli.bank_check", "lock_command", "Draw and prove the variants of families."),
        "mutate": Place("greenroom.cli.bank_check", "mutate_command", "Measure a coding problem's tests."),
        "blind": Place("greenroom.cli.bank_blind", "blind_command", "Solve items without sight of the key."),
        "new": Place("greenroom.cli.bank_build", "new_command", "Write the first text of a source."),
        "watch": Place("greenroom.cli.bank_build", "watch_command", "Build again whenever a source changes."),
        "export": Place("greenroom.cli.bank_exchange", "export_command", "Write items in another format."),
        "import": Place("greenroom.cli.bank_exchange", "import_command", "Take in questions of a file."),
        "report": Place(
            "greenroom.cli.bank_report", "report_command", "Show how items behave under answers."
        ),
    }


@click.group("bank", cls=BankCommands)
def bank_commands() -> None:
    """Write, check, build, measure and exchange the bank."""
