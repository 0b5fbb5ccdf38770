"""Linux system calls that Python does not offer, through ctypes. Every failure raises OSError."""

from __future__ import annotations

import ctypes
import os
import platform
import struct

MACHINE = platform.machine()
_NUMBERS = {
    # name: (x86_64, aarch64)
    "pivot_root": (155, 41),
    "capset": (126, 91),
    "seccomp": (317, 277),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "close_range": (436, 436),
    "mount_setattr": (442, 442),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
}
CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

_AT_FDCWD = -100
_AT_EMPTY_PATH = 0x1000
_AT_RECURSIVE = 0x8000
_OPEN_TREE_CLONE = 1
_OPEN_TREE_CLOEXEC = 0o2000000
_MOVE_MOUNT_F_EMPTY_PATH = 4
_MOUNT_ATTR_READ_ONLY_NOSUID_NODEV = 1 | 2 | 4

_PR_SET_PDEATHSIG = 1
_PR_CAPBSET_DROP = 24
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_CAP_LAST = 40  # CAP_CHECKPOINT_RESTORE; higher numbers answer EINVAL, which is ignored
_CAP_VERSION_3 = 0x2008_0522
_SECCOMP_SET_MODE_FILTER = 1
_LANDLOCK_RULE_PATH_BENEATH = 1
_LANDLOCK_CREATE_RULESET_VERSION = 1

_libc = ctypes.CDLL(None, use_errno=True)


def syscall_number(name: str) -> int:
    """Number of a system call on this machine. Raises OSError(ENOSYS) on other architectures."""
    if MACHINE not in ("x86_64", "aarch64"):
        raise OSError(38, f"no sandbox for the architecture {MACHINE}")
    return _NUMBERS[name][MACHINE == "aarch64"]


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _syscall(name: str, *arguments: object) -> int:
    return _checked(int(_libc.syscall(ctypes.c_long(syscall_number(name)), *arguments)), name)


def unshare(flags: int) -> None:
    """Leave the named namespaces for new ones."""
    _checked(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """mount(2); empty strings stand for NULL."""
    arguments = [part.encode() if part else None for part in (source, target, kind)]
    _checked(
        _libc.mount(*arguments, ctypes.c_ulong(flags), data.encode() if data else None),
        f"mount {source} on {target}",
    )


class _MountAttributes(ctypes.Structure):
    _fields_ = [
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    ]


def read_only_tree(path: str) -> int:
    """A detached copy of the mounts at `path`, made read-only: its descriptor, for `attach`."""
    fd = _syscall(
        "open_tree",
        ctypes.c_int(_AT_FDCWD),
        path.encode(),
        ctypes.c_uint(_OPEN_TREE_CLONE | _OPEN_TREE_CLOEXEC | _AT_RECURSIVE),
    )
    attributes = _MountAttributes(_MOUNT_ATTR_READ_ONLY_NOSUID_NODEV, 0, 0, 0)
    _syscall(
        "mount_setattr",
        ctypes.c_int(fd),
        b"",
        ctypes.c_uint(_AT_EMPTY_PATH | _AT_RECURSIVE),
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )
    return fd


def attach(tree_fd: int, target: str) -> None:
    """Mount a detached tree at `target` and close its descriptor."""
    _syscall(
        "move_mount",
        ctypes.c_int(tree_fd),
        b"",
        ctypes.c_int(_AT_FDCWD),
        target.encode(),
        ctypes.c_uint(_MOVE_MOUNT_F_EMPTY_PATH),
    )
    os.close(tree_fd)


def unmount_lazily(target: str) -> None:
    """Detach a mount; it goes when the last user does."""
    _checked(_libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    """pivot_root(2): `new` becomes the root, the former root is put at `old`."""
    _syscall("pivot_root", new.encode(), old.encode())


def close_from(first_fd: int) -> None:
    """Close every descriptor from `first_fd` on, whether Python knows it or not."""
    _syscall("close_range", ctypes.c_uint(first_fd), ctypes.c_uint(0xFFFF_FFFF), ctypes.c_uint(0))


def die_with_parent() -> None:
    """SIGKILL this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, 9)


def _prctl(option: int, second: int, third: int = 0) -> None:
    zero = ctypes.c_ulong(0)
    _checked(
        _libc.prctl(ctypes.c_int(option), ctypes.c_ulong(second), ctypes.c_ulong(third), zero, zero),
        f"prctl {option}",
    )


def empty_bounding_set() -> None:
    """No later exec can regain a capability. Needs CAP_SETPCAP in the own namespace."""
    for capability in range(_CAP_LAST + 1):
        _prctl(_PR_CAPBSET_DROP, capability)


def drop_capabilities() -> None:
    """Empty the ambient, effective, permitted and inheritable sets."""
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("Ii", _CAP_VERSION_3, 0)
    _syscall("capset", header, b"\0" * 24)


def forbid_new_privileges() -> None:
    """No set-uid program and no file capability can raise this process again."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def install_filter(program: bytes) -> None:
    """Load a seccomp BPF program (8 bytes an instruction). It cannot be taken off again."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _syscall("seccomp", ctypes.c_uint(_SECCOMP_SET_MODE_FILTER), ctypes.c_uint(0), ctypes.byref(header))


class _RulesetAttributes(ctypes.Structure):
    _fields_ = [
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def landlock_abi() -> int:
    """Version of the landlock interface. Raises OSError where the kernel has none or it is off."""
    return _syscall(
        "landlock_create_ruleset", None, ctypes.c_size_t(0), ctypes.c_uint(_LANDLOCK_CREATE_RULESET_VERSION)
    )


def landlock_ruleset(access_fs: int, access_net: int, scoped: int) -> int:
    """A new ruleset that denies those accesses unless a rule allows them: its descriptor."""
    attributes = _RulesetAttributes(access_fs, access_net, scoped)
    # A kernel refuses fields it does not know only when they are not zero.
    return _syscall(
        "landlock_create_ruleset",
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
        ctypes.c_uint(0),
    )


def landlock_allow(ruleset_fd: int, path_fd: int, access_fs: int) -> None:
    """Allow `access_fs` beneath the directory, or on the file, that `path_fd` names."""
    rule = _PathBeneath(access_fs, path_fd)
    _syscall(
        "landlock_add_rule",
        ctypes.c_int(ruleset_fd),
        ctypes.c_int(_LANDLOCK_RULE_PATH_BENEATH),
        ctypes.byref(rule),
        ctypes.c_uint(0),
    )


def landlock_enforce(ruleset_fd: int) -> None:
    """Put the ruleset on this thread and all it starts. It cannot be taken off again."""
    _syscall("landlock_restrict_self", ctypes.c_int(ruleset_fd), ctypes.c_uint(0))
