"""A recorded judge: gives the outcomes it was told, so that a test decides what the sandbox would find."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenroom.core.errors import JudgeUnavailable
from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome, ScriptResult, TestOutcome, Verdict


@dataclass(kw_only=True)
class RecordedJudge:
    """A judge that gives the outcomes it was told, in turn; the last one for ever."""

    outcomes: list[Outcome] = field(default_factory=lambda: [Outcome.ACCEPTED])
    is_there: bool = True
    seeds: list[int] = field(default_factory=list)

    @property
    def level(self) -> str:
        if not self.is_there:
            raise JudgeUnavailable("No sandbox here.")
        return "recorded"

    def run(self, problem: Problem, source: str, *, visible_only: bool, seed: int) -> Verdict:
        if not self.is_there:
            raise JudgeUnavailable("No sandbox here.", hint="Run `greenroom doctor`.")
        self.seeds.append(seed)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        tests = (
            TestOutcome(name="one tie", is_visible=True, outcome=Outcome.ACCEPTED, got_text="\ud800 half"),
            TestOutcome(name="a large input", is_visible=False, outcome=outcome),
        )
        return Verdict(outcome=outcome, tests=tests[:1] if visible_only else tests, stdout="x" * 50_000)

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        return ScriptResult(
            outcome=Outcome.ACCEPTED,
            stdout=profile,
            stderr="",
            exit_code=0,
            cpu_ms=1.0,
            wall_ms=1.0,
            peak_memory_bytes=1,
        )
