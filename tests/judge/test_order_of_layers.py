"""Candidate code never runs before the last layer is on."""

import os
import socket
import threading
from concurrent.futures import Future
from typing import Any

import pytest

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge.children import Child, Limits
from greenroom.judge.inside import layers, wire
from greenroom.judge.processes import ForkedProcess

LIMITS = Limits(cpu_ms=100, memory_bytes=1 << 20)


class Impostor:
    """A child of the test's own making, and what the supervisor sent to it."""

    def __init__(self, report: dict[str, Any]) -> None:
        mine, self.theirs = socket.socketpair()
        (out, self._out), (err, self._err) = os.pipe(), os.pipe()
        pidfd = os.pidfd_open(os.getpid())
        self.child = Child((mine.detach(), out, err), ForkedProcess(pidfd, Future()), layers.expected("full"))
        self.theirs.sendall(wire.pack(report))

    def sent_by_supervisor(self) -> bytes:
        """Bytes that reached the child so far."""
        self.theirs.setblocking(False)
        try:
            return self.theirs.recv(1 << 16)
        except BlockingIOError:
            return b""


@pytest.mark.parametrize("missing", layers.expected("full"))
def test_nothing_is_sent_to_a_child_that_lacks_a_layer(missing: str) -> None:
    impostor = Impostor({"layers": [name for name in layers.expected("full") if name != missing]})
    with pytest.raises(JudgeUnavailable, match="incomplete"):
        impostor.child.wait_until_ready()
    with pytest.raises(JudgeUnavailable, match="before its layers were on"):
        impostor.child.post({"op": "load", "source": "print('ran')"}, LIMITS)
    assert impostor.sent_by_supervisor() == b""


def test_layers_in_another_order_are_refused() -> None:
    impostor = Impostor({"layers": list(reversed(layers.expected("full")))})
    with pytest.raises(JudgeUnavailable, match="incomplete"):
        impostor.child.wait_until_ready()


def test_a_child_reports_in_only_after_its_last_layer() -> None:
    """The report itself is a write under the filter: the harness is entered with every layer on."""
    assert layers.FULL_ORDER[-1] == "seccomp"
    assert layers.expected("landlock") == [name for name in layers.FULL_ORDER if name != "work"]


def test_a_complete_child_is_sent_its_question() -> None:
    impostor = Impostor({"layers": layers.expected("full")})
    impostor.child.wait_until_ready()
    poster = threading.Thread(target=impostor.child.post, args=({"op": "end"}, LIMITS))
    poster.start()
    poster.join()
    assert b'"op":"end"' in impostor.sent_by_supervisor()
