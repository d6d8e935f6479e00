"""An accepted offer at work, the fee due for it, and the money that went."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Cents, Row, Strings, refers_to


class Engagement(Row):
    """`status`: core.states.ENGAGEMENT. The fee due is the sum of its instalments, whatever the hours took.

    `verdict` on acceptance: met, exceeded, met_after_changes; `ended_why` for ended early or did not show.
    """

    __tablename__ = "engagements"

    offer_id: Mapped[str] = refers_to("offers")
    application_id: Mapped[str] = refers_to("applications")
    project_id: Mapped[str] = refers_to("projects")
    candidate_id: Mapped[str] = refers_to("candidates")
    supervisor_id: Mapped[str | None] = refers_to("colleagues")
    status: Mapped[str] = mapped_column(default="agreed", index=True)
    estimated_hours: Mapped[int]
    supervision_minutes: Mapped[int] = mapped_column(default=0)
    agreed_on: Mapped[date]
    kick_off_on: Mapped[date]
    kick_off_time: Mapped[str] = mapped_column(default="")
    """HH:MM in the employer's time zone, "" where no hour is agreed."""
    how_to_join: Mapped[str] = mapped_column(default="")
    kick_off_checks: Mapped[Strings] = mapped_column(default=list)
    """Keys of the checklist's points that are done."""
    hold_reason: Mapped[str] = mapped_column(default="")
    """Why it was kicked off outside the work authorisation's window."""
    due_on: Mapped[date]
    started_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    verdict: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(default="")
    reviews_open_on: Mapped[date | None]
    """The day, named at the start, on which both sides' reviews open even where one is missing."""


class Instalment(Row):
    """A part of the fee due. Without `due_on` it is due when the work is accepted."""

    __tablename__ = "instalments"

    engagement_id: Mapped[str] = refers_to("engagements")
    position: Mapped[int]
    amount: Mapped[Cents]
    currency: Mapped[str] = mapped_column(default="USD")
    due_on: Mapped[date | None]


class Extension(Row):
    """More time, asked and answered; never a mark against anyone. `granted` is None until answered."""

    __tablename__ = "extensions"

    engagement_id: Mapped[str] = refers_to("engagements")
    asked_on: Mapped[date]
    new_due_on: Mapped[date]
    granted: Mapped[bool | None]
    answered_on: Mapped[date | None]


class CheckIn(Row):
    """A talk about the work, planned or held. `minutes`: the employer's time for it."""

    __tablename__ = "check_ins"

    engagement_id: Mapped[str] = refers_to("engagements")
    planned_on: Mapped[date | None]
    held_on: Mapped[date | None]
    minutes: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class MilestoneDone(Row):
    """A milestone of the project that one of its students has completed."""

    __tablename__ = "milestones_done"
    __table_args__ = (UniqueConstraint("engagement_id", "milestone_id"),)

    engagement_id: Mapped[str] = refers_to("engagements")
    milestone_id: Mapped[str] = refers_to("milestones")
    done_on: Mapped[date]


class HourEntry(Row):
    __tablename__ = "hour_entries"

    engagement_id: Mapped[str] = refers_to("engagements")
    worked_on: Mapped[date]
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


class Delivery(Row):
    __tablename__ = "deliveries"

    engagement_id: Mapped[str] = refers_to("engagements")
    delivered_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")


class Payment(Row):
    """Money that went. `paid_from`: employer, campus_grant. `method`: check, transfer, payroll, cash, other."""

    __tablename__ = "payments"

    engagement_id: Mapped[str] = refers_to("engagements")
    candidate_id: Mapped[str] = refers_to("candidates")
    amount: Mapped[Cents]
    currency: Mapped[str] = mapped_column(default="USD")
    paid_on: Mapped[date] = mapped_column(index=True)
    method: Mapped[str] = mapped_column(default="check")
    reference: Mapped[str] = mapped_column(default="")
    paid_from: Mapped[str] = mapped_column(default="employer")
    hold_reason: Mapped[str] = mapped_column(default="")
    """Why it went before the work was accepted, or beyond the fee due."""


class Payee(Row):
    """How someone is paid. `worker_type`: w2, contractor. A tax number has no column."""

    __tablename__ = "payees"
    __table_args__ = (UniqueConstraint("candidate_id"),)

    candidate_id: Mapped[str] = refers_to("candidates")
    worker_type: Mapped[str] = mapped_column(default="contractor")
    worker_type_why: Mapped[str] = mapped_column(default="")
    w9_received_on: Mapped[date | None]
    i9_received_on: Mapped[date | None]
    w4_received_on: Mapped[date | None]


class WorkAuthorisation(Row):
    """Noted after an offer only. `kind`: a key of words.AUTHORISATION_KINDS; both days of the window are in it."""

    __tablename__ = "work_authorisations"

    candidate_id: Mapped[str] = refers_to("candidates")
    kind: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    seen_on: Mapped[date | None]
