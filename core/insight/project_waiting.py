"""What projects themselves need today: to be opened in time, other dates, other people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.glance import Waiting
from core.model import Application, Colleague, Engagement, Offer, Project, Rubric
from core.states import AT_WORK
from core.text import plural

OPEN_BEFORE = timedelta(days=14)
"""Ahead of its kick-off a draft that is to take place should be open: applicants need some days to write."""


def projects_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """Drafts that would come too late, days that passed without anyone, supervisors who left."""
    yield from _drafts(session, today)
    yield from _without_anyone(session, today)
    yield from _without_supervisor(session, today)


def _drafts(session: Session, today: date) -> Iterator[Waiting]:
    query = select(Project.id, Project.title, Project.kick_off_on).where(
        Project.status == "draft", Project.kick_off_on.is_not(None), Project.kick_off_on <= today + OPEN_BEFORE
    )
    for row_id, title, kick_off in session.execute(query.order_by(Project.kick_off_on, Project.number)):
        days = ((kick_off or today) - today).days
        if days < 0:
            chip = f"kick-off was {plural(-days, 'day')} ago"
            yield Waiting("dates", "Change the dates", "Draft is late", title, chip, "red", 3, ("projects", row_id))
        else:
            chip = "kick-off today" if days == 0 else f"kick-off in {plural(days, 'day')}"
            yield Waiting("open", "Open it", "Open the draft", title, chip, "amber", 8, ("projects", row_id))


def _without_anyone(session: Session, today: date) -> Iterator[Waiting]:
    """Open or selecting, and nobody applied in time, or nobody was offered it before its kick-off.

    Who applied can be compared only by a rubric: where there is none, that comes first.
    """
    offered = select(Application.project_id).join(Offer, Offer.application_id == Application.id)
    engaged = select(Engagement.project_id)
    applied = select(Application.project_id).where(Application.applied_on.is_not(None))
    live = select(Application.project_id).where(Application.status.in_(("applied", "shortlisted")))
    unscored = Project.id.in_(live) & Project.id.not_in(select(Rubric.project_id))
    query = (
        select(Project, Project.id.in_(applied), unscored)
        .where(
            Project.status.in_(("open", "selecting")),
            Project.id.not_in(offered),
            Project.id.not_in(engaged),
        )
        .order_by(Project.number)
    )
    for one, has_applicants, needs_rubric in session.execute(query):
        apply_by, kick_off = one.apply_by, one.kick_off_on
        closed = apply_by is not None and apply_by < today
        if kick_off is not None and kick_off < today:
            chip = f"kick-off was {plural((today - kick_off).days, 'day')} ago"
            words = ("dates", "Change the dates", "Kick-off has passed")
        elif closed and not has_applicants:
            chip = _closed(apply_by, today)
            words = ("closing", "Give more time", "Nobody has applied")
        elif needs_rubric and (closed or one.status == "selecting"):
            chip = _closed(apply_by, today)
            words = ("rubric", "Make the rubric", "Nothing to compare applications by")
        else:
            continue
        yield Waiting(*words, one.title, chip, "amber", 3, ("projects", one.id))


def _closed(apply_by: date | None, today: date) -> str:
    days = (today - apply_by).days if apply_by is not None else 0
    return f"closed {plural(days, 'day')} ago" if days > 0 else "closed by hand"


def _without_supervisor(session: Session, today: date) -> Iterator[Waiting]:
    """Of a project that takes applications or is at work; what is over keeps the name that it had."""
    at_work = select(Engagement.project_id).where(Engagement.status.in_(AT_WORK))
    begun = select(Engagement.project_id)
    query = (
        select(Project.id, Project.title, Colleague.left_on)
        .join(Colleague, Colleague.id == Project.supervisor_id)
        .where(
            Colleague.left_on <= today,
            Project.status.in_(("open", "selecting")),
            Project.id.in_(at_work) | Project.id.not_in(begun),
        )
        .order_by(Project.number)
    )
    for row_id, title, left_on in session.execute(query):
        days = (today - (left_on or today)).days
        chip = f"left {plural(days, 'day')} ago" if days else "leaves today"
        yield Waiting(
            "supervisor", "Name another", "The supervisor has left", title, chip, "amber", 2, ("projects", row_id)
        )
