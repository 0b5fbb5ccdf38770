"""cgroup v2 limits where a subtree was delegated to us: a second bound on memory and threads, by the kernel.

Used by `greenroom worker` (systemd: `Delegate=yes`). The kernel wants processes only in leaves, so this
process moves into `greenroom-supervisor` and zygotes into `greenroom-judge`, both beneath its own cgroup.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_CONTROLLERS = ("memory", "pids")
_MOUNT = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated:
    """The judge's own group; processes put there are bounded together."""

    folder: Path

    def add(self, pid: int) -> None:
        """Move a process in; what it starts from then on is in it too. Raises OSError."""
        (self.folder / "cgroup.procs").write_text(str(pid))


def delegated(
    memory_bytes: int, processes: int, *, mount: Path = _MOUNT, own: Path = _OWN, pid: int
) -> Delegated | str:
    """A group bounded by those limits, or why there is none here."""
    place = _own_group(mount, own)
    if place is None:
        return "no cgroup v2 hierarchy with a group of this process"
    try:
        offered = (place / "cgroup.controllers").read_text().split()
        missing = [name for name in _CONTROLLERS if name not in offered]
        if missing:
            return f"the controllers {', '.join(missing)} are not delegated to {place}"
        supervisor, judge = place / "greenroom-supervisor", place / "greenroom-judge"
        supervisor.mkdir(exist_ok=True)
        judge.mkdir(exist_ok=True)
        (supervisor / "cgroup.procs").write_text(str(pid))
        (place / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in _CONTROLLERS))
        (judge / "memory.max").write_text(str(memory_bytes))
        (judge / "memory.swap.max").write_text("0")
        (judge / "pids.max").write_text(str(processes))
    except OSError as error:
        return f"{place} is not delegated ({error.strerror})"
    return Delegated(folder=judge)


def _own_group(mount: Path, own: Path) -> Path | None:
    try:
        lines = own.read_text().splitlines()
    except OSError:
        return None
    path = next((line[3:] for line in lines if line.startswith("0::")), None)
    if path is None or not (mount / "cgroup.controllers").exists():
        return None
    return mount / path.lstrip("/")
