"""The layers of one child, in order. Candidate code is sent only after the last one reported in."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from . import bpf, harness, kernel

FULL_ORDER = ("descriptors", "work", "capabilities", "limits", "no-new-privileges", "landlock", "seccomp")
"""The order at the level `full`. At `landlock` there is no mount namespace and so no `work`."""
SOCKET_FD = 3

_READ = (1 << 2) | (1 << 3)  # READ_FILE, READ_DIR
# In the scratch folder: write, truncate, make and remove files and folders. No devices, sockets, pipes,
# symbolic links (they are how a path check is fooled), no execute, no ioctl on devices.
_READ_FILE = 1 << 2
_SCRATCH = _READ | (1 << 1) | (1 << 4) | (1 << 5) | (1 << 7) | (1 << 8) | (1 << 14)
_FS_BITS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15}  # later: 16 (ioctl on devices)


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """What a child puts on. Sizes in bytes; `without` names layers left off (only tests of the suite do)."""

    level: str
    readable: tuple[str, ...]
    work: str
    """The scratch folder's path."""
    work_bytes: int
    work_inodes: int
    memory_bytes: int
    vm_bytes: int
    """Address space the zygote uses already; the limit counts from there."""
    threads: int
    user_id: int | None
    """User to become, where there is more than one to choose from."""
    is_root_kept: bool
    """Files are still read as root, without capabilities."""
    filter_program: bytes
    without: tuple[str, ...]


def with_user(plan: ChildPlan, user_id: int) -> ChildPlan:
    """The plan of a child that becomes its own user: limits that count per user then count per child."""
    return replace(plan, user_id=user_id)


def put_on(plan: ChildPlan) -> list[str]:
    """Apply every layer in order; the names of those applied. Raises OSError when one fails."""
    done: list[str] = []
    for name in FULL_ORDER:
        if name in plan.without or (name == "work" and plan.level != "full"):
            continue
        _APPLY[name](plan)
        done.append(name)
    return done


def _descriptors(plan: ChildPlan) -> None:
    kernel.close_from(SOCKET_FD + 1)


def _work(plan: ChildPlan) -> None:
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
    owner = 0 if plan.user_id is None else plan.user_id
    kernel.mount(
        "work",
        plan.work,
        "tmpfs",
        kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC,
        f"size={plan.work_bytes},nr_inodes={plan.work_inodes},mode=700,uid={owner},gid={owner}",
    )
    os.chdir(plan.work)


def _capabilities(plan: ChildPlan) -> None:
    if plan.user_id is not None:
        os.setgroups([])
        if plan.is_root_kept:
            os.setresuid(plan.user_id, -1, -1)  # the real user is who limits count for
        else:
            os.setresgid(plan.user_id, plan.user_id, plan.user_id)
            os.setresuid(plan.user_id, plan.user_id, plan.user_id)
    kernel.drop_capabilities()


def _limits(plan: ChildPlan) -> None:
    harness.MAX_EXTRA_BYTES[0] = plan.memory_bytes
    limits = [
        (resource.RLIMIT_AS, plan.vm_bytes + plan.memory_bytes),
        (resource.RLIMIT_CPU, 600),
        (resource.RLIMIT_FSIZE, plan.work_bytes),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_STACK, 8 << 20),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_SIGPENDING, 64),
        (resource.RLIMIT_NPROC, plan.threads),
    ]
    for which, value in limits:
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def _no_new_privileges(plan: ChildPlan) -> None:
    kernel.die_with_parent()  # after the change of user, which would clear it
    kernel.forbid_new_privileges()


def _landlock(plan: ChildPlan) -> None:
    abi = kernel.landlock_abi()
    access_fs = (1 << _FS_BITS_BY_ABI.get(abi, 16)) - 1
    ruleset = kernel.landlock_ruleset(access_fs, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    places = [(path, _READ) for path in plan.readable]
    if plan.level == "full":
        places.append((plan.work, _SCRATCH))
    for path, access in places:
        try:
            path_fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # an unreadable library folder only means that less can be read
        if not os.path.isdir(path):
            access &= _READ_FILE
        kernel.landlock_allow(ruleset, path_fd, access & access_fs)
        os.close(path_fd)
    kernel.landlock_enforce(ruleset)
    os.close(ruleset)


def _seccomp(plan: ChildPlan) -> None:
    kernel.install_filter(plan.filter_program)


_APPLY: dict[str, Callable[[ChildPlan], None]] = {
    "descriptors": _descriptors,
    "work": _work,
    "capabilities": _capabilities,
    "limits": _limits,
    "no-new-privileges": _no_new_privileges,
    "landlock": _landlock,
    "seccomp": _seccomp,
}


def expected(level: str, without: Sequence[str] = ()) -> list[str]:
    """The layers a ready child of that level must report, in order."""
    if level == "seatbelt":
        return [name for name in ("limits", "seatbelt") if name not in without]
    return [n for n in FULL_ORDER if n not in without and (n != "work" or level == "full")]


def filter_program() -> bytes:
    """The seccomp filter of this machine."""
    return bpf.assemble(kernel.MACHINE)
