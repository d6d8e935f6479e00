"""What hangs on a row, found by the references of the schema: so that a new noun is never left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.model import NOUNS, Document, Row

_CHUNK = 500


def references(noun: str) -> Iterator[tuple[type[Row], InstrumentedAttribute[Any]]]:
    """Each class and column that refers to rows of `noun`."""
    for kind in NOUNS.values():
        for column in kind.__table__.columns:
            if any(key.column.table.name == noun for key in column.foreign_keys):
                yield kind, getattr(kind, column.key)


def hanging(session: Session, noun: str, ids: Iterable[str]) -> dict[str, Row]:
    """Rows by id that refer to these, and those that refer to them, and so on; with the files kept on any of them."""
    found: dict[str, Row] = {}
    ahead: list[tuple[str, list[str]]] = [(noun, list(ids))]
    while ahead:
        target, owners = ahead.pop()
        for start in range(0, len(owners), _CHUNK):
            some = owners[start : start + _CHUNK]
            kept = select(Document).where(Document.noun == target, Document.owner_id.in_(some))
            questions: list[tuple[type[Row], Any]] = [(Document, kept)]
            questions += [(kind, select(kind).where(column.in_(some))) for kind, column in references(target)]
            for kind, question in questions:
                fresh = [row for row in session.scalars(question) if row.id not in found]
                found |= {row.id: row for row in fresh}
                if fresh:
                    ahead.append((kind.__tablename__, [row.id for row in fresh]))
    return found
