"""Alembic's entry: runs the revisions on the connection it is handed, inside its transaction."""

from __future__ import annotations

from alembic import context

from greenroom.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds everything; Alembic opens none of its own
)
context.run_migrations()
