"""What an interview of an applicant goes by: the project's rubric in force, and who it is, as raters may know it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core.errors import UserError
from core.insight.marks import current_rubric
from core.insight.parts import number_words
from core.insight.progress import visible_sql
from core.insight.scoring import CriterionView, criterion_view
from core.model import Application, Candidate, Colleague, Criterion, Project
from core.store import Store


@dataclass(frozen=True, slots=True)
class Interview:
    """`who`: the name, or "Candidate K7" while names are hidden."""

    application_id: str
    project_id: str
    reference: str
    project: str
    who: str
    hidden: bool
    rater: str
    rubric: str
    criteria: tuple[CriterionView, ...]


def interview(store: Store, application_id: str, rater_id: str | None) -> Interview:
    """UserError where the project has no rubric: a talk without one is no comparison."""
    with store.read() as session:
        query = (
            select(Application, Project, Candidate.first_name, Candidate.last_name, visible_sql())
            .join(Project, Project.id == Application.project_id)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .where(Application.id == application_id)
        )
        found = session.execute(query).one_or_none()
        if found is None:
            raise UserError("That application is no longer in the store.")
        one, project, first, last, seen = found
        rubric = current_rubric(session, project.id)
        if rubric is None:
            raise UserError("This project has no rubric yet. Make it one first, so that everybody is asked the same.")
        criteria = session.scalars(
            select(Criterion).where(Criterion.rubric_id == rubric.id).order_by(Criterion.position)
        )
        rater = session.get(Colleague, rater_id) if rater_id else None
        return Interview(
            application_id=one.id,
            project_id=project.id,
            reference=number_words("P", project.number),
            project=project.title,
            who=f"{first} {last}".strip() if seen else f"Candidate {one.code}",
            hidden=not seen,
            rater=rater.name if rater else "",
            rubric=rubric.name,
            criteria=tuple(criterion_view(each) for each in criteria),
        )
