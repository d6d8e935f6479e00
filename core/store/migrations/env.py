"""Alembic's entry: the connection is handed in, already within a transaction."""

from __future__ import annotations

from alembic import context

from core.model import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    include_name=lambda name, kind, _: not (kind == "table" and (name or "").startswith("search_")),
)
context.run_migrations()
