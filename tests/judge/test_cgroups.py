"""Delegated cgroups, on a folder that stands in for the kernel's: this machine delegates none."""

from pathlib import Path

from greenroom.judge.cgroups import Delegated, delegated


def tree(folder: Path, controllers: str) -> tuple[Path, Path]:
    """A mount with this process's group `/app`, and its /proc/self/cgroup."""
    (folder / "mount/app").mkdir(parents=True)
    for place in (folder / "mount", folder / "mount/app"):
        (place / "cgroup.controllers").write_text(controllers)
    (folder / "own").write_text("9:name=systemd:/\n0::/app\n")
    return folder / "mount", folder / "own"


def test_limits_are_set_on_a_leaf_and_the_supervisor_moves_beside_it(tmp_path: Path) -> None:
    mount, own = tree(tmp_path, "cpu memory pids")
    group = delegated(1 << 30, 100, mount=mount, own=own, pid=42)
    assert isinstance(group, Delegated)
    assert (mount / "app/greenroom-supervisor/cgroup.procs").read_text() == "42"
    assert (mount / "app/cgroup.subtree_control").read_text() == "+memory +pids"
    assert (group.folder / "memory.max").read_text() == str(1 << 30)
    assert (group.folder / "pids.max").read_text() == "100"
    group.add(43)
    assert (group.folder / "cgroup.procs").read_text() == "43"


def test_missing_controllers_are_named_and_nothing_is_moved(tmp_path: Path) -> None:
    mount, own = tree(tmp_path, "cpu memory")
    group = delegated(1 << 30, 100, mount=mount, own=own, pid=42)
    assert isinstance(group, str)
    assert "pids" in group
    assert not (mount / "app/greenroom-supervisor").exists()


def test_without_cgroup_v2_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("4:memory:/x\n")
    group = delegated(1, 1, mount=tmp_path, own=tmp_path / "own", pid=42)
    assert group == "no cgroup v2 hierarchy with a group of this process"
