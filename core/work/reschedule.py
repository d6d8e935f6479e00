"""A project that has not begun moves to another week, and all its days with it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import YEARS
from core.errors import UserError
from core.model import Application, Engagement, Milestone, Project
from core.states import project_phase
from core.store import Label, Store
from core.text import short_day
from core.work.brief import MilestoneDraft, ProjectDraft
from core.work.brief_dates import moved_dates
from core.work.checks import find, live_offers, rows

MOVABLE = ("draft", "open", "closed_for_applications", "selecting")
"""Phases in which nobody has begun yet."""
WHY_NOT = {
    "running": "is running: its dates are agreed with the student. Give more time there instead.",
    "review": "has been delivered; its dates are history.",
    "closed": "is closed; its dates are history.",
    "cancelled": "is cancelled. Make it a draft again first.",
}


def reschedule(store: Store, project_id: str, kick_off_on: date, *, today: date) -> str:
    """Sets the kick-off; apply-by, due date and milestones move by as many days. One change.

    UserError where its dates are agreed or promised, where the new kick-off has passed, or a day lies out of reach.
    """
    with store.change(Label.PROJECT_RESCHEDULED, ("projects", project_id)) as session:
        project = find(session, Project, project_id, "project")
        if project.kick_off_on == kick_off_on:
            return project_id
        _refuse(session, project, today)
        if kick_off_on < today:
            raise UserError(f"A kick-off on {short_day(kick_off_on)} would lie in the past. Choose a later week.")
        parts = rows(session, Milestone, Milestone.project_id == project_id, order=Milestone.position)
        before = ProjectDraft(
            apply_by=project.apply_by,
            kick_off_on=project.kick_off_on,
            due_on=project.due_on,
            milestones=[MilestoneDraft(text=one.text, due_on=one.due_on, id=one.id) for one in parts],
        )
        # Without a kick-off it stands in the year on its due date, and is taken hold of there.
        after = moved_dates(before, kick_off_on, project.kick_off_on or project.due_on)
        _within_reach(after)
        project.kick_off_on, project.apply_by, project.due_on = after.kick_off_on, after.apply_by, after.due_on
        for row, moved in zip(parts, after.milestones, strict=True):
            row.due_on = moved.due_on
    return project_id


def _refuse(session: Session, project: Project, today: date) -> None:
    states = list(session.scalars(select(Engagement.status).where(Engagement.project_id == project.id)))
    phase = project_phase(project.status, project.apply_by, states, project.openings, today)
    if phase not in MOVABLE:
        raise UserError(f"“{project.title}” {WHY_NOT[phase]}")
    if live_offers(session, today, Application.project_id == project.id):
        raise UserError(
            f"“{project.title}” has an offer that names its dates. Withdraw the offer first, or keep the dates."
        )


def why_fixed(store: Store, project_id: str, *, today: date) -> str:
    """What keeps its dates where they are, "" where it may be moved."""
    with store.read() as session:
        try:
            _refuse(session, find(session, Project, project_id, "project"), today)
        except UserError as error:
            return str(error)
    return ""


def _within_reach(draft: ProjectDraft) -> None:
    days = [draft.kick_off_on, draft.due_on, draft.apply_by, *(one.due_on for one in draft.milestones)]
    if any(day is not None and day.year not in YEARS for day in days):
        raise UserError(f"One of its days would lie too far off. Days go from {YEARS[0]} to {YEARS[-1]}.")
