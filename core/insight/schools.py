"""The schools: what came of each, whom to write to there, what stands in their calendar, and who is behind a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.availability import span_words
from core.insight.parts import number_words
from core.model import (
    Application,
    Candidate,
    Engagement,
    Enrolment,
    Outcome,
    Project,
    School,
    SchoolContact,
    SchoolPeriod,
)
from core.model.words import ENGAGEMENT_STATES, OUTCOME_KINDS
from core.store import Store
from core.text import fold, near_day, short_day

PERIOD_KINDS = {"exams": "Exams", "break": "Break", "term": "Term"}
JOBS = ("part_time", "full_time")
CAME: dict[str, tuple[str, str]] = {
    "candidates": ("study there now", "Candidates whose latest enrolment is there"),
    "applicants": ("applied", "People who applied while they studied there"),
    "engagements": ("micro-internships", "Accepted offers at work of people who studied there when they applied"),
    "hires": ("hired", "People of this school who accepted a part-time or full-time job with us"),
}
"""What came of a school: words after the count, and its definition."""


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """`contact`: whom to write to there, "" without. `calendar`: what runs or comes next there, in words."""

    id: str
    name: str
    short_name: str
    place: str
    is_focus: bool
    contact: str
    candidates: int
    applicants: int
    engagements: int
    hires: int
    calendar: str

    @property
    def in_exams(self) -> bool:
        return self.calendar.startswith(f"{PERIOD_KINDS['exams']} now")


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: str
    office: str
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """`state`: now, ahead, past."""

    id: str
    kind_words: str
    starts_on: date
    ends_on: date
    state: str


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """`rollover`: the day on which class years roll over there, in words. `periods`: those to come first."""

    line: SchoolLine
    domains: tuple[str, ...]
    rollover: str
    contacts: tuple[ContactRow, ...]
    periods: tuple[PeriodRow, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """One row behind a count, and what is said of it."""

    noun: str
    row_id: str
    title: str
    detail: str


def school_lines(store: Store, *, today: date) -> list[SchoolLine]:
    """By name."""
    with store.read() as session:
        return _lines(session, today)


def school_names(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(select(School.name)), key=fold)


def schools_of_people(store: Store) -> int:
    """At how many schools candidates study now."""
    with store.read() as session:
        return sum(1 for count in students(session).values() if count)


def school_page(store: Store, school_id: str, *, today: date) -> SchoolPage:
    """UserError where there is no such school."""
    with store.read() as session:
        row = session.get(School, school_id)
        if row is None:
            raise UserError("This school is no longer in the store.")
        contacts = select(SchoolContact).where(SchoolContact.school_id == school_id)
        periods = session.scalars(select(SchoolPeriod).where(SchoolPeriod.school_id == school_id)).all()
        found = [
            PeriodRow(one.id, PERIOD_KINDS.get(one.kind, one.kind), one.starts_on, one.ends_on, _state(one, today))
            for one in periods
        ]
        ahead = sorted((one for one in found if one.state != "past"), key=lambda one: one.starts_on)
        past = sorted((one for one in found if one.state == "past"), key=lambda one: one.starts_on, reverse=True)
        return SchoolPage(
            _lines(session, today, school_id)[0],
            tuple(row.domains),
            near_day(date(2000, row.rollover_month, row.rollover_day)),
            tuple(
                ContactRow(one.id, one.office, one.name, one.email, one.phone)
                for one in session.scalars(contacts.order_by(SchoolContact.created_at, SchoolContact.id))
            ),
            (*ahead, *past),
        )


def came_of(store: Store, school_id: str, what: str, *, today: date) -> list[Behind]:
    """The rows behind a count of CAME, by name."""
    with store.read() as session:
        found = _BEHIND[what](session, school_id, today)
    return sorted(found, key=lambda one: (fold(one.title), one.row_id))


def _state(period: SchoolPeriod, today: date) -> str:
    return "past" if period.ends_on < today else "ahead" if period.starts_on > today else "now"


def _lines(session: Session, today: date, only: str | None = None) -> list[SchoolLine]:
    students, applicants, engagements, hires = (count(session, today) for count in _COUNTS)
    contacts: dict[str, str] = {}
    offices = select(SchoolContact).order_by(SchoolContact.created_at, SchoolContact.id)
    if only is not None:
        offices = offices.where(SchoolContact.school_id == only)
    for contact in session.scalars(offices):
        said = ", ".join(part for part in (contact.name, contact.office) if part) or contact.email or contact.phone
        contacts.setdefault(contact.school_id, said)
    calendar = _calendars(session, today, only)
    schools = select(School) if only is None else select(School).where(School.id == only)
    return [
        SchoolLine(
            one.id,
            one.name,
            one.short_name,
            ", ".join(part for part in (one.city, one.state) if part),
            one.is_focus,
            contacts.get(one.id, ""),
            students.get(one.id, 0),
            applicants.get(one.id, 0),
            engagements.get(one.id, 0),
            hires.get(one.id, 0),
            calendar.get(one.id, ""),
        )
        for one in sorted(session.scalars(schools), key=lambda one: (fold(one.name), one.id))
    ]


def _calendars(session: Session, today: date, only: str | None) -> dict[str, str]:
    """What runs now, exams before all else, or what comes next: Exams now, to 12 December; Break 18 to 30 December."""
    query = select(SchoolPeriod).where(SchoolPeriod.ends_on >= today, SchoolPeriod.kind != "term")
    if only is not None:
        query = query.where(SchoolPeriod.school_id == only)
    order = list(PERIOD_KINDS)
    found: dict[str, SchoolPeriod] = {}

    def rank(one: SchoolPeriod) -> tuple[bool, Any, int]:
        running = one.starts_on <= today
        return (not running, 0 if running else one.starts_on, order.index(one.kind) if one.kind in order else 9)

    for one in session.scalars(query):
        there = found.get(one.school_id)
        if there is None or rank(one) < rank(there):
            found[one.school_id] = one
    return {
        school_id: (
            f"{PERIOD_KINDS.get(one.kind, one.kind)} now, to {short_day(one.ends_on, today)}"
            if one.starts_on <= today
            else f"{PERIOD_KINDS.get(one.kind, one.kind)} {span_words(one.starts_on, one.ends_on)}"
        )
        for school_id, one in found.items()
    }


# --- counts, and the rows behind them ---------------------------------------------------------------------------------


Count = Callable[[Session, date], dict[str, int]]


def _rank(one: Enrolment) -> tuple[date, Any, str]:
    """The latest counts: by its beginning (unknown first), then by entry."""
    return (one.starts_on or date.min, one.created_at, one.id)


def _now_at(session: Session, ids: Any) -> dict[str, str]:
    """Where these candidates study now; `ids`: a select of theirs, few of them."""
    latest: dict[str, Enrolment] = {}
    for one in session.scalars(select(Enrolment).where(Enrolment.candidate_id.in_(ids))):
        there = latest.get(one.candidate_id)
        if there is None or _rank(one) > _rank(there):
            latest[one.candidate_id] = one
    return {row_id: one.school_id for row_id, one in latest.items()}


def _transferred() -> Any:
    return select(Enrolment.candidate_id).group_by(Enrolment.candidate_id).having(func.count() > 1)


def students(session: Session, _today: date | None = None) -> dict[str, int]:
    """How many candidates study at each school now."""
    # Most people have one enrolment: all are counted, and the few with several are put right.
    all_ = select(Enrolment.school_id, func.count()).group_by(Enrolment.school_id)
    counts = Counter(dict(session.execute(all_).all()))
    several = _transferred()
    of_several = select(Enrolment.school_id).where(Enrolment.candidate_id.in_(several))
    counts.subtract(Counter(session.scalars(of_several)))
    counts.update(Counter(_now_at(session, several).values()))
    return dict(counts)


def _applicants(session: Session, today: date) -> dict[str, int]:
    school = Enrolment.school_id + ""
    query = (
        select(school, func.count(Application.candidate_id.distinct()))
        .join(Application, Application.enrolment_id == Enrolment.id)
        .where(Application.applied_on <= today)
        .group_by(school)
    )
    return dict(session.execute(query).all())


def _engagements(session: Session, _today: date) -> dict[str, int]:
    school = Enrolment.school_id + ""
    query = (
        select(school, func.count(Engagement.id))
        .join(Application, Application.enrolment_id == Enrolment.id)
        .join(Engagement, Engagement.application_id == Application.id)
        .where(Engagement.status != "cancelled")
        .group_by(school)
    )
    return dict(session.execute(query).all())


def _hires(session: Session, today: date) -> dict[str, int]:
    return dict(Counter(_now_at(session, _hired(today)).values()))


def _hired(today: date) -> Any:
    return select(Outcome.candidate_id).where(Outcome.kind.in_(JOBS), Outcome.accepted_on <= today)


# Where a school is written with + "", its index does not serve: read by it, every enrolment would be looked up, where
# few have an application.
_COUNTS: tuple[Count, ...] = (students, _applicants, _engagements, _hires)


def _people(session: Session, ids: Sequence[str], details: dict[str, str]) -> list[Behind]:
    found = []
    for start in range(0, len(ids), 5000):
        query = select(Candidate.id, Candidate.number, Candidate.first_name, Candidate.last_name)
        for row_id, number, first, last in session.execute(query.where(Candidate.id.in_(ids[start : start + 5000]))):
            name = f"{first} {last}".strip()
            detail = " · ".join(part for part in (number_words("C", number), details.get(row_id, "")) if part)
            found.append(Behind("candidates", row_id, name, detail))
    return found


def _behind_candidates(session: Session, school_id: str, _today: date) -> list[Behind]:
    there = set(session.scalars(select(Enrolment.candidate_id).where(Enrolment.school_id == school_id)))
    now = _now_at(session, _transferred())
    ids = sorted(one for one in there if now.get(one, school_id) == school_id)
    return _people(session, ids, {})


def _behind_applicants(session: Session, school_id: str, today: date) -> list[Behind]:
    query = (
        select(Application.candidate_id, func.min(Application.applied_on))
        .join(Enrolment, Enrolment.id == Application.enrolment_id)
        .where(Enrolment.school_id == school_id, Application.applied_on <= today)
        .group_by(Application.candidate_id)
    )
    first = {one: f"first applied {short_day(on, today)}" for one, on in session.execute(query) if on is not None}
    return _people(session, list(first), first)


def _behind_engagements(session: Session, school_id: str, _today: date) -> list[Behind]:
    query = (
        select(Engagement.id, Candidate.first_name, Candidate.last_name, Project.title, Engagement.status)
        .join(Application, Application.id == Engagement.application_id)
        .join(Enrolment, Enrolment.id == Application.enrolment_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .join(Project, Project.id == Engagement.project_id)
        .where(Enrolment.school_id == school_id, Engagement.status != "cancelled")
    )
    return [
        Behind("engagements", row_id, f"{first} {last}".strip(), f"{title} · {ENGAGEMENT_STATES[status].lower()}")
        for row_id, first, last, title, status in session.execute(query)
    ]


def _behind_hires(session: Session, school_id: str, today: date) -> list[Behind]:
    here = [one for one, at in _now_at(session, _hired(today)).items() if at == school_id]
    query = (
        select(Outcome.candidate_id, Outcome.kind, Outcome.accepted_on)
        .where(Outcome.candidate_id.in_(here), Outcome.kind.in_(JOBS), Outcome.accepted_on <= today)
        .order_by(Outcome.accepted_on)
    )
    said = {
        one: f"{OUTCOME_KINDS[kind].lower()}, accepted {short_day(on, today)}"
        for one, kind, on in session.execute(query)
        if on is not None
    }
    return _people(session, list(said), said)


_BEHIND: dict[str, Callable[[Session, str, date], list[Behind]]] = {
    "candidates": _behind_candidates,
    "applicants": _behind_applicants,
    "engagements": _behind_engagements,
    "hires": _behind_hires,
}
