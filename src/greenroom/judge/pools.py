"""Ready children of one profile: forked ahead, handed out once, replaced; survives a dead zygote."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge.children import Child
from greenroom.judge.zygotes import Plan, Zygote

_TAKE_TIMEOUT_S = 60.0
_MAX_RESTARTS = 3


class Pool:
    """Ready children of one profile."""

    def __init__(self, plan: Plan, size: int, progress: Callable[[str], None] = lambda text: None) -> None:
        self._plan = plan
        self._size = size
        self._progress = progress
        self._condition = threading.Condition()
        self._ready: deque[Child] = deque()
        self._starting = threading.Lock()
        self._zygote: Zygote | None = None
        self._is_closed = False

    @property
    def zygote_bytes(self) -> int:
        """Memory of the zygote, 0 before it is started."""
        return self._zygote.rss_bytes if self._zygote is not None else 0

    @property
    def n_ready(self) -> int:
        """Children that wait."""
        return len(self._ready)

    @property
    def is_started(self) -> bool:
        """True when the imports are done."""
        return self._zygote is not None and self._zygote.is_alive

    def start(self) -> Zygote:
        """The running zygote; starts it (again) when there is none. Raises JudgeUnavailable."""
        zygote = self._zygote
        if zygote is not None and zygote.is_alive:
            return zygote
        with self._starting:
            if self._is_closed:
                raise JudgeUnavailable("The judge is shutting down.", hint="Start Greenroom again.")
            if self._zygote is not None and self._zygote.is_alive:
                return self._zygote
            self._discard()
            self._progress(f"Starting the judge for {self._plan.profile} (imports, once) …")
            started = Zygote(self._plan, self._arrived)
            try:
                started.wait_until_booted()
            except JudgeUnavailable:
                started.close()
                raise
            self._zygote = started
            for _ in range(self._size):
                started.spawn()
            return started

    def _arrived(self, child: Child) -> None:
        with self._condition:
            if self._is_closed:
                child.close()
                return
            self._ready.append(child)
            self._condition.notify()

    def take(self) -> Child:
        """A ready child; another is forked in its place. Raises JudgeUnavailable."""
        failed: JudgeUnavailable | None = None
        for _ in range(_MAX_RESTARTS):
            zygote = self.start()
            child: Child | None = None
            try:
                zygote.spawn()
                child = self._next(zygote)
                child.wait_until_ready()
            except JudgeUnavailable as error:
                failed = error
                if child is not None:
                    child.close()
                if zygote.is_alive:
                    raise
                continue
            return child
        raise failed or JudgeUnavailable("No sandbox process could be started.")

    def _next(self, zygote: Zygote) -> Child:
        deadline = time.monotonic() + _TAKE_TIMEOUT_S
        with self._condition:
            while not self._ready:
                if not zygote.is_alive or time.monotonic() > deadline:
                    raise JudgeUnavailable("The judge's parent process is gone.", hint="Try again.")
                self._condition.wait(0.2)
            return self._ready.popleft()

    def _discard(self) -> None:
        with self._condition:
            left = list(self._ready)
            self._ready.clear()
        for child in left:
            child.close()
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def close(self) -> None:
        """End everything; safe to call twice."""
        self._is_closed = True
        with self._starting:
            self._discard()
