"""macOS: pre-imported single-use workers, each a fresh process under a Seatbelt profile.

Weaker than the Linux levels, and said to be: no private root, no system call filter, memory not bounded by
the kernel, time taken as wall time. Not yet run on a Mac: the self-check decides there whether it is offered.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge import profiles
from greenroom.judge.children import Child
from greenroom.judge.inside import layers
from greenroom.judge.processes import WorkerProcess
from greenroom.judge.zygotes import ENVIRONMENT, Plan

_WORKER = Path(__file__).parent / "inside" / "worker.py"
_WITNESS = "/etc/passwd"
_DESCRIPTORS = 64


def profile_text(readable: tuple[str, ...]) -> str:
    """The Seatbelt profile: nothing but reading Python, its packages and the system's libraries.

    (deny default) covers network, fork, mach services, writing, and other processes.
    """
    folders = [*readable, str(_WORKER.parent), sys.base_prefix, os.path.realpath(sys.base_prefix)]
    system = [
        "/usr/lib",
        "/System/Library",
        "/System/Cryptexes",
        "/private/var/db/dyld",
        "/usr/share/zoneinfo",
    ]
    subpaths = "\n".join(f"  (subpath {json.dumps(path)})" for path in sorted({*folders, *system}))
    programs = sorted({sys.executable, os.path.realpath(sys.executable)})
    literals = " ".join(f"(literal {json.dumps(path)})" for path in programs)
    return f"""(version 1)
(deny default)
; sandbox-exec itself starts Python under this profile; framework builds start their inner program once more
(allow process-exec {literals} (subpath {json.dumps(sys.base_prefix)}))
; import looks at paths before it opens them
(allow file-read-metadata)
(allow file-read*
{subpaths}
  (literal "/") (literal "/dev/null") (literal "/dev/urandom") (literal "/dev/random"))
; sizes of caches and numbers of cores, for thread pools
(allow sysctl-read)
(allow signal (target self))
"""


class Workers:
    """Source of single-use workers, with the interface of a zygote. `prefix` stands before the command."""

    rss_bytes = 0

    def __init__(
        self, plan: Plan, on_child: Callable[[Child], None], prefix: tuple[str, ...] | None = None
    ) -> None:
        self.plan = plan
        self.is_alive = True
        self._on_child = on_child
        self._where = profiles.places(plan.profile, plan.level)
        self._prefix = (
            ("/usr/bin/sandbox-exec", "-p", profile_text(self._where.readable)) if prefix is None else prefix
        )

    def wait_until_booted(self, timeout_s: float = 120.0) -> None:
        """Nothing to wait for: every worker imports on its own."""

    def spawn(self) -> None:
        """Start one more worker; it arrives at once and reports in when its imports are done."""
        config = {
            "sys_path": list(self._where.sys_path),
            "imports": list(profiles.PROFILES[self.plan.profile].imports),
            "descriptors": _DESCRIPTORS,
            "witness": _WITNESS,
        }
        mine, theirs = socket.socketpair()
        (out, out_write), (err, err_write) = os.pipe(), os.pipe()
        try:
            popen = subprocess.Popen(
                [*self._prefix, sys.executable, "-I", "-S", "-B", str(_WORKER), json.dumps(config)],
                env=ENVIRONMENT,
                stdin=theirs.fileno(),
                stdout=out_write,
                stderr=err_write,
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            self.is_alive = False
            mine.close()
            for fd in (out, err):
                os.close(fd)
            raise JudgeUnavailable(f"A worker cannot be started: {error}") from error
        finally:
            theirs.close()
            os.close(out_write)
            os.close(err_write)
        expected = layers.expected(self.plan.level, self.plan.without)
        child = Child((mine.detach(), out, err), WorkerProcess(popen), expected)
        # As from a zygote, children arrive on another thread than the one that asks for them.
        threading.Thread(target=self._on_child, args=(child,), daemon=True).start()

    def close(self) -> None:
        """Take no more orders; the pool closes the workers that wait."""
        self.is_alive = False
