"""A student, where they study, what they can do and when they are free."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
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
    may_work: Mapped[str] = mapped_column(default="")
    needs_sponsorship: Mapped[str] = mapped_column(default="")
    """The two questions that may be asked before an offer: yes, no, or empty where nobody has asked."""
    work_asked_on: Mapped[date | None]
    do_not_contact_on: Mapped[date | None]
    """Since when they wish not to be written to."""

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


class CandidateLanguage(Row):
    """`level`: core.model.words.LANGUAGE_LEVELS, empty where nobody has said."""

    __tablename__ = "candidate_languages"

    candidate_id: Mapped[str] = refers_to("candidates")
    language: Mapped[str]
    level: Mapped[str] = mapped_column(default="")


class Blackout(Row):
    """Days on which a candidate is not free; the reason has no column."""

    __tablename__ = "blackouts"

    candidate_id: Mapped[str] = refers_to("candidates")
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Accommodation(Row):
    """What someone asked for so that they can take part, and what was agreed. Apart: on no list, print or export."""

    __tablename__ = "accommodations"

    candidate_id: Mapped[str] = refers_to("candidates")
    asked_on: Mapped[date]
    request: Mapped[str]
    agreed: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class DifferentPeople(Row):
    """Two who look alike and are not the same person, as someone has said; they are not proposed again."""

    __tablename__ = "different_people"
    __table_args__ = (UniqueConstraint("candidate_id", "other_id"),)

    candidate_id: Mapped[str] = refers_to("candidates")
    other_id: Mapped[str] = refers_to("candidates")
