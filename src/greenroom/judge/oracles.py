"""Children that run reference solutions. Bank code, so unlike a candidate's they may be used again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from greenroom.core.problems import Problem
from greenroom.judge.children import Child

_MOST_CPU_MS = 300_000.0


class Oracles:
    """Idle reference processes by problem, at most `most` of them; the least recently used goes first.

    An oracle serves one run at a time and one problem only, and loads its source anew for every run, so
    that nothing is carried from one submission to the next.
    """

    def __init__(self, take: Callable[[str], Child], most: int) -> None:
        self._take = take
        self._most = most
        self._lock = threading.Lock()
        self._idle: OrderedDict[str, list[Child]] = OrderedDict()
        self._is_closed = False

    @contextmanager
    def lend(self, problem: Problem) -> Iterator[Child]:
        """A child for that problem's reference. Raises JudgeUnavailable."""
        key = f"{problem.id} {problem.hash} {problem.memory_mb}"
        child = self._pop(key) or self._take(problem.profile)
        is_clean = False
        try:
            yield child
            is_clean = not child.is_waiting and child.cpu_ms() < _MOST_CPU_MS
        finally:
            if is_clean:
                self._keep(key, child)
            else:
                child.close()

    def _pop(self, key: str) -> Child | None:
        with self._lock:
            waiting = self._idle.get(key)
            if not waiting:
                return None
            child = waiting.pop()
            if not waiting:
                del self._idle[key]
        if child.is_alive:
            return child
        child.close()
        return None

    def _keep(self, key: str, child: Child) -> None:
        surplus: list[Child] = []
        with self._lock:
            self._idle.setdefault(key, []).append(child)
            self._idle.move_to_end(key)
            while self._is_closed or sum(map(len, self._idle.values())) > self._most:
                if not self._idle:
                    break
                oldest = next(iter(self._idle))
                surplus.append(self._idle[oldest].pop(0))
                if not self._idle[oldest]:
                    del self._idle[oldest]
        for old in surplus:
            old.close()

    @property
    def n_idle(self) -> int:
        """Oracles that wait."""
        with self._lock:
            return sum(map(len, self._idle.values()))

    def close(self) -> None:
        """End the idle ones; those on loan end when they come back."""
        with self._lock:
            self._is_closed = True
            left = [child for children in self._idle.values() for child in children]
            self._idle.clear()
        for child in left:
            child.close()
