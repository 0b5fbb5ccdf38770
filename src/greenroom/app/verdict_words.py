"""A verdict in words, the same on a page and in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from greenroom.core.verdicts import Outcome, TestOutcome, Verdict


class Words(NamedTuple):
    """A short name of an outcome, and what to do about it."""

    name: str
    advice: str


WORDS: dict[Outcome, Words] = {
    Outcome.ACCEPTED: Words("Accepted", ""),
    Outcome.WRONG_ANSWER: Words("Wrong answer", "Start with the first test that differs."),
    Outcome.RUNTIME_ERROR: Words("Error while running", "The message names the line of your code."),
    Outcome.TIME_LIMIT: Words(
        "Too slow",
        "Look for a loop that never ends, or one over rows or pairs that array code or a sort can replace.",
    ),
    Outcome.MEMORY_LIMIT: Words(
        "Out of memory", "Look for an array with an axis too many, such as every pair at once."
    ),
    Outcome.OUTPUT_LIMIT: Words("Printed too much", "Take prints out of inner loops."),
    Outcome.COMPILE_ERROR: Words("Could not be loaded", "The message says why."),
    Outcome.SANDBOX_VIOLATION: Words(
        "Not allowed here",
        "The sandbox has no files, network or other programs. Work on the arguments alone.",
    ),
    Outcome.JUDGE_FAULT: Words(
        "The judge failed",
        "That is a fault of Greenroom, not of your code, and counts for nothing. Run it again.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The head of a verdict."""

    title: str
    line: str
    """`3 of 5 visible tests pass.`"""
    advice: str
    message: str
    """What the judge says of the whole run, where no visible test says it."""
    is_right: bool
    visible: tuple[TestOutcome, ...]
    hidden: tuple[TestOutcome, ...]


def summary(verdict: Verdict, *, visible_only: bool) -> Summary:
    """The verdict's head, its tests apart: those whose values may be seen, and those known by name only."""
    visible = tuple(test for test in verdict.tests if test.is_visible)
    hidden = tuple(test for test in verdict.tests if not test.is_visible)
    is_right = verdict.outcome is Outcome.ACCEPTED
    title, advice = WORDS[verdict.outcome]
    if is_right and visible_only:
        title, advice = (
            "Visible tests pass",
            "Hidden tests ask more: other sizes, ties, edges. Submit when ready.",
        )
    elif verdict.outcome is Outcome.WRONG_ANSWER and all(_passed(test) for test in visible) and hidden:
        advice = "Only hidden tests fail. Their names say which kind of input: try one like it by hand."
    return Summary(
        title=title,
        line=_line(visible, hidden),
        advice=advice,
        message="" if any(test.message == verdict.message for test in visible) else _message(verdict),
        is_right=is_right,
        visible=visible,
        hidden=hidden,
    )


def _line(visible: tuple[TestOutcome, ...], hidden: tuple[TestOutcome, ...]) -> str:
    parts = [
        f"{sum(_passed(test) for test in tests)} of {len(tests)} {name} tests pass"
        for name, tests in (("visible", visible), ("hidden", hidden))
        if tests
    ]
    return ", ".join(parts) + "." if parts else "No test was run."


def _message(verdict: Verdict) -> str:
    if verdict.message and verdict.line is not None and "line " not in verdict.message:
        return f"{verdict.message}\n  line {verdict.line}"
    return verdict.message


def _passed(test: TestOutcome) -> bool:
    return test.outcome is Outcome.ACCEPTED


def growth(verdict: Verdict) -> str:
    """What growing inputs showed, in a sentence; empty where it was not measured."""
    found = verdict.scaling
    if found is None:
        return ""
    if found.note:
        return found.note
    measured = f"Measured growth: time as n^{found.exponent:.2f} (± {found.exponent_se:.2f})"
    if found.sizes:
        measured += f" from n = {found.sizes[0]:,} to {found.sizes[-1]:,}"
    return measured + "."
