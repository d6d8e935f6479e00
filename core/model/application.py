"""A candidate for a project, the answers given, and the offers made."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Cents, Row, refers_to


class Application(Row):
    """`status`: core.states.APPLICATION. `code` stands for the name while scores are given blind (K7).

    `enrolment_id` and `class_year` say where the person studied when they applied.
    """

    __tablename__ = "applications"
    __table_args__ = (UniqueConstraint("project_id", "candidate_id"), UniqueConstraint("project_id", "code"))

    project_id: Mapped[str] = refers_to("projects")
    candidate_id: Mapped[str] = refers_to("candidates")
    code: Mapped[str]
    status: Mapped[str] = mapped_column(default="applied", index=True)
    invited_on: Mapped[date | None]
    applied_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    enrolment_id: Mapped[str | None] = refers_to("enrolments")
    class_year: Mapped[int | None]
    stage_id: Mapped[str | None] = refers_to("project_stages")
    """One's own stage within applied or shortlisted; it must lie under `status`."""
    hold_until: Mapped[date | None]
    """Of one not selected: the last day on which the message is held back, so that it can be taken back."""
    told_on: Mapped[date | None]
    """When the message that they were not selected went, as someone said."""
    revealed_at: Mapped[datetime | None]
    revealed_by_id: Mapped[str | None] = refers_to("colleagues")


class ProjectStage(Row):
    """One's own stage of a project. `under`: the status that it subdivides, applied or shortlisted."""

    __tablename__ = "project_stages"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: Mapped[str] = refers_to("projects")
    under: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class ApplicationMove(Row):
    """Where an application came to, and when: `status` and, within it, `stage` (its name then, as stages can go)."""

    __tablename__ = "application_moves"

    application_id: Mapped[str] = refers_to("applications")
    moved_on: Mapped[date]
    status: Mapped[str]
    stage: Mapped[str] = mapped_column(default="")


class Answer(Row):
    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    application_id: Mapped[str] = refers_to("applications")
    question_id: Mapped[str] = refers_to("questions")
    text: Mapped[str]


class Offer(Row):
    """The terms put to an applicant. `status`: core.states.OFFER; expired follows from `expires_on`."""

    __tablename__ = "offers"

    application_id: Mapped[str] = refers_to("applications")
    status: Mapped[str] = mapped_column(default="drafted", index=True)
    fee: Mapped[Cents]
    currency: Mapped[str] = mapped_column(default="USD")
    hours: Mapped[int]
    kick_off_on: Mapped[date]
    due_on: Mapped[date]
    due_flexible: Mapped[bool] = mapped_column(default=True)
    expires_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
