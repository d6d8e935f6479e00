"""All rows of all nouns, to compare a store with what it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.model import NOUNS
from core.store import Store

Tables = dict[str, dict[str, dict[str, Any]]]


def tables(store: Store) -> Tables:
    """Noun to id to columns, but for the ones that count changes (`row_version`, `changed_at`)."""
    found: Tables = {}
    with store.read() as session:
        for noun, kind in NOUNS.items():
            rows = session.execute(select(kind.__table__)).mappings()
            found[noun] = {
                row["id"]: {k: v for k, v in row.items() if k not in ("row_version", "changed_at")} for row in rows
            }
    return found
