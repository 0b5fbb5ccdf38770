"""`greenroom bank …`: for people who write, check and build questions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from greenroom.app import bank as use_cases
from greenroom.app import blind_solving, proving
from greenroom.app.bank import Proofs
from greenroom.app.blind_solving import SolveReport
from greenroom.content.blind import Ruling, blind_form, readable
from greenroom.content.compiling import BuildReport
from greenroom.content.records import record_of
from greenroom.core.errors import GreenroomError
from greenroom.core.ports import Judge
from greenroom.settings import Settings
from greenroom.wiring import offline_grader, opened_judge

_BANK = click.option(
    "--bank",
    "bank_dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of the bank's sources; by default the checkout's bank/.",
)
_OUT = click.option(
    "--out",
    "out_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Compiled file; by default the one Greenroom uses.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_QUIET = click.option("--quiet", is_flag=True, help="Print errors only.")


@click.group("bank")
def bank_commands() -> None:
    """Write, check, build, measure and exchange the bank."""


def sources_at(bank_dir: Path | None) -> Path:
    """The folder named, or the one found from here. Ends the command where there is none."""
    try:
        return bank_dir or use_cases.bank_folder(Path.cwd())
    except GreenroomError as error:
        raise click.ClickException(str(error)) from error


@bank_commands.command("build")
@_BANK
@_OUT
@click.option("--release", "is_release", is_flag=True, help="Leave out what was not blind-solved and ruled.")
@click.option("--strict", is_flag=True, help="Fail where anything had to be left out.")
@_QUIET
@_JSON
def build_command(
    bank_dir: Path | None, out_file: Path | None, is_release: bool, strict: bool, quiet: bool, as_json: bool
) -> None:
    """Compile the sources into the one file that Greenroom reads."""
    try:
        report = use_cases.build_bank(sources_at(bank_dir), out_file, is_release=is_release)
    except GreenroomError as error:
        raise click.ClickException(str(error)) from error
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


@bank_commands.command("check")
@_BANK
@click.option("--families", "families", is_flag=True, help="Run the key routes of every locked variant.")
@click.option("--executable", "claims", is_flag=True, help="Run the checks of items in the sandbox.")
@click.option("--problems", is_flag=True, help="Run the solutions of coding problems in the sandbox.")
@click.option("--mutants", is_flag=True, help="With --problems: measure how many mutants the tests kill.")
@click.option("--rubrics", is_flag=True, help="Try every rubric against the offline grader.")
@_QUIET
@_JSON
def check_command(
    bank_dir: Path | None,
    families: bool,
    claims: bool,
    problems: bool,
    mutants: bool,
    rubrics: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Report every problem of the sources as `path:line: what, why; remedy`."""
    try:
        with judge_where(claims or problems or mutants) as judge:
            proofs = Proofs(
                families=families,
                claims=judge if claims else None,
                problems=judge if problems or mutants else None,
                mutants=mutants,
                rubrics=offline_grader() if rubrics else None,
            )
            report = use_cases.check_bank(sources_at(bank_dir), proofs)
    except GreenroomError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(use_cases.check_data(report), ensure_ascii=False))
    else:
        for finding in report.findings:
            if finding.is_error or not quiet:
                click.echo(str(finding), err=finding.is_error)
        if not quiet:
            _say_rates(report.rates)
            click.echo(f"{report.n_errors} errors, {len(report.findings) - report.n_errors} warnings.")
    if report.n_errors:
        sys.exit(1)


@contextmanager
def judge_where(is_needed: bool) -> Iterator[Judge | None]:
    """The sandbox, closed at the end; None where nothing is to be run."""
    if not is_needed:
        yield None
        return
    with opened_judge(Settings()) as judge:
        yield judge


@bank_commands.command("mutate")
@click.argument("problem_id", metavar="PROBLEM")
@_BANK
@_JSON
def mutate_command(problem_id: str, bank_dir: Path | None, as_json: bool) -> None:
    """Measure how many mutants of a problem's reference its tests kill, and list those that survive.

    A survivor that is no mistake is argued in the problem's equivalents.yaml, `"mutant": reason`.
    """
    try:
        with opened_judge(Settings()) as judge:
            report = proving.mutate_problem(sources_at(bank_dir), problem_id, judge)
    except GreenroomError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        shown = {**record_of(report), "killed_01": round(report.killed_01, 4)}
        shown["survivors"] = [{"id": mutant.id, "line": mutant.line} for mutant in report.survivors]
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        for mutant in report.survivors:
            click.echo(f"survives, line {mutant.line}: {mutant.id}")
        for name in report.stale:
            click.echo(f"argued but killed: {name}")
        click.echo(
            f"{report.n_killed} of {report.n_mutants} mutants killed, {len(report.equivalents)} argued equivalent: "
            f"{report.killed_01:.1%} of the others."
        )
    if report.killed_01 < proving.LEAST_KILLED_01:
        sys.exit(1)


def _say_rates(rates: Mapping[str, Any]) -> None:  # Any: figures of each gate
    for name, figures in rates.items():
        shown = ", ".join(
            f"{key} {value}" for key, value in figures.items() if key not in ("weights", "most_guessable")
        )
        click.echo(f"{name}: {shown}")


@bank_commands.command("lock")
@click.argument("families", nargs=-1)
@_BANK
@_QUIET
def lock_command(families: tuple[str, ...], bank_dir: Path | None, quiet: bool) -> None:
    """Draw the variants of all families (or of those named), prove them and write their locks."""
    report = proving.lock_families(sources_at(bank_dir), families)
    for finding in report.findings:
        click.echo(str(finding), err=True)
    if not quiet:
        click.echo(f"{len(report.written)} locks written, {len(report.unchanged)} unchanged.")
    if report.findings:
        sys.exit(1)


@bank_commands.command("blind")
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
@_BANK
@_JSON
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
    try:
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
    except GreenroomError as error:
        raise click.ClickException(str(error)) from error


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


@bank_commands.command("stats")
@click.option("--bank-file", type=click.Path(path_type=Path), default=None, help="Compiled bank to count.")
@_BANK
@_JSON
def stats_command(bank_file: Path | None, bank_dir: Path | None, as_json: bool) -> None:
    """Count what the compiled bank holds. Kinds are counted apart, never added up."""
    try:
        counts = use_cases.stats_of(bank_file, bank_dir)
    except GreenroomError as error:
        raise click.ClickException(str(error)) from error
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
