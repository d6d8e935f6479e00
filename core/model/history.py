"""The record of changes: it serves undo, and it is each noun's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Base, Strings


class Change(Base):
    """A labelled unit of work. `kind`: do, undo, redo, barrier (undo goes no further back); `target_id`: of undo, redo.

    `label` is a key of core.store.labels, put into words when read; `refs`: "noun:id" of what it is about.
    """

    __tablename__ = "changes"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    at: Mapped[datetime]
    colleague_id: Mapped[str | None] = mapped_column(String(36))
    schema: Mapped[str]
    kind: Mapped[str]
    target_id: Mapped[str | None] = mapped_column(String(36), index=True)
    label: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    refs: Mapped[Strings] = mapped_column(default=list)


class ChangeRow(Base):
    """One row touched by a change. `old`/`new` hold the columns that changed, as JSON; None where there was no row."""

    __tablename__ = "change_rows"
    __table_args__ = (Index("ix_change_rows_row", "row_id"), Index("ix_change_rows_change", "change_seq"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    change_seq: Mapped[int]
    noun: Mapped[str]
    row_id: Mapped[str] = mapped_column(String(36))
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]


class Draft(Base):
    """What was typed into a form and not yet saved, so that a crash loses nothing. Part of no history.

    `key`: the form and the row it edits ("candidates:new", "projects:ID").
    """

    __tablename__ = "drafts"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
    fields: Mapped[dict[str, Any]]


class ImportLayout(Base):
    """Which column meant which field in a file of this layout, to be offered again. Part of no history.

    `key`: the noun and a hash of the headers.
    """

    __tablename__ = "import_layouts"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
    mapping: Mapped[dict[str, Any]]


class KeptView(Base):
    """What was read for a screen, as JSON, so that the next start can paint it at once. Each change forgets it."""

    __tablename__ = "kept_views"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[str]
