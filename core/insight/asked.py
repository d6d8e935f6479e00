"""What a form needs to know before it is made: whom and what it asks about, and which of its kind is still out."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from core.errors import UserError
from core.model import (
    Application,
    Candidate,
    Engagement,
    Enrolment,
    Form,
    FormReturn,
    Project,
    Question,
    School,
)
from core.store import Store


def out(store: Store, kind: str, about: dict[str, str]) -> tuple[str, str, dict[str, Any] | None] | None:
    """(id, code, layout) of the latest of its kind that is still out; one for a project may come back from many."""
    query = select(Form).where(Form.kind == kind, *(getattr(Form, key) == value for key, value in about.items()))
    with store.read() as session:
        row = session.scalars(query.order_by(Form.created_at.desc()).limit(1)).first()
        if row is None:
            return None
        back = select(FormReturn.id).where(FormReturn.form_id == row.id).limit(1)
        if kind != "application" and session.scalar(back) is not None:
            return None
        return row.id, row.code, row.layout


def questions(store: Store, project_id: str) -> list[tuple[str, str, bool]]:
    """(id, text, whether it must be answered), in order. UserError where nobody can apply."""
    with store.read() as session:
        project = session.get_one(Project, project_id)
        if project.status == "cancelled":
            raise UserError(f"{project.title} is cancelled, so nobody can apply. Make it a draft again first.")
        query = select(Question).where(Question.project_id == project_id).order_by(Question.position)
        return [(one.id, one.text, one.required) for one in session.scalars(query)]


def work(store: Store, engagement_id: str, kind: str) -> tuple[str, str]:
    """(project, candidate). UserError where there is nothing to ask about it."""
    with store.read() as session:
        row = session.get(Engagement, engagement_id)
        if row is None:
            raise UserError("This engagement is no longer in the store.")
        if row.status in ("agreed", "cancelled", "did_not_show"):
            raise UserError("This engagement has not begun, so there is nothing to ask about it.")
        if kind == "mid_check" and row.status != "running":
            raise UserError("The work is over; half-way is while it runs.")
        return session.get_one(Project, row.project_id).title, session.get_one(Candidate, row.candidate_id).name


def reviews_open_on(store: Store, engagement_id: str) -> date | None:
    """The day that was named at the start, None where none was."""
    with store.read() as session:
        return session.scalar(select(Engagement.reviews_open_on).where(Engagement.id == engagement_id))


def person(store: Store, candidate_id: str) -> tuple[str, str]:
    """(name, school); the school is "" where none is known."""
    with store.read() as session:
        person = session.get(Candidate, candidate_id)
        if person is None:
            raise UserError("This person is no longer in the store.")
        school = (
            select(School.name)
            .join(Enrolment, Enrolment.school_id == School.id)
            .where(Enrolment.candidate_id == candidate_id)
            .order_by(Enrolment.starts_on.desc().nulls_last(), Enrolment.created_at.desc())
        )
        return person.name, session.scalars(school.limit(1)).first() or ""


def goes_to(store: Store, form_id: str) -> tuple[list[str], str | None]:
    """(candidates, project) of whom a form asks: of one to apply with, those who are invited and have not answered."""
    with store.read() as session:
        form = session.get_one(Form, form_id)
        work = session.get(Engagement, form.engagement_id) if form.engagement_id else None
        if work is not None:
            return [work.candidate_id], work.project_id
        if form.candidate_id is not None:
            return [form.candidate_id], form.project_id
        invited = (
            select(Application.candidate_id)
            .where(Application.project_id == form.project_id, Application.status == "invited")
            .order_by(Application.invited_on, Application.created_at)
        )
        return list(session.scalars(invited)), form.project_id


def codes(store: Store, project_id: str) -> dict[str, str]:
    """Application by its code."""
    query = select(Application.code, Application.id).where(Application.project_id == project_id)
    with store.read() as session:
        return {row.code: row.id for row in session.execute(query)}
