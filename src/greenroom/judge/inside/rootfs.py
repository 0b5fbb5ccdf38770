"""The root a zygote moves into at level `full`: an empty tmpfs with Python and libraries, read-only."""

from __future__ import annotations

import os
from collections.abc import Sequence

from . import kernel

_OLD = "/.old"
_FLAGS = kernel.MS_NOSUID | kernel.MS_NODEV
NAMESPACES = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWCGROUP
)


def move_into(
    readable: Sequence[str],
    hidden: Sequence[str],
    work: str,
    *,
    is_mapped: bool,
    shared_work: bool,
    needs_urandom: bool = False,
) -> None:
    """Make the new root, attach `readable` read-only at the same paths, and drop the old root.

    `hidden` folders get an empty tmpfs over them; readable paths beneath come back on top. No /proc, no /sys,
    no devices, no /etc but the linker's cache. `work` is made for the children's scratch folders. Becomes user
    0 of the namespace on the way when `is_mapped` says that this is another user than the caller.
    `shared_work` is the mistake a test makes.
    """
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    folders = {path: os.path.isdir(path) for path in readable if os.path.exists(path)}
    # Taken before the change of user: the way to Python may lead through a folder only its owner can enter.
    trees = {path: kernel.read_only_tree(path) for path in folders}
    masked = [path for path in hidden if os.path.isdir(path)]
    if is_mapped:
        _become_user_0()
    # The mount point only has to exist; nothing on it is touched outside this namespace.
    base = "/tmp" if os.path.isdir("/tmp") else "/"
    kernel.mount("root", base, "tmpfs", _FLAGS, "size=8m,nr_inodes=8k,mode=755")
    os.mkdir(base + _OLD)
    kernel.pivot_root(base, base + _OLD)
    os.chdir("/")
    kernel.unmount_lazily(_OLD)
    os.rmdir(_OLD)
    os.mkdir(work)
    if needs_urandom:
        _stand_in_for_urandom()
    back = {path for path in folders if any(path.startswith(mask + "/") for mask in masked)}
    for path in folders:
        if path not in back:
            _place(path, trees[path], is_folder=folders[path])
    for mask in masked:
        if not os.path.isdir(mask):
            os.makedirs(mask)
        kernel.mount("hidden", mask, "tmpfs", _FLAGS, "size=1m,nr_inodes=4k,mode=755")
    for path in sorted(back):
        _place(path, trees[path], is_folder=folders[path])
    for mask in masked:
        kernel.mount("", mask, "", kernel.MS_REMOUNT | kernel.MS_RDONLY | kernel.MS_BIND | _FLAGS)
    if shared_work:
        kernel.mount("work", work, "tmpfs", _FLAGS, "mode=777")
        os.chdir(work)
    kernel.mount("", "/", "", kernel.MS_REMOUNT | kernel.MS_RDONLY | kernel.MS_BIND | _FLAGS)


def _become_user_0() -> None:
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)


def _stand_in_for_urandom() -> None:
    """torch opens /dev/urandom when it is imported; a file of random bytes stands in for the device.

    Children cannot open it (landlock), and draw their own from getrandom.
    """
    os.mkdir("/dev")
    with open("/dev/urandom", "wb") as file:
        file.write(os.urandom(4096))


def _place(path: str, tree_fd: int, *, is_folder: bool) -> None:
    if is_folder:
        os.makedirs(path, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w"):
            pass
    kernel.attach(tree_fd, path)
