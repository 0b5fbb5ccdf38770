"""`greenroom judge …`: judge a file, run a script in the sandbox, check the sandbox itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from greenroom.content.bank import load
from greenroom.core.verdicts import Outcome, ScriptResult, Verdict
from greenroom.judge import ladder, profiles
from greenroom.judge.pool import SandboxJudge
from greenroom.settings import Settings

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("judge")
def judge_commands() -> None:
    """Look into the sandbox that runs code."""


@contextmanager
def _judge(settings: Settings) -> Iterator[SandboxJudge]:
    def show(text: str) -> None:
        if sys.stderr.isatty():
            click.echo(text, err=True)

    with SandboxJudge(1, max_memory_mb=settings.judge_max_memory_mb, progress=show) as judge:
        yield judge


@judge_commands.command("run")
@click.argument("problem")
@click.argument("file", type=_FILE)
@click.option("--visible", "visible_only", is_flag=True, help="Visible tests only.")
@click.option("--seed", default=0, show_default=True, help="Seed of the hidden inputs.")
@_JSON
def run(problem: str, file: Path, visible_only: bool, seed: int, as_json: bool) -> None:
    """Judge FILE as a solution of PROBLEM. Ends with 0 when accepted, 2 on a fault of the judge, else 1."""
    settings = Settings()
    found = load(settings.bank_file).problem(problem)
    source = file.read_text(encoding="utf-8", errors="replace")
    with _judge(settings) as judge:
        verdict = judge.run(found, source, visible_only=visible_only, seed=seed)
    click.echo(json.dumps(asdict(verdict), ensure_ascii=False) if as_json else _told(verdict))
    sys.exit({Outcome.ACCEPTED: 0, Outcome.JUDGE_FAULT: 2}.get(verdict.outcome, 1))


def _told(verdict: Verdict) -> str:
    lines = []
    for test in verdict.tests:
        kind = "visible" if test.is_visible else "hidden"
        lines.append(f"{test.outcome.value:18} {kind:8} {test.name}  {test.message}".rstrip())
    if verdict.message:
        lines.append(verdict.message)
    if verdict.stdout:
        lines += ["printed:", verdict.stdout.rstrip()]
    if verdict.scaling is not None:
        lines.append(verdict.scaling.note)
    if verdict.plan:
        lines.append(verdict.plan)
    lines.append(
        f"{verdict.outcome.value}: {verdict.passed} of {len(verdict.tests)} tests, {verdict.cpu_ms:.0f} ms CPU, "
        f"{verdict.peak_memory_bytes / (1 << 20):.0f} MiB, sandbox {verdict.sandbox_level}"
    )
    return "\n".join(lines)


@judge_commands.command("exec")
@click.argument("file", type=_FILE)
@click.option(
    "--profile",
    default="core",
    show_default=True,
    type=click.Choice(sorted(profiles.PROFILES)),
    help="Packages.",
)
@click.option(
    "--time-limit-ms", default=5_000, show_default=True, type=click.IntRange(1, 600_000), help="CPU, ms."
)
@click.option(
    "--memory-mb", default=512, show_default=True, type=click.IntRange(16, 65_536), help="Memory, MiB."
)
@_JSON
def execute(file: Path, profile: str, time_limit_ms: int, memory_mb: int, as_json: bool) -> None:
    """Run any Python FILE in the sandbox: the editor's scratch run. Ends with the program's own code."""
    source = file.read_text(encoding="utf-8", errors="replace")
    with _judge(Settings()) as judge:
        result = judge.execute(source, profile=profile, time_limit_ms=time_limit_ms, memory_mb=memory_mb)
    if as_json:
        click.echo(json.dumps(_script_record(result), ensure_ascii=False))
    else:
        click.echo(result.stdout, nl=False)
        click.echo(result.stderr, nl=False, err=True)
        for note in result.notes:
            click.echo(note, err=True)
        if result.outcome is not Outcome.ACCEPTED:
            click.echo(f"{result.outcome.value}, {result.cpu_ms:.0f} ms CPU", err=True)
    sys.exit(result.exit_code if result.exit_code is not None else 1)


def _script_record(result: ScriptResult) -> dict[str, object]:
    record = asdict(result)
    record["status"] = record.pop("outcome")
    record["exit"] = record.pop("exit_code")
    return record


@judge_commands.command("selfcheck")
@_JSON
def selfcheck(as_json: bool) -> None:
    """Run the conformance checks on every sandbox level of this machine. Ends with 1 when none is offered."""
    findings = ladder.examine_all()
    offered = next((finding.rung.level for finding in findings if finding.is_offered), None)
    if as_json:
        record = {
            "level": offered,
            "profiles": list(profiles.installed()),
            "levels": [asdict(finding) for finding in findings],
        }
        click.echo(json.dumps(record, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.rung.level}: {'offered' if finding.is_offered else finding.why_not}")
            click.echo(f"  {finding.rung.layers}")
            if finding.rung.weaker:
                click.echo(f"  weaker: {finding.rung.weaker}")
            for check in finding.checks:
                click.echo(f"  {'held' if check.has_held else 'OPEN'}  {check.name}: {check.seen}")
        click.echo(
            f"In use: {offered or 'none; code is not run here'}. Profiles: {', '.join(profiles.installed())}."
        )
    sys.exit(offered is None)
