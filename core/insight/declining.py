"""Decisions against someone that are not told yet: when to tell, and whom a decision is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.glance import Waiting
from core.insight.parts import chunks
from core.insight.progress import visible_sql
from core.model import Application, Candidate, PoolEntry, Project, ProjectStage
from core.model.words import APPLICATION_STATES
from core.store import Store
from core.text import fold, plural, short_day

_STALE = 7


@dataclass(frozen=True, slots=True)
class Applicant:
    """`who`: the name, or Candidate K7 while it is hidden."""

    id: str
    who: str
    hidden: bool


def applicants(store: Store, application_ids: Sequence[str]) -> list[Applicant]:
    """By name, codes by themselves; who is gone is left out."""
    query = select(Application.id, Application.code, visible_sql(), Candidate.first_name, Candidate.last_name).join(
        Candidate, Candidate.id == Application.candidate_id
    )
    found: dict[str, Applicant] = {}
    with store.read() as session:
        for part in chunks(application_ids):
            for row_id, code, shown, first, last in session.execute(query.where(Application.id.in_(part))):
                who = f"{first} {last}".strip() if shown else f"Candidate {code}"
                found[row_id] = Applicant(row_id, who, not shown)
    return sorted(found.values(), key=lambda one: (one.hidden, fold(one.who), one.id))


def standing(store: Store, application_ids: Sequence[str]) -> list[tuple[str, list[str]]]:
    """By where they stand, in the order of the way: "Applied", "Applied: Called", each with its applications."""
    query = (
        select(Application.id, Application.status, ProjectStage.name)
        .outerjoin(ProjectStage, ProjectStage.id == Application.stage_id)
        .order_by(Application.status, ProjectStage.position, Application.code, Application.id)
    )
    found: dict[str, list[str]] = {}
    with store.read() as session:
        for part in chunks(application_ids):
            for row_id, status, stage in session.execute(query.where(Application.id.in_(part))):
                words = APPLICATION_STATES[status]
                found.setdefault(f"{words}: {stage}" if stage else words, []).append(row_id)
    return list(found.items())


def kept(store: Store, candidate_ids: Sequence[str]) -> bool:
    """Whether we are to stay in touch with every one of these."""
    pooled = select(PoolEntry.candidate_id).where(PoolEntry.ended_on.is_(None))
    with store.read() as session:
        found = {
            one
            for part in chunks(candidate_ids)
            for one in session.scalars(pooled.where(PoolEntry.candidate_id.in_(part)))
        }
    return bool(candidate_ids) and found.issuperset(candidate_ids)


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
