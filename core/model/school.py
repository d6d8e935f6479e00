"""Schools, whom to write to there, and their calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Row, Strings, refers_to


class School(Row):
    __tablename__ = "schools"

    name: Mapped[str] = mapped_column(index=True)
    short_name: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    domains: Mapped[Strings] = mapped_column(default=list)
    is_focus: Mapped[bool] = mapped_column(default=False)
    rollover_month: Mapped[int] = mapped_column(default=8)
    rollover_day: Mapped[int] = mapped_column(default=15)


class SchoolContact(Row):
    """A person or office of the school; the campus office gets the share file."""

    __tablename__ = "school_contacts"

    school_id: Mapped[str] = refers_to("schools")
    office: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class SchoolPeriod(Row):
    """`kind`: exams, break, term."""

    __tablename__ = "school_periods"

    school_id: Mapped[str] = refers_to("schools")
    kind: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
