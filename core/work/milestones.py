"""Milestones of a project, as one of its students completes them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.ids import new_id
from core.model import Milestone, MilestoneDone
from core.store import Label, Store
from core.work.checks import find, past_day
from core.work.engaged import after, before_end, engagement_of


def complete_milestone(
    store: Store, engagement_id: str, milestone_id: str, *, today: date, on: date | None = None
) -> str:
    done_on = past_day(on, today, "Completed")
    row_id = new_id()
    with store.change(Label.MILESTONE_DONE, ("engagements", engagement_id)) as session:
        engagement = engagement_of(session, engagement_id)
        if engagement.started_on is None:
            raise UserError("The work has not started yet. Record the kick-off first.")
        after(engagement.started_on, done_on, "The work started")
        before_end(engagement, done_on)
        milestone = find(session, Milestone, milestone_id, "milestone")
        if milestone.project_id != engagement.project_id:
            raise UserError("This milestone belongs to another project.")
        if _done(session, engagement_id, milestone_id) is not None:
            raise UserError("This milestone is completed already.")
        session.add(MilestoneDone(id=row_id, engagement_id=engagement_id, milestone_id=milestone_id, done_on=done_on))
    return row_id


def reopen_milestone(store: Store, engagement_id: str, milestone_id: str, *, today: date) -> str:
    with store.change(Label.MILESTONE_REOPENED, ("engagements", engagement_id)) as session:
        row = _done(session, engagement_id, milestone_id)
        if row is None:
            raise UserError("This milestone is open already.")
        session.delete(row)
    return milestone_id


def _done(session: Session, engagement_id: str, milestone_id: str) -> MilestoneDone | None:
    query = select(MilestoneDone).where(
        MilestoneDone.engagement_id == engagement_id, MilestoneDone.milestone_id == milestone_id
    )
    return session.scalars(query).first()
