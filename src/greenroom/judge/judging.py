"""Judges one submission: candidate and reference side by side, compared here and nowhere else."""

from __future__ import annotations

from typing import Any  # Any: expected values and answers

from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome, TestOutcome, Verdict, combine
from greenroom.judge import distributions
from greenroom.judge.bank_code import PlannedTest, Suite, language_of
from greenroom.judge.cases import NOT_GIVEN
from greenroom.judge.children import Child, Limits, Stopped
from greenroom.judge.compare import difference
from greenroom.judge.describe import text_of
from greenroom.judge.inside.wire import Table, plain_copy
from greenroom.judge.references import References
from greenroom.judge.trials import Answered, Failure, Trial, input_text


def limits_of(problem: Problem, max_memory_bytes: int) -> Limits:
    """Bounds of one test of a problem."""
    memory = min(problem.memory_mb << 20, max_memory_bytes)
    return Limits(cpu_ms=float(problem.time_limit_ms), memory_bytes=memory)


class Judging:
    """A submission on its way. `candidate` and `reference` are fresh children; both are used up."""

    def __init__(
        self, problem: Problem, suite: Suite, limits: Limits, tests: list[PlannedTest], seed: int
    ) -> None:
        self._problem = problem
        self._suite = suite
        self._limits = limits
        self._tests = tests
        self._seed = seed
        self._printed: list[str] = []
        self._plan = ""

    def needs_reference(self) -> bool:
        """True when an expected value has to be computed."""
        return any(self._wants_reference(test) for test in self._tests)

    def _wants_reference(self, test: PlannedTest) -> bool:
        return self._suite.needs_reference(test.case) and self._suite.kept_expected(test) is NOT_GIVEN

    def run(self, source: str, candidate: Child, reference: Child | None) -> Verdict:
        """The verdict on `source`. Raises BankFault when the reference fails."""
        trial = Trial(candidate, self._limits, n_tests=len(self._tests), seed=self._seed)
        oracle = None
        if reference is not None:
            wanted = [test for test in self._tests if self._wants_reference(test)]
            oracle = References(reference, self._problem, self._limits, wanted, self._seed)
        start = (lambda: None) if oracle is None else oracle.start
        failure = trial.load(source, self._problem.entry, language_of(self._problem), meanwhile=start)
        self._printed.append(candidate.take_printed())
        if failure is not None:
            return self._without_tests(failure)
        outcomes: list[TestOutcome] = []
        first: Failure | None = None
        try:
            for test in self._tests:
                outcome, failed = self._one(test, trial, oracle)
                outcomes.append(outcome)
                first = first or (failed if test.is_visible else None)
            trial.finish()
        except Stopped as stopped:
            outcomes = self._stopped(outcomes, stopped)
            first = first or Failure(
                stopped.outcome, "" if len(outcomes) > self._n_visible else stopped.message, None
            )
        overall = combine(outcomes)
        return Verdict(
            outcome=overall,
            tests=tuple(outcomes),
            stdout="".join(self._printed),
            message=first.message if first else "",
            line=first.line if first else None,
            plan=self._plan,
        )

    @property
    def _n_visible(self) -> int:
        return sum(test.is_visible for test in self._tests)

    def _without_tests(self, failure: Failure) -> Verdict:
        return Verdict(
            outcome=failure.outcome,
            tests=(),
            stdout="".join(self._printed),
            message=failure.message,
            line=failure.line,
        )

    def _one(
        self, test: PlannedTest, trial: Trial, oracle: References | None
    ) -> tuple[TestOutcome, Failure | None]:
        trial.post(test.case)
        expected = self._expected(test, oracle)
        answer = trial.collect()
        cpu_ms = trial.child.cpu_used_ms()
        printed = trial.child.take_printed()
        if test.is_visible:
            self._printed.append(printed)
        if isinstance(answer, Failure):
            return self._outcome(test, answer.outcome, answer.message, expected, None, cpu_ms), answer
        got = self._unwrapped(test, answer.value, keep_plan=True)
        problem = self._verdict_on(test, answer, got, expected)
        outcome = Outcome.ACCEPTED if problem is None else Outcome.WRONG_ANSWER
        return self._outcome(test, outcome, problem or "", expected, got, cpu_ms), None

    def _expected(self, test: PlannedTest, oracle: References | None) -> Any:
        if test.case.expected is not NOT_GIVEN:
            return plain_copy(test.case.expected)
        if oracle is None or not self._wants_reference(test):
            return self._suite.kept_expected(test)
        value = self._unwrapped(test, oracle.value_of(test), keep_plan=False)
        self._suite.keep_expected(test, value)
        return value

    def _unwrapped(self, test: PlannedTest, value: Any, *, keep_plan: bool) -> Any:
        if test.case.tables is None:
            return value
        if not isinstance(value, dict):
            raise Stopped(Outcome.SANDBOX_VIOLATION, "an answer of another form")
        if keep_plan and test.is_visible and not self._plan:
            self._plan = str(value.get("plan", ""))[:8_000]
        return value.get("result")

    def _verdict_on(self, test: PlannedTest, answer: Answered, got: Any, expected: Any) -> str | None:
        case = test.case
        if answer.is_input_changed and not case.compare.may_mutate:
            return "an input was changed; work on a copy"
        if case.draws is not None:
            return distributions.verdict_on(case.draws, got, self._suite)
        check = self._suite.check_of(case)
        if check is None:
            return difference(expected, got, case.compare)
        given = (
            case.calls
            if case.calls is not None
            else case.tables
            if case.tables is not None
            else list(case.args)
        )
        return _checked(check, given, got, expected, wants_expected=self._suite.needs_reference(case))

    def _outcome(
        self, test: PlannedTest, outcome: Outcome, message: str, expected: Any, got: Any, cpu_ms: float
    ) -> TestOutcome:
        if not test.is_visible:
            return TestOutcome(name=test.case.name, is_visible=False, outcome=outcome, cpu_ms=cpu_ms)
        is_answered = outcome in (Outcome.ACCEPTED, Outcome.WRONG_ANSWER)
        return TestOutcome(
            name=test.case.name,
            is_visible=True,
            outcome=outcome,
            message=message,
            input_text=self._suite.kept_text(test, "input", lambda: input_text(test.case)),
            expected_text=""
            if expected is NOT_GIVEN
            else self._suite.kept_text(test, "expected", lambda: text_of(expected)),
            got_text=text_of(got) if is_answered else "",
            cpu_ms=cpu_ms,
        )

    def _stopped(self, outcomes: list[TestOutcome], stopped: Stopped) -> list[TestOutcome]:
        """The test that broke a bound; after the last one it is the farewell that failed."""
        place = min(len(outcomes), len(self._tests) - 1)
        test = self._tests[place]
        message = (
            f"{stopped.message}; later tests were not run" if stopped.message else "later tests were not run"
        )
        if place + 1 >= len(self._tests):
            message = stopped.message
        return [*outcomes[:place], self._outcome(test, stopped.outcome, message, NOT_GIVEN, None, 0.0)]


def _checked(check: Any, given: Any, got: Any, expected: Any, *, wants_expected: bool) -> str | None:
    try:
        found = check(given, got, expected) if wants_expected else check(given, got)
    except Exception as error:  # the answer has a form that the check did not think of
        shown = _PLURAL.get(type(got), type(got).__name__)
        return f"the answer has not the form that is asked for: {shown} ({type(error).__name__})"
    return None if found is None else str(found)


_PLURAL = {Table: "a table", type(None): "None"}
