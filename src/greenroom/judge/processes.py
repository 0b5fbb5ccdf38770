"""A child as a process, seen from outside: its clock, its memory, its end. None of it is asked of the child."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import NamedTuple, Protocol

from greenroom.core.errors import JudgeUnavailable

_END_TIMEOUT_S = 10.0


class End(NamedTuple):
    """How a child ended, as its parent saw it."""

    status: int
    cpu_ms: float
    peak_bytes: int


class Process(Protocol):
    """What the supervisor needs of a child's process."""

    @property
    def is_alive(self) -> bool:
        """False once its parent has seen it end."""

    def cpu_ms(self) -> float:
        """CPU time so far; where it cannot be read from outside, wall time."""

    def peak_bytes(self) -> int:
        """Most memory that was resident at once."""

    def kill(self) -> None:
        """SIGKILL; one that ended already is left alone."""

    def wait(self) -> End:
        """How it ended. Raises JudgeUnavailable when that cannot be learned."""

    def close(self) -> None:
        """Forget it; it must have been killed."""


class ForkedProcess:
    """A child of a zygote, held by pidfd: its number may lie in another pid namespace."""

    def __init__(self, pidfd: int, end: Future[End]) -> None:
        self._pidfd = pidfd
        self._end = end
        self._pid = _pid_of(pidfd)
        self._peak_bytes = 0

    @property
    def is_alive(self) -> bool:
        """False once the zygote has reaped it."""
        return not self._end.done()

    def cpu_ms(self) -> float:
        """CPU time, read from the kernel."""
        if self._end.done() and self._end.exception() is None:
            return self._end.result().cpu_ms
        try:
            # clock_getcpuclockid(3): the process clock of another process is (~pid << 3) | CPUCLOCK_SCHED
            return time.clock_gettime((~self._pid << 3) | 2) * 1e3
        except OSError:
            return self.wait().cpu_ms

    def peak_bytes(self) -> int:
        """VmHWM, or what wait4 said after the end."""
        try:
            with open(f"/proc/{self._pid}/status", "rb") as file:
                for line in file:
                    if line.startswith(b"VmHWM"):
                        self._peak_bytes = int(line.split()[1]) * 1024
        except OSError:
            if self._end.done() and self._end.exception() is None:
                self._peak_bytes = self._end.result().peak_bytes
        return self._peak_bytes

    def kill(self) -> None:
        """SIGKILL by pidfd, which can never hit another process."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def wait(self) -> End:
        """What the zygote reported."""
        try:
            return self._end.result(_END_TIMEOUT_S)
        except FutureTimeout:
            raise JudgeUnavailable("A sandbox process did not end.") from None

    def close(self) -> None:
        """Close the descriptor."""
        os.close(self._pidfd)


class WorkerProcess:
    """A worker started on its own, a direct child of this process: where zygotes cannot be (macOS)."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self._popen = popen
        self._started = time.monotonic()
        self._end: Future[End] = Future()
        threading.Thread(target=self._reap, name=f"judge-worker-{popen.pid}", daemon=True).start()

    def _reap(self) -> None:
        _, status, usage = os.wait4(self._popen.pid, 0)
        self._popen.returncode = os.waitstatus_to_exitcode(status)  # so that Popen does not wait again
        unit = 1 if sys.platform == "darwin" else 1024
        cpu_ms = (usage.ru_utime + usage.ru_stime) * 1e3
        self._end.set_result(End(status, cpu_ms, usage.ru_maxrss * unit))

    @property
    def is_alive(self) -> bool:
        """False once it was reaped."""
        return not self._end.done()

    def cpu_ms(self) -> float:
        """Wall time while it runs: another process's CPU clock cannot be read everywhere."""
        return (time.monotonic() - self._started) * 1e3

    def peak_bytes(self) -> int:
        """Known only after its end."""
        return self._end.result().peak_bytes if self._end.done() else 0

    def kill(self) -> None:
        """SIGKILL."""
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._popen.pid, signal.SIGKILL)

    def wait(self) -> End:
        """What wait4 said."""
        try:
            return self._end.result(_END_TIMEOUT_S)
        except FutureTimeout:
            raise JudgeUnavailable("A sandbox process did not end.") from None

    def close(self) -> None:
        """Wait until it is reaped."""
        self.wait()


def _pid_of(pidfd: int) -> int:
    with open(f"/proc/self/fdinfo/{pidfd}", "rb") as file:
        for line in file:
            if line.startswith(b"Pid:"):
                return int(line.split()[1])
    raise JudgeUnavailable("A sandbox process cannot be identified.")
