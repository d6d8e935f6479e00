"""The files kept on a noun's row, and what is known of their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.errors import UserError
from core.model import Application, Document, DocumentText, Engagement, Offer
from core.store import Store

LETTERS = ("letter", "signed")
"""What a file is for that left as a letter, or came back signed."""
SHOWN_AS_WORDS = frozenset({"docx", "txt", "md", "text", "csv"})
"""Endings of names of files that the program shows as their text."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """`shown`: pdf, picture, words or "" (how the program shows it). `state`: read, none, refused, or "" for not yet.

    `why`: in words, why its text is not searched or only a part of it. `purpose`: as Document has it.
    """

    id: str
    name: str
    size: int
    shown: str
    added_on: date
    is_resume: bool
    state: str
    why: str
    purpose: str = ""


def files_of(store: Store, noun: str, owner_id: str) -> list[KeptFile]:
    """The résumé first, then letters, then the latest. Of a candidate also the letters about their offers and work."""
    query = (
        select(Document, DocumentText.state, DocumentText.why)
        .outerjoin(DocumentText, DocumentText.sha256 == Document.sha256)
        .where(_of(noun, owner_id))
        .order_by(Document.purpose != "resume", Document.purpose == "", Document.added_on.desc())
        .order_by(Document.created_at.desc(), Document.id)
    )
    with store.read() as session:
        return [
            KeptFile(
                row.id,
                row.name,
                row.size,
                shown_as(row),
                row.added_on,
                row.purpose == "resume",
                state or "",
                why or "",
                row.purpose,
            )
            for row, state, why in session.execute(query)
        ]


def _of(noun: str, owner_id: str) -> ColumnElement[bool]:
    own = and_(Document.noun == noun, Document.owner_id == owner_id)
    if noun != "candidates":
        return own
    applied = select(Application.id).where(Application.candidate_id == owner_id)
    offered = and_(
        Document.noun == "offers",
        Document.owner_id.in_(select(Offer.id).where(Offer.application_id.in_(applied))),
    )
    worked = and_(
        Document.noun == "engagements",
        Document.owner_id.in_(select(Engagement.id).where(Engagement.candidate_id == owner_id)),
    )
    return or_(own, and_(Document.purpose.in_(LETTERS), or_(offered, worked)))


def file_count(store: Store, noun: str, owner_id: str) -> int:
    query = select(func.count()).select_from(Document).where(_of(noun, owner_id))
    with store.read() as session:
        return session.scalar(query) or 0


def words_of(store: Store, document_id: str) -> str | None:
    """What was read out of the file; None where it was not read. UserError where there is no such file."""
    with store.read() as session:
        row = session.get(Document, document_id)
        if row is None:
            raise UserError("This file is no longer in the store.")
        text = session.get(DocumentText, row.sha256)
        return text.text if text is not None and text.state == "read" else None


def shown_as(row: Document) -> str:
    """pdf, picture, words or "": as KeptFile says it."""
    if row.media_type == "application/pdf":
        return "pdf"
    if row.media_type:
        return "picture"
    return "words" if row.name.rpartition(".")[2].lower() in SHOWN_AS_WORDS else ""
