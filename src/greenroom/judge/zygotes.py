"""The supervisor's side of a zygote process: start it, ask for children, learn how they ended."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # Any: reports of the zygote are JSON

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge import children, processes, profiles
from greenroom.judge.cgroups import Delegated
from greenroom.judge.inside import layers

_BOOT = Path(__file__).parent / "inside" / "boot.py"
_MAX_MESSAGE = 1 << 16
_USER_BASE, _USER_COUNT = 0x7000_0000, 4_096
"""As root, children become users from here on: no account uses them, and limits count per child."""
_THREADS_OF_ONE = 64
ENVIRONMENT = {
    # One thread per BLAS pool: the zygote must fork single-threaded, and children share two cores.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "JOBLIB_MULTIPROCESSING": "0",  # no named semaphores, no processes: joblib uses threads
    "PYTHONHASHSEED": "0",
    "LC_ALL": "C.UTF-8",
    # Arenas reserve address space, which is what the memory limit counts.
    "MALLOC_ARENA_MAX": "2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a zygote is asked to be. `without` leaves layers off: only the tests of the suite do that."""

    level: str
    profile: str
    memory_bytes: int = 1 << 30
    work_bytes: int = 16 << 20
    work_inodes: int = 256
    group: Delegated | None = None
    """cgroup that the zygote and its children are put in."""
    without: tuple[str, ...] = ()


class Zygote:
    """One running zygote. Safe to use from many threads. `close` ends it and all its children."""

    def __init__(self, plan: Plan, on_child: Callable[[children.Child], None]) -> None:
        self.plan = plan
        self.rss_bytes = 0
        self.is_alive = True
        self._on_child = on_child
        self._lock = threading.Lock()
        self._next_id = 0
        self._ends: dict[int, Future[processes.End]] = {}
        self._booted: Future[None] = Future()
        self._mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = _start(plan, theirs)
        theirs.close()
        if plan.group is not None:
            plan.group.add(self._process.pid)
        self._send(_configuration(plan))
        self._reader = threading.Thread(target=self._read, name=f"judge-{plan.profile}", daemon=True)
        self._reader.start()

    def wait_until_booted(self, timeout_s: float = 120.0) -> None:
        """Return when the imports are done and the zygote is sealed. Raises JudgeUnavailable."""
        self._booted.result(timeout_s)

    def spawn(self) -> None:
        """Ask for one more child; it arrives at `on_child`. Raises JudgeUnavailable when the zygote is gone."""
        with self._lock:
            child_id = self._next_id
            self._next_id += 1
            self._ends[child_id] = Future()
        self._send({"spawn": child_id})

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._mine.sendall(json.dumps(message).encode())
        except OSError as error:
            raise JudgeUnavailable("The judge's parent process is gone.", hint="It is restarted.") from error

    def _read(self) -> None:
        while True:
            try:
                data, fds, _flags, _address = socket.recv_fds(self._mine, _MAX_MESSAGE, 8)
            except OSError:
                data, fds = b"", []
            if not data:
                break
            self._take(json.loads(data), fds)
        self._gone("The judge's parent process ended.")

    def _take(self, event: dict[str, Any], fds: list[int]) -> None:
        match event["event"]:
            case "booted":
                self.rss_bytes = event["rss_bytes"]
                self._booted.set_result(None)
            case "spawned":
                end = self._ends[event["id"]]
                expected = layers.expected(self.plan.level, self.plan.without)
                process = processes.ForkedProcess(fds.pop(), end)
                self._on_child(children.Child(fds, process, expected))
            case "ended":
                with self._lock:
                    end = self._ends.pop(event["id"])
                end.set_result(processes.End(event["status"], event["cpu_ms"], event["peak_bytes"]))
            case "fault":
                self._gone(event["message"])

    def _gone(self, why: str) -> None:
        self.is_alive = False
        error = JudgeUnavailable(why, hint="Run `greenroom doctor` to see which sandbox levels work here.")
        with self._lock:
            waiting: list[Future[Any]] = [self._booted, *self._ends.values()]
            self._ends.clear()
        for future in waiting:
            try:
                future.set_exception(error)
            except InvalidStateError:
                continue

    def close(self) -> None:
        """End the zygote and its children, and wait for them."""
        self.is_alive = False
        with contextlib.suppress(OSError):  # it may be gone already
            self._mine.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(5)
        self._mine.close()


def _configuration(plan: Plan) -> dict[str, Any]:
    profile = profiles.PROFILES[plan.profile]
    where = profiles.places(plan.profile, plan.level)
    is_root = os.geteuid() == 0
    return {
        "level": plan.level,
        "without": list(plan.without),
        "readable": list(where.readable),
        "hidden": list(where.hidden),
        "sys_path": list(where.sys_path),
        "imports": list(profile.imports),
        "memory_bytes": plan.memory_bytes,
        "work": scratch_folder(where.readable),
        "work_bytes": plan.work_bytes,
        "work_inodes": plan.work_inodes,
        "user_base": _USER_BASE if is_root else None,
        "user_count": _USER_COUNT,
        # Without an own root, Python may lie where only root can read: then root reads, and another user counts.
        "is_root_kept": is_root and plan.level != "full" and not _others_can_read(where.sys_path),
        "threads": _thread_limit(plan),
    }


def scratch_folder(readable: tuple[str, ...]) -> str:
    """Where the scratch folder lies: /work, unless Python or a package is installed beneath it."""
    free = (w for w in ("/work", "/scratch") if not any(path.startswith(w + "/") for path in readable))
    return next(free, "/greenroom-scratch")


def _thread_limit(plan: Plan) -> int:
    """RLIMIT_NPROC counts all threads of the user, in the user namespace where there is one."""
    if os.geteuid() == 0:
        return _THREADS_OF_ONE
    return 8 * _THREADS_OF_ONE if plan.level == "full" else _threads_of_user() + 8 * _THREADS_OF_ONE


def _threads_of_user() -> int:
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == os.geteuid():
                count += len(list((folder / "task").iterdir()))
        except OSError:
            continue  # it ended meanwhile
    return count


def _others_can_read(paths: tuple[str, ...]) -> bool:
    """True when another user than root can walk to every path."""
    for path in map(Path, paths):
        for step in (path, *path.parents):
            if step.exists() and not step.stat().st_mode & 0o001:
                return False
    return True


def _start(plan: Plan, control: socket.socket) -> subprocess.Popen[bytes]:
    sys_path = profiles.places(plan.profile, plan.level).sys_path
    # execve, never a fork of this process: it has threads.
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", str(_BOOT), json.dumps(sys_path)],
        env=None if "environment" in plan.without else ENVIRONMENT,
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        close_fds=True,
    )
