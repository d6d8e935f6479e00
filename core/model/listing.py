"""One's own words and lists: tags, custom fields, saved lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Row, Strings, refers_to


class Tag(Row):
    """A word of one's own for candidates; told apart without case and accents."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(unique=True)


class CandidateTag(Row):
    __tablename__ = "candidate_tags"
    __table_args__ = (UniqueConstraint("candidate_id", "tag_id"),)

    candidate_id: Mapped[str] = refers_to("candidates")
    tag_id: Mapped[str] = refers_to("tags")


class CustomField(Row):
    """A field of one's own. `noun`: candidates, projects. `kind`: core.model.words.FIELD_KINDS. `choices`: of a choice.

    `on_paper`: whether reports and postings print it.
    """

    __tablename__ = "custom_fields"
    __table_args__ = (UniqueConstraint("noun", "name"),)

    noun: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="text")
    choices: Mapped[Strings] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    on_paper: Mapped[bool] = mapped_column(default=False)


class CustomValue(Row):
    """One field of one candidate or project; no row where it is empty.

    `text` is the value as it is written (a plain decimal, an ISO day, yes or no); `amount` and `day` are what it is
    sorted and compared by.
    """

    __tablename__ = "custom_values"
    __table_args__ = (UniqueConstraint("field_id", "candidate_id"), UniqueConstraint("field_id", "project_id"))

    field_id: Mapped[str] = refers_to("custom_fields")
    candidate_id: Mapped[str | None] = refers_to("candidates")
    project_id: Mapped[str | None] = refers_to("projects")
    text: Mapped[str]
    amount: Mapped[float | None]
    day: Mapped[date | None]


class SavedList(Row):
    """A filter with a name. `filter`: as core.insight.filters writes it; `columns`: keys, empty for the usual ones."""

    __tablename__ = "saved_lists"
    __table_args__ = (UniqueConstraint("noun", "name"),)

    noun: Mapped[str] = mapped_column(default="candidates")
    name: Mapped[str]
    filter: Mapped[dict[str, Any]] = mapped_column(default=dict)
    columns: Mapped[Strings] = mapped_column(default=list)
    sort: Mapped[str] = mapped_column(default="")
    descending: Mapped[bool] = mapped_column(default=False)
    group_by: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
