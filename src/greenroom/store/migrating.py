"""Runs the Alembic migrations that ship inside the package, on a connection already in a transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from greenroom.store.versions import HEAD


def upgrade(conn: Connection, to: str = HEAD) -> None:
    """Brings the schema up to `to`. All or nothing: it is part of the caller's transaction."""
    command.upgrade(config(conn), to)


def downgrade(conn: Connection, to: str = "base") -> None:
    """Takes the schema back to `to`. For tests and for a person who goes back a version."""
    command.downgrade(config(conn), to)


def config(conn: Connection) -> Config:
    """Alembic's configuration, bound to this connection."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.attributes["connection"] = conn
    return found
