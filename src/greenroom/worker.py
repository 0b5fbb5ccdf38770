"""A judge worker: claims jobs of a queue, judges them, hands in the verdicts. Many may share one queue."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from greenroom.core.errors import GreenroomError
from greenroom.core.ports import Judge
from greenroom.judge.spool import STALE_S, Done, Job, Spool

_IDLE_S = 0.02


class Worker:
    """Works until told to stop. `tell` gets a line for every job."""

    def __init__(self, spool: Spool, judge: Judge, tell: Callable[[str], None] = lambda text: None) -> None:
        self._spool = spool
        self._judge = judge
        self._tell = tell
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish the job at hand and return from `work`."""
        self._stopping.set()

    def work(self) -> None:
        """Claim and judge until stopped."""
        while not self._stopping.is_set():
            if not self.step():
                self._spool.put_back_stale()
                self._stopping.wait(_IDLE_S)

    def step(self) -> bool:
        """Judge one job, if there is one."""
        job = self._spool.claim()
        if job is None:
            return False
        with self._renewed(job.id):
            done = self._done(job)
        self._spool.answer(job.id, done)
        self._tell(f"{job.id} {_said(done)}")
        return True

    def _done(self, job: Job) -> Done:
        try:
            if job.submission is not None:
                asked = job.submission
                return Done(
                    verdict=self._judge.run(
                        asked.problem, asked.source, visible_only=asked.visible_only, seed=asked.seed
                    )
                )
            if job.scratch is not None:
                run = job.scratch
                return Done(
                    result=self._judge.execute(
                        run.source,
                        profile=run.profile,
                        time_limit_ms=run.time_limit_ms,
                        memory_mb=run.memory_mb,
                    )
                )
        except GreenroomError as error:
            return Done(unavailable=str(error))
        return Done(unavailable="The job asks for nothing.")

    @contextmanager
    def _renewed(self, job_id: str) -> Iterator[None]:
        over = threading.Event()

        def renew() -> None:
            while not over.wait(STALE_S / 4):
                with contextlib.suppress(OSError):
                    self._spool.renew(job_id)

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _said(done: Done) -> str:
    if done.verdict is not None:
        return done.verdict.outcome.value
    return done.result.outcome.value if done.result is not None else f"refused: {done.unavailable}"
