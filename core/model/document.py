"""Files kept inside the store."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Base, Row, refers_to


class Document(Row):
    """A file on any noun: `noun` is its table, `owner_id` the row. At most 25 MB; the bytes lie in DocumentBody."""

    __tablename__ = "documents"

    noun: Mapped[str]
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(default="")
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(default="")
    """resume; letter (as it was sent), signed (as it came back); or empty."""
    question_id: Mapped[str | None] = refers_to("questions")
    """Of an application's file: the question that it answers."""


class DocumentBody(Base):
    """The bytes of a file, once for each content. Part of no history: undo lays back the row that names them."""

    __tablename__ = "document_bodies"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes]


class DocumentText(Base):
    """The words read out of a file, to search in; once for each content, part of no history.

    `state`: read, none (nothing to read in it), refused (could not be read: `why` in words).
    """

    __tablename__ = "document_texts"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
