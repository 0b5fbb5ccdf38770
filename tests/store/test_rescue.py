"""What can be read out of a damaged file is read, in order, and the file is left as it is."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.people import ALICE, BOB, a_store, a_world, an_answer, an_event

from greenroom.app.data import import_text, rescue_text
from greenroom.core.errors import NotFound, StoreDamaged
from greenroom.store import events
from greenroom.store.opening import open_store
from greenroom.store.rescue import rescue

N_EVENTS = 400
PAGE = 4096


def filled(folder: Path) -> Path:
    store = a_store(folder)
    with store.write() as conn:
        for number in range(N_EVENTS):
            events.append_once(conn, an_event(an_answer(), number=number))
        events.append_once(conn, an_event(an_answer(), number=0, of=BOB))
    store.close()
    return folder / "greenroom.db"


def overwrite(path: Path, *pages: int) -> bytes:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(b"\xa5" * PAGE)
    return path.read_bytes()


def test_everything_is_read_out_of_a_healthy_file_and_nothing_of_others(tmp_path: Path) -> None:
    found = rescue(filled(tmp_path), ALICE)
    assert [row["id"] for row in found.rows] == [f"event-{number:06d}" for number in range(N_EVENTS)]
    assert found.unreadable == 0


@pytest.mark.parametrize("seed", range(6))
def test_most_is_read_out_of_a_file_with_damaged_pages_and_can_be_imported(tmp_path: Path, seed: int) -> None:
    path = filled(tmp_path)
    n_pages = path.stat().st_size // PAGE
    # Not the first pages: they hold the schema and the roots of the tables.
    content = overwrite(path, *random.Random(seed).sample(range(30, n_pages), 3))
    with pytest.raises(StoreDamaged):
        open_store(path)
    found = rescue_text(path, ALICE)
    assert N_EVENTS // 2 < found.events <= N_EVENTS
    assert path.read_bytes() == content
    (tmp_path / "new").mkdir()
    world = a_world(tmp_path / "new")
    assert import_text(world.deps, ALICE, found.text).added == found.events


def test_events_that_stand_in_the_log_beside_it_alone_are_read_too(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.write() as conn:
        events.append_once(conn, an_event(an_answer()))
    taken = tmp_path / "taken"  # as a killed server leaves them: nothing was folded into the file
    taken.mkdir()
    for file in tmp_path.glob("greenroom.db*"):
        shutil.copy(file, taken)
    assert (taken / "greenroom.db-wal").stat().st_size > 0
    assert [row["id"] for row in rescue(taken / "greenroom.db", ALICE).rows] == ["event-000001"]


def test_a_file_of_which_nothing_can_be_read_says_so(tmp_path: Path) -> None:
    path = filled(tmp_path)
    overwrite(path, 0)
    with pytest.raises(StoreDamaged):
        rescue(path, ALICE)


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        rescue_text(tmp_path / "nothing.db", ALICE)
