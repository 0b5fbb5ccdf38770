"""The command list. Each noun has its own file, imported only when its command runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import NamedTuple

import click

from greenroom import __version__
from greenroom.core.errors import GreenroomError


class Place(NamedTuple):
    """Where a command is, and what `greenroom --help` says of it."""

    module: str
    name: str
    help: str


COMMANDS: Mapping[str, Place] = {
    "serve": Place("greenroom.cli.serve", "serve", "Start Greenroom and open it in the browser."),
    "practice": Place("greenroom.cli.practice", "practice", "Practise in the terminal."),
    "code": Place("greenroom.cli.code", "code_commands", "Solve coding problems in your own editor."),
    "outcome": Place("greenroom.cli.outcome", "outcome", "Record how a real interview went."),
    "data": Place("greenroom.cli.data", "data_commands", "Export, import, rebuild or delete your data."),
    "doctor": Place("greenroom.cli.doctor", "doctor", "Check this machine, each finding with its remedy."),
    "bank": Place("greenroom.cli.bank", "bank_commands", "Write, check, build and measure the bank."),
    "judge": Place("greenroom.cli.judge", "judge_commands", "Look into the sandbox that runs code."),
    "worker": Place("greenroom.cli.worker", "worker", "Judge submissions that a server queues."),
    "grade": Place("greenroom.cli.grade", "grade", "Grade one answer against its question's rubric."),
    "rubric": Place("greenroom.cli.rubric", "rubric_commands", "Try a rubric on answers."),
    "eval": Place(
        "greenroom.cli.eval", "eval_commands", "Evaluate the learner model and the grader on data."
    ),
    "simulate": Place("greenroom.cli.simulate", "simulate_commands", "Simulate learners and interviews."),
    "bench": Place("greenroom.cli.bench", "bench_commands", "Measure Greenroom on this machine."),
}


class LateCommands(click.Group):
    """A group whose commands are imported when they are called: `greenroom --help` stays quick."""

    places: Mapping[str, Place] = COMMANDS
    """Name -> where the command is, in the order shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order of `places`."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        try:
            module = importlib.import_module(place.module)
        except ModuleNotFoundError as error:
            if error.name != place.module:
                raise
            raise click.ClickException(f"`greenroom {cmd_name}` is not part of this version.") from error
        command: click.Command = getattr(module, place.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in self.places.items()])


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="greenroom")
def cli() -> None:
    """Rehearse the whole AI/ML interview loop on your own machine."""


def main() -> None:
    """Entry point of the `greenroom` command: an error is one sentence and what to do now, never a traceback."""
    try:
        cli(prog_name="greenroom")
    except GreenroomError as error:
        click.echo(f"greenroom: {error.message}", err=True)
        if error.hint:
            click.echo(error.hint, err=True)
        sys.exit(1)
