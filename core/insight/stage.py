"""How far someone has come with us, derived from facts; the first of STAGES that holds is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from core.insight.parts import live_pool
from core.insight.progress import by_name_sql, visible_sql
from core.model import Application, Candidate, Engagement, Offer, Outcome, PoolEntry, Project
from core.states import AT_WORK

STAGES: dict[str, tuple[str, str]] = {
    "hired": ("Hired", "green"),
    "intern_offer": ("Intern offer", "green"),
    "micro_intern": ("Micro-intern", "green"),
    "offered": ("Offered", "green"),
    "applicant": ("Applicant", "green"),
    "near_miss": ("Near-miss intern", "amber"),
    "past_micro_intern": ("Past micro-intern", "neutral"),
    "prospect": ("Prospect", "neutral"),
}
"""Key to words and chip, the furthest first.

hired: accepted a part-time or full-time job. intern_offer: was offered an internship. micro_intern: agreed or at work
now. offered: has a sent offer that has not expired, or an open job offer. applicant: applied for a project that still
has an opening. near_miss: a live pool entry says so. past_micro_intern: work of theirs was accepted.
"""


def stage_sql(today: date, ids: Sequence[str] | None = None) -> ColumnElement[str]:
    """A key of STAGES for each row of Candidate. `ids` narrows what is looked at to those candidates."""

    def among(wanted: Select[Any], column: Any) -> ColumnElement[bool]:
        if ids is not None:
            wanted = wanted.where(column.in_(ids))
        return Candidate.id.in_(wanted)

    outcome = select(Outcome.candidate_id)
    jobs = Outcome.kind.in_(("part_time", "full_time"))
    accepted = and_(Outcome.accepted_on.is_not(None), Outcome.accepted_on <= today)
    engagement = select(Engagement.candidate_id)
    offers = (
        select(Application.candidate_id)
        .join(Offer, Offer.application_id == Application.id)
        .where(Offer.status == "sent", or_(Offer.expires_on.is_(None), Offer.expires_on >= today))
    )
    filled = (
        select(Project.id)
        .join(Engagement, Engagement.project_id == Project.id)
        .where(Engagement.status != "cancelled")
        .group_by(Project.id, Project.openings)
        .having(func.count() >= Project.openings)
    )
    applied = (
        select(Application.candidate_id)
        .join(Project, Project.id == Application.project_id)
        .where(
            # Before the names are revealed a decision told here would say whose code it was.
            or_(
                Application.status.in_(("applied", "shortlisted")),
                and_(Application.status.in_(("not_selected", "withdrawn")), ~visible_sql(), ~by_name_sql()),
            ),
            Project.status.in_(("open", "selecting")),
            Project.id.not_in(filled),
        )
    )
    near = select(PoolEntry.candidate_id).where(PoolEntry.reason == "near_miss_intern", live_pool(today))
    return case(
        (among(outcome.where(jobs, accepted), Outcome.candidate_id), "hired"),
        (among(outcome.where(Outcome.kind == "internship"), Outcome.candidate_id), "intern_offer"),
        (among(engagement.where(Engagement.status.in_(AT_WORK)), Engagement.candidate_id), "micro_intern"),
        (among(offers, Application.candidate_id), "offered"),
        (among(outcome.where(jobs, Outcome.accepted_on.is_(None)), Outcome.candidate_id), "offered"),
        (among(applied, Application.candidate_id), "applicant"),
        (among(near, PoolEntry.candidate_id), "near_miss"),
        (among(engagement.where(Engagement.status == "accepted"), Engagement.candidate_id), "past_micro_intern"),
        else_="prospect",
    )
