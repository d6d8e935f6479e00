"""Files kept inside the store."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Base, Row


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


class DocumentBody(Base):
    """The bytes of a file, once for each content. Part of no history: undo lays back the row that names them."""

    __tablename__ = "document_bodies"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes]
