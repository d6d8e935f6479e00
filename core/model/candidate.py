"""A student, where they study, what they can do and when they are free."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Row, Strings, refers_to


class Candidate(Row):
    """A student. `class_year_set` holds as of `class_year_set_on` and rolls on; without it graduation says the year."""

    __tablename__ = "candidates"

    number: Mapped[int] = mapped_column(unique=True)
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="", index=True)
    nickname: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    links: Mapped[Strings] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    first_contact_on: Mapped[date | None]
    class_year_at_first_contact: Mapped[int | None]
    class_year_set: Mapped[int | None]
    class_year_set_on: Mapped[date | None]
    hours_a_week: Mapped[int | None]
    free_grid: Mapped[str] = mapped_column(default="")
    """28 marks 0/1: Monday to Sunday, each morning, afternoon, evening, night; empty where unknown. Never a reason."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class CandidateEmail(Row):
    """The one with position 0 is written to."""

    __tablename__ = "candidate_emails"

    candidate_id: Mapped[str] = refers_to("candidates")
    position: Mapped[int]
    address: Mapped[str] = mapped_column(index=True)


class Enrolment(Row):
    """The latest (by `starts_on`, then by when it was entered) counts; a transfer keeps the old."""

    __tablename__ = "enrolments"

    candidate_id: Mapped[str] = refers_to("candidates")
    school_id: Mapped[str] = refers_to("schools")
    student_number: Mapped[str] = mapped_column(default="")
    major: Mapped[str] = mapped_column(default="")
    cip_code: Mapped[str] = mapped_column(default="")
    degree_level: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    graduates_on: Mapped[date | None]
    """Expected graduation: the last day of the month that is expected."""


class CandidateSkill(Row):
    """`level` 1 to 4 or None where nobody has said."""

    __tablename__ = "candidate_skills"

    candidate_id: Mapped[str] = refers_to("candidates")
    skill_id: Mapped[str] = refers_to("skills")
    level: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(default="")


class Blackout(Row):
    """Days on which a candidate is not free; the reason has no column."""

    __tablename__ = "blackouts"

    candidate_id: Mapped[str] = refers_to("candidates")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
