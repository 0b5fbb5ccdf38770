"""One single-use child, seen from the supervisor: ask, bound, listen, kill.

Everything that arrives is hostile. A reply counts only when it carries the nonce of the question that was
just asked, and nothing lies unread before or after it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # Any: messages are JSON; what a reply may hold is checked by who asked

from greenroom.core.errors import JudgeUnavailable
from greenroom.core.verdicts import Outcome
from greenroom.judge.inside import wire
from greenroom.judge.inside.npy import Malformed
from greenroom.judge.processes import End, Process

MAX_PRINTED_BYTES = 1 << 20
KEPT_PRINTED_BYTES = 64 << 10
_READY_TIMEOUT_S = 20.0
_NEAR_LIMIT = 0.7
"""A crash with this much of the memory limit in use is put down to memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one question. CPU is what counts; wall time only stops sleepers and idle waits."""

    cpu_ms: float
    memory_bytes: int
    printed_bytes: int = MAX_PRINTED_BYTES

    @property
    def wall_ms(self) -> float:
        """Generous, so that a busy machine is not charged to the candidate."""
        return self.cpu_ms * 2 + 1_000


class Stopped(Exception):
    """The child broke a bound or its protocol; the run ends with that outcome."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message


class Child:
    """A sandboxed process that waits for one program. Used by one thread at a time."""

    def __init__(self, fds: Sequence[int], process: Process, layers: Sequence[str]) -> None:
        socket_fd, self._out_fd, self._err_fd = fds
        self._socket_fd = socket_fd
        self._socket = socket.socket(fileno=socket_fd)
        self._unread = bytearray()
        self._socket.setblocking(False)
        self._process = process
        self._layers = list(layers)
        self._baseline_bytes = 0
        self._nonce = ""
        self._asked_at_ms = self._cpu_at_ask_ms = 0.0
        self.printed = {self._out_fd: bytearray(), self._err_fd: bytearray()}
        self._printed_bytes = 0
        self.is_ready = False
        self.is_waiting = False
        """A question was posted and its answer not collected."""
        self._poll = select.poll()
        for fd in (socket_fd, self._out_fd, self._err_fd):
            self._poll.register(fd, select.POLLIN)
        for fd in (self._out_fd, self._err_fd):
            os.set_blocking(fd, False)

    def wait_until_ready(self) -> None:
        """Return when every layer reported in, in order. Only then may source be sent.

        Raises JudgeUnavailable when a layer is missing or failed: then nothing of a candidate's runs.
        """
        if self.is_ready:
            return
        try:
            payload, json_length = self._frame(time.monotonic() + _READY_TIMEOUT_S, None)
            report = wire.unpack(payload, json_length, plain=True)
        except (Stopped, Malformed) as error:
            raise JudgeUnavailable(f"A sandbox process did not start: {error}") from error
        if report.get("layers") != self._layers:
            why = report.get("fault", f"layers {report.get('layers')} instead of {self._layers}")
            raise JudgeUnavailable(f"A sandbox process is incomplete: {why}")
        baseline = report.get("baseline_bytes", 0)
        self._baseline_bytes = baseline if type(baseline) is int else 0
        self.is_ready = True

    def ask(self, message: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
        """Post a question and collect its answer. Raises Stopped."""
        self.post(message, limits)
        return self.collect(limits)

    def post(self, message: Mapping[str, Any], limits: Limits) -> None:
        """Send one question under a fresh nonce. Raises Stopped."""
        if not self.is_ready:
            raise JudgeUnavailable("A sandbox process was asked before its layers were on.")
        self._nonce = secrets.token_hex(8)
        self.is_waiting = True
        self._asked_at_ms, self._cpu_at_ask_ms = time.monotonic() * 1e3, self.cpu_ms()
        view = memoryview(wire.pack({**message, "nonce": self._nonce}))
        deadline = time.monotonic() + limits.wall_ms / 1e3
        while view:
            try:
                view = view[self._socket.send(view) :]
            except BlockingIOError:
                self._wait_until_writable(deadline)
            except OSError:
                raise self._died(limits) from None

    def _wait_until_writable(self, deadline: float) -> None:
        left_ms = (deadline - time.monotonic()) * 1e3
        if left_ms <= 0:
            raise Stopped(Outcome.TIME_LIMIT, "the program does not read its input")
        writable = select.poll()
        writable.register(self._socket, select.POLLOUT)
        writable.poll(min(left_ms, 50))
        self._listen()

    def collect(self, limits: Limits) -> dict[str, Any]:
        """The answer to the question posted last. Raises Stopped."""
        deadline = self._asked_at_ms / 1e3 + limits.wall_ms / 1e3
        payload, json_length = self._frame(deadline, limits)
        if self.cpu_used_ms() > limits.cpu_ms:
            raise Stopped(Outcome.TIME_LIMIT, "")
        try:
            reply = wire.unpack(payload, json_length, plain=True)
        except Malformed as error:
            raise Stopped(Outcome.SANDBOX_VIOLATION, f"the answer broke the protocol: {error}") from None
        if reply.get("nonce") != self._nonce:
            raise Stopped(Outcome.SANDBOX_VIOLATION, "an answer that was not asked for")
        self.is_waiting = False
        return reply

    def cpu_used_ms(self) -> float:
        """CPU time since the last question was posted."""
        return self.cpu_ms() - self._cpu_at_ask_ms

    def cpu_ms(self) -> float:
        """CPU time of the whole child, read from the kernel and not from the child."""
        return self._process.cpu_ms()

    def peak_bytes(self) -> int:
        """Most memory in use beyond what the child started with."""
        return max(0, self._process.peak_bytes() - self._baseline_bytes)

    def take_printed(self) -> str:
        """What was printed since the last call and before the last answer, at most `KEPT_PRINTED_BYTES`."""
        text = self.printed[self._out_fd].decode("utf-8", "replace")
        self.printed[self._out_fd].clear()
        return text

    def take_both_printed(self) -> tuple[str, str]:
        """Standard output and standard error so far."""
        self._listen()
        out, err = (self.printed[fd].decode("utf-8", "replace") for fd in (self._out_fd, self._err_fd))
        return out, err

    def finish(self, limits: Limits) -> None:
        """Say goodbye: the next frame must be the farewell, and nothing may lie before it. Raises Stopped."""
        self.ask({"op": "end"}, limits)
        if self._unread:
            raise Stopped(Outcome.SANDBOX_VIOLATION, "an answer that was not asked for")

    @property
    def is_alive(self) -> bool:
        """False once its parent has seen it end."""
        return self._process.is_alive

    def close(self) -> None:
        """Kill and forget. A candidate's child is never used twice."""
        self._process.kill()
        self._socket.close()
        for fd in (self._out_fd, self._err_fd):
            os.close(fd)
        self._process.close()

    def wait_for_end(self) -> End:
        """How it ended; waits for it. Raises JudgeUnavailable when that cannot be learned."""
        return self._process.wait()

    def _frame(self, deadline: float, limits: Limits | None) -> tuple[bytes, int]:
        """One frame: (payload, length of its text). What comes after it stays unread for the next."""
        self._receive(wire.HEADER.size, deadline, limits)
        payload_length, json_length = wire.HEADER.unpack_from(self._unread)
        if payload_length > wire.MAX_FRAME_BYTES or json_length > wire.MAX_JSON_BYTES:
            raise Stopped(Outcome.OUTPUT_LIMIT, "the answer is larger than an answer may be")
        end = wire.HEADER.size + payload_length
        self._receive(end, deadline, limits)
        payload = bytes(memoryview(self._unread)[wire.HEADER.size : end])
        del self._unread[:end]
        return payload, json_length

    def _receive(self, count: int, deadline: float, limits: Limits | None) -> None:
        """Read until `count` bytes are there."""
        while len(self._unread) < count:
            # Pipes are read before the socket: what was printed before an answer is there when it is.
            if not self._wait(deadline, limits):
                continue
            try:
                part = self._socket.recv(max(count - len(self._unread), 1 << 16))
            except OSError:
                part = b""
            if not part:
                raise self._died(limits)
            self._unread += part

    def _wait(self, deadline: float, limits: Limits | None) -> bool:
        """Wait for the child to say something, and read what it printed. True when an answer waits."""
        left_ms = (deadline - time.monotonic()) * 1e3
        cpu_left_ms = left_ms if limits is None else limits.cpu_ms - self.cpu_used_ms()
        if left_ms <= 0 or cpu_left_ms <= 0:
            raise Stopped(Outcome.TIME_LIMIT, "")
        # A little late rather than early: the CPU clock is looked at again before anything is decided.
        events = self._poll.poll(min(left_ms, cpu_left_ms) + 1)
        if any(fd != self._socket_fd for fd, _event in events):
            self._listen(limits)
        return any(fd == self._socket_fd for fd, _event in events)

    def _listen(self, limits: Limits | None = None) -> None:
        for fd, kept in self.printed.items():
            while True:
                try:
                    part = os.read(fd, 1 << 16)
                except BlockingIOError:
                    break
                if not part:
                    # All writers closed: drop it from the poll, which would otherwise never sleep again.
                    with contextlib.suppress(KeyError):
                        self._poll.unregister(fd)
                    break
                self._printed_bytes += len(part)
                kept += part[: max(0, KEPT_PRINTED_BYTES - len(kept))]
                if limits is not None and self._printed_bytes > limits.printed_bytes:
                    raise Stopped(
                        Outcome.OUTPUT_LIMIT, f"more than {limits.printed_bytes} bytes were printed"
                    )

    def _died(self, limits: Limits | None) -> Stopped:
        end = self.wait_for_end()
        self._listen()
        return outcome_of(end, limits, end.peak_bytes - self._baseline_bytes)


def outcome_of(end: End, limits: Limits | None, peak_bytes: int) -> Stopped:
    """What the end of a child without an answer means."""
    is_full = limits is not None and peak_bytes > _NEAR_LIMIT * limits.memory_bytes
    if not os.WIFSIGNALED(end.status):
        code = os.waitstatus_to_exitcode(end.status)
        return Stopped(
            Outcome.RUNTIME_ERROR, f"the program ended itself (exit code {code}) before it answered"
        )
    number = os.WTERMSIG(end.status)
    if number == signal.SIGSYS:
        return Stopped(Outcome.SANDBOX_VIOLATION, "the program made a system call that is forbidden here")
    if number == signal.SIGXCPU or (number == signal.SIGKILL and not is_full):
        return Stopped(Outcome.TIME_LIMIT, "")
    if is_full:
        return Stopped(Outcome.MEMORY_LIMIT, "")
    name = signal.Signals(number).name
    why = {"SIGSEGV": "it crashed; deep recursion and bad native calls do that"}.get(name, "it crashed")
    return Stopped(Outcome.RUNTIME_ERROR, f"the process died by {name}: {why}")
