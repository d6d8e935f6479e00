"""Rows laid past the history and the search, for made-up crowds alone: what no one entered needs no undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.model import Row


def lay(session: Session, kind: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Each row with all its columns."""
    if rows:
        session.execute(insert(kind), rows)
