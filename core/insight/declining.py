"""Decisions against someone that are not told yet: when to tell, and whom a decision is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.glance import Waiting
from core.insight.progress import visible_sql
from core.model import Application, Candidate, Project
from core.store import Store
from core.text import plural, short_day

_STALE = 7


@dataclass(frozen=True, slots=True)
class Applicant:
    """`who`: the name, or Candidate K7 while it is hidden."""

    id: str
    who: str
    hidden: bool


def applicants(store: Store, application_ids: Sequence[str]) -> list[Applicant]:
    """In this order; who is gone is left out."""
    query = (
        select(Application.id, Application.code, visible_sql(), Candidate.first_name, Candidate.last_name)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Application.id.in_(application_ids))
    )
    with store.read() as session:
        found = {
            row_id: Applicant(row_id, f"{first} {last}".strip() if shown else f"Candidate {code}", not shown)
            for row_id, code, shown, first, last in session.execute(query)
        }
    return [found[one] for one in dict.fromkeys(application_ids) if one in found]


def tell_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """Per project: how many were declined, are held back no longer and have not been told."""
    query = (
        select(Project.id, Project.title, func.count(), func.min(Application.hold_until))
        .select_from(Application)
        .join(Project, Project.id == Application.project_id)
        .where(
            Application.status == "not_selected",
            Application.told_on.is_(None),
            Application.hold_until < today,
            visible_sql(),
        )
        .group_by(Project.id, Project.title)
        .order_by(func.min(Application.hold_until), Project.id)
    )
    for row_id, title, count, since in session.execute(query):
        days = (today - since).days - 1 if since is not None else 0
        chip = f"waiting {plural(days, 'day')}" if days > 0 else "new"
        kind = "amber" if days > _STALE else "neutral"
        subject = f"Tell {plural(count, 'person', 'people')} that they were not chosen"
        yield Waiting("tell", "Write", subject, title, chip, kind, 3, ("projects", row_id))


def held_words(hold_until: date | None, told_on: date | None, today: date) -> str:
    """told 3 Dec; message held until 25 Nov; to be told"""
    if told_on is not None:
        return f"told {short_day(told_on, today)}"
    if hold_until is None:
        return ""
    if hold_until >= today:
        left = (hold_until - today).days + 1
        return f"message held for {plural(left, 'day')}"
    return "to be told"
