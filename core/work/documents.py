"""Files kept inside the store, on a noun's row: added, removed, read back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.files import safe_name
from core.ids import new_id
from core.model import NOUNS, Delivery, Document, DocumentBody
from core.store import Label, Store
from core.store.bodies import put
from core.text import plural
from core.work.checks import find

File = tuple[str, bytes]
"""A name from anywhere, and the bytes."""
MOST_BYTES = 25 * 1024 * 1024
OF = frozenset({"deliveries", "engagements", "projects", "offers", "candidates", "schools"})
"""Nouns that have files. What is rated by a code has its own way (core.work.answer_files): a name may say who it is."""
RESUME = "resume"
_WRITTEN = frozenset({"pdf", "docx", "doc", "odt", "rtf"})
_KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}


def keep_file(
    store: Store, noun: str, owner_id: str, name: str, data: bytes, *, today: date, purpose: str | None = None
) -> str:
    """Keeps the file under a name that every system takes. FieldErrors (files) where it is too big or empty.

    `purpose`: resume, "" or None: then a candidate's first document is their résumé.
    """
    if noun not in OF:
        raise UserError(f"Files are kept with {', '.join(sorted(OF))}; not with {noun}.")
    cleaned = checked_name(name, data)
    document_id = new_id()
    with store.change(Label.DOCUMENT_ADDED, ("documents", document_id)) as session:
        _note_owner(store, session, noun, owner_id)
        resume = _resume(session, owner_id) if noun == "candidates" else None
        if purpose is None:
            purpose = RESUME if noun == "candidates" and resume is None and _is_document(cleaned) else ""
        elif purpose == RESUME and resume is not None:
            resume.purpose = ""
        session.add(
            Document(
                id=document_id,
                noun=noun,
                owner_id=owner_id,
                name=free_name(session, noun, owner_id, cleaned),
                media_type=media_type(cleaned, data),
                size=len(data),
                sha256=put(session, data),
                added_on=today,
                purpose=purpose,
            )
        )
        session.flush()
    return document_id


def checked_name(name: str, data: bytes, where: str = "files") -> str:
    """The name as every system takes it. FieldErrors (`where`) for a file that is too big or empty."""
    cleaned = safe_name(name.replace("\\", "/").rpartition("/")[2])
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        raise FieldErrors({where: f"{cleaned} has {size}; a file has at most 25 MB. Keep it elsewhere and link to it."})
    if not data:
        raise FieldErrors({where: f"{cleaned} is empty. Choose the file with something in it."})
    return cleaned


def keep_files(store: Store, noun: str, owner_id: str, files: list[File], *, today: date) -> list[str]:
    """Several in one change."""
    if not files:
        raise FieldErrors({"files": "Choose a file, or drop one here."})
    with store.change(Label.DOCUMENT_ADDED):
        return [keep_file(store, noun, owner_id, name, data, today=today) for name, data in files]


def make_resume(store: Store, document_id: str, *, today: date) -> str:
    """Says that this file is the candidate's résumé; the one before is a file like any other then."""
    with store.change(Label.DOCUMENT_CHANGED, ("documents", document_id)) as session:
        row = find(session, Document, document_id, "file")
        if row.noun != "candidates":
            raise UserError("Only a candidate’s file can be a résumé.")
        _note_owner(store, session, row.noun, row.owner_id)
        if (before := _resume(session, row.owner_id)) is not None:
            before.purpose = ""
        row.purpose = RESUME
    return document_id


def remove_file(store: Store, document_id: str, *, today: date) -> str:
    """Undo lays it back; its bytes go once nothing can."""
    with store.change(Label.DOCUMENT_REMOVED, ("documents", document_id)) as session:
        row = find(session, Document, document_id, "file")
        _note_owner(store, session, row.noun, row.owner_id)
        session.delete(row)
    return document_id


def document_bytes(store: Store, document_id: str) -> bytes:
    with store.read() as session:
        row = find(session, Document, document_id, "file")
        body = session.scalar(select(DocumentBody.body).where(DocumentBody.sha256 == row.sha256))
        if body is None:
            raise UserError(f"The contents of {row.name} are missing in this store. A backup may still have them.")
        return bytes(body)


def media_type(name: str, data: bytes) -> str:
    """Of the kinds that the program shows itself, by name and first bytes; "" of all others."""
    kind, begins = _KINDS.get(name.rpartition(".")[2].lower(), ("", b"\0"))
    return kind if data.startswith(begins) else ""


def _note_owner(store: Store, session: Session, noun: str, owner_id: str) -> None:
    owner = find(session, NOUNS[noun], owner_id, noun.replace("_", " ").removesuffix("s"))
    store.note_ref((noun, owner_id))
    if isinstance(owner, Delivery):
        store.note_ref(("engagements", owner.engagement_id))


def _resume(session: Session, candidate_id: str) -> Document | None:
    mine = select(Document).where(Document.noun == "candidates", Document.owner_id == candidate_id)
    return session.scalars(mine.where(Document.purpose == RESUME)).first()


def _is_document(name: str) -> bool:
    return name.rpartition(".")[2].lower() in _WRITTEN


def free_name(session: Session, noun: str, owner_id: str, name: str) -> str:
    """Two files of one name on one row are told apart by a number."""
    query = select(Document.name).where(Document.noun == noun, Document.owner_id == owner_id)
    taken = {one.casefold() for one in session.scalars(query)}
    stem, dot, ending = name.rpartition(".")
    stem, tail = (stem, dot + ending) if dot else (name, "")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){tail}"
    return found


def size_words(size: int) -> str:
    """3 bytes, 12 KB, 1.4 MB"""
    if size < 1024:
        return plural(size, "byte")
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
