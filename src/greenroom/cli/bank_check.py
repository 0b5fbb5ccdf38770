"""`greenroom bank check | lock | mutate`: what is proven by reading and by running."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from greenroom.app import bank_checking, proving
from greenroom.app.bank_checking import Proofs
from greenroom.cli.bank_options import BANK, JSON, QUIET, sources_at
from greenroom.content.records import record_of
from greenroom.core.ports import Judge
from greenroom.settings import Settings
from greenroom.wiring import offline_grader, opened_judge


@click.command("check")
@BANK
@click.option("--families", "families", is_flag=True, help="Run the key routes of every locked variant.")
@click.option("--executable", "claims", is_flag=True, help="Run the checks of items in the sandbox.")
@click.option("--problems", is_flag=True, help="Run the solutions of coding problems in the sandbox.")
@click.option("--mutants", is_flag=True, help="With --problems: measure how many mutants the tests kill.")
@click.option("--rubrics", is_flag=True, help="Try every rubric against the offline grader.")
@QUIET
@JSON
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
    with judge_where(claims or problems or mutants) as judge:
        proofs = Proofs(
            families=families,
            claims=judge if claims else None,
            problems=judge if problems or mutants else None,
            mutants=mutants,
            rubrics=offline_grader() if rubrics else None,
        )
        report = bank_checking.check_bank(sources_at(bank_dir), proofs)
    if as_json:
        click.echo(json.dumps(bank_checking.check_data(report), ensure_ascii=False))
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


@click.command("mutate")
@click.argument("problem_id", metavar="PROBLEM")
@BANK
@JSON
def mutate_command(problem_id: str, bank_dir: Path | None, as_json: bool) -> None:
    """Measure how many mutants of a problem's reference its tests kill, and list those that survive.

    A survivor that is no mistake is argued in the problem's equivalents.yaml, `"mutant": reason`.
    """
    with opened_judge(Settings()) as judge:
        report = proving.mutate_problem(sources_at(bank_dir), problem_id, judge)
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


@click.command("lock")
@click.argument("families", nargs=-1)
@BANK
@QUIET
def lock_command(families: tuple[str, ...], bank_dir: Path | None, quiet: bool) -> None:
    """Draw the variants of all families (or of those named), prove them and write their locks."""
    report = proving.lock_families(sources_at(bank_dir), families)
    for finding in report.findings:
        click.echo(str(finding), err=True)
    if not quiet:
        click.echo(f"{len(report.written)} locks written, {len(report.unchanged)} unchanged.")
    if report.findings:
        sys.exit(1)
