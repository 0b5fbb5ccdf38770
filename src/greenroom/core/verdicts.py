"""Verdicts of the judge. Nothing that the candidate's process sends names one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """Outcome of one test or of a whole run, in display order (`DISPLAY_ORDER`)."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    COMPILE_ERROR = "compile_error"
    SANDBOX_VIOLATION = "sandbox_violation"
    JUDGE_FAULT = "judge_fault"


DISPLAY_ORDER: tuple[Outcome, ...] = (
    Outcome.JUDGE_FAULT,
    Outcome.COMPILE_ERROR,
    Outcome.SANDBOX_VIOLATION,
    Outcome.RUNTIME_ERROR,
    Outcome.MEMORY_LIMIT,
    Outcome.TIME_LIMIT,
    Outcome.OUTPUT_LIMIT,
    Outcome.WRONG_ANSWER,
    Outcome.ACCEPTED,
)
"""The first of these that any test has is the outcome of the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestOutcome:
    """One test. For hidden tests only `name` (a class of input) and the outcome are filled."""

    __test__ = False  # not a pytest class

    name: str
    is_visible: bool
    outcome: Outcome
    message: str = ""
    """What differs, for people: `shape (3,) expected (3, 1)`, `index (2, 0): 0.5 expected 0.75`."""
    input_text: str = ""
    expected_text: str = ""
    got_text: str = ""
    cpu_ms: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A judged run. `stdout` is feedback, not evidence."""

    outcome: Outcome
    tests: tuple[TestOutcome, ...]
    stdout: str = ""
    message: str = ""
    """Compile error, traceback of the candidate's own lines, or the judge's fault."""
    line: int | None = None
    """Line of the candidate's code the error is on."""
    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    peak_memory_bytes: int = 0
    sandbox_level: str = ""
    scaling: Scaling | None = None
    plan: str = ""
    """How DuckDB ran an SQL answer, for looking at afterwards."""

    @property
    def passed(self) -> int:
        """Number of accepted tests."""
        return sum(test.outcome is Outcome.ACCEPTED for test in self.tests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """Measured growth: seconds[n] at sizes[n], and the fitted exponent with its standard error."""

    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    exponent: float
    exponent_se: float
    target: float | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptResult:
    """A scratch run of any script: no tests, no verdict."""

    outcome: Outcome
    stdout: str
    stderr: str
    exit_code: int | None
    cpu_ms: float
    wall_ms: float
    peak_memory_bytes: int
    sandbox_level: str = ""
    notes: tuple[str, ...] = field(default=())


def combine(tests: Sequence[TestOutcome]) -> Outcome:
    """The one outcome of a run: the first in `DISPLAY_ORDER` that any test has; no tests is a judge fault."""
    found = {test.outcome for test in tests}
    return next((outcome for outcome in DISPLAY_ORDER if outcome in found), Outcome.JUDGE_FAULT)
