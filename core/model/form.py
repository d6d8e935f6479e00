"""Forms that went out to be filled in elsewhere, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Row, refers_to


class Form(Row):
    """A form that was made. `code` is unguessable, stands printed and hidden in the file, and says which one returns.

    `kind`: a key of words.FORM_KINDS. An application form is of a project and may come back from many; all others are
    of one person, or (rater_pack) of one colleague. `layout`: the fields as they stand in the file, by their names:
    {"fields": [{"name", "kind", "words", "options", "page", "rect"}], ...}, so that a form that was printed to PDF can
    be read by where its words stand.
    """

    __tablename__ = "forms"
    __table_args__ = (UniqueConstraint("code"),)

    code: Mapped[str]
    kind: Mapped[str]
    made_on: Mapped[date]
    project_id: Mapped[str | None] = refers_to("projects")
    candidate_id: Mapped[str | None] = refers_to("candidates")
    application_id: Mapped[str | None] = refers_to("applications")
    engagement_id: Mapped[str | None] = refers_to("engagements")
    colleague_id: Mapped[str | None] = refers_to("colleagues")
    layout: Mapped[dict[str, Any] | None]


class FormReturn(Row):
    """A form that came back and was taken in. `sha256` of the file, so that the same one is known again."""

    __tablename__ = "form_returns"

    form_id: Mapped[str] = refers_to("forms")
    received_on: Mapped[date]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    candidate_id: Mapped[str | None] = refers_to("candidates")
    application_id: Mapped[str | None] = refers_to("applications")
