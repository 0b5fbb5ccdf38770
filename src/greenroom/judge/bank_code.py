"""Loads a problem's tests.py. It is reviewed code of the bank and runs in the supervisor's process;
candidate code never meets it."""

from __future__ import annotations

import inspect
import sys
import threading
import types
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple  # Any: cases, inputs and answers are whatever a problem deals in

import numpy as np

from greenroom.core.problems import Problem
from greenroom.judge.cases import NOT_GIVEN, Case

_KEPT_SUITES = 64


class BankFault(Exception):
    """The bank's own code failed; never charged to a candidate."""


class PlannedTest(NamedTuple):
    """A case with its place in the suite."""

    case: Case
    is_visible: bool


class Suite:
    """The tests of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem_hash = problem.hash
        self._module = _load(problem)
        self._visible = self._cases("visible")
        self._lock = threading.Lock()
        self._expected: dict[str, Any] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def tests(self, *, visible_only: bool, seed: int) -> list[PlannedTest]:
        """Visible cases, then hidden ones drawn from `seed`."""
        tests = [PlannedTest(case, True) for case in self._visible]
        if not visible_only:
            tests += [PlannedTest(case, False) for case in self._cases("hidden", np.random.default_rng(seed))]
        if not tests:
            raise BankFault("tests.py yields no case")
        return tests

    @property
    def measures_growth(self) -> bool:
        """True when tests.py has `sized`."""
        return hasattr(self._module, "sized")

    def sized(self, size: int, seed: int) -> Case | None:
        """The case of that size, or None where the problem does not measure growth."""
        if not self.measures_growth:
            return None
        return _called("sized", self._module.sized, size, np.random.default_rng(seed))  # type: ignore[no-any-return]  # bank code

    def check_of(self, case: Case) -> Callable[..., str | None] | None:
        """The check function a case names. Raises BankFault when tests.py has none of that name."""
        return None if case.check is None else self.function(case.check)

    def function(self, name: str) -> Callable[..., Any]:
        """A function of tests.py. Raises BankFault."""
        found = getattr(self._module, name, None)
        if not callable(found):
            raise BankFault(f"tests.py has no function {name}")
        return found  # type: ignore[no-any-return]  # bank code

    def needs_reference(self, case: Case) -> bool:
        """True when the expected value is what the reference returns."""
        if case.expected is not NOT_GIVEN or case.draws is not None:
            return False
        check = self.check_of(case)
        return check is None or len(inspect.signature(check).parameters) >= 3

    def kept_expected(self, test: PlannedTest) -> Any:
        """The expected value of a visible case, once known; else NOT_GIVEN."""
        return self._expected.get(test.case.name, NOT_GIVEN) if test.is_visible else NOT_GIVEN

    def keep_expected(self, test: PlannedTest, value: Any) -> None:
        """Remember what the reference returned for a visible case: its input never changes."""
        if test.is_visible:
            with self._lock:
                self._expected[test.case.name] = value

    def kept_text(self, test: PlannedTest, what: str, make: Callable[[], str]) -> str:
        """A text about a visible case, made once: neither its input nor its expected value changes."""
        key = (test.case.name, what)
        if key not in self._texts:
            self._texts[key] = make()
        return self._texts[key]

    def _cases(self, name: str, *args: Any) -> list[Case]:
        if not hasattr(self._module, name):
            return []
        made = _called(name, getattr(self._module, name), *args)
        if not isinstance(made, Sequence) or not all(isinstance(case, Case) for case in made):
            raise BankFault(f"tests.py: {name}() must return a list of Case")
        return list(made)


def _called(name: str, function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except Exception as error:
        raise BankFault(f"tests.py: {name}() failed: {type(error).__name__}: {error}") from error


def _load(problem: Problem) -> types.ModuleType:
    name = f"greenroom_bank_tests_{problem.id.replace('-', '_')}_{problem.hash}"
    module = types.ModuleType(name)
    sys.modules[name] = module
    try:
        exec(compile(_file(problem.files, "tests.py"), f"{problem.id}/tests.py", "exec"), module.__dict__)
    except Exception as error:
        raise BankFault(f"{problem.id}/tests.py cannot be loaded: {type(error).__name__}: {error}") from error
    finally:
        del sys.modules[name]
    return module


def _file(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise BankFault(f"the problem has no {name}")
    return files[name]


def language_of(problem: Problem) -> str:
    """`sql` when the reference is a query file, else `python`."""
    return "sql" if "reference.sql" in problem.files else "python"


def reference_of(problem: Problem) -> str:
    """Source of the reference solution."""
    return _file(problem.files, "reference.sql" if language_of(problem) == "sql" else "reference.py")


class Suites:
    """Suites by problem hash, the latest used kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Suite] = OrderedDict()

    def of(self, problem: Problem) -> Suite:
        """The suite of that problem. Raises BankFault."""
        key = f"{problem.id} {problem.hash}"
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        suite = Suite(problem)
        with self._lock:
            self._kept[key] = suite
            while len(self._kept) > _KEPT_SUITES:
                self._kept.popitem(last=False)
        return suite
