"""What a kick-off message says, as it stands in the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.errors import UserError
from core.insight.milestones import MilestoneState, milestones_of
from core.model import Candidate, CandidateEmail, Colleague, Employer, Engagement, Project
from core.store import Store


@dataclass(frozen=True, slots=True)
class KickOffFacts:
    """`time`: HH:MM in `zone` or "". `email`: the student's first address, "" where none is known."""

    student: str
    first_name: str
    email: str
    employer: str
    sender: str
    sender_email: str
    project: str
    summary: str
    on: date
    time: str
    zone: str
    how_to_join: str
    due_on: date
    hours: int
    outcomes: tuple[str, ...]
    deliverables: tuple[MilestoneState, ...]
    reviews_open_on: date | None


def kick_off_facts(store: Store, engagement_id: str, *, today: date) -> KickOffFacts:
    with store.read() as session:
        one = session.get(Engagement, engagement_id)
        if one is None:
            raise UserError("This engagement is no longer in the store.")
        project, person = session.get_one(Project, one.project_id), session.get_one(Candidate, one.candidate_id)
        employer = session.scalars(select(Employer)).one()
        colleague = session.get(Colleague, one.supervisor_id) if one.supervisor_id else None
        emails = select(CandidateEmail.address).where(CandidateEmail.candidate_id == person.id)
        email = session.scalar(emails.order_by(CandidateEmail.position, CandidateEmail.id).limit(1)) or ""
        return KickOffFacts(
            student=f"{person.first_name} {person.last_name}".strip(),
            first_name=person.first_name or person.last_name,
            email=email,
            employer=employer.name,
            sender=colleague.name if colleague else employer.signatory_name,
            sender_email=(colleague.email if colleague else "") or employer.email,
            project=project.title,
            summary=project.summary,
            on=one.kick_off_on,
            time=one.kick_off_time,
            zone=employer.time_zone,
            how_to_join=one.how_to_join,
            due_on=one.due_on,
            hours=one.estimated_hours,
            outcomes=tuple(project.learning_objectives),
            deliverables=tuple(milestones_of(session, [engagement_id], today)[engagement_id]),
            reviews_open_on=one.reviews_open_on,
        )
