"""`greenroom practice`: today's queue in the terminal, keyboard only."""

from __future__ import annotations

import json
import re
import sys
import time
import uuid
from dataclasses import asdict
from typing import NoReturn

import click
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from greenroom.app.accounts import only_learner
from greenroom.app.deps import Deps
from greenroom.app.feedback import Feedback
from greenroom.app.practice import AnswerIn, Today, answer, next_question, today
from greenroom.app.questions import Question
from greenroom.cli.plain_text import plain_text
from greenroom.core.calibration import CONFIDENCE_STEPS, confidence_of
from greenroom.core.errors import GreenroomError, InputRejected
from greenroom.core.items import Kind
from greenroom.core.scoring import Filled, Number, Ordered, PassedOn, Picked, Response, response_of
from greenroom.settings import Settings
from greenroom.wiring import opened

_DECIMAL_COMMA = re.compile(r"^([+-]?\d+),(\d{1,2}|\d{4,})$")
"""0,75 as much of the world writes it; 1,200 stays a thousand and two hundred."""


@click.command("practice")
@click.option("--topic", default="", help="Only questions on this topic (its id).")
@click.option("--area", default="", help="Only questions in this area (its id).")
@click.option("--more", is_flag=True, help="A further sitting, once today's is done.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print today's queue and the next question as JSON; ask nothing."
)
def practice(topic: str, area: str, more: bool, as_json: bool) -> None:
    """Practise in the terminal: digits pick, Enter sends, `?` says "I don't know", `q` leaves."""
    with opened(Settings()) as deps:
        here = today(deps, only_learner())
        session = _session(here, topic, area, more=more)
        if as_json:
            question = next_question(deps, only_learner(), session, topic=topic, area=area)
            shown = {"today": asdict(here), "question": asdict(question) if question else None}
            click.echo(json.dumps(shown, default=str, ensure_ascii=False))
            return
        _sit(deps, Console(), session, topic, area)


def _session(here: Today, topic: str, area: str, *, more: bool) -> str:
    if topic or area:
        return f"day-{here.day.isoformat()}-{uuid.uuid5(uuid.NAMESPACE_OID, topic + '/' + area).hex[:12]}"
    return here.next_session_id if more else here.session_id


def _sit(deps: Deps, console: Console, session: str, topic: str, area: str) -> None:
    asked = 0
    while (question := next_question(deps, only_learner(), session, topic=topic, area=area)) is not None:
        asked += 1
        try:
            feedback = _ask(deps, console, question)
        except (EOFError, KeyboardInterrupt, click.Abort):
            console.print("\nLeft. Everything answered so far is kept.")
            return
        _show_feedback(console, feedback)
    here = today(deps, only_learner())
    if not asked:
        console.print("This sitting is done." if here.is_done else "Nothing to ask here now.")
        console.print("`greenroom practice --more` goes on; due reviews come back by themselves.")
    console.print(
        f"Today: {here.answered_today} answered, {here.right_today} right, {here.xp_today} XP. "
        f"Streak {here.streak.days} days, level {here.standing.level}."
    )


def _ask(deps: Deps, console: Console, question: Question) -> Feedback:
    _show_question(console, question)
    event_id = str(uuid.uuid4())
    started = time.monotonic()
    while True:
        response = _response(console, question)
        confidence = None if isinstance(response, PassedOn) else _confidence(console)
        try:
            return answer(
                deps,
                only_learner(),
                AnswerIn(
                    event_id=event_id,
                    item_id=question.item_id,
                    item_hash=question.item_hash,
                    response=response,
                    confidence_01=confidence,
                    elapsed_ms=round((time.monotonic() - started) * 1000),
                    session_id=question.session_id,
                    reason=question.reason,
                ),
            )
        except InputRejected as error:
            console.print(f"[yellow]{escape(str(error))}[/]")
        except GreenroomError as error:
            _fail(error)


def _fail(error: GreenroomError) -> NoReturn:
    raise error


def _show_question(console: Console, question: Question) -> None:
    console.print()
    console.print(
        f"[dim]{question.number} of {question.total} · {escape(question.topic_title)} · "
        f"{escape(question.reason)}[/]"
    )
    console.print(Panel(escape(plain_text(question.stem_html)), border_style="green"))
    for line in question.options or question.steps:
        console.print(f"  [bold]{line.key}[/]  {escape(plain_text(line.html))}")


def _response(console: Console, question: Question) -> Response:
    hints = {
        Kind.CHOICE: f"1-{len(question.options)}",
        Kind.SEVERAL: "all that apply, e.g. 1 3",
        Kind.ORDER: "the lines in order, e.g. 2 1 3",
        Kind.NUMERIC: f"a number{' in ' + question.unit if question.unit else ''}",
        Kind.CLOZE: "the missing words"
        if question.n_blanks == 1
        else f"{question.n_blanks} texts, split by ;",
    }
    while True:
        typed = console.input(f"[green]{escape(hints[question.kind])}, ? or q >[/] ").strip()
        if typed.lower() == "q":
            raise EOFError
        if typed == "?":
            return PassedOn()
        try:
            return _read(question, typed)
        except InputRejected as error:
            console.print(f"[yellow]{escape(str(error))}[/]")


def _read(question: Question, typed: str) -> Response:
    match question.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            return Picked(options=_ids(typed, {line.key: line.id for line in question.options}))
        case Kind.ORDER:
            return Ordered(steps=_ids(typed, {line.key: line.id for line in question.steps}))
        case Kind.NUMERIC:
            found = response_of({"kind": "number", "value": _DECIMAL_COMMA.sub(r"\1.\2", typed)})
            assert isinstance(found, Number)  # what kind "number" reads as
            return found
        case Kind.CLOZE:
            texts = tuple(part.strip() for part in typed.split(";")) if question.n_blanks > 1 else (typed,)
            return Filled(texts=texts)


def _ids(typed: str, by_key: dict[str, str]) -> tuple[str, ...]:
    keys = re.findall(r"\d", typed)
    if not keys or any(key not in by_key for key in keys):
        raise InputRejected(f"Type digits from 1 to {len(by_key)}.")
    return tuple(by_key[key] for key in keys)


def _confidence(console: Console) -> float | None:
    titles = "  ".join(f"{entry.step} {entry.title}" for entry in CONFIDENCE_STEPS)
    while True:
        typed = console.input(f"[green]How sure?[/] [dim]{titles}[/] > ").strip()
        if not typed:
            return None
        if typed.isdigit() and 1 <= int(typed) <= len(CONFIDENCE_STEPS):
            return confidence_of(int(typed))
        console.print("Type 1 to 5, or nothing.")


def _show_feedback(console: Console, feedback: Feedback) -> None:
    if feedback.was_answered_elsewhere:
        console.print("[yellow]You answered this in another window; that answer counts.[/]")
    if feedback.is_right:
        console.print("[bold green]✓ Right.[/]")
    elif feedback.has_passed_on:
        console.print("[bold]Here is the answer.[/]")
    else:
        share = f" ({feedback.credit_01:.0%} of it right)" if feedback.credit_01 else ""
        console.print(f"[bold red]✗ Not right{share}.[/]")
    if not feedback.is_right:
        console.print(f"  Right: [bold]{escape(_right(feedback))}[/]")
    for misconception in feedback.misconceptions:
        console.print(f"  [yellow]{escape(misconception.name)}.[/] {escape(misconception.diagnosis)}")
        console.print(f"  → {escape(misconception.remedy)}")
    if feedback.explanation_html:
        console.print(Panel(escape(plain_text(feedback.explanation_html)), border_style="dim"))
    console.print(
        f"[dim]Expected of you before: {feedback.predicted_01:.0%} · {feedback.xp:+d} XP ({feedback.xp_total})[/]"
    )
    sys.stdout.flush()


def _right(feedback: Feedback) -> str:
    """The right answer as it was shown: keys of options, lines in order."""
    if feedback.options:
        return "; ".join(f"{o.key}  {plain_text(o.html)}" for o in feedback.options if o.is_right)
    if feedback.steps:
        return "; ".join(f"{step.right_place}. {plain_text(step.html)}" for step in feedback.steps)
    return feedback.right_text
