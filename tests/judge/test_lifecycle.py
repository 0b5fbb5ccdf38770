"""Processes: none is left behind, a dead parent is replaced, a closed judge says so."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.judge.problems import make_problem

from greenroom.core.errors import JudgeUnavailable
from greenroom.core.verdicts import Outcome
from greenroom.judge.pool import SandboxJudge

ROOT = Path(__file__).parents[2]
SERVER = """
import sys, threading
from greenroom.judge.pool import SandboxJudge
judge = SandboxJudge()
judge.warm("core")
threading.Thread(target=judge.execute, args=("while True: pass",), kwargs={"time_limit_ms": 60_000}).start()
print("busy", flush=True)
threading.Event().wait()
"""
GONE_MS = 10_000


def descendants(of: int) -> list[int]:
    """Processes below a process, all generations."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = [], [of]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def is_zygote(pid: int) -> bool:
    """True for launchers, zygotes and their children, False for one that has just ended."""
    try:
        return b"boot.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def pidfd_of(pid: int) -> int | None:
    """A handle on a process, or None when it has just ended."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def all_end(pidfds: list[int]) -> bool:
    """True when every process ends within the deadline."""
    poll = select.poll()
    for fd in pidfds:
        poll.register(fd, select.POLLIN)
    left = set(pidfds)
    while left:
        events = poll.poll(GONE_MS)
        if not events:
            return False
        for fd, _event in events:
            poll.unregister(fd)
            left.discard(fd)
    return True


def test_a_killed_server_leaves_no_process_behind() -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"busy\n"
    pidfds = list(filter(None, map(pidfd_of, descendants(server.pid))))
    assert len(pidfds) >= 3, "launcher, zygote and a child at least"
    server.kill()
    server.wait()
    server.stdout.close()
    assert all_end(pidfds)
    for fd in pidfds:
        os.close(fd)


def test_a_dead_zygote_is_replaced_and_the_next_submission_judged() -> None:
    problem, source = make_problem(), "def solve(X):\n    return X.mean(axis=1)"
    with SandboxJudge() as judge:
        assert judge.run(problem, source, visible_only=False, seed=1).outcome is Outcome.ACCEPTED
        pidfds = list(filter(None, map(pidfd_of, filter(is_zygote, descendants(os.getpid())))))
        for fd in pidfds:
            with contextlib.suppress(ProcessLookupError):  # a child dies with its zygote
                signal.pidfd_send_signal(fd, signal.SIGKILL)
        assert pidfds
        assert all_end(pidfds)
        verdict = judge.run(problem, source, visible_only=False, seed=2)
        assert verdict.outcome is Outcome.ACCEPTED, verdict
        for fd in pidfds:
            os.close(fd)


def test_many_threads_share_one_judge(judge: SandboxJudge) -> None:
    problem = make_problem()
    seen: list[Outcome] = []

    def submit(seed: int) -> None:
        source = f"def solve(X):\n    return X.mean(axis=1) + {seed % 2}"
        seen.append(judge.run(problem, source, visible_only=False, seed=seed).outcome)

    threads = [threading.Thread(target=submit, args=(seed,)) for seed in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [Outcome.ACCEPTED] * 8 + [Outcome.WRONG_ANSWER] * 8


def test_a_closed_judge_says_so() -> None:
    judge = SandboxJudge()
    judge.close()
    with pytest.raises(JudgeUnavailable):
        judge.execute("print(1)")


def test_an_unknown_profile_is_refused_with_the_list(judge: SandboxJudge) -> None:
    with pytest.raises(JudgeUnavailable, match="core, ml, sql, torch"):
        judge.execute("print(1)", profile="cobol")


def test_the_pool_reports_its_memory_and_its_bound() -> None:
    with SandboxJudge(2, max_memory_mb=256, max_running=2) as judge:
        judge.warm("core")
        report = next(report for report in judge.report() if report.profile == "core")
        assert report.is_started
        assert 0 < report.zygote_bytes < 200 << 20
        assert report.most_bytes >= 2 * (256 << 20)


@pytest.mark.slow
def test_soak_leaves_nothing_and_errs_nowhere() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.judge.soak", "200"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
