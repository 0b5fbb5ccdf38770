"""Transactions: no lost update, nothing half-written, errors named with what to do."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from tests.people import ALICE, BOB, CHARLIE, a_store, an_answer, an_event

from greenroom.core.errors import StoreBusy, StoreFull
from greenroom.store import events
from greenroom.store.db import named
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.opening import open_store


def test_a_hundred_concurrent_read_then_write_updates_are_all_kept(tmp_path: Path) -> None:
    store = a_store(tmp_path)

    def add_ten() -> None:
        for _ in range(10):
            with store.write() as conn:
                found = LEARNERS.find(conn, ALICE) or Learner()
                LEARNERS.save(conn, ALICE, [replace(found, xp=found.xp + 1)])

    threads = [threading.Thread(target=add_ten) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as conn:
        found = LEARNERS.find(conn, ALICE)
    assert found is not None
    assert found.xp == 100


_ADD_FROM_ANOTHER_PROCESS = """
import sys
from dataclasses import replace
from pathlib import Path
from greenroom.store.learners import LEARNERS, Learner
from greenroom.store.opening import open_store
store = open_store(Path(sys.argv[1]))
for _ in range(25):
    with store.write() as conn:
        found = LEARNERS.find(conn, "alice") or Learner()
        LEARNERS.save(conn, "alice", [replace(found, xp=found.xp + 1)])
store.close()
"""


def test_updates_of_several_processes_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "greenroom.db"
    workers = [
        subprocess.Popen([sys.executable, "-c", _ADD_FROM_ANOTHER_PROCESS, str(path)]) for _ in range(3)
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    with open_store(path).read() as conn:
        found = LEARNERS.find(conn, ALICE)
    assert found is not None
    assert found.xp == 75


def test_an_error_inside_a_write_leaves_nothing_behind(tmp_path: Path) -> None:
    store = a_store(tmp_path)

    def write_and_fail() -> None:
        with store.write() as conn:
            events.append_once(conn, an_event(an_answer()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with store.write() as conn:
        assert events.count(conn, ALICE) == 0


def test_a_reader_sees_one_moment_while_others_write(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.read() as reader:
        assert events.count(reader, ALICE) == 0
        with store.write() as conn:
            events.append_once(conn, an_event(an_answer()))
        assert events.count(reader, ALICE) == 0
    with store.read() as reader:
        assert events.count(reader, ALICE) == 1


def test_two_write_transactions_in_one_use_case_are_a_mistake(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write(), pytest.raises(RuntimeError, match="at most one"), store.write():
        pass
    with store.write() as conn:
        assert events.count(conn, ALICE) == 0


def test_a_full_database_is_named_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        events.append_once(conn, an_event(an_answer(), number=1))

    def write_past_the_end() -> None:
        with store.write() as conn:
            pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
            conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            for number in range(2, 200):
                events.append_once(conn, an_event(an_answer(), number=number))

    with pytest.raises(StoreFull, match="full") as caught:
        write_past_the_end()
    assert caught.value.is_retryable
    with store.read() as conn:
        assert [logged.event.id for logged in events.read_since(conn, ALICE)] == ["event-000001"]


_WRITE_UNTIL_REFUSED = """
import sys
from pathlib import Path
from greenroom.core.errors import GreenroomError
from greenroom.store import events
from greenroom.store.opening import open_store
from tests.people import ALICE, an_answer, an_event
store = open_store(Path(sys.argv[1]) / "greenroom.db")
acknowledged = []
try:
    for number in range(100_000):
        with store.write() as conn:
            events.append_once(conn, an_event(an_answer(), number=number))
        acknowledged.append(f"event-{number:06d}")
except GreenroomError as error:
    print(type(error).__name__)
store.close()
store = open_store(Path(sys.argv[1]) / "greenroom.db")
with store.read() as conn:
    kept = [logged.event.id for logged in events.read_since(conn, ALICE)]
print("kept what was acknowledged" if kept == acknowledged and kept else f"{len(kept)} of {len(acknowledged)}")
"""


def write_until_refused(*before: str, folder: Path, limit: int | None = None) -> list[str]:
    ran = subprocess.run(
        [*before, sys.executable, "-c", _WRITE_UNTIL_REFUSED, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_a_disk_that_fails_to_write_is_named_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    assert write_until_refused(folder=tmp_path, limit=600_000) == [
        "StoreDamaged",
        "kept what was acknowledged",
    ]


def test_a_full_disk_is_named_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    """A real file system of one MiB, mounted in a namespace of its own."""
    mount = f'mount -t tmpfs -o size=1m tmpfs "{tmp_path}" && exec "$@"'
    before = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    if shutil.which("unshare") is None or subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets no user mount a small file system")
    assert write_until_refused(*before, folder=tmp_path) == ["StoreFull", "kept what was acknowledged"]


def test_a_lock_held_by_another_program_is_named(tmp_path: Path) -> None:
    path = tmp_path / "greenroom.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE t (x)")
    other.execute("BEGIN IMMEDIATE")
    waiting = sqlite3.connect(path, isolation_level=None, timeout=0)
    with pytest.raises(sqlite3.OperationalError) as caught:
        waiting.execute("BEGIN IMMEDIATE")
    error = named(caught.value, path)
    assert isinstance(error, StoreBusy)
    assert error.is_retryable


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    with a_store(tmp_path).read() as conn:
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_a_shelf_shows_a_learner_only_their_own_rows(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        LEARNERS.save(conn, ALICE, [Learner(xp=7)])
        LEARNERS.save(conn, BOB, [Learner(xp=9)])
        assert LEARNERS.all(conn, ALICE) == [Learner(xp=7)]
        assert LEARNERS.all(conn, CHARLIE) == []
        LEARNERS.clear(conn, ALICE)
        assert LEARNERS.all(conn, BOB) == [Learner(xp=9)]
