"""Measures the store and the use cases on it: events a second, time of an answer and of the next question."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenroom.app.deps import Deps
from greenroom.app.practice import AnswerIn, answer, next_question, today
from greenroom.app.progress import progress
from greenroom.app.projections import rebuild_in
from greenroom.app.record import Fact, append_and_fold, record
from greenroom.app.rehearsed_learner import answer_of, history_of
from greenroom.content.generated import generated_bank
from greenroom.core.ids import ME
from greenroom.core.ports import Bank, Clock, Grader, Judge
from greenroom.core.scoring import PassedOn
from greenroom.store.opening import open_store

SIZES = (200, 10_000)
AREAS, TOPICS_PER_AREA = 33, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Milliseconds of a repeated call."""

    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSize:
    """The next question from a bank of that many generated items."""

    items: int
    first_ms: float
    """The first one after the start: tables are made."""
    next_question: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """What was measured."""

    n_events: int
    events_per_second: float
    """Each in a transaction of its own, on the disk before it is acknowledged, projections brought up to date."""
    answer_when_empty: Times
    answer_when_full: Times
    """The whole use case, before and after `n_events` events."""
    folded_per_second: float
    """Many events in one transaction, as an import does it."""
    rebuilt_per_second: float
    differences: int
    today: Times
    progress: Times
    bytes_per_event: float
    sizes: tuple[AtSize, ...]
    peak_memory_mb: float


def measure_store(clock: Clock, judge: Judge, grader: Grader, *, n_events: int, seed: int = 0) -> StoreReport:
    """Measures in a folder of its own, which is removed afterwards."""
    bank = generated_bank(SIZES[0], n_areas=AREAS, topics_per_area=TOPICS_PER_AREA)
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        path = Path(folder) / "greenroom.db"
        deps = Deps(clock=clock, bank=bank, judge=judge, grader=grader, store=open_store(path))
        try:
            return _measured(deps, path, n_events, random.Random(seed))
        finally:
            deps.store.close()


def _measured(deps: Deps, path: Path, n_events: int, dice: random.Random) -> StoreReport:
    empty = _answers(deps, 60, "empty")
    n_single = min(n_events, 500)
    items = list(deps.bank.items.values())
    started = time.perf_counter()
    for number in range(n_single):
        payload = answer_of(dice.choice(items), f"single-{number // 20:06d}", dice)
        record(deps, ME, Fact(id=f"single-{number:08d}", payload=payload))
    single_s = time.perf_counter() - started
    history = history_of(deps.bank, ME, n_events, now_ms=deps.clock.now_ms())
    started = time.perf_counter()
    with deps.store.write() as conn:
        append_and_fold(conn, ME, history)
    folded_s = time.perf_counter() - started
    full = _answers(deps, 60, "full")
    started = time.perf_counter()
    with deps.store.write() as conn:
        rebuilt = rebuild_in(conn, ME)
    rebuilt_s = time.perf_counter() - started
    shown_today = timed(lambda: today(deps, ME), 40)
    shown_progress = timed(lambda: progress(deps, ME), 10)
    return StoreReport(
        n_events=rebuilt.events,
        events_per_second=n_single / single_s,
        answer_when_empty=empty,
        answer_when_full=full,
        folded_per_second=len(history) / folded_s,
        rebuilt_per_second=rebuilt.events / rebuilt_s,
        differences=len(rebuilt.differences),
        today=shown_today,
        progress=shown_progress,
        bytes_per_event=path.stat().st_size / rebuilt.events,
        sizes=tuple(_at_size(deps, n_items) for n_items in SIZES),
        peak_memory_mb=peak_memory_mb(),
    )


def _answers(deps: Deps, n: int, name: str) -> Times:
    """The `answer` use case, each time on another question."""
    items = list(deps.bank.items.values())
    numbers = iter(range(n))

    def answer_one() -> None:
        number = next(numbers)
        item = items[number % len(items)]
        given = AnswerIn(
            event_id=f"{name}-{number:08d}",
            item_id=item.id,
            item_hash=item.hash,
            response=PassedOn(),
            confidence_01=None,
            elapsed_ms=1_000,
            session_id=f"{name}-sitting-{number:06d}",
        )
        answer(deps, ME, given)

    return timed(answer_one, n)


def _at_size(deps: Deps, n_items: int) -> AtSize:
    bank: Bank = generated_bank(n_items, n_areas=AREAS, topics_per_area=TOPICS_PER_AREA)
    sized = Deps(clock=deps.clock, bank=bank, judge=deps.judge, grader=deps.grader, store=deps.store)
    started = time.perf_counter()
    next_question(sized, ME, "bench-sitting")
    first_ms = (time.perf_counter() - started) * 1000
    return AtSize(
        items=n_items,
        first_ms=first_ms,
        next_question=timed(lambda: next_question(sized, ME, "bench-sitting"), 60),
    )


def timed(call: Callable[[], object], n: int) -> Times:
    """Median and 95th percentile of so many calls."""
    found = []
    for _ in range(n):
        started = time.perf_counter()
        call()
        found.append((time.perf_counter() - started) * 1000)
    return times_of(found)


def times_of(milliseconds: list[float]) -> Times:
    """Median and 95th percentile."""
    ordered = sorted(milliseconds)
    return Times(median_ms=ordered[len(ordered) // 2], p95_ms=ordered[int(0.95 * (len(ordered) - 1))])


def peak_memory_mb() -> float:
    """Most memory this process ever held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)
