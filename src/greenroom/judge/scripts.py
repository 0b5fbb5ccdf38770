"""A scratch run: any program in one child, with what it printed, its exit code and its use of resources."""

from __future__ import annotations

import time

from greenroom.core.verdicts import Outcome, ScriptResult
from greenroom.judge.children import Child, Limits, Stopped


def run_script(child: Child, source: str, time_limit_ms: int, memory_bytes: int) -> ScriptResult:
    """Run `source` as `__main__`."""
    limits = Limits(cpu_ms=float(time_limit_ms), memory_bytes=memory_bytes)
    message = {
        "op": "script",
        "source": source,
        "seed": 0,
        "memory_bytes": memory_bytes,
        "cpu_s": time_limit_ms // 1000 + 2,
    }
    started = time.monotonic()
    exit_code: int | None = None
    notes: tuple[str, ...] = ()
    try:
        reply = child.ask(message, limits)
        outcome, exit_code = _outcome_of(reply)
    except Stopped as stopped:
        outcome = stopped.outcome
        notes = (stopped.message,) if stopped.message else ()
    cpu_ms, peak_bytes = child.cpu_ms(), child.peak_bytes()
    printed, complained = child.take_both_printed()
    return ScriptResult(
        outcome=outcome,
        stdout=printed,
        stderr=complained,
        exit_code=exit_code,
        cpu_ms=cpu_ms,
        wall_ms=(time.monotonic() - started) * 1e3,
        peak_memory_bytes=peak_bytes,
        notes=notes,
    )


def _outcome_of(reply: dict[str, object]) -> tuple[Outcome, int]:
    code = reply.get("end")
    if type(code) is not int:
        raise Stopped(Outcome.SANDBOX_VIOLATION, "an answer of another form")
    error = reply.get("error")
    if isinstance(error, dict) and error.get("type") == "MemoryError":
        return Outcome.MEMORY_LIMIT, code
    if reply.get("stage") == "compile":
        return Outcome.COMPILE_ERROR, code
    return (Outcome.ACCEPTED if code == 0 else Outcome.RUNTIME_ERROR), code
