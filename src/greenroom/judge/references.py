"""Expected values: what the reference returns for the inputs of a run, asked for in few large questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any  # Any: values that a reference returns

from greenroom.core.problems import Problem
from greenroom.judge.bank_code import BankFault, PlannedTest, language_of, reference_of
from greenroom.judge.children import Child, Limits, Stopped
from greenroom.judge.inside.wire import encoded
from greenroom.judge.trials import failure_of, question_of

_LIMIT_FACTOR = 4
"""The reference may take this many times the candidate's limit: a slow machine is not its fault."""
_MOST_CPU_S = 600
_CHUNK_BYTES = 1 << 20


class References:
    """The reference at work in its own child, while the candidate works in another."""

    def __init__(
        self, oracle: Child, problem: Problem, limits: Limits, tests: Sequence[PlannedTest], seed: int
    ) -> None:
        self._oracle = oracle
        self._problem = problem
        self._limits = replace(limits, cpu_ms=limits.cpu_ms * _LIMIT_FACTOR)
        self._seed = seed
        self._chunks = _chunks(tests, seed)
        self._asked = 0
        self._values: dict[int, Any] = {}

    def start(self) -> None:
        """Put the first question, without waiting for its answer."""
        self._post()

    def value_of(self, test: PlannedTest) -> Any:
        """What the reference returns for that test's input. Raises BankFault when it fails."""
        key = id(test.case)
        while key not in self._values:
            if not self._oracle.is_waiting:
                self._post()
            self._collect()
        return self._values.pop(key)

    def _post(self) -> None:
        tests = self._chunks[self._asked]
        questions = [question_of(test.case, self._seed) for test in tests]
        message: dict[str, Any] = {
            "op": "answers",
            # A reference is trusted not to change its inputs; the bank's own checks see to that.
            "questions": [{**question, "watch": False, "value": None} for question in questions],
            "value": [question["value"] for question in questions],
        }
        if self._asked == 0:
            message["load"] = {
                "source": reference_of(self._problem),
                "entry": self._problem.entry,
                "language": language_of(self._problem),
                "seed": self._seed,
                "memory_bytes": self._limits.memory_bytes,
                "cpu_s": _MOST_CPU_S,
            }
        try:
            self._oracle.post(message, self._limits)
        except Stopped as stopped:
            raise BankFault(f"the reference stopped: {stopped.outcome} {stopped}") from stopped

    def _collect(self) -> None:
        tests = self._chunks[self._asked]
        limits = replace(self._limits, cpu_ms=self._limits.cpu_ms * len(tests))
        try:
            reply = self._oracle.collect(limits)
            self._oracle.take_printed()
        except Stopped as stopped:
            names = ", ".join(test.case.name for test in tests)
            raise BankFault(f"the reference stopped on {names}: {stopped.outcome} {stopped}") from stopped
        self._asked += 1
        if "error" in reply:
            raise BankFault(f"the reference cannot be loaded: {failure_of(reply['error']).message}")
        errors, values = reply["errors"], reply["value"]
        for place, test in enumerate(tests):
            if errors[place] is not None:
                message = failure_of(errors[place]).message
                raise BankFault(f"the reference failed on {test.case.name!r}: {message}")
            self._values[id(test.case)] = values[place]


def _chunks(tests: Sequence[PlannedTest], seed: int) -> list[list[PlannedTest]]:
    """Tests in order, cut so that one question carries about a megabyte."""
    chunks: list[list[PlannedTest]] = [[]]
    size = 0
    for test in tests:
        if chunks[-1] and size > _CHUNK_BYTES:
            chunks.append([])
            size = 0
        chunks[-1].append(test)
        size += _size_of(test, seed)
    return chunks


def _size_of(test: PlannedTest, seed: int) -> int:
    arrays = [value.nbytes for value in test.case.args if hasattr(value, "nbytes")]
    if arrays and len(arrays) == len(test.case.args):
        return sum(arrays)
    return len(encoded(question_of(test.case, seed)["value"]))
