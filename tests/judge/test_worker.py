"""The queue: a submission travels to a worker and its verdict back, and a dead worker loses nothing."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.judge.problems import make_problem

from greenroom.core.errors import JudgeUnavailable
from greenroom.core.verdicts import Outcome
from greenroom.judge.pool import SandboxJudge
from greenroom.judge.spool import STALE_S, Done, Job, Scratch, Spool, SpoolJudge
from greenroom.worker import Worker


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "queue")


@pytest.fixture
def queued(spool: Spool, judge: SandboxJudge) -> Iterator[SpoolJudge]:
    """A judge whose work two workers do."""
    workers = [Worker(spool, judge) for _ in range(2)]
    threads = [threading.Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    yield SpoolJudge(spool)
    for worker in workers:
        worker.stop()
    for thread in threads:
        thread.join()


def scratch(job_id: str) -> Job:
    return Job(
        id=job_id, scratch=Scratch(source="print(1)", profile="core", time_limit_ms=1_000, memory_mb=128)
    )


def test_verdict_comes_back_as_it_was_given(queued: SpoolJudge, judge: SandboxJudge) -> None:
    problem, source = make_problem(), "def solve(X):\n    return X.mean(axis=0)"
    there = queued.run(problem, source, visible_only=False, seed=1)
    here = judge.run(problem, source, visible_only=False, seed=1)
    assert there.outcome is here.outcome is Outcome.WRONG_ANSWER
    assert [t.message for t in there.tests] == [t.message for t in here.tests]
    assert there.sandbox_level == judge.level


def test_scratch_run_travels_too(queued: SpoolJudge) -> None:
    result = queued.execute("print('far away')")
    assert (result.outcome, result.stdout) == (Outcome.ACCEPTED, "far away\n")


def test_many_submitters_each_get_their_own_answer(queued: SpoolJudge) -> None:
    seen: dict[int, str] = {}

    def submit(number: int) -> None:
        seen[number] = queued.execute(f"print({number})").stdout

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {number: f"{number}\n" for number in range(8)}


def test_a_job_is_claimed_once(spool: Spool) -> None:
    spool.put(scratch("a"))
    first, second = spool.claim(), spool.claim()
    assert first == scratch("a")
    assert second is None


def test_a_claim_that_grew_old_is_put_back_and_a_fresh_one_is_not(spool: Spool, tmp_path: Path) -> None:
    for name in ("old", "fresh"):
        spool.put(scratch(name))
        assert spool.claim() is not None
    past = os.stat(tmp_path).st_mtime - 2 * STALE_S
    os.utime(tmp_path / "queue/claimed/old.json", (past, past))
    assert spool.put_back_stale() == 1
    assert spool.claim() == scratch("old")


def test_a_job_that_cannot_be_read_is_answered_as_such(spool: Spool, tmp_path: Path) -> None:
    (tmp_path / "queue/new/broken.json").write_text("{}")
    assert spool.claim() is None
    answer = spool.take_answer("broken")
    assert isinstance(answer, Done)
    assert answer.unavailable is not None


def test_without_a_worker_the_judge_says_what_to_start(spool: Spool) -> None:
    with pytest.raises(JudgeUnavailable, match="greenroom worker"):
        SpoolJudge(spool, patience_s=0.01).execute("print(1)")
    assert spool.claim() is None, "nobody waits for it any more"


def test_a_refusal_travels_back(queued: SpoolJudge) -> None:
    with pytest.raises(JudgeUnavailable, match="cobol"):
        queued.execute("print(1)", profile="cobol")
