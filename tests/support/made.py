"""Short ways to a project, a candidate, an application and an offer in a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.model import Criterion, Project, Question, Rubric
from core.store import Store
from core.work import gather, offer, plan, rubrics
from core.work import select as choose
from core.work.plan import MilestoneDraft, ProjectDraft, QuestionDraft
from tests.support.stores import TODAY

BRIEF = ProjectDraft(
    title="Clean the mailing list",
    category="Data",
    estimated_hours=12,
    fee=36_000,
    kick_off_on=TODAY + timedelta(days=20),
    due_on=TODAY + timedelta(days=34),
    apply_by=TODAY + timedelta(days=10),
    milestones=[MilestoneDraft(text="A list without doubles"), MilestoneDraft(text="Notes on what was changed")],
    questions=[QuestionDraft(text="How would you find doubles?")],
    skills=["Excel"],
)


def project(store: Store, today: date = TODAY, *, opened: bool = True, **changed: Any) -> str:
    project_id = plan.add_project(store, replace(BRIEF, **changed), today=today)
    if opened:
        plan.open_project(store, project_id, today=today)
    return project_id


def candidate(store: Store, name: str = "Ada Lovelace", today: date = TODAY, **changed: Any) -> str:
    first, _, last = name.partition(" ")
    fields: dict[str, Any] = {
        "first_name": first,
        "last_name": last,
        "emails": [f"{name.lower().replace(' ', '.')}@northfield.example.edu"],
        "school_name": "Northfield College",
        "graduates_on": date(2028, 5, 31),
    }
    return gather.add_candidate(store, gather.CandidateDraft(**(fields | changed)), today=today)


def application(store: Store, project_id: str, candidate_id: str, today: date = TODAY) -> str:
    draft = choose.ApplicationDraft(project_id=project_id, candidate_id=candidate_id)
    return choose.record_application(store, draft, today=today)


def drafted_offer(store: Store, application_id: str, today: date = TODAY, **changed: Any) -> str:
    terms = replace(offer.offer_terms(store, application_id), **changed)
    return offer.draft_offer(store, application_id, terms, today=today)


def engagement(store: Store, application_id: str, today: date = TODAY) -> str:
    offer_id = drafted_offer(store, application_id, today)
    offer.send_offer(store, offer_id, today=today)
    return offer.accept_offer(store, offer_id, today=today)


def rubric(store: Store, project_id: str, today: date = TODAY) -> list[str]:
    """Gives the project the general rubric; returns its criteria's ids in order."""
    rubric_id = rubrics.set_rubric(store, project_id, rubrics.ready_made()["general"], today=today)
    return criteria(store, rubric_id)


def criteria(store: Store, rubric_id: str) -> list[str]:
    with store.read() as session:
        query = select(Criterion.id).where(Criterion.rubric_id == rubric_id).order_by(Criterion.position)
        return list(session.scalars(query))


def questions(store: Store, project_id: str) -> list[str]:
    with store.read() as session:
        query = select(Question.id).where(Question.project_id == project_id).order_by(Question.position)
        return list(session.scalars(query))


def version(store: Store, project_id: str) -> int | None:
    with store.read() as session:
        query = select(Rubric.version).where(Rubric.project_id == project_id).order_by(Rubric.version.desc())
        return session.scalars(query).first()


def status(store: Store, project_id: str) -> str:
    with store.read() as session:
        return session.get_one(Project, project_id).status
