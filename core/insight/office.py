"""Who we are: the employer, its colleagues, the schools and their calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.schools import students
from core.model import (
    Application,
    Colleague,
    Consent,
    Employer,
    Engagement,
    Enrolment,
    Program,
    School,
    SchoolContact,
    SchoolPeriod,
    Template,
    Threshold,
)
from core.model.words import FORMATS
from core.store import Store
from core.text import fold

ROLES = {"owner": "Owner", "supervisor": "Supervisor", "rater": "Rater"}
PERIOD_KINDS = {"exams": "Exams", "break": "Break", "term": "Term"}


@dataclass(frozen=True, slots=True)
class EmployerView:
    """`lines`: address and contact as they stand on paper. Sums in cents."""

    id: str
    name: str
    address: str
    city: str
    state: str
    email: str
    phone: str
    website: str
    logo: bytes | None
    signatory_name: str
    signatory_title: str
    currency: str
    time_zone: str
    head_count: int | None
    pay_floor: int
    legal_minimum: int
    paper_size: str
    retention_months: int
    decline_hold_days: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    id: str
    name: str
    email: str
    role: str
    role_words: str
    hours_a_week: int | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    id: str
    year: int
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class ProgramRow:
    id: str
    name: str
    starts_on: date
    ends_on: date
    goal_budget: int | None
    goal_projects: int | None
    goal_schools: int | None
    goal_early_percent: int | None


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """`candidates`: who study there now; `applicants`: people who applied while there; `consents`: live ones."""

    id: str
    name: str
    short_name: str
    place: str
    is_focus: bool
    candidates: int
    applicants: int
    engagements: int
    consents: int


@dataclass(frozen=True, slots=True)
class SchoolContactRow:
    id: str
    office: str
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class SchoolPeriodRow:
    id: str
    kind: str
    kind_words: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class SchoolView:
    row: SchoolRow
    domains: tuple[str, ...]
    rollover_month: int
    rollover_day: int
    contacts: tuple[SchoolContactRow, ...]
    periods: tuple[SchoolPeriodRow, ...]


def employer(store: Store) -> EmployerView:
    with store.read() as session:
        return employer_of(session)


def country(store: Store) -> str:
    """Whose way of writing days, money and numbers the employer chose; "" for Foothold's own."""
    with store.read() as session:
        body = session.scalars(select(Template.body).where(Template.kind == FORMATS)).first()
    return str((body or {}).get("country", ""))


def employer_of(session: Session) -> EmployerView:
    row = session.scalars(select(Employer)).one()
    place = " ".join(part for part in (f"{row.city}," if row.city and row.state else row.city, row.state) if part)
    lines = [part for part in (*row.address.splitlines(), place, row.email, row.phone, row.website) if part.strip()]
    names = [name for name in EmployerView.__slots__ if name != "lines"]
    return EmployerView(**{name: getattr(row, name) for name in names}, lines=tuple(lines))


def colleagues(store: Store, *, also_left: bool = False) -> list[ColleagueRow]:
    """By name; without those who have left, unless asked for."""
    query = select(Colleague).order_by(Colleague.name)
    if not also_left:
        query = query.where(Colleague.left_on.is_(None))
    with store.read() as session:
        return [
            ColleagueRow(
                one.id, one.name, one.email, one.role, ROLES.get(one.role, one.role), one.hours_a_week, one.left_on
            )
            for one in session.scalars(query)
        ]


def thresholds(store: Store) -> list[ThresholdRow]:
    with store.read() as session:
        rows = session.scalars(select(Threshold).order_by(Threshold.year))
        return [ThresholdRow(one.id, one.year, one.amount, one.currency) for one in rows]


def programs(store: Store) -> list[ProgramRow]:
    with store.read() as session:
        rows = session.scalars(select(Program).order_by(Program.starts_on, Program.name))
        return [ProgramRow(*(getattr(one, name) for name in ProgramRow.__slots__)) for one in rows]


def schools(store: Store, *, today: date | None = None) -> list[SchoolRow]:
    """By name, with what each has brought. Without `today` consents count whatever their last day."""
    with store.read() as session:
        return _schools(session, today)


def school(store: Store, school_id: str, *, today: date | None = None) -> SchoolView:
    with store.read() as session:
        row = session.get(School, school_id)
        if row is None:
            raise UserError("This school is no longer in the store.")
        contacts = session.scalars(
            select(SchoolContact).where(SchoolContact.school_id == school_id).order_by(SchoolContact.created_at)
        )
        periods = session.scalars(
            select(SchoolPeriod).where(SchoolPeriod.school_id == school_id).order_by(SchoolPeriod.starts_on)
        )
        return SchoolView(
            _schools(session, today, school_id)[0],
            tuple(row.domains),
            row.rollover_month,
            row.rollover_day,
            tuple(SchoolContactRow(c.id, c.office, c.name, c.email, c.phone) for c in contacts),
            tuple(
                SchoolPeriodRow(p.id, p.kind, PERIOD_KINDS.get(p.kind, p.kind), p.starts_on, p.ends_on) for p in periods
            ),
        )


def live_consent(today: date | None) -> list[ColumnElement[bool]]:
    """Conditions on Consent: signed by then, not withdrawn by then, not past its last day."""
    if today is None:
        return [Consent.withdrawn_on.is_(None)]
    return [
        Consent.signed_on <= today,
        or_(Consent.until.is_(None), Consent.until >= today),
        or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > today),
    ]


def _schools(session: Session, today: date | None, only: str | None = None) -> list[SchoolRow]:
    people = students(session)
    # Written so that the index of schools does not serve: by it every enrolment would be looked up.
    at = Enrolment.school_id + ""
    applied = select(at, func.count(Application.candidate_id.distinct())).join(
        Application, Application.enrolment_id == Enrolment.id
    )
    applicants = dict(session.execute(applied.where(Application.applied_on.is_not(None)).group_by(at)).all())
    worked = (
        select(at, func.count(Engagement.id))
        .join(Application, Application.enrolment_id == Enrolment.id)
        .join(Engagement, Engagement.application_id == Application.id)
    )
    engaged = dict(session.execute(worked.group_by(at)).all())
    agreed = select(Consent.school_id, func.count(Consent.candidate_id.distinct())).where(*live_consent(today))
    consents = dict(session.execute(agreed.group_by(Consent.school_id)).all())
    query = select(School)
    if only is not None:
        query = query.where(School.id == only)
    return [
        SchoolRow(
            one.id,
            one.name,
            one.short_name,
            ", ".join(part for part in (one.city, one.state) if part),
            one.is_focus,
            people.get(one.id, 0),
            applicants.get(one.id, 0),
            engaged.get(one.id, 0),
            consents.get(one.id, 0),
        )
        for one in sorted(session.scalars(query), key=lambda one: fold(one.name))
    ]
