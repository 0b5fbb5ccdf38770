"""What a coding round keeps besides verdicts: sources that can be judged, and verdicts as plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from greenroom.core.errors import InputRejected
from greenroom.core.ids import Plain
from greenroom.core.verdicts import Outcome, Scaling, TestOutcome, Verdict

MOST_SOURCE_CHARS = 100_000
MOST_NOTE_CHARS = 20_000
MOST_STDOUT_CHARS = 20_000
MOST_FIELD_CHARS = 4_000


def checked_source(text: str) -> str:
    """The source with `\\n` line ends. Raises InputRejected for what no Python file can hold."""
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    if not source.strip():
        raise InputRejected("There is no code to run.", hint="Write the function, then run it again.")
    if len(source) > MOST_SOURCE_CHARS:
        raise InputRejected(
            f"The code has {len(source):,} characters; {MOST_SOURCE_CHARS:,} can be judged.",
            hint="Leave out data and dead code.",
        )
    return _checked_text(source, "The code")


def checked_draft(text: str, *, most_chars: int, called: str) -> str:
    """A draft or a note, which may be empty. Raises InputRejected where it is too long or is no text."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(kept) > most_chars:
        raise InputRejected(
            f"{called} has {len(kept):,} characters; {most_chars:,} are kept.",
            hint="What you typed is still on the page. Shorten it.",
        )
    return _checked_text(kept, called)


def _checked_text(text: str, called: str) -> str:
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise InputRejected(
            f"{called} holds a NUL byte in line {line}.", hint="Delete that line and type it again."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1
        raise InputRejected(
            f"{called} holds half of a character pair in line {line}, which is no text.",
            hint="Delete that line and type it again.",
        ) from None
    return text


def data_of(verdict: Verdict) -> dict[str, Plain]:
    """The verdict as plain data, texts cut to what is shown; `verdict_of` reads it back."""
    return {
        "outcome": verdict.outcome.value,
        "tests": [_test_data(test) for test in verdict.tests],
        "stdout": _cut(verdict.stdout, MOST_STDOUT_CHARS),
        "message": _cut(verdict.message, MOST_FIELD_CHARS),
        "line": verdict.line,
        "wall_ms": _finite(verdict.wall_ms),
        "cpu_ms": _finite(verdict.cpu_ms),
        "peak_memory_bytes": verdict.peak_memory_bytes,
        "sandbox_level": verdict.sandbox_level,
        "scaling": _scaling_data(verdict.scaling),
    }


def verdict_of(data: Mapping[str, Any]) -> Verdict:
    """The verdict of stored data. Fields that a later version added are left out. Any: plain JSON values."""
    known = {field.name for field in fields(Verdict)}
    values = {name: value for name, value in data.items() if name in known}
    values["outcome"] = Outcome(values["outcome"])
    values["tests"] = tuple(_test_of(test) for test in values["tests"])
    scaling = values.get("scaling")
    if scaling is not None:
        values["scaling"] = Scaling(
            **{**scaling, "sizes": tuple(scaling["sizes"]), "seconds": tuple(scaling["seconds"])}
        )
    return Verdict(**values)


def _test_data(test: TestOutcome) -> dict[str, Plain]:
    return {
        "name": _cut(test.name, 200),
        "is_visible": test.is_visible,
        "outcome": test.outcome.value,
        "message": _cut(test.message, MOST_FIELD_CHARS),
        "input_text": _cut(test.input_text, MOST_FIELD_CHARS),
        "expected_text": _cut(test.expected_text, MOST_FIELD_CHARS),
        "got_text": _cut(test.got_text, MOST_FIELD_CHARS),
        "cpu_ms": _finite(test.cpu_ms),
    }


def _test_of(data: Mapping[str, Any]) -> TestOutcome:  # Any: plain JSON values
    known = {field.name for field in fields(TestOutcome)}
    values = {name: value for name, value in data.items() if name in known}
    return TestOutcome(**{**values, "outcome": Outcome(values["outcome"])})


def _scaling_data(scaling: Scaling | None) -> dict[str, Plain] | None:
    if scaling is None:
        return None
    return {
        "sizes": list(scaling.sizes),
        "seconds": [_finite(value) for value in scaling.seconds],
        "exponent": _finite(scaling.exponent),
        "exponent_se": _finite(scaling.exponent_se),
        "target": scaling.target,
        "note": scaling.note,
    }


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _cut(text: str, most_chars: int) -> str:
    # Printed text may hold half surrogate pairs, which no log can keep.
    clean = text[: most_chars + 1].encode("utf-8", "replace").decode("utf-8")
    return clean if len(clean) <= most_chars else clean[: most_chars - 1] + "…"
