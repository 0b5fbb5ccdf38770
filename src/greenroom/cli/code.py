"""`greenroom code …`: coding problems in one's own editor, judged by the same judge as in the browser."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from uuid import uuid4

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from greenroom.app import drafts, submissions
from greenroom.app.accounts import only_learner
from greenroom.app.drafts import Listed
from greenroom.app.submissions import SubmissionIn, Submitted
from greenroom.app.verdict_words import WORDS, growth, summary
from greenroom.core.coding import MOST_SOURCE_CHARS, data_of
from greenroom.core.errors import InputRejected
from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome, TestOutcome
from greenroom.settings import Settings
from greenroom.wiring import opened

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True))
_PROBLEM = click.option(
    "--problem", default="", help="Problem that FILE solves; default: what its first line says."
)
_MARK = re.compile(r"^# greenroom: ([a-z0-9-]+)\s*$", re.MULTILINE)
_STATES = {
    "new": "",
    "started": "started",
    "tried": "tried",
    "revealed": "reference read",
    "solved": "solved",
}


@click.group("code")
def code_commands() -> None:
    """Solve coding problems in your own editor."""


@code_commands.command("list")
@_JSON
def list_problems(as_json: bool) -> None:
    """List the problems, easiest first, with where you stand."""
    with opened(Settings()) as deps:
        lines = drafts.board(deps, only_learner())
    if as_json:
        click.echo(json.dumps([_line_data(line) for line in lines], indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("Problem", "Title", "Level", "Minutes", "State"):
        table.add_column(name, justify="right" if name == "Minutes" else "left")
    for line in lines:
        problem = line.problem
        state = _STATES[line.state] + (
            f" ({line.best_passed} of {line.total})" if line.state == "tried" else ""
        )
        table.add_row(problem.id, problem.title, problem.level.value, f"{problem.minutes:g}", state)
    console = Console()
    console.print(table)
    console.print("Begin one with [bold]greenroom code start PROBLEM[/bold].")


def _line_data(line: Listed) -> dict[str, object]:
    problem = line.problem
    return {
        "id": problem.id,
        "title": problem.title,
        "topic": problem.topic,
        "level": problem.level.value,
        "minutes": problem.minutes,
        "state": line.state,
        "submissions": line.submissions,
        "best_passed": line.best_passed,
        "total": line.total,
    }


@code_commands.command("start")
@click.argument("problem_id", metavar="PROBLEM")
@_JSON
def start(problem_id: str, as_json: bool) -> None:
    """Write the starter and the statement of PROBLEM into the current folder. Nothing is overwritten."""
    with opened(Settings()) as deps:
        problem = deps.bank.problem(problem_id)
    stem = problem.id.replace("-", "_")
    source, statement = Path(f"{stem}.py"), Path(f"{stem}.md")
    wrote = [
        str(path)
        for path, text in (
            (source, f"# greenroom: {problem.id}\n{problem.files['starter.py']}"),
            (statement, _statement(problem, source)),
        )
        if _write_new(path, text)
    ]
    kept = [str(path) for path in (source, statement) if str(path) not in wrote]
    if as_json:
        click.echo(json.dumps({"problem": problem.id, "wrote": wrote, "kept": kept}))
        return
    if wrote:
        click.echo(f"Wrote {' and '.join(wrote)}.")
    if kept:
        click.echo(
            f"Left {' and '.join(kept)} as it is."
            if len(kept) == 1
            else f"Left {' and '.join(kept)} as they are."
        )
    click.echo(f"Edit {source}, then: greenroom code test {source}")


def _write_new(path: Path, text: str) -> bool:
    """Writes the file; False where it exists. Raises InputRejected where the folder cannot be written."""
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise InputRejected(
            f"{path} could not be written ({error.strerror}).",
            hint="Go to a folder of your own and try again.",
        ) from error
    return True


def _statement(problem: Problem, source: Path) -> str:
    return (
        f"# {problem.title}\n\n{problem.statement_text.strip()}\n\n---\n\n"
        f"About {problem.minutes:g} minutes; {problem.level.value}; target {problem.complexity}; "
        f"time limit {problem.time_limit_ms / 1000:g} s a test.\n\n"
        f"    greenroom code test {source}      runs the visible tests\n"
        f"    greenroom code submit {source}    judges with the hidden tests too\n"
    )


@code_commands.command("test")
@_FILE
@_PROBLEM
@_JSON
def test_file(file: Path, problem: str, as_json: bool) -> None:
    """Run the visible tests on FILE. Ends with 0 when all pass, else 1."""
    _judge(file, problem, visible_only=True, as_json=as_json)


@code_commands.command("submit")
@_FILE
@_PROBLEM
@_JSON
def submit_file(file: Path, problem: str, as_json: bool) -> None:
    """Judge FILE with the hidden tests too, and count it. Ends with 0 when it is accepted, else 1."""
    _judge(file, problem, visible_only=False, as_json=as_json)


def _judge(file: Path, problem: str, *, visible_only: bool, as_json: bool) -> None:
    source = _read(file)
    given = SubmissionIn(
        event_id=str(uuid4()),
        problem_id=problem or _problem_of(file, source),
        source=source,
        visible_only=visible_only,
    )
    with opened(Settings()) as deps:
        submitted = submissions.submit(deps, only_learner(), given)
    if as_json:
        click.echo(json.dumps(_verdict_data(submitted), indent=2))
    else:
        _print(submitted, Console(highlight=False))
    if submitted.verdict.outcome is not Outcome.ACCEPTED:
        sys.exit(1)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as opened_file:
            content = opened_file.read(4 * MOST_SOURCE_CHARS + 1)
    except OSError as error:
        raise InputRejected(f"{file} could not be read ({error.strerror}).") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRejected(
            f"{file} is no UTF-8 text.", hint="Save it as UTF-8, or name another file."
        ) from None


def _problem_of(file: Path, source: str) -> str:
    marked = _MARK.search(source[:2000])
    return marked[1] if marked else file.stem.lower().replace("_", "-")


def _verdict_data(submitted: Submitted) -> dict[str, object]:
    head = summary(submitted.verdict, visible_only=submitted.visible_only)
    return {
        "problem": submitted.problem_id,
        "event_id": submitted.event_id,
        "is_accepted": submitted.is_accepted,
        "title": head.title,
        "line": head.line,
        "verdict": data_of(submitted.verdict),
    }


def _print(submitted: Submitted, console: Console) -> None:
    verdict = submitted.verdict
    head = summary(verdict, visible_only=submitted.visible_only)
    colour = "green" if head.is_right else "red"
    console.print(f"[bold {colour}]{head.title}[/]  {head.line}")
    if head.advice:
        console.print(head.advice)
    if head.message:
        console.print(f"\n{escape(head.message)}")
    explained = next((test for test in head.visible if test.outcome is not Outcome.ACCEPTED), None)
    for title, tests in (("Visible tests", head.visible), ("Hidden tests, by kind of input", head.hidden)):
        if tests:
            console.print(f"\n[bold]{title}[/]")
            for test in tests:
                _print_test(test, console, in_full=test is explained)
    if verdict.stdout:
        console.print(f"\n[bold]What you printed[/]\n{escape(verdict.stdout)}")
    measured = growth(verdict)
    console.print(
        f"\n[dim]{measured + ' ' if measured else ''}{verdict.cpu_ms:.0f} ms of processor time. "
        f"Sandbox: {verdict.sandbox_level}.[/]"
    )
    if submitted.is_accepted:
        console.print(
            f"Reference and follow-up questions: /code/{submitted.problem_id}/review in the browser."
        )


def _print_test(test: TestOutcome, console: Console, *, in_full: bool) -> None:
    if test.outcome is Outcome.ACCEPTED:
        console.print(f"  [green]✓[/] {escape(test.name)}")
        return
    console.print(f"  [red]✗[/] {escape(test.name)}  [red]{WORDS[test.outcome].name}[/]")
    if not in_full:
        return
    for label, text in (
        ("", test.message),
        ("input", test.input_text),
        ("expected", test.expected_text),
        ("returned", test.got_text),
    ):
        if text:
            for number, line in enumerate(text.splitlines()):
                console.print(f"      [dim]{label if number == 0 else '':<9}[/]{escape(line)}")
