"""Times the judge beside what starts a fresh Python for every run, on the same work."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.items import Level
from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome
from greenroom.judge import profiles
from greenroom.judge.pool import SandboxJudge

_TESTS = """
import numpy as np
from greenroom.judge.cases import Case

def visible():
    return [Case("small", args=[np.arange(3.0)]), Case("square", args=[np.ones((2, 2))])]

def hidden(rng):
    return [Case(f"random {i}", args=[rng.normal(size=(5, 3))]) for i in range(8)]
"""
_REFERENCE = "import numpy as np\n\ndef solve(x):\n    return x * 2.0\n"
_SOURCE = "import numpy as np\n\ndef solve(x):\n    return np.add(x, x)\n"
_FRESH_BODY = (
    _SOURCE + "rng = np.random.default_rng(0)\nfor i in range(10):\n    solve(rng.normal(size=(5, 3)))\n"
)
_PAUSE_S = 0.03
"""Between two submissions of one person: the pool refills meanwhile, as it does between people's clicks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Wall times of one way to run ten tests, in milliseconds."""

    way: str
    profile: str
    submitters: int
    runs: int
    median_ms: float
    p95_ms: float
    per_second: float


def measure_judge(
    chosen: Sequence[str] = ("core", "ml"), *, runs: int = 200, fresh_runs: int = 7
) -> list[Times]:
    """Request to ten compared results: pooled with 1 and 8 submitters, and every fresh way found here."""
    rows: list[Times] = []
    for profile in chosen:
        if profile not in profiles.installed():
            continue
        rows.append(_pooled(profile, 1, runs, pause_s=_PAUSE_S))
        rows.append(_pooled(profile, 8, runs, pause_s=_PAUSE_S * 8))
        rows.append(_pooled(profile, 8, runs, pause_s=0.0))
        rows += _fresh_ways(profile, fresh_runs)
    return rows


def bench_problem(profile: str) -> Problem:
    """The problem of the measurement: ten tests on small arrays."""
    return Problem(
        id="bench",
        hash=profile,
        title="Double an array",
        area="",
        topic="",
        level=Level.RECALL,
        minutes=1,
        difficulty_logit=0.0,
        profile=profile,
        entry="solve",
        statement_html="",
        statement_text="",
        explanation_html="",
        hints=(),
        follow_ups=(),
        complexity="O(n)",
        roles=(),
        companies=(),
        time_limit_ms=2_000,
        memory_mb=256,
        files={"tests.py": _TESTS, "reference.py": _REFERENCE},
    )


def _pooled(profile: str, submitters: int, runs: int, *, pause_s: float) -> Times:
    problem = bench_problem(profile)
    taken: list[float] = []
    with SandboxJudge(2 if submitters == 1 else 2 * submitters, max_running=submitters) as judge:
        judge.warm(profile)
        for seed in range(5):
            judge.run(problem, _SOURCE, visible_only=False, seed=seed)

        def submit(first_seed: int) -> None:
            for seed in range(first_seed, first_seed + runs // submitters):
                started = time.perf_counter()
                verdict = judge.run(problem, _SOURCE, visible_only=False, seed=seed)
                taken.append((time.perf_counter() - started) * 1e3)
                if verdict.outcome is not Outcome.ACCEPTED or verdict.passed != 10:
                    raise AssertionError(f"a right answer was judged {verdict.outcome}: {verdict.message}")
                time.sleep(pause_s)

        seconds = _together([lambda first=1000 * n: submit(first) for n in range(submitters)])  # type: ignore[misc]  # default binds n
    way = "pooled judge" if pause_s else "pooled judge, no pause"
    return _times(way, profile, submitters, taken, seconds)


def _together(jobs: Sequence[Callable[[], None]]) -> float:
    failures: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - started


def _times(way: str, profile: str, submitters: int, taken: list[float], seconds: float) -> Times:
    ordered = sorted(taken)
    return Times(
        way=way,
        profile=profile,
        submitters=submitters,
        runs=len(ordered),
        median_ms=statistics.median(ordered),
        p95_ms=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
        per_second=len(ordered) / seconds,
    )


def _fresh_ways(profile: str, runs: int) -> list[Times]:
    imports = [name for name in profiles.PROFILES[profile].imports if "." not in name or profile != "core"]
    body = (
        "\n".join(f"import {name}" for name in imports if name not in sys.builtin_module_names)
        + "\n"
        + _FRESH_BODY
    )
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.py"
        script.write_text(body)
        for way, command in _commands(script).items():
            taken = [_once(command) for _ in range(runs + 1)][1:]  # the first fills the page cache
            rows.append(_times(way, profile, 1, taken, sum(taken) / 1e3))
    return rows


def _commands(script: Path) -> dict[str, list[str]]:
    python = [sys.executable, str(script)]
    found = {"fresh python + imports": python}
    if shutil.which("bwrap"):
        # The whole file system read-only: the least work bubblewrap can have.
        found["bubblewrap + fresh python"] = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", *python]
    if shutil.which("nsjail"):
        found["nsjail + fresh python"] = ["nsjail", "-q", "-Mo", "--chroot", "/", "--", *python]
    if shutil.which("firejail"):
        found["firejail + fresh python"] = ["firejail", "--quiet", "--noprofile", "--net=none", *python]
    return found


def _once(command: list[str]) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        command,
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-300:]}")
    return (time.perf_counter() - started) * 1e3


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
