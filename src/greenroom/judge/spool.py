"""A queue of submissions in a folder, for judging on other machines: claimed by renaming, answered by renaming.

The folder is shared by the server and its workers (one machine, or a network file system with atomic rename)
and belongs to them alone. A worker that dies loses nothing: its claim grows old and is put back.
"""

from __future__ import annotations

import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from greenroom.core.errors import JudgeUnavailable
from greenroom.core.problems import Problem
from greenroom.core.verdicts import ScriptResult, Verdict

STALE_S = 30.0
"""A claim that was not renewed for so long is put back."""
_LOOK_S = 0.01
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submission, complete: a worker needs neither bank nor database."""

    problem: Problem
    source: str
    visible_only: bool
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scratch:
    """A scratch run."""

    source: str
    profile: str
    time_limit_ms: int
    memory_mb: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is queued: exactly one of the two."""

    id: str
    submission: Submission | None = None
    scratch: Scratch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a job: exactly one of the three."""

    verdict: Verdict | None = None
    result: ScriptResult | None = None
    unavailable: str | None = None


_JOB: TypeAdapter[Job] = TypeAdapter(Job)
_DONE: TypeAdapter[Done] = TypeAdapter(Done)


class Spool:
    """The folder: `new`, `claimed` and `done`. Raises JudgeUnavailable where it cannot be made."""

    def __init__(self, folder: Path) -> None:
        self._new, self._claimed, self._done = (folder / name for name in ("new", "claimed", "done"))
        try:
            for part in (self._new, self._claimed, self._done):
                part.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise JudgeUnavailable(
                f"The judge's queue {folder} cannot be used ({error.strerror}).",
                hint="Make the folder and give Greenroom's user the right to write there.",
            ) from error

    def put(self, job: Job) -> None:
        """Queue a job."""
        _write(self._new / f"{job.id}.json", _JOB.dump_json(job))

    def claim(self) -> Job | None:
        """The oldest job that nobody else has, or None. A job that cannot be read is answered as such."""
        for path in sorted(self._new.glob("*.json"), key=_age_key):
            claimed = self._claimed / path.name
            try:
                os.utime(path)
                path.rename(claimed)
            except FileNotFoundError:
                continue  # another worker was quicker
            try:
                return _JOB.validate_json(claimed.read_bytes())
            except (ValidationError, OSError):
                self.answer(path.stem, Done(unavailable="The job could not be read by the worker."))
        return None

    def renew(self, job_id: str) -> None:
        """Say that the job is still at work."""
        try:
            os.utime(self._claimed / f"{job_id}.json")
        except FileNotFoundError:
            return  # it was put back meanwhile; whoever answers first, answers

    def put_back_stale(self) -> int:
        """Queue again what a dead worker had claimed; how many."""
        count = 0
        for path in self._claimed.glob("*.json"):
            try:
                if time.time() - path.stat().st_mtime > STALE_S:
                    path.rename(self._new / path.name)
                    count += 1
            except FileNotFoundError:
                continue
        return count

    def answer(self, job_id: str, done: Done) -> None:
        """Hand in what came of a job."""
        _write(self._done / f"{job_id}.json", _DONE.dump_json(done))
        (self._claimed / f"{job_id}.json").unlink(missing_ok=True)

    def take_answer(self, job_id: str) -> Done | None:
        """The answer, taken away, or None while there is none."""
        path = self._done / f"{job_id}.json"
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        path.unlink(missing_ok=True)
        return _DONE.validate_json(data)

    def withdraw(self, job_id: str) -> None:
        """Take a job back that nobody waits for any more."""
        (self._new / f"{job_id}.json").unlink(missing_ok=True)


def _age_key(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name


def _write(path: Path, data: bytes) -> None:
    """Complete or not at all: readers see a file only under its final name."""
    draft = path.with_suffix(f".{uuid.uuid4().hex}.draft")
    draft.write_bytes(data)
    draft.rename(path)


class SpoolJudge:
    """The judge's port in front of a spool: queues, waits, returns. Workers do the work."""

    level = "worker"

    def __init__(self, spool: Spool, *, patience_s: float = _PATIENCE_S) -> None:
        self._spool = spool
        self._patience_s = patience_s

    def close(self) -> None:
        """Nothing to end: workers belong to themselves."""

    def run(self, problem: Problem, source: str, *, visible_only: bool, seed: int) -> Verdict:
        """As `core.ports.Judge.run`. Raises JudgeUnavailable when no worker answers in time."""
        submission = Submission(problem=problem, source=source, visible_only=visible_only, seed=seed)
        done = self._wait(Job(id=uuid.uuid4().hex, submission=submission))
        if done.verdict is None:
            raise JudgeUnavailable("The worker answered without a verdict.", hint="Submit again.")
        return done.verdict

    def execute(
        self, source: str, *, profile: str = "core", time_limit_ms: int = 5_000, memory_mb: int = 512
    ) -> ScriptResult:
        """As `core.ports.Judge.execute`. Raises JudgeUnavailable when no worker answers in time."""
        scratch = Scratch(source=source, profile=profile, time_limit_ms=time_limit_ms, memory_mb=memory_mb)
        done = self._wait(Job(id=uuid.uuid4().hex, scratch=scratch))
        if done.result is None:
            raise JudgeUnavailable("The worker answered without a result.", hint="Run it again.")
        return done.result

    def _wait(self, job: Job) -> Done:
        self._spool.put(job)
        deadline = time.monotonic() + self._patience_s
        while time.monotonic() < deadline:
            done = self._spool.take_answer(job.id)
            if done is None:
                time.sleep(_LOOK_S)
            elif done.unavailable is not None:
                raise JudgeUnavailable(done.unavailable, hint="See the worker's own messages.")
            else:
                return done
        self._spool.withdraw(job.id)
        raise JudgeUnavailable(
            f"No worker judged the code within {self._patience_s:.0f} s.",
            hint="Start `greenroom worker` on the queue.",
        )
