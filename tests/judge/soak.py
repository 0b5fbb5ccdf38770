"""Many submissions, a tenth of them hostile, from eight submitters: `python -m tests.judge.soak [COUNT]`.

Prints one JSON object; ends with 1 when a verdict was wrong or anything was left behind.
"""

import json
import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.judge.golden import Program, mistake, programs
from tests.judge.problems import make_problem

from greenroom.judge.pool import SandboxJudge

SUBMITTERS = 8
HOSTILE_SHARE = 0.1
SLOW = {"sleeps", "slow-drip", "reads-next-input", "patched-harness", "exploding-value"}
RIGHT = "def solve(X):\n    return X.sum(axis=1) / X.shape[1]"
WRONG = "def solve(X):\n    return X.sum(axis=1)"


@dataclass(slots=True)
class Traces:
    """What the process and the machine hold, counted."""

    processes: int
    descriptors: int
    mounts: int
    threads: int
    temporary_files: int
    resident_bytes: int


@dataclass(slots=True)
class Tally:
    """Verdicts so far."""

    done: int = 0
    hostile: int = 0
    wrong: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _descendants() -> int:
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(folder.name))
    waiting, count = [os.getpid()], 0
    while waiting:
        children = parents.get(waiting.pop(), [])
        count += len(children)
        waiting += children
    return count


def traces() -> Traces:
    """Count now."""
    return Traces(
        processes=_descendants(),
        descriptors=len(os.listdir("/proc/self/fd")),
        mounts=len(Path("/proc/self/mounts").read_text().splitlines()),
        threads=threading.active_count(),
        temporary_files=len([name for name in os.listdir("/tmp") if "greenroom" in name]),
        resident_bytes=_resident_bytes(),
    )


def submit(
    judge: SandboxJudge, hostile: list[Program], seed: int, tally: Tally, lock: threading.Lock
) -> None:
    """One submission: hostile, wrong or right; its verdict is known beforehand."""
    dice = random.Random(seed)
    if dice.random() < HOSTILE_SHARE:
        program = dice.choice(hostile)
        seen = program.run(judge)
        found, outcome = mistake(program, judge.level, seen), seen.outcome
        with lock:
            tally.hostile += 1
    else:
        is_right = dice.random() < 0.6
        problem = make_problem(memory_mb=256)
        verdict = judge.run(problem, RIGHT if is_right else WRONG, visible_only=True, seed=seed)
        outcome = verdict.outcome.value
        found = (
            None
            if outcome == ("accepted" if is_right else "wrong_answer")
            else f"{outcome} {verdict.message}"
        )
        program = None
    with lock:
        tally.done += 1
        tally.outcomes[outcome] += 1
        if found is not None:
            tally.wrong.append(f"seed {seed} {program.name if program else 'honest'}: {found}")


def soak(count: int) -> dict[str, object]:
    """Run `count` submissions and tell what was left behind."""
    hostile = [
        program
        for program in programs()
        if not program.expected.get("is_benign")
        and program.is_for_this_machine
        and program.profile == "core"
        and program.name not in SLOW
    ]
    outside = traces()
    tally, lock = Tally(), threading.Lock()
    with SandboxJudge(4, max_running=SUBMITTERS) as judge:
        for seed in range(100):  # caches and arenas fill
            submit(judge, hostile, 10_000_000 + seed, Tally(), lock)
        before = traces()

        def work(first: int) -> None:
            for seed in range(first, count, SUBMITTERS):
                submit(judge, hostile, seed, tally, lock)

        started = time.perf_counter()
        threads = [threading.Thread(target=work, args=(first,)) for first in range(SUBMITTERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - started
        after = traces()
    closed = traces()
    return {
        "submissions": tally.done,
        "hostile": tally.hostile,
        "seconds": round(seconds, 1),
        "outcomes": dict(tally.outcomes),
        "wrong_verdicts": tally.wrong,
        "left_processes": closed.processes - outside.processes,
        "left_descriptors": closed.descriptors - outside.descriptors,
        "left_mounts": closed.mounts - outside.mounts,
        "left_threads": closed.threads - outside.threads,
        "left_files": closed.temporary_files - outside.temporary_files,
        "memory_growth_bytes": after.resident_bytes - before.resident_bytes,
    }


def has_failed(report: dict[str, object]) -> bool:
    """True when a verdict was wrong or something was left."""
    left = ("left_processes", "left_descriptors", "left_mounts", "left_threads", "left_files")
    return bool(report["wrong_verdicts"]) or any(report[name] for name in left)


if __name__ == "__main__":
    found = soak(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
    print(json.dumps(found, indent=2))
    sys.exit(has_failed(found))
