"""The attack suite as data: one folder a program, with the exact outcome it must have."""

import json
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # Any: expected.json is JSON

from tests.judge.problems import make_problem

from greenroom.core.verdicts import Outcome
from greenroom.judge.pool import SandboxJudge

FOLDER = Path(__file__).parent.parent / "golden" / "judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a run of a golden program showed."""

    outcome: str
    stdout: str
    details: str
    passed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A golden folder. `problem` names the problem it claims to solve; without one it is a script."""

    name: str
    source: str
    expected: dict[str, Any]

    @property
    def is_for_this_machine(self) -> bool:
        """False for programs in another machine's code."""
        return platform.machine() in self.expected.get("machines", [platform.machine()])

    @property
    def profile(self) -> str:
        """Judge profile it needs."""
        return str(self.expected.get("profile", "core"))

    def expected_at(self, level: str) -> tuple[str, str | None]:
        """Outcome and printed text at a sandbox level; None when any text will do."""
        here = {**self.expected, **self.expected.get("levels", {}).get(level, {})}
        return here["outcome"], here.get("stdout")

    def run(self, judge: SandboxJudge) -> Seen:
        """Run it `repeat` times in fresh children; the last one counts."""
        for _ in range(self.expected.get("repeat", 1)):
            seen = self._once(judge)
        return seen

    def _once(self, judge: SandboxJudge) -> Seen:
        time_limit_ms = self.expected.get("time_limit_ms", 5_000)
        memory_mb = self.expected.get("memory_mb", 256)
        if "problem" not in self.expected:
            result = judge.execute(
                self.source, profile=self.profile, time_limit_ms=time_limit_ms, memory_mb=memory_mb
            )
            return Seen(
                outcome=result.outcome.value, stdout=result.stdout, details=result.stderr + str(result.notes)
            )
        folder = FOLDER / "problems" / self.expected["problem"]
        problem = make_problem(
            (folder / "tests.py").read_text(),
            (folder / "reference.py").read_text(),
            entry=self.expected.get("entry", "solve"),
            profile=self.profile,
            time_limit_ms=time_limit_ms,
            memory_mb=memory_mb,
        )
        verdict = judge.run(problem, self.source, visible_only=False, seed=7)
        details = "; ".join(f"{test.name}: {test.outcome} {test.message}" for test in verdict.tests)
        return Seen(
            outcome=verdict.outcome.value,
            stdout=verdict.stdout,
            details=f"{verdict.message}; {details}",
            passed=verdict.passed,
        )


def programs() -> list[Program]:
    """Every golden program, by name."""
    folders = sorted(path.parent for path in FOLDER.glob("*/program.py"))
    return [
        Program(
            name=folder.name,
            source=(folder / "program.py").read_text(),
            expected=json.loads((folder / "expected.json").read_text()),
        )
        for folder in folders
    ]


def mistake(program: Program, level: str, seen: Seen) -> str | None:
    """How the run differs from what is expected, or None."""
    outcome, stdout = program.expected_at(level)
    assert outcome in set(Outcome), f"{program.name}: {outcome} is no outcome"
    if seen.outcome != outcome:
        return f"{seen.outcome} instead of {outcome} ({seen.stdout!r} {seen.details})"
    if program.expected.get("passed", seen.passed) != seen.passed:
        return f"{seen.passed} tests passed ({seen.details})"
    if stdout is not None and seen.stdout != stdout:
        return f"printed {seen.stdout[:200]!r} instead of {stdout!r} ({seen.details})"
    return None
