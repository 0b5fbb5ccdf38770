"""One source in one child: load it, then put one case after another to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple  # Any: case values and what comes back for them

from greenroom.core.verdicts import Outcome
from greenroom.judge.cases import Case
from greenroom.judge.children import Child, Limits, Stopped
from greenroom.judge.describe import text_of

_LEAST_LOAD_CPU_MS = 1_000.0
"""Loading may import a library, however small the limit of a test is."""
_CPU_MARGIN_S = 10


class Failure(NamedTuple):
    """A program that raised: feedback, in the candidate's own lines."""

    outcome: Outcome
    message: str
    line: int | None


class Answered(NamedTuple):
    """The value a case brought back, and whether an input was changed on the way."""

    value: Any
    is_input_changed: bool = False


class Trial:
    """A program under trial. Raises children.Stopped when its child broke a bound; it is over then."""

    def __init__(self, child: Child, limits: Limits, *, n_tests: int, seed: int) -> None:
        self.child = child
        self._limits = limits
        self._seed = seed
        # A backstop by the kernel; the supervisor's clock decides long before.
        total_s = int(limits.cpu_ms * max(n_tests, 1) / 1e3) + _CPU_MARGIN_S
        self._cpu_s = total_s

    def load(
        self, source: str, entry: str, language: str, meanwhile: Callable[[], None] = lambda: None
    ) -> Failure | None:
        """Compile and import; a failure, or None when the entry is there. `meanwhile` is done while it loads."""
        limits = Limits(
            cpu_ms=max(self._limits.cpu_ms, _LEAST_LOAD_CPU_MS), memory_bytes=self._limits.memory_bytes
        )
        message = {
            "op": "load",
            "source": source,
            "entry": entry,
            "language": language,
            "seed": self._seed,
            "memory_bytes": self._limits.memory_bytes,
            "cpu_s": self._cpu_s,
        }
        try:
            self.child.post(message, limits)
            meanwhile()
            reply = self.child.collect(limits)
            return _load_failure(reply, entry)
        except Stopped as stopped:
            return Failure(stopped.outcome, stopped.message or "while the code was loaded", None)

    def post(self, case: Case) -> None:
        """Send the input of a case."""
        self.child.post(question_of(case, self._seed), self._limits)

    def collect(self) -> Answered | Failure:
        """What came back for the case posted last."""
        reply = self.child.collect(self._limits)
        if "error" in reply:
            return failure_of(reply["error"])
        if "value" not in reply:
            raise Stopped(Outcome.SANDBOX_VIOLATION, "an answer without a value")
        return Answered(reply["value"], reply.get("changed", False) is not False)

    def measure(self, case: Case) -> float | None:
        """CPU seconds of one call, read outside of the candidate's process; None when it raised."""
        question = question_of(case, self._seed)
        self.child.ask({"op": "prepare", "value": question["value"]}, self._limits)
        reply = self.child.ask({"op": "go"}, self._limits)
        return None if "error" in reply else self.child.cpu_used_ms() / 1e3

    def finish(self) -> None:
        """End the program; anything it sent beyond its answers is a violation. Raises Stopped."""
        self.child.finish(self._limits)


def _load_failure(reply: dict[str, Any], entry: str) -> Failure | None:
    if "error" not in reply:
        return None
    failure = failure_of(reply["error"])
    if reply.get("stage") == "compile" and failure.outcome is Outcome.RUNTIME_ERROR:
        return failure._replace(outcome=Outcome.COMPILE_ERROR)
    if reply.get("stage") == "entry":
        return Failure(Outcome.COMPILE_ERROR, f"the code defines no `{entry}`", None)
    return failure


def question_of(case: Case, seed: int) -> dict[str, Any]:
    """The message that carries a case's input, and nothing else of the case."""
    if case.tables is not None:
        return {"op": "call", "kind": "sql", "value": {"tables": dict(case.tables), "args": list(case.args)}}
    if case.calls is not None:
        calls = [[name, list(args)] for name, args in case.calls]
        return {"op": "call", "kind": "script", "value": {"calls": calls}}
    value = {"args": list(case.args), "kwargs": dict(case.kwargs)}
    if case.draws is not None:
        seeds = {"name": case.draws.seed_arg, "first": seed & 0xFFFF}
        return {"op": "call", "kind": "draws", "draws": case.draws.count, "seeds": seeds, "value": value}
    watch = not case.compare.may_mutate and case.compared == "result"
    return {"op": "call", "kind": "call", "watch": watch, "compared": case.compared, "value": value}


def failure_of(error: Any) -> Failure:
    """An exception, as the child tells it: text for people, cut and made plain."""
    if not isinstance(error, dict):
        raise Stopped(Outcome.SANDBOX_VIOLATION, "an answer of another form")
    line = error.get("line")
    text, trace = str(error.get("text", ""))[:4_000], str(error.get("trace", ""))[:4_000]
    outcome = Outcome.MEMORY_LIMIT if error.get("type") == "MemoryError" else Outcome.RUNTIME_ERROR
    message = f"{text}\n{trace}".strip() if trace else text
    message = message.encode("utf-8", "backslashreplace").decode()
    return Failure(outcome, message, line if type(line) is int and 0 < line < 1_000_000 else None)


def input_text(case: Case) -> str:
    """The input of a visible case, for people."""
    if case.tables is not None:
        return "\n".join(f"{name}: {text_of(table)}" for name, table in case.tables.items())
    if case.calls is not None:
        return "\n".join(
            f"{name}({', '.join(text_of(arg, 200) for arg in args)})" for name, args in case.calls
        )
    parts = [text_of(arg) for arg in case.args]
    parts += [f"{name}={text_of(arg)}" for name, arg in case.kwargs.items()]
    return "\n".join(parts)
