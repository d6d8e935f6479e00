"""Everything on one candidate's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.availability import Availability, availability
from core.insight.match import Fit, fits_of_candidates
from core.insight.parts import Study, last_contact, number_words, studies
from core.insight.progress import masked, progress
from core.insight.stage import STAGES, stage_sql
from core.insight.story import NextTouch, StoryItem, next_touch, pool_words, story
from core.model import (
    Application,
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateSkill,
    Consent,
    Enrolment,
    Payee,
    PoolEntry,
    Project,
    School,
    Skill,
)
from core.model.words import LEVELS, WORKER_TYPES
from core.store import Store
from core.text import month, ordinal


@dataclass(frozen=True, slots=True)
class SkillRow:
    id: str
    name: str
    level: int | None
    level_words: str
    evidence: str


@dataclass(frozen=True, slots=True)
class CandidateApplication:
    """`kind`: chip neutral, green, amber or red. While scoring is blind `state` and `words` say no more than "Applied".

    `can_open`: whether the application itself may be opened from here; its code would tell who it is.
    """

    id: str
    project_id: str
    project: str
    number: str
    state: str
    words: str
    kind: str
    applied_on: date | None
    can_open: bool
    offer_id: str | None
    offer_state: str | None
    engagement_id: str | None


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    id: str
    school_id: str
    school: str
    major: str
    degree_level: str
    student_number: str
    starts_on: date | None
    graduates_on: date | None
    is_latest: bool


@dataclass(frozen=True, slots=True)
class PoolRow:
    id: str
    reason: str
    words: str
    began_on: date
    ended_on: date | None
    every_days: int | None
    next_touch_on: date | None
    note: str
    live: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    id: str
    school_id: str
    school: str
    signed_on: date
    records: str
    purpose: str
    until: date | None
    withdrawn_on: date | None
    live: bool


@dataclass(frozen=True, slots=True)
class PayeeRow:
    worker_type: str
    worker_words: str
    why: str
    w9_received_on: date | None
    i9_received_on: date | None
    w4_received_on: date | None


@dataclass(frozen=True, slots=True)
class CandidateView:
    """`headline`: school, year and graduation in a line. `stage_kind`: neutral, green or amber. `emails`: the first is
    written to. `fits`: projects still to fill, the best first, also those that do not fit (see Fit.fits).
    """

    id: str
    number: str
    name: str
    nickname: str
    initials: str
    headline: str
    study: Study
    class_year_words: str
    stage: str
    stage_words: str
    stage_kind: str
    emails: tuple[str, ...]
    phone: str
    links: tuple[str, ...]
    source: str
    notes: str
    first_contact_on: date | None
    last_contact_days: int | None
    next_touch: NextTouch | None
    story: tuple[StoryItem, ...]
    skills: tuple[SkillRow, ...]
    applications: tuple[CandidateApplication, ...]
    availability: Availability
    fits: tuple[Fit, ...]
    enrolments: tuple[EnrolmentRow, ...]
    pool: tuple[PoolRow, ...]
    consents: tuple[ConsentRow, ...]
    payee: PayeeRow | None


def candidate(store: Store, candidate_id: str, *, today: date) -> CandidateView:
    """UserError where there is no such candidate."""
    with store.read() as session:
        row = session.get(Candidate, candidate_id)
        if row is None:
            raise UserError("This candidate is no longer in the store.")
        study = studies(session, [row.id], today)[row.id]
        stage, seen = session.execute(
            select(stage_sql(today, [row.id]), last_contact(today)).select_from(Candidate).where(Candidate.id == row.id)
        ).one()
        addresses = select(CandidateEmail.address).where(CandidateEmail.candidate_id == row.id)
        away = select(Blackout.starts_on, Blackout.ends_on).where(Blackout.candidate_id == row.id)
        return CandidateView(
            id=row.id,
            number=number_words("C", row.number),
            name=row.name,
            nickname=row.nickname,
            initials=initials(row.first_name, row.last_name),
            headline=headline(study),
            study=study,
            class_year_words=f"{ordinal(study.class_year)} year" if study.class_year else "",
            stage=stage,
            stage_words=STAGES[stage][0],
            stage_kind=STAGES[stage][1],
            emails=tuple(session.scalars(addresses.order_by(CandidateEmail.position))),
            phone=row.phone,
            links=tuple(row.links),
            source=row.source,
            notes=row.notes,
            first_contact_on=row.first_contact_on,
            last_contact_days=None if seen is None else (today - _day(seen)).days,
            next_touch=next_touch(session, row.id, today),
            story=tuple(story(session, row, today)),
            skills=skills(session, row.id),
            applications=_applications(session, row.id, today),
            availability=availability(
                row.free_grid, row.hours_a_week, [(a, b) for a, b in session.execute(away)], today
            ),
            fits=tuple(fits_of_candidates(session, [row.id], today)[row.id]),
            enrolments=_enrolments(session, row.id, study.enrolment_id),
            pool=_pool(session, row.id, today),
            consents=_consents(session, row.id, today),
            payee=_payee(session, row.id),
        )


def initials(first: str, last: str) -> str:
    """MR for Mateo Ruiz; one letter where there is one name."""
    return "".join(part.strip()[0].upper() for part in (first, last) if part.strip()) or "?"


def headline(study: Study) -> str:
    """Kennedy-King College · 2nd year · graduates May 2029"""
    year = f"{ordinal(study.class_year)} year" if study.class_year else ""
    graduation = f"graduates {month(study.graduates_on)}" if study.graduates_on else ""
    if study.graduates_on and not study.class_year:
        graduation = f"graduated {month(study.graduates_on)}"
    return " · ".join(part for part in (study.school, year, graduation) if part)


def skills(session: Session, candidate_id: str) -> tuple[SkillRow, ...]:
    query = (
        select(CandidateSkill.id, Skill.name, CandidateSkill.level, CandidateSkill.evidence)
        .join(Skill, Skill.id == CandidateSkill.skill_id)
        .where(CandidateSkill.candidate_id == candidate_id)
    )
    rows = [
        SkillRow(row_id, name, level, LEVELS[level - 1] if level else "", evidence)
        for row_id, name, level, evidence in session.execute(query)
    ]
    return tuple(sorted(rows, key=lambda one: (-(one.level or 0), one.name.casefold())))


def _applications(session: Session, candidate_id: str, today: date) -> tuple[CandidateApplication, ...]:
    query = (
        select(
            Application.id, Application.applied_on, Application.invited_on, Project.id, Project.title, Project.number
        )
        .join(Project, Project.id == Application.project_id)
        .where(Application.candidate_id == candidate_id)
    )
    rows = session.execute(query).all()
    states = progress(session, [row[0] for row in rows], today=today)
    found = []
    for row_id, applied_on, invited_on, project_id, title, number in rows:
        here = states[row_id]
        shown = masked(here)
        found.append(
            (
                applied_on or invited_on or date.min,
                CandidateApplication(
                    row_id,
                    project_id,
                    title,
                    number_words("P", number),
                    shown.key,
                    shown.words,
                    shown.kind,
                    applied_on,
                    here.visible,
                    shown.offer_id,
                    shown.offer_state,
                    shown.engagement_id,
                ),
            )
        )
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].number), reverse=True))


def _enrolments(session: Session, candidate_id: str, latest: str | None) -> tuple[EnrolmentRow, ...]:
    query = (
        select(Enrolment, School.name)
        .join(School, School.id == Enrolment.school_id)
        .where(Enrolment.candidate_id == candidate_id)
    )
    rows = [
        EnrolmentRow(
            one.id,
            one.school_id,
            name,
            one.major,
            one.degree_level,
            one.student_number,
            one.starts_on,
            one.graduates_on,
            one.id == latest,
        )
        for one, name in session.execute(query)
    ]
    return tuple(sorted(rows, key=lambda one: (one.is_latest, one.starts_on or date.min), reverse=True))


def _pool(session: Session, candidate_id: str, today: date) -> tuple[PoolRow, ...]:
    query = select(PoolEntry).where(PoolEntry.candidate_id == candidate_id).order_by(PoolEntry.began_on.desc())
    return tuple(
        PoolRow(
            one.id,
            one.reason,
            pool_words(one.reason, one.year, one.rank, one.of_count),
            one.began_on,
            one.ended_on,
            one.every_days,
            one.next_touch_on,
            one.note,
            one.began_on <= today and (one.ended_on is None or one.ended_on > today),
        )
        for one in session.scalars(query)
    )


def _consents(session: Session, candidate_id: str, today: date) -> tuple[ConsentRow, ...]:
    query = (
        select(Consent, School.name)
        .join(School, School.id == Consent.school_id)
        .where(Consent.candidate_id == candidate_id)
        .order_by(Consent.signed_on.desc())
    )
    return tuple(
        ConsentRow(
            one.id,
            one.school_id,
            name,
            one.signed_on,
            one.records,
            one.purpose,
            one.until,
            one.withdrawn_on,
            is_live(one, today),
        )
        for one, name in session.execute(query)
    )


def is_live(consent: Consent, today: date) -> bool:
    """Signed by today, not past its last day, not withdrawn by today."""
    return (
        consent.signed_on <= today
        and (consent.until is None or consent.until >= today)
        and (consent.withdrawn_on is None or consent.withdrawn_on > today)
    )


def _payee(session: Session, candidate_id: str) -> PayeeRow | None:
    one = session.scalars(select(Payee).where(Payee.candidate_id == candidate_id)).first()
    if one is None:
        return None
    return PayeeRow(
        one.worker_type,
        WORKER_TYPES.get(one.worker_type, one.worker_type),
        one.worker_type_why,
        one.w9_received_on,
        one.i9_received_on,
        one.w4_received_on,
    )


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
