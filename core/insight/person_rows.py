"""What hangs on a person, as their page shows it: skills, languages, studies, pool, consents, links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.story import pool_words
from core.model import (
    CandidateLanguage,
    CandidateSkill,
    Consent,
    Enrolment,
    Payee,
    PoolEntry,
    School,
    Skill,
)
from core.model.words import LANGUAGE_LEVELS, LEVELS, WORKER_TYPES
from core.text import fold, is_email, line


@dataclass(frozen=True, slots=True)
class SkillRow:
    id: str
    name: str
    level: int | None
    level_words: str
    evidence: str


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """`level_words`: empty where nobody has said."""

    language: str
    level: str
    level_words: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """`words` as they were written; `target` is what may be opened, "" where nothing may."""

    words: str
    target: str


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


def skills_of(session: Session, candidate_id: str) -> tuple[SkillRow, ...]:
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


def languages_of(session: Session, candidate_id: str) -> tuple[LanguageRow, ...]:
    """The best spoken first."""
    query = select(CandidateLanguage.language, CandidateLanguage.level)
    rows = [
        LanguageRow(language, level, LANGUAGE_LEVELS.get(level, ""))
        for language, level in session.execute(query.where(CandidateLanguage.candidate_id == candidate_id))
    ]
    order = ["", *LANGUAGE_LEVELS]
    return tuple(
        sorted(rows, key=lambda one: (-order.index(one.level) if one.level in order else 0, fold(one.language)))
    )


def link_row(words: str) -> LinkRow:
    """Only http, https and mailto are opened, and only where the address shows where it leads."""
    said = line(words)
    if is_email(said) and not set(said) & set(":/?&#"):
        return LinkRow(said, f"mailto:{said}")
    try:
        parts = urlsplit(said if "://" in said or said.lower().startswith("mailto:") else f"https://{said}")
        host = parts.hostname or ""
    except ValueError:
        return LinkRow(said, "")
    plain = not any(char.isspace() or char in '<>"\\^`{|}' for char in said)
    if parts.scheme == "mailto":
        return LinkRow(said, said if plain and is_email(parts.path) and not parts.query else "")
    # What stands before an @ looks like the host and is none.
    fine = parts.scheme in ("http", "https") and "." in host.strip(".") and parts.username is None
    return LinkRow(said, parts.geturl() if plain and fine else "")


def enrolments_of(session: Session, candidate_id: str, latest: str | None) -> tuple[EnrolmentRow, ...]:
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


def pool_of(session: Session, candidate_id: str, today: date) -> tuple[PoolRow, ...]:
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


def consents_of(session: Session, candidate_id: str, today: date) -> tuple[ConsentRow, ...]:
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


def payee_of(session: Session, candidate_id: str) -> PayeeRow | None:
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
