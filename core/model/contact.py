"""What keeps people warm, what followed, and what they agreed to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Base, Cents, Row, Strings, refers_to


class Touch(Row):
    """A contact made (`made_on`) or planned (`planned_on`). `kind`: call, mail, meeting, invitation, fair, note.

    `subject`: of a mail that went.
    """

    __tablename__ = "touches"

    candidate_id: Mapped[str] = refers_to("candidates")
    kind: Mapped[str]
    made_on: Mapped[date | None] = mapped_column(index=True)
    planned_on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    colleague_id: Mapped[str | None] = refers_to("colleagues")
    project_id: Mapped[str | None] = refers_to("projects")


class PoolEntry(Row):
    """Why someone is kept warm. `reason`: near_miss_intern, past_micro_intern, fair, referred, declined_us, applied,
    other.

    `every_days`: how often to be in touch; None: as the plan of the reason says, 0: not regularly. The two wishes after
    it count only beside a number.
    """

    __tablename__ = "pool_entries"

    candidate_id: Mapped[str] = refers_to("candidates")
    reason: Mapped[str]
    year: Mapped[int | None]
    rank: Mapped[int | None]
    of_count: Mapped[int | None]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    every_days: Mapped[int | None]
    until_graduation: Mapped[bool] = mapped_column(default=True)
    not_in_exams: Mapped[bool] = mapped_column(default=True)
    next_touch_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class TouchPlan(Row):
    """How often people of one `reason` are kept in touch with; a pool entry may say otherwise.

    `message_key`: the message template to begin with, empty for none.
    """

    __tablename__ = "touch_plans"

    reason: Mapped[str] = mapped_column(unique=True)
    every_days: Mapped[int]
    until_graduation: Mapped[bool] = mapped_column(default=True)
    not_in_exams: Mapped[bool] = mapped_column(default=True)
    message_key: Mapped[str] = mapped_column(default="")


class Outcome(Row):
    """What followed. `kind`: project, internship, part_time, full_time. `salary` in cents a year."""

    __tablename__ = "outcomes"

    candidate_id: Mapped[str] = refers_to("candidates")
    engagement_id: Mapped[str | None] = refers_to("engagements")
    kind: Mapped[str]
    offered_on: Mapped[date]
    accepted_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    salary: Mapped[Cents | None]


class Consent(Row):
    """FERPA's four elements: signed and dated; which records; what for; to whom. Live to `until`, not withdrawn."""

    __tablename__ = "consents"

    candidate_id: Mapped[str] = refers_to("candidates")
    school_id: Mapped[str] = refers_to("schools")
    signed_on: Mapped[date]
    records: Mapped[str]
    purpose: Mapped[str]
    until: Mapped[date | None]
    withdrawn_on: Mapped[date | None]


class Disclosure(Base):
    """What left or was seen. Never undone and never changed, only corrected by a later one; so it has no version.

    `kind`: share, letter, report, export, reveal. `refs`: "noun:id" of those it is about.
    """

    __tablename__ = "disclosures"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    colleague_id: Mapped[str | None]
    kind: Mapped[str]
    what: Mapped[str]
    to_whom: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    refs: Mapped[Strings] = mapped_column(default=list)
