"""Settings -> Deps. The only file that knows every floor."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from starlette.applications import Starlette

from greenroom.app.deps import Deps
from greenroom.app.memory import fit_everyone
from greenroom.app.projections import refresh
from greenroom.content.bank import load
from greenroom.core.errors import GreenroomError
from greenroom.core.ports import Clock, Grader, Judge
from greenroom.core.problems import Problem
from greenroom.core.verdicts import ScriptResult, Verdict
from greenroom.grading.grader import OfflineGrader
from greenroom.settings import Settings
from greenroom.store.opening import open_store
from greenroom.web.app import create_app

_JUDGE_WARMS_AFTER_S = 3.0
"""Late enough for the first page to be there, early enough for the first run of code."""
_MEMORY_IS_FITTED_AFTER_S = 20.0
"""When the pages of a start are served."""


class SystemClock:
    """The machine's clock. A clock that is set back while Greenroom runs is believed: events keep their order."""

    def now_ms(self) -> int:
        """Milliseconds UTC."""
        return time.time_ns() // 1_000_000


class FasterClock:
    """A clock for rehearsal: from its start on it runs `speed` times as fast as the machine's."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._started_ms = SystemClock().now_ms()
        self._started_ns = time.monotonic_ns()

    def now_ms(self) -> int:
        """Milliseconds UTC, as rehearsed."""
        return self._started_ms + round((time.monotonic_ns() - self._started_ns) / 1e6 * self._speed)


class ClosableJudge(Judge, Protocol):
    """A judge that holds processes."""

    def close(self) -> None:
        """Ends them."""


class LateJudge:
    """The judge, made on first use or by `warm`: imports of numpy and pandas must not delay the first page."""

    def __init__(self, make: Callable[[], ClosableJudge]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._judge: ClosableJudge | None = None
        self._is_closed = False
        self._timer: threading.Timer | None = None

    @property
    def level(self) -> str:
        """Sandbox level in use."""
        return self._made().level

    def run(self, problem: Problem, source: str, *, visible_only: bool, seed: int) -> Verdict:
        """As `core.ports.Judge.run`."""
        return self._made().run(problem, source, visible_only=visible_only, seed=seed)

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        """As `core.ports.Judge.execute`."""
        return self._made().execute(source, profile=profile, time_limit_ms=time_limit_ms, memory_mb=memory_mb)

    def warm(self, *, after_s: float) -> None:
        """Makes it in the background after a while: choosing a sandbox level takes a processor for a moment.

        A failure shows when it is used.
        """
        self._timer = threading.Timer(after_s, self._try)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        """Ends its processes, if there are any."""
        with self._lock:
            self._is_closed = True
            if self._timer is not None:
                self._timer.cancel()
            if self._judge is not None:
                self._judge.close()

    def _try(self) -> None:
        try:
            _ = self._made().level  # asking for the level makes the judge look for it
        except Exception:
            return  # the same error is raised to the person who first runs code

    def _made(self) -> ClosableJudge:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the judge was closed")
            if self._judge is None:
                self._judge = self._make()
            return self._judge


def build(settings: Settings) -> Deps:
    """Everything the use cases need. Opens (makes, migrates) the database; the judge starts when first used.

    Raises BankMissing, BankInvalid, StoreDamaged, StoreFull.
    """
    clock: Clock = SystemClock() if settings.clock_speed == 1.0 else FasterClock(settings.clock_speed)
    bank = load(settings.bank_file)
    store = open_store(settings.database_file)
    refresh(store)
    return Deps(
        clock=clock,
        bank=bank,
        judge=LateJudge(lambda: _sandbox(settings)),
        grader=OfflineGrader(),
        store=store,
        started_ms=clock.now_ms(),
    )


@contextmanager
def opened(settings: Settings) -> Iterator[Deps]:
    """`build`, and at the end the judge's processes ended and the database closed."""
    deps = build(settings)
    try:
        yield deps
    finally:
        if isinstance(deps.judge, LateJudge):
            deps.judge.close()
        deps.store.close()


@contextmanager
def opened_judge(settings: Settings) -> Iterator[Judge]:
    """The sandbox alone, without a database, for proofs of the bank; its processes end with it."""
    judge = LateJudge(lambda: _sandbox(settings))
    try:
        yield judge
    finally:
        judge.close()


def offline_grader() -> Grader:
    """The grader of free text that needs no model."""
    return OfflineGrader()


@contextmanager
def open_app(settings: Settings) -> Iterator[Starlette]:
    """The web application over everything above; the judge starts in the background."""
    with opened(settings) as deps:
        if isinstance(deps.judge, LateJudge):
            deps.judge.warm(after_s=_JUDGE_WARMS_AFTER_S)
        threading.Thread(
            target=deps.selector.warm, args=(deps.bank,), name="index-start", daemon=True
        ).start()
        fitting = threading.Timer(_MEMORY_IS_FITTED_AFTER_S, _fit_memory, args=(deps,))
        fitting.daemon = True
        fitting.start()
        try:
            yield create_app(deps, host_names=(settings.host,))
        finally:
            fitting.cancel()
            fitting.join()  # one under way ends before the database is closed


def _fit_memory(deps: Deps) -> None:
    with contextlib.suppress(GreenroomError):  # the file is busy or full: the next start tries again
        fit_everyone(deps)


def _sandbox(settings: Settings) -> ClosableJudge:
    # Imported late: it probes the kernel and starts processes, which only running code needs.
    from greenroom.judge.pool import SandboxJudge
    from greenroom.judge.spool import Spool, SpoolJudge

    if settings.judge_queue is not None:
        return SpoolJudge(Spool(settings.judge_queue))
    return SandboxJudge(settings.judge_pool_size, max_memory_mb=settings.judge_max_memory_mb)
