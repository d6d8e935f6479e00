"""Everything on one candidate's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.availability import Availability, availability
from core.insight.match import Fit, fits_of_candidates
from core.insight.own_words import OwnValue, own_values, tags_of
from core.insight.parts import Study, last_contact, number_words, studies
from core.insight.person_rows import (
    ConsentRow,
    EnrolmentRow,
    LanguageRow,
    LinkRow,
    PayeeRow,
    PoolRow,
    SkillRow,
    consents_of,
    enrolments_of,
    languages_of,
    link_row,
    payee_of,
    pool_of,
    skills_of,
)
from core.insight.progress import masked, progress
from core.insight.stage import STAGES, stage_sql
from core.insight.story import NextTouch, StoryItem, next_touch, story
from core.model import Application, Blackout, Candidate, CandidateEmail, Project
from core.model.words import YES_NO
from core.store import Store
from core.text import month, ordinal


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
class CandidateView:
    """`headline`: school, year and graduation in a line. `stage_kind`: neutral, green or amber. `emails`: the first is
    written to. `own`: what stands in fields of one's own. `work_answers`: the two questions before an offer, in words;
    "" while nobody has asked. `do_not_contact_on`: since when they wish it. `fits`: projects still to fill, the best
    first, also those that do not fit (see Fit.fits).
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
    links: tuple[LinkRow, ...]
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
    languages: tuple[LanguageRow, ...]
    tags: tuple[str, ...]
    own: tuple[OwnValue, ...]
    work_answers: str
    work_asked_on: date | None
    do_not_contact_on: date | None


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
            links=tuple(link_row(one) for one in row.links),
            source=row.source,
            notes=row.notes,
            first_contact_on=row.first_contact_on,
            last_contact_days=None if seen is None else (today - _day(seen)).days,
            next_touch=next_touch(session, row.id, today),
            story=tuple(story(session, row, today)),
            skills=skills_of(session, row.id),
            applications=_applications(session, row.id, today),
            availability=availability(
                row.free_grid, row.hours_a_week, [(a, b) for a, b in session.execute(away)], today
            ),
            fits=tuple(fits_of_candidates(session, [row.id], today)[row.id]),
            enrolments=enrolments_of(session, row.id, study.enrolment_id),
            pool=pool_of(session, row.id, today),
            consents=consents_of(session, row.id, today),
            payee=payee_of(session, row.id),
            languages=languages_of(session, row.id),
            tags=tuple(tags_of(session, [row.id])[row.id]),
            own=tuple(own_values(session, "candidates", row.id)),
            work_answers=work_words(row.may_work, row.needs_sponsorship),
            work_asked_on=row.work_asked_on,
            do_not_contact_on=row.do_not_contact_on,
        )


def initials(first: str, last: str) -> str:
    """MR for Mateo Ruiz; one letter where there is one name."""
    return "".join(part.strip()[0].upper() for part in (first, last) if part.strip()) or "?"


def work_words(may_work: str, needs_sponsorship: str) -> str:
    """The two questions that may be asked before an offer, with what was answered."""
    asked = (("Authorised to work", may_work), ("Sponsorship now or later", needs_sponsorship))
    return " · ".join(f"{question}: {YES_NO[said].lower()}" for question, said in asked if said in YES_NO)


def headline(study: Study) -> str:
    """Kennedy-King College · 2nd year · graduates May 2029"""
    year = f"{ordinal(study.class_year)} year" if study.class_year else ""
    graduation = f"graduates {month(study.graduates_on)}" if study.graduates_on else ""
    if study.graduates_on and not study.class_year:
        graduation = f"graduated {month(study.graduates_on)}"
    return " · ".join(part for part in (study.school, year, graduation) if part)


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


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


__all__ = ["CandidateApplication", "CandidateView", "PoolRow", "SkillRow", "candidate", "headline", "initials"]
