"""Ready children of one profile: forked ahead, handed out once, replaced; survives a dead zygote."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable

from greenroom.core.errors import JudgeUnavailable
from greenroom.judge.children import Child
from greenroom.judge.seatbelt import Workers
from greenroom.judge.zygotes import Plan, Zygote

_TAKE_TIMEOUT_S = 60.0
_MAX_RESTARTS = 3


Parent = Zygote | Workers
ParentFactory = Callable[[Plan, Callable[[Child], None]], Parent]


class Pool:
    """Ready children of one profile."""

    def __init__(
        self,
        plan: Plan,
        size: int,
        progress: Callable[[str], None] = lambda text: None,
        parent: ParentFactory | None = None,
    ) -> None:
        self._plan = plan
        self._parent: ParentFactory = parent or (Workers if plan.level == "seatbelt" else Zygote)
        self._size = size
        self._progress = progress
        self._condition = threading.Condition()
        self._ready: deque[Child] = deque()
        self._starting = threading.Lock()
        self._zygote: Parent | None = None
        self._is_closed = False
        self._n_coming = 0
        self._n_waiting = 0

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

    def start(self) -> Parent:
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
            started = self._parent(self._plan, self._arrived)
            try:
                started.wait_until_booted()
            except JudgeUnavailable:
                started.close()
                raise
            self._zygote = started
            self.refill()
            return started

    def _arrived(self, child: Child) -> None:
        with self._condition:
            if self._is_closed:
                child.close()
                return
            self._ready.append(child)
            self._n_coming -= 1
            self._condition.notify()

    def take(self) -> Child:
        """A ready child. Raises JudgeUnavailable."""
        failed: JudgeUnavailable | None = None
        for _ in range(_MAX_RESTARTS):
            zygote = self.start()
            child: Child | None = None
            try:
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

    def refill(self) -> None:
        """Have as many children forked as were taken. Called when a run is over: on a small machine the
        fork would take the core that the run needs."""
        zygote = self._zygote
        with self._condition:
            missing = self._size + self._n_waiting - len(self._ready) - self._n_coming
            if zygote is None or not zygote.is_alive or missing <= 0:
                return
            self._n_coming += missing
        with contextlib.suppress(JudgeUnavailable):  # the next take starts another zygote
            for _ in range(missing):
                zygote.spawn()

    def _next(self, zygote: Parent) -> Child:
        deadline = time.monotonic() + _TAKE_TIMEOUT_S
        with self._condition:
            if self._ready:
                return self._ready.popleft()
            self._n_waiting += 1
        try:
            self.refill()
            with self._condition:
                while not self._ready:
                    if not zygote.is_alive or time.monotonic() > deadline:
                        raise JudgeUnavailable("The judge's parent process is gone.", hint="Try again.")
                    self._condition.wait(0.2)
                return self._ready.popleft()
        finally:
            with self._condition:
                self._n_waiting -= 1

    def _discard(self) -> None:
        with self._condition:
            left = list(self._ready)
            self._ready.clear()
            self._n_coming = 0
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
