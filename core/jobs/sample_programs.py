"""The sample program's calendar year as a program with goals."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.jobs.sample_days import read, uid
from core.jobs.sample_people import Made
from core.model import Program


def lay_program(session: Session, made: Made) -> None:
    """Its projects are those of the year; none is put into it by hand."""
    year = made.days.today.year
    goals = read("shop")["program"]
    row = Program(id=uid("program"), name=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), **goals)
    session.add(row)
