"""What every sandbox level must do before it is offered: short programs that try, and must fail."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.core.verdicts import Outcome
from greenroom.judge.pools import Pool
from greenroom.judge.scripts import run_script

_MEMORY_BYTES = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check: what it tries, whether the sandbox held, and what was seen."""

    name: str
    has_held: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    name: str
    source: str
    outcomes: tuple[Outcome, ...] = (Outcome.ACCEPTED,)
    printed: str | None = "held\n"
    time_limit_ms: int = 2_000


def _must_raise(body: str) -> str:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"try:\n{lines}\nexcept OSError:\n    print('held')\nelse:\n    print('open')\n"


_SYSCALL = "import ctypes\nctypes.CDLL(None).syscall({})\nprint('survived')\n"

_CHECKS = (
    _Check(
        name="runs honest code",
        source="import numpy as np\nprint('held' if np.ones(3).sum() == 3 else 'bad')",
    ),
    _Check(name="reads no host file", source=_must_raise("open('/etc/passwd').read()")),
    _Check(
        name="lists no home", source=_must_raise("import os\nos.listdir('/root' if os.getuid() else '/home')")
    ),
    _Check(name="writes nowhere else", source=_must_raise("open('/tmp/greenroom-check', 'w')")),
    _Check(name="opens no socket", source=_must_raise("import socket\nsocket.socket()")),
    _Check(name="starts no program", source=_must_raise("import os\nos.execv('/bin/sh', ['sh'])")),
    _Check(name="forks no process", source=_must_raise("import os\nos.fork()")),
    _Check(name="signals nobody", source=_must_raise("import os, signal\nos.kill(1, 0)")),
    _Check(
        name="holds no other descriptor",
        source="import fcntl\nopen_fds = []\nfor fd in range(4, 256):\n    try:\n        fcntl.fcntl(fd, 1)\n"
        "        open_fds.append(fd)\n    except OSError:\n        pass\nprint('held' if not open_fds else open_fds)",
    ),
    _Check(
        name="dies on ptrace",
        source=_SYSCALL.format("101 if __import__('platform').machine() == 'x86_64' else 117, 0, 0, 0, 0"),
        outcomes=(Outcome.SANDBOX_VIOLATION,),
        printed="",
    ),
    _Check(
        name="memory is bounded",
        source="x = bytearray(1 << 30)",
        outcomes=(Outcome.MEMORY_LIMIT,),
        printed=None,
    ),
    _Check(
        name="time is bounded", source="while True: pass", outcomes=(Outcome.TIME_LIMIT,), time_limit_ms=50
    ),
)
_LINUX_ONLY = ("dies on ptrace", "memory is bounded")
"""macOS has no system call filter and enforces no limit on memory; the rung says so."""


def run_checks(pool: Pool, level: str) -> tuple[CheckResult, ...]:
    """Every check, each in a fresh child. Raises JudgeUnavailable when children cannot be had."""
    return tuple(
        _result(check, pool) for check in _CHECKS if level != "seatbelt" or check.name not in _LINUX_ONLY
    )


def _result(check: _Check, pool: Pool) -> CheckResult:
    child = pool.take()
    try:
        result = run_script(child, check.source, check.time_limit_ms, _MEMORY_BYTES)
    finally:
        child.close()
        pool.refill()
    printed = check.printed if check.outcomes[0] is not Outcome.TIME_LIMIT else None
    has_held = result.outcome in check.outcomes and (printed is None or result.stdout == printed)
    seen = f"{result.outcome.value} {result.stdout.strip()[:80]}".strip()
    if not has_held and result.stderr:
        seen += f" {result.stderr.strip().splitlines()[-1][:120]}"
    return CheckResult(name=check.name, has_held=has_held, seen=seen)
