"""What one piece of work was, for the student who did it and for their campus: the facts of an experience record.

Only what the supervisor wrote to be shared is in it, and no sooner than both sides' reviews may be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.academic import DEFAULT_ROLLOVER, class_year
from core.errors import UserError
from core.insight.open_reviews import ours_may_leave
from core.insight.parts import number_words
from core.model import (
    Application,
    Candidate,
    Colleague,
    CompetencyMark,
    Engagement,
    Enrolment,
    Evaluation,
    HourEntry,
    Instalment,
    Milestone,
    Project,
    School,
)
from core.model.words import COMPETENCIES, LOCATION_MODES
from core.store import Store


@dataclass(frozen=True, slots=True)
class Experience:
    """`marks`: competency and level from 1 to 4. `open`: whether the supervisor's view may leave by now,
    at the latest from `opens_on` on.
    """

    engagement_id: str
    candidate_id: str
    project_id: str
    reference: str
    student: str
    school: str
    major: str
    student_number: str
    class_year: int | None
    graduates_on: date | None
    project: str
    summary: str
    began: date
    ended: date | None
    hours: int
    minutes_logged: int
    fee_cents: int
    currency: str
    place: str
    supervisor: str
    supervisor_email: str
    deliverables: tuple[str, ...]
    objectives: tuple[str, ...]
    marks: tuple[tuple[str, int], ...]
    comment: str
    open: bool
    opens_on: date | None


def experience(store: Store, engagement_id: str, *, today: date) -> Experience:
    """UserError where the work is not accepted yet, as a record says what was done."""
    with store.read() as session:
        work = session.get(Engagement, engagement_id)
        if work is None:
            raise UserError("That work is no longer in the store.")
        if work.status != "accepted":
            raise UserError("The work is not accepted yet. Accept it first; the record says what was done.")
        return _experience(session, work, today)


def _experience(session: Session, work: Engagement, today: date) -> Experience:
    person = session.get_one(Candidate, work.candidate_id)
    project = session.get_one(Project, work.project_id)
    supervisor = session.get(Colleague, work.supervisor_id or project.supervisor_id or "")
    began = work.started_on or work.kick_off_on
    study = session.scalar(
        select(Enrolment)
        .join(Application, Application.enrolment_id == Enrolment.id)
        .where(Application.id == work.application_id)
    )
    school = session.get(School, study.school_id) if study and study.school_id else None
    open_ = session.scalar(select(Engagement.id).where(Engagement.id == work.id, ours_may_leave(today))) is not None
    view = _view(session, work.id) if open_ else None
    fees = session.execute(
        select(func.sum(Instalment.amount), func.max(Instalment.currency)).where(Instalment.engagement_id == work.id)
    ).one()
    mode = LOCATION_MODES.get(project.location_mode, "")
    rollover = (school.rollover_month, school.rollover_day) if school else DEFAULT_ROLLOVER
    leaves = study.graduates_on if study else None
    year = class_year(began, leaves, person.class_year_set, person.class_year_set_on, rollover=rollover)
    return Experience(
        engagement_id=work.id,
        candidate_id=person.id,
        project_id=project.id,
        reference=number_words("P", project.number),
        student=f"{person.first_name} {person.last_name}".strip(),
        school=school.name if school else "",
        major=study.major if study else "",
        student_number=study.student_number if study else "",
        class_year=year,
        graduates_on=leaves,
        project=project.title,
        summary=project.summary,
        began=began,
        ended=work.accepted_on or work.ended_on,
        hours=work.estimated_hours,
        minutes_logged=session.scalar(
            select(func.coalesce(func.sum(HourEntry.minutes), 0)).where(HourEntry.engagement_id == work.id)
        )
        or 0,
        fee_cents=int(fees[0] or 0),
        currency=fees[1] or project.currency,
        place=f"{mode}, {project.place}" if project.place and mode else project.place or mode,
        supervisor=supervisor.name if supervisor else "",
        supervisor_email=supervisor.email if supervisor else "",
        deliverables=tuple(
            session.scalars(
                select(Milestone.text).where(Milestone.project_id == project.id).order_by(Milestone.position)
            )
        ),
        objectives=tuple(project.learning_objectives),
        marks=_marks(session, view.id) if view else (),
        comment=view.comment if view else "",
        open=open_,
        opens_on=work.reviews_open_on,
    )


def _view(session: Session, engagement_id: str) -> Evaluation | None:
    """Ours at the end, the latest that was handed in."""
    return session.scalar(
        select(Evaluation)
        .where(
            Evaluation.engagement_id == engagement_id,
            Evaluation.occasion == "end",
            Evaluation.submitted_at.is_not(None),
        )
        .order_by(Evaluation.submitted_at.desc())
        .limit(1)
    )


def _marks(session: Session, evaluation_id: str) -> tuple[tuple[str, int], ...]:
    given = session.scalars(select(CompetencyMark).where(CompetencyMark.evaluation_id == evaluation_id))
    found = {mark.competency: mark.level for mark in given}
    return tuple((name, found[name]) for name in COMPETENCIES if name in found)
