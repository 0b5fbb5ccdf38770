"""The zygote: one per profile, execve'd with an empty environment, imports done, then sealed.

It forks a single-use child for every `spawn`, hands the child's descriptors to the supervisor and
reports how the child ended. It never sees a problem, a source or an answer. When the supervisor goes,
the control socket closes, the zygote ends, and the kernel ends everything in its pid namespace.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Any, NoReturn  # Any: configuration and reports are JSON

from . import harness, kernel, layers, rootfs

CONTROL_FD = 3
_MAX_MESSAGE = 1 << 18


def main() -> NoReturn:
    """Entry of the launcher process."""
    os.dup2(0, CONTROL_FD)  # handed over as standard input
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.close(null)
    control = socket.socket(fileno=CONTROL_FD)
    config = json.loads(control.recv(_MAX_MESSAGE))
    try:
        if config["level"] == "full" and "namespaces" not in config["without"]:
            _enter_namespaces(config, control)
        _Zygote(config, control).run()
    except Exception as error:
        control.send(json.dumps({"event": "fault", "message": f"{type(error).__name__}: {error}"}).encode())
    os._exit(1)


def _enter_namespaces(config: dict[str, Any], control: socket.socket) -> None:
    """New namespaces, then fork so that the caller goes on as process 1 of the new pid namespace."""
    own_pid = os.getpid()
    told, tell = os.pipe()
    mapped, say_mapped = os.pipe()
    writer = os.fork()
    if writer == 0:  # stays outside: only from there may root map other users than itself
        os.read(told, 1)
        try:
            _write_maps(own_pid, config)
            os.write(say_mapped, b"1")
        finally:
            os._exit(0)
    kernel.unshare(rootfs.NAMESPACES)
    os.write(tell, b"1")
    os.close(say_mapped)
    if os.read(mapped, 1) != b"1":
        raise OSError("the user namespace could not be mapped")
    os.waitpid(writer, 0)
    for fd in (told, tell, mapped):
        os.close(fd)
    child = os.fork()
    if child:
        control.close()
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
    kernel.die_with_parent()


def _write_maps(pid: int, config: dict[str, Any]) -> None:
    def write(name: str, text: str) -> None:
        with open(f"/proc/{pid}/{name}", "w") as file:
            file.write(text)

    base, count = config["user_base"], config["user_count"]
    if base is None:
        write("setgroups", "deny")
        write("uid_map", f"0 {os.getuid()} 1")
        write("gid_map", f"0 {os.getgid()} 1")
    else:
        write("uid_map", f"0 {base} {count}")
        write("gid_map", f"0 {base} {count}")


class _Zygote:
    def __init__(self, config: dict[str, Any], control: socket.socket) -> None:
        self._config = config
        self._control = control
        self._children: dict[int, int] = {}  # pidfd -> pid
        self._ids: dict[int, int] = {}  # pidfd -> the supervisor's id

    def run(self) -> NoReturn:
        """Prepare, report `booted`, then serve until the control socket closes."""
        plan = self._prepare()
        poll = select.poll()
        poll.register(CONTROL_FD, select.POLLIN)
        while True:
            for fd, _event in poll.poll():
                if fd == CONTROL_FD:
                    self._obey(plan, poll)
                else:
                    poll.unregister(fd)
                    self._report_end(fd)

    def _prepare(self) -> layers.ChildPlan:
        config = self._config
        namespaces = config["level"] == "full" and "namespaces" not in config["without"]
        memory_file = os.open("/proc/self/statm", os.O_RDONLY)
        if namespaces:
            rootfs.move_into(
                config["readable"],
                config["hidden"],
                config["work"],
                is_mapped=config["user_base"] is not None,
                shared_work="work" in config["without"],
                needs_urandom="torch" in config["imports"],
            )
            socket.sethostname("greenroom")
            kernel.die_with_parent()
            kernel.empty_bounding_set()
        else:
            os.chdir("/")
        sys.path[:] = config["sys_path"]
        sys.argv[:], sys.orig_argv[:] = [""], []
        for name in config["imports"]:
            __import__(name)
        if "torch" in config["imports"]:
            # Its processor library looks for /proc once, complains and remembers: here, not in a candidate's run.
            sys.modules["torch"].ones(8, 8).matmul(sys.modules["torch"].ones(8, 8))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.collect()
        gc.freeze()
        pages = os.read(memory_file, 200).split()
        os.close(memory_file)
        page = os.sysconf("SC_PAGE_SIZE")
        self._send({"event": "booted", "vm_bytes": int(pages[0]) * page, "rss_bytes": int(pages[1]) * page})
        return layers.ChildPlan(
            level=config["level"],
            readable=tuple(config["readable"]),
            work=config["work"],
            work_bytes=config["work_bytes"],
            work_inodes=config["work_inodes"],
            memory_bytes=config["memory_bytes"],
            vm_bytes=int(pages[0]) * page,
            threads=config["threads"],
            user_id=None,
            is_root_kept=config["is_root_kept"],
            filter_program=layers.filter_program(),
            without=tuple(config["without"]),
        )

    def _send(self, event: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        socket.send_fds(self._control, [json.dumps(event).encode()], list(fds))

    def _obey(self, plan: layers.ChildPlan, poll: select.poll) -> None:
        message = self._control.recv(_MAX_MESSAGE)
        if not message:
            self._stop()
        child_id = json.loads(message)["spawn"]
        mine, theirs = socket.socketpair()
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._become_child(plan, child_id, theirs.fileno(), out_write, err_write)
        pidfd = os.pidfd_open(pid)
        self._children[pidfd], self._ids[pidfd] = pid, child_id
        poll.register(pidfd, select.POLLIN)
        self._send({"event": "spawned", "id": child_id}, (mine.fileno(), out_read, err_read, pidfd))
        mine.close()
        theirs.close()
        for fd in (out_read, out_write, err_read, err_write):
            os.close(fd)

    def _report_end(self, pidfd: int) -> None:
        pid, child_id = self._children.pop(pidfd), self._ids.pop(pidfd)
        _, status, usage = os.wait4(pid, 0)
        os.close(pidfd)
        cpu_ms = (usage.ru_utime + usage.ru_stime) * 1e3
        peak = usage.ru_maxrss * 1024
        self._send({"event": "ended", "id": child_id, "status": status, "cpu_ms": cpu_ms, "peak_bytes": peak})

    def _stop(self) -> NoReturn:
        for pidfd, pid in self._children.items():
            os.kill(pid, signal.SIGKILL)
            os.wait4(pid, 0)
            os.close(pidfd)
        os._exit(0)

    def _become_child(
        self, plan: layers.ChildPlan, child_id: int, socket_fd: int, out_fd: int, err_fd: int
    ) -> NoReturn:
        try:
            os.dup2(out_fd, 1)
            os.dup2(err_fd, 2)
            os.dup2(socket_fd, layers.SOCKET_FD)  # takes the place of the control socket
            self._control.detach()
            base, count = self._config["user_base"], self._config["user_count"]
            if base is not None:
                inside = self._config["level"] == "full" and "namespaces" not in plan.without
                user_id = (0 if inside else base) + 1 + child_id % (count - 1)
                plan = layers.with_user(plan, user_id)
            channel = harness.Channel(layers.SOCKET_FD)
            try:
                done = layers.put_on(plan)
            except OSError as error:
                channel.send({"layers": [], "fault": str(error)})
                os._exit(1)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            harness.rehearse()
            channel.send({"layers": done, "baseline_bytes": harness.peak_bytes()})
            harness.serve(layers.SOCKET_FD)
        finally:
            os._exit(1)
