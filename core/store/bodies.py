"""The bytes of kept files: once for each content, named by their hash, outside the history.

A body stays while a document names it, and while a change that can still be undone or redone does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.model import Change, ChangeRow, Document, DocumentBody
from core.store import texts, undo
from core.text import in_digits


def put(session: Session, data: bytes) -> str:
    """Keeps the bytes, where they are not kept yet; returns their SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    if session.get(DocumentBody, digest) is None:
        session.add(DocumentBody(sha256=digest, body=data))
    return digest


def problems(session: Session) -> list[str]:
    """Words for each kept file whose bytes are missing or are not what was kept. No name stands in them."""
    found = []
    for digest in session.scalars(select(DocumentBody.sha256).order_by(DocumentBody.sha256)):
        # One body at a time: together they may be larger than the memory.
        body = session.scalar(select(DocumentBody.body).where(DocumentBody.sha256 == digest))
        if body is None or hashlib.sha256(body).hexdigest() != digest:
            found += [f"The contents of {_words(row)} are damaged." for row in _named(session, digest)]
    there = select(DocumentBody.sha256)
    missing = select(Document).where(Document.sha256.not_in(there)).order_by(Document.id)
    found += [f"The contents of {_words(row)} are missing." for row in session.scalars(missing)]
    return found + texts.problems(session)


def _named(session: Session, digest: str) -> list[Document]:
    return list(session.scalars(select(Document).where(Document.sha256 == digest).order_by(Document.id)))


def _words(row: Document) -> str:
    return f"the kept file {row.id}, {in_digits(row.size)} bytes"


def sweep(session: Session) -> int:
    """Drops the bodies that nothing needs any more; returns how many."""
    loose = select(DocumentBody.sha256).where(DocumentBody.sha256.not_in(select(Document.sha256)))
    spare = set(session.scalars(loose))
    if spare:
        spare -= set(_laid_back(session))
    for digest in sorted(spare):
        session.execute(delete(DocumentBody).where(DocumentBody.sha256 == digest))
    texts.sweep(session)
    return len(spare)


def _laid_back(session: Session) -> Iterator[str]:
    """Contents that undo or redo may name again."""
    query = (
        select(ChangeRow, Change)
        .join(Change, Change.seq == ChangeRow.change_seq)
        .where(ChangeRow.noun == Document.__tablename__, Change.kind == "do", Change.seq > undo.barrier(session))
    )
    # What was undone can be redone until the same colleague does something else.
    done = select(Change.colleague_id, func.max(Change.seq)).where(Change.kind == "do").group_by(Change.colleague_id)
    last = {row[0]: row[1] for row in session.execute(done)}
    for row, change in session.execute(query):
        if undo.is_undone(session, change):
            undone = session.scalar(
                select(func.max(Change.seq)).where(Change.target_id == change.id, Change.kind == "undo")
            )
            if (undone or 0) < last.get(change.colleague_id, 0):
                continue
        for side in (row.old, row.new):
            if side and "sha256" in side:
                yield side["sha256"]
