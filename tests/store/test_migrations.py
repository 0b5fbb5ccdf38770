"""The schema: migrations, tables and the reviewed text say the same, up and down."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.people import a_store

from greenroom.store import migrating
from greenroom.store.db import Store
from greenroom.store.opening import open_store
from greenroom.store.projections import SHELVES
from greenroom.store.tables import EVENTS, METADATA
from greenroom.store.versions import REVISIONS

SCHEMA_TEXT = Path(__file__).parents[2] / "src" / "greenroom" / "store" / "schema.sql"


def schema_of(path: Path) -> str:
    conn = sqlite3.connect(path)
    rows = conn.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    conn.close()
    return "\n\n".join(row[0].replace("\t", "    ").replace(" \n", "\n") + ";" for row in rows) + "\n"


def test_the_reviewed_text_is_what_the_migrations_make(tmp_path: Path) -> None:
    a_store(tmp_path).close()
    made = schema_of(tmp_path / "greenroom.db")
    assert SCHEMA_TEXT.read_text() == made, "Read the difference, then write the new text to schema.sql."


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    with a_store(tmp_path).read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), METADATA) == []


def test_the_known_revisions_are_those_that_ship(tmp_path: Path) -> None:
    with a_store(tmp_path).read() as conn:
        script = ScriptDirectory.from_config(migrating.config(conn))
        found = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_down_and_up_again_gives_the_same_schema(tmp_path: Path) -> None:
    path = tmp_path / "greenroom.db"
    a_store(tmp_path).close()
    before = schema_of(path)
    store = Store(path)
    with store.write() as conn:
        migrating.downgrade(conn)
    assert "events" not in schema_of(path)
    with store.write() as conn:
        migrating.upgrade(conn)
    store.close()
    assert schema_of(path) == before


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "greenroom.db"
    a_store(tmp_path).close()
    before = schema_of(path)
    store = Store(path)
    try:
        with store.write() as conn:
            migrating.downgrade(conn)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    store.close()
    assert schema_of(path) == before
    open_store(path).close()


def test_every_table_but_the_log_is_a_shelf_whose_rows_name_its_columns() -> None:
    shelved = {shelf.name: shelf for shelf in SHELVES}
    assert set(METADATA.tables) == {EVENTS.name, *shelved}
    for shelf in shelved.values():
        columns = [column.name for column in shelf.table.columns]
        assert {"learner_id", *(field.name for field in fields(shelf.row))} == set(columns)
        assert ["learner_id", *shelf.key] == [column.name for column in shelf.table.primary_key]
