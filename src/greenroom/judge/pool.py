"""The judge behind the port: zygotes started when first needed, children forked ahead, each used once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from greenroom.core.errors import GreenroomError, JudgeUnavailable
from greenroom.core.problems import Problem
from greenroom.core.verdicts import Outcome, Scaling, ScriptResult, Verdict
from greenroom.judge import ladder, profiles, scaling
from greenroom.judge.bank_code import BankFault, Suite, Suites, language_of
from greenroom.judge.cgroups import Delegated
from greenroom.judge.children import Child
from greenroom.judge.judging import Judging, limits_of
from greenroom.judge.oracles import Oracles
from greenroom.judge.pools import Pool
from greenroom.judge.scripts import run_script
from greenroom.judge.trials import Trial
from greenroom.judge.zygotes import Plan

_MOST_SIZES = 30
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolReport:
    """Memory and children of one profile's pool."""

    profile: str
    is_started: bool
    ready_children: int
    zygote_bytes: int
    most_bytes: int
    """Bound: the zygote plus every run that may go on at once at the largest memory limit."""


class SandboxJudge:
    """Judges in sandboxed, single-use processes. Safe to share between threads; close it at the end.

    `pool_size`: children kept ready per profile. `max_running`: submissions at once. `level`: only this rung
    of the ladder; None takes the strongest that passes its self-check on this machine. `without` leaves
    layers off and skips the self-check: only the tests of the attack suite do that. `group`: a delegated
    cgroup for all sandbox processes.
    """

    def __init__(
        self,
        pool_size: int = 2,
        *,
        max_memory_mb: int = 1024,
        max_running: int = 8,
        level: str | None = None,
        without: tuple[str, ...] = (),
        group: Delegated | None = None,
        progress: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._size = pool_size
        self._max_memory_bytes = max_memory_mb << 20
        self._max_running = max_running
        self._running = threading.BoundedSemaphore(max_running)
        self._wanted_level = level
        self._without = without
        self._group = group
        self._chosen: ladder.Finding | None = None
        self._choosing = threading.Lock()
        self._progress = progress
        self._pools: dict[str, Pool] = {}
        self._lock = threading.Lock()
        self._suites = Suites()
        self._is_closed = False
        self._oracles = Oracles(lambda profile: self._pool(profile).take(), most=max_running)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def level(self) -> str:
        """Sandbox level in use; found out on first use. Raises JudgeUnavailable when there is none."""
        return self.finding.rung.level

    @property
    def finding(self) -> ladder.Finding:
        """The rung in use with its self-check; found out on first use. Raises JudgeUnavailable."""
        with self._choosing:
            if self._is_closed:
                raise JudgeUnavailable("The judge was closed.", hint="Start Greenroom again.")
            if self._chosen is None:
                self._chosen = self._choose()
            return self._chosen

    def _choose(self) -> ladder.Finding:
        rejected: list[ladder.Finding] = []
        for rung in ladder.rungs():
            if self._wanted_level not in (None, rung.level):
                continue
            pool = self._made("core", rung.level)
            if self._without:
                finding = ladder.Finding(rung=rung, is_offered=True)
            else:
                finding = ladder.examine(pool, rung)
            if finding.is_offered:
                with self._lock:
                    self._pools["core"] = pool
                return finding
            pool.close()
            rejected.append(finding)
        raise ladder.unavailable(tuple(rejected))

    def _made(self, profile: str, level: str) -> Pool:
        plan = Plan(
            level=level,
            profile=profile,
            memory_bytes=self._max_memory_bytes,
            without=self._without,
            group=self._group,
        )
        return Pool(plan, self._size, self._progress)

    def close(self) -> None:
        """End all sandbox processes. Safe to call twice; the judge cannot be used again."""
        self._is_closed = True
        self._oracles.close()
        with self._lock:
            pools = list(self._pools.values())
        for pool in pools:
            pool.close()

    def _pool(self, profile: str) -> Pool:
        if profile not in profiles.installed():
            raise JudgeUnavailable(
                f"The profile {profile} cannot be offered: its packages are not installed.",
                hint=f"Install {', '.join(profiles.PROFILES[profile].packages)}."
                if profile in profiles.PROFILES
                else f"There are: {', '.join(profiles.PROFILES)}.",
            )
        level = self.level
        with self._lock:
            if profile not in self._pools:
                self._pools[profile] = self._made(profile, level)
            return self._pools[profile]

    def warm(self, profile: str) -> None:
        """Start a profile's zygote now and wait for its imports. Raises JudgeUnavailable."""
        self._pool(profile).start()

    def is_warm(self, profile: str) -> bool:
        """True when the profile's imports are done: a verdict takes milliseconds."""
        pool = self._pools.get(profile)
        return pool is not None and pool.is_started

    def report(self) -> tuple[PoolReport, ...]:
        """Memory and children, per profile installed here."""
        reports = []
        for name in profiles.installed():
            pool = self._pools.get(name)
            zygote_bytes = pool.zygote_bytes if pool else 0
            reports.append(
                PoolReport(
                    profile=name,
                    is_started=self.is_warm(name),
                    ready_children=pool.n_ready if pool else 0,
                    zygote_bytes=zygote_bytes,
                    most_bytes=zygote_bytes + 2 * self._max_running * self._max_memory_bytes,
                )
            )
        return tuple(reports)

    @contextmanager
    def _child(self, profile: str) -> Iterator[Child]:
        pool = self._pool(profile)
        with self._running:
            child = pool.take()
            try:
                yield child
            finally:
                child.close()
                pool.refill()

    def run(self, problem: Problem, source: str, *, visible_only: bool, seed: int) -> Verdict:
        """Judge a submission. Hidden inputs are drawn from `seed`. Never raises for candidate faults.

        Raises JudgeUnavailable when no sandbox can be offered: nothing was run then.
        """
        started = time.monotonic()
        cpu_ms, peak_bytes = 0.0, 0
        try:
            suite = self._suites.of(problem)
            tests = suite.tests(visible_only=visible_only, seed=seed)
            judging = Judging(problem, suite, limits_of(problem, self._max_memory_bytes), tests, seed)
            with self._child(problem.profile) as child, ExitStack() as stack:
                needs_oracle = judging.needs_reference()
                oracle = stack.enter_context(self._oracles.lend(problem)) if needs_oracle else None
                verdict = judging.run(source, child, oracle)
                cpu_ms, peak_bytes = child.cpu_ms(), child.peak_bytes()
            if verdict.outcome is Outcome.ACCEPTED and not visible_only and suite.measures_growth:
                verdict = replace(verdict, scaling=self._scaling(problem, suite, source, seed))
        except BankFault as fault:
            verdict = Verdict(outcome=Outcome.JUDGE_FAULT, tests=(), message=str(fault))
        except GreenroomError:
            raise
        except Exception as error:
            # Whatever else fails here is a fault of ours, and never the candidate's.
            _log.exception("judging %s failed", problem.id)
            message = f"The judge itself failed ({type(error).__name__}); this counts for nothing."
            verdict = Verdict(outcome=Outcome.JUDGE_FAULT, tests=(), message=message)
        return replace(
            verdict,
            wall_ms=(time.monotonic() - started) * 1e3,
            cpu_ms=cpu_ms,
            peak_memory_bytes=peak_bytes,
            sandbox_level=self.level,
        )

    def _scaling(self, problem: Problem, suite: Suite, source: str, seed: int) -> Scaling | None:
        limits = limits_of(problem, self._max_memory_bytes)
        with self._child(problem.profile) as child:
            trial = Trial(child, limits, n_tests=_MOST_SIZES, seed=seed)
            if trial.load(source, problem.entry, language_of(problem)) is not None:
                return None
            return scaling.measure(trial, suite, problem.complexity, seed)

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        """Scratch run of any script. Raises JudgeUnavailable."""
        memory_bytes = min(memory_mb << 20, self._max_memory_bytes)
        with self._child(profile) as child:
            result = run_script(child, source, time_limit_ms, memory_bytes)
        return replace(result, sandbox_level=self.level)
