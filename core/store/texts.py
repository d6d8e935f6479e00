"""The words read out of candidates' files and of answers: once for each content, outside the history.

They stay as long as the file's bytes do. The search index has them while a file of a candidate is kept; those of an
answer are not searched, as they would lead from the words that raters read to a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from core.model import Document, DocumentBody, DocumentText
from core.store import search

if TYPE_CHECKING:
    from core.store.store import Store

NOUN = "document_texts"
"""What listeners hear of."""
READ = ("candidates", "applications")
"""Nouns whose files are looked into."""
STATES = frozenset({"read", "none", "refused"})


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of a candidate or an application that nobody has looked into yet."""

    sha256: str
    name: str


def unread_count(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count(Document.sha256.distinct())).where(*_unread())) or 0


def unread(store: Store, most: int = 500) -> list[Unread]:
    """The oldest, each content once."""
    query = (
        select(Document.sha256, func.min(Document.name))
        .where(*_unread())
        .group_by(Document.sha256)
        .order_by(func.min(Document.created_at), Document.sha256)
        .limit(most)
    )
    with store.read() as session:
        return [Unread(sha256, name) for sha256, name in session.execute(query)]


def body(store: Store, sha256: str) -> bytes:
    """One at a time: together they may be larger than the memory. Empty where it has gone meanwhile."""
    with store.read() as session:
        return bytes(session.scalar(select(DocumentBody.body).where(DocumentBody.sha256 == sha256)) or b"")


def keep(store: Store, sha256: str, state: str, text: str = "", why: str = "") -> None:
    """Lays the words into the search index of everyone who has this file. It is no change and cannot be undone."""
    if state not in STATES:
        raise ValueError(state)
    with store.beside(NOUN) as session:
        # The file may have gone while it was read.
        if session.get(DocumentBody, sha256) is None:
            return
        session.merge(DocumentText(sha256=sha256, state=state, text=text, why=why))
        session.flush()
        owners = select(Document.owner_id).where(Document.sha256 == sha256, Document.noun == "candidates")
        search.refresh(session, {"candidates": session.scalars(owners).all()}, {})


def ask_again(store: Store, document_id: str) -> None:
    """What could not be read is looked into once more: a busy computer may have been too slow for it."""
    with store.beside(NOUN) as session:
        row = session.get(Document, document_id)
        text = session.get(DocumentText, row.sha256) if row is not None else None
        if text is not None and text.state == "refused":
            session.delete(text)


def sweep(session: Session) -> None:
    """Drops the words of bodies that are gone."""
    session.execute(delete(DocumentText).where(DocumentText.sha256.not_in(select(DocumentBody.sha256))))


def problems(session: Session) -> list[str]:
    loose = select(DocumentText.sha256).where(DocumentText.sha256.not_in(select(DocumentBody.sha256)))
    return [f"The words of a file that is gone ({one[:12]}) are still kept." for one in session.scalars(loose)]


def _unread() -> list[ColumnElement[bool]]:
    return [
        Document.noun.in_(READ),
        Document.sha256.in_(select(DocumentBody.sha256)),
        Document.sha256.not_in(select(DocumentText.sha256)),
    ]
