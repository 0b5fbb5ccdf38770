"""Opening the file: made, migrated, or refused with the remedy and never overwritten."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest
from tests.people import ALICE, a_store, an_answer, an_event

from greenroom.core.errors import StoreDamaged
from greenroom.store import events
from greenroom.store.opening import APPLICATION_ID, health, keep_a_copy, open_store, version_of
from greenroom.store.versions import HEAD


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def filled_store(folder: Path, n_events: int = 300) -> Path:
    store = a_store(folder)
    with store.write() as conn:
        for number in range(n_events):
            events.append_once(conn, an_event(an_answer(), number=number))
    store.close()
    return folder / "greenroom.db"


def test_a_missing_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "greenroom.db"
    open_store(path).close()
    assert version_of(path) == HEAD
    assert health(path) == []


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "greenroom.db"
    path.touch()
    open_store(path).close()
    assert version_of(path) == HEAD


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    path = filled_store(tmp_path, 3)
    store = open_store(path)
    with store.read() as conn:
        assert events.count(conn, ALICE) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"this is a text file, not a database\n" * 50, "no SQLite file"),
        (os.urandom(9_000), "no SQLite file"),
        (b"SQLite format 3\x00" + os.urandom(8_000), "not a healthy"),
    ],
    ids=["a text", "noise", "noise behind a proper first line"],
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "greenroom.db"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match=words) as caught:
        open_store(path)
    assert "move the file aside" in caught.value.hint
    assert path.read_bytes() == content


def test_a_damaged_page_is_found_when_opening_and_left_as_it_is(tmp_path: Path) -> None:
    path = filled_store(tmp_path)
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096 * 4)
    before = digest(path)
    with pytest.raises(StoreDamaged, match="not a healthy Greenroom database"):
        open_store(path)
    assert digest(path) == before
    assert health(path)


def test_a_file_cut_short_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = filled_store(tmp_path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    before = digest(path)
    with pytest.raises(StoreDamaged):
        open_store(path)
    assert digest(path) == before


def test_damage_that_comes_while_running_is_named(tmp_path: Path) -> None:
    path = filled_store(tmp_path)
    store = open_store(path)
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * (path.stat().st_size - 3 * 4096))
    with pytest.raises(StoreDamaged, match="not a healthy"), store.read() as conn:
        list(events.read_since(conn, ALICE))


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "greenroom.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (text TEXT)")
    other.commit()
    other.close()
    before = digest(path)
    with pytest.raises(StoreDamaged, match="another program"):
        open_store(path)
    assert digest(path) == before


def test_a_database_of_a_newer_greenroom_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = filled_store(tmp_path, 1)
    newer = sqlite3.connect(path)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    before = digest(path)
    with pytest.raises(StoreDamaged, match="newer Greenroom") as caught:
        open_store(path)
    assert "Update Greenroom" in caught.value.hint
    assert digest(path) == before


def test_a_copy_is_kept_before_a_migration_and_an_older_copy_is_not_replaced(tmp_path: Path) -> None:
    path = filled_store(tmp_path, 3)
    keep_a_copy(path, "0000")
    kept = tmp_path / f"greenroom.db.before-{HEAD}-from-0000"
    store = open_store(kept)
    with store.read() as conn:
        assert events.count(conn, ALICE) == 3
    store.close()
    before = digest(kept)
    open_store(path).close()
    keep_a_copy(path, "0000")
    assert digest(kept) == before


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    path = filled_store(tmp_path, 1)
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    conn.close()


def test_a_folder_that_cannot_be_made_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreDamaged) as caught:
        open_store(tmp_path / "file" / "greenroom.db")
    assert "GREENROOM_DATA_DIR" in caught.value.hint
