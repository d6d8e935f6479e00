"""What a campus office may read: the engagements of its students, and only of those with a live consent to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.academic import class_year
from core.errors import UserError
from core.insight.office import live_consent
from core.insight.open_reviews import ours_may_leave, theirs_may_be_read
from core.model import (
    Application,
    Candidate,
    CandidateEmail,
    Colleague,
    CompetencyMark,
    Consent,
    Employer,
    Engagement,
    Enrolment,
    Evaluation,
    FitReview,
    HourEntry,
    Instalment,
    Milestone,
    Outcome,
    Payment,
    Project,
    School,
    SchoolContact,
)
from core.model.words import COMPETENCIES, OUTCOME_KINDS
from core.states import ENDED
from core.store import Store
from core.text import ordinal

COMPETENCY_COLUMNS = dict(
    zip(
        COMPETENCIES,
        (
            "career_self_development",
            "communication",
            "critical_thinking",
            "equity_inclusion",
            "leadership",
            "professionalism",
            "teamwork",
            "technology",
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class SharedEngagement:
    """One row of the share file: its columns by name, as values. `candidate_id` says whose it is and never leaves."""

    candidate_id: str
    engagement_id: str
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShareView:
    """`without_consent`: students of the school who worked with us and whose rows are left out."""

    school_id: str
    school: str
    office: str
    rows: tuple[SharedEngagement, ...]
    without_consent: int

    @property
    def people(self) -> int:
        return len({row.candidate_id for row in self.rows})


def share_view(store: Store, school_id: str, *, today: date) -> ShareView:
    """UserError where there is no such school."""
    with store.read() as session:
        school = session.get(School, school_id)
        if school is None:
            raise UserError("That school is no longer in the store.")
        office = session.scalar(
            select(SchoolContact).where(SchoolContact.school_id == school_id).order_by(SchoolContact.created_at)
        )
        # The latest signature counts where someone signed twice.
        signed = select(Consent).where(Consent.school_id == school_id, *live_consent(today)).order_by(Consent.signed_on)
        consents = {consent.candidate_id: consent for consent in session.scalars(signed)}
        found = _engagements(session, school_id)
        rows = _rows(session, school, (office.office or office.name) if office else "", found, consents, today)
    left_out = {engagement.candidate_id for engagement, _ in found} - set(consents)
    return ShareView(school_id, school.name, office.office if office else "", tuple(rows), len(left_out))


def _engagements(session: Session, school_id: str | None) -> list[tuple[Engagement, Enrolment]]:
    """Engagements of students who were enrolled there when they applied; None: at any school."""
    wanted = (
        select(Engagement, Enrolment)
        .join(Application, Application.id == Engagement.application_id)
        .join(Enrolment, Enrolment.id == Application.enrolment_id)
        .where(Engagement.status != "cancelled")
        .order_by(Engagement.kick_off_on, Engagement.id)
    )
    if school_id is not None:
        wanted = wanted.where(Enrolment.school_id == school_id)
    return list(session.execute(wanted))


def _rows(
    session: Session,
    school: School,
    office: str,
    found: list[tuple[Engagement, Enrolment]],
    consents: dict[str, Consent],
    today: date,
) -> list[SharedEngagement]:
    found = [(engagement, study) for engagement, study in found if engagement.candidate_id in consents]
    ids = [engagement.id for engagement, _ in found]
    people = {engagement.candidate_id for engagement, _ in found}
    employer = session.scalars(select(Employer)).one()
    projects = {
        p.id: p for p in session.scalars(select(Project).where(Project.id.in_({e.project_id for e, _ in found})))
    }
    candidates = {c.id: c for c in session.scalars(select(Candidate).where(Candidate.id.in_(people)))}
    colleagues = {c.id: c for c in session.scalars(select(Colleague))}
    emails = dict(
        session.execute(
            select(CandidateEmail.candidate_id, CandidateEmail.address)
            .where(CandidateEmail.candidate_id.in_(people))
            .order_by(CandidateEmail.position.desc())
        ).all()
    )  # fmt: skip
    minutes = _sums(session, HourEntry.engagement_id, HourEntry.minutes, ids)
    fees = _sums(session, Instalment.engagement_id, Instalment.amount, ids)
    currencies = dict(
        session.execute(
            select(Instalment.engagement_id, Instalment.currency).where(Instalment.engagement_id.in_(ids))
        ).all()
    )  # fmt: skip
    parts: dict[str, list[str]] = defaultdict(list)
    for milestone in session.scalars(
        select(Milestone).where(Milestone.project_id.in_(projects)).order_by(Milestone.position)
    ):
        parts[milestone.project_id].append(milestone.text)
    of = select(Engagement.id).where(Engagement.id.in_(ids))
    # What leaves may come to the student's eyes: neither side is shared before both are in or their day has come.
    theirs = list(session.scalars(of.where(theirs_may_be_read(today))))
    reviews = {
        r.engagement_id: r for r in session.scalars(select(FitReview).where(FitReview.engagement_id.in_(theirs)))
    }
    views = _views(session, list(session.scalars(of.where(ours_may_leave(today)))))
    outcomes: dict[str, list[str]] = defaultdict(list)
    for outcome in session.scalars(
        select(Outcome).where(Outcome.candidate_id.in_(people)).order_by(Outcome.offered_on)
    ):
        answer = "accepted" if outcome.accepted_on else "offered"
        outcomes[outcome.candidate_id].append(f"{OUTCOME_KINDS.get(outcome.kind, outcome.kind)} {answer}")
    rows = []
    for engagement, study in found:
        project, person = projects[engagement.project_id], candidates[engagement.candidate_id]
        supervisor = colleagues.get(engagement.supervisor_id or project.supervisor_id or "")
        consent, review = consents[person.id], reviews.get(engagement.id)
        view, marks = views.get(engagement.id, (None, {}))
        began = engagement.started_on or engagement.kick_off_on
        rollover = (school.rollover_month, school.rollover_day)
        columns = {
            "school": school.name,
            "campus_office": office,
            "student_first": person.first_name,
            "student_last": person.last_name,
            "student_email": emails.get(person.id, ""),
            "student_id": study.student_number,
            "class_year": class_year(
                began, study.graduates_on, person.class_year_set, person.class_year_set_on, rollover=rollover
            ),
            "expected_graduation": study.graduates_on,
            "major": study.major,
            "cip_code": study.cip_code,
            "employer": employer.name,
            "employer_city": employer.city,
            "employer_state": employer.state,
            "project_title": project.title,
            "category": project.category,
            "start_date": began,
            "end_date": engagement.ended_on,
            "hours_estimated": engagement.estimated_hours,
            "minutes_logged": minutes.get(engagement.id),
            "fee": fees.get(engagement.id),
            "currency": currencies.get(engagement.id, project.currency),
            "location_mode": project.location_mode,
            "supervisor_name": supervisor.name if supervisor else "",
            "supervisor_email": supervisor.email if supervisor else "",
            "status": engagement.status,
            "learning_objectives": tuple(project.learning_objectives),
            "deliverables": tuple(parts[project.id]),
            **{column: marks.get(name) for name, column in COMPETENCY_COLUMNS.items()},
            "supervisor_comment": view.comment if view else "",
            "student_reflection": review.reflection if review else "",
            "would_rehire": view.recommend if view else None,
            "follow_on": "; ".join(outcomes[person.id]),
            "consent_date": consent.signed_on,
            "consent_scope": consent.records,
            "record_version": engagement.row_version,
        }
        rows.append(SharedEngagement(person.id, engagement.id, columns))
    return rows


def _sums(session: Session, owner: Any, column: Any, ids: list[str], *only: Any) -> dict[str, int]:
    wanted = select(owner, func.sum(column)).where(owner.in_(ids), *only).group_by(owner)
    return {row_id: int(total) for row_id, total in session.execute(wanted)}


def _views(session: Session, ids: list[str]) -> dict[str, tuple[Evaluation, dict[str, int]]]:
    """Our own evaluation of each engagement that was handed in, the latest, with its marks by competency."""
    wanted = select(Evaluation).where(
        Evaluation.engagement_id.in_(ids), Evaluation.occasion == "end", Evaluation.submitted_at.is_not(None)
    )
    found = {
        one.engagement_id: one
        for one in session.scalars(wanted.order_by(Evaluation.submitted_at))
        if one.engagement_id is not None
    }
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    kept = [one.id for one in found.values()]
    for mark in session.scalars(select(CompetencyMark).where(CompetencyMark.evaluation_id.in_(kept))):
        marks[mark.evaluation_id][mark.competency] = mark.level
    return {engagement_id: (one, marks[one.id]) for engagement_id, one in found.items()}


@dataclass(frozen=True, slots=True)
class Counted:
    """One engagement as it counts in the figures by group; nobody can be told from it once groups are formed."""

    candidate_id: str
    school: str
    class_year: str
    category: str
    ended: bool
    accepted: bool
    fee: int
    paid: bool
    follow_on: bool
    marks: dict[str, int]


def counted(store: Store, school_id: str | None = None) -> tuple[list[Counted], str]:
    """Every engagement of a school's students (or of all), and the employer's currency, in which fees are summed."""
    with store.read() as session:
        found = _engagements(session, school_id)
        ids = [engagement.id for engagement, _ in found]
        employer = session.scalars(select(Employer)).one()
        ours = Instalment.currency == employer.currency
        fees = _sums(session, Instalment.engagement_id, Instalment.amount, ids, ours)
        paid = _sums(session, Payment.engagement_id, Payment.amount, ids)
        views = _views(session, ids)
        schools = {school.id: school for school in session.scalars(select(School))}
        projects = {project.id: project for project in session.scalars(select(Project))}
        went_on = set(session.scalars(select(Outcome.candidate_id).where(Outcome.accepted_on.is_not(None))))
        years = dict(
            session.execute(
                select(Engagement.id, Application.class_year).join(
                    Application, Application.id == Engagement.application_id
                )
            ).all()
        )
    rows = [
        Counted(
            engagement.candidate_id,
            schools[study.school_id].name,
            ordinal(year) if (year := years.get(engagement.id)) else "not known",
            projects[engagement.project_id].category or "not said",
            engagement.status in ENDED,
            engagement.status == "accepted",
            fees.get(engagement.id, 0),
            paid.get(engagement.id, 0) > 0,
            engagement.candidate_id in went_on,
            views[engagement.id][1] if engagement.id in views else {},
        )
        for engagement, study in found
    ]
    return rows, employer.currency
