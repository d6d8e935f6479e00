"""Milestones as they stand for one student: completed, overdue or still to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.parts import chunks
from core.model import Engagement, Extension, Milestone, MilestoneDone, Offer, Project


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """`due_on`: as it stands after the time that was granted. `state`: completed, overdue or upcoming."""

    id: str
    text: str
    due_on: date | None
    done_on: date | None
    state: str


def moved(day: date, agreed_due: date, granted: Sequence[tuple[date, date]]) -> date:
    """A day of the plan after the time that was granted: (asked on, new due date) in their order.

    What lay before the day of asking stays; what lies after it moves as far as the due date did. Pure.
    """
    due = agreed_due
    for asked_on, new_due in granted:
        if day >= asked_on:
            day += new_due - due
        due = new_due
    return day


def milestones_of(session: Session, ids: Iterable[str], today: date) -> dict[str, list[MilestoneState]]:
    """By engagement, in the order of the brief. Overdue is one only while its student is at work."""
    found: dict[str, list[MilestoneState]] = {}
    for part in chunks(list(ids)):
        query = (
            select(Engagement, Offer.kick_off_on, Offer.due_on, Project.kick_off_on)
            .join(Offer, Offer.id == Engagement.offer_id)
            .join(Project, Project.id == Engagement.project_id)
            .where(Engagement.id.in_(part))
        )
        work = session.execute(query).all()
        plans: dict[str, list[Milestone]] = defaultdict(list)
        wanted = select(Milestone).where(Milestone.project_id.in_({row[0].project_id for row in work}))
        for row in session.scalars(wanted.order_by(Milestone.position, Milestone.id)):
            plans[row.project_id].append(row)
        marks = select(MilestoneDone).where(MilestoneDone.engagement_id.in_(part))
        done = {(row.engagement_id, row.milestone_id): row.done_on for row in session.scalars(marks)}
        granted = _granted(session, part)
        for one, begins, agreed_due, planned in work:
            # Someone who begins on another day than the brief says has the same time for each part.
            later = begins - planned if planned is not None else timedelta(0)
            found[one.id] = [
                _state(row, one, later, agreed_due, granted[one.id], done.get((one.id, row.id)), today)
                for row in plans[one.project_id]
            ]
    return found


def _state(
    row: Milestone,
    one: Engagement,
    later: timedelta,
    agreed_due: date,
    granted: Sequence[tuple[date, date]],
    done_on: date | None,
    today: date,
) -> MilestoneState:
    due = min(moved(row.due_on + later, agreed_due, granted), one.due_on) if row.due_on else None
    late = due is not None and due < today and one.status == "running"
    return MilestoneState(row.id, row.text, due, done_on, "completed" if done_on else "overdue" if late else "upcoming")


def _granted(session: Session, ids: Sequence[str]) -> dict[str, list[tuple[date, date]]]:
    query = select(Extension).where(Extension.engagement_id.in_(ids), Extension.granted.is_(True))
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in session.scalars(query.order_by(Extension.new_due_on, Extension.id)):
        found[row.engagement_id].append((row.asked_on, row.new_due_on))
    return found


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A day to talk, and why that one."""

    on: date
    why: str


def next_check_in(
    milestones: Sequence[MilestoneState], planned: Sequence[date], started_on: date, due_on: date, today: date
) -> Suggestion | None:
    """The day of the next milestone, else the middle of the time; None where a talk is planned already. Pure."""
    if any(day >= today for day in planned):
        return None
    days = sorted((one.due_on, one.text) for one in milestones if one.state == "upcoming" and one.due_on is not None)
    for day, words in days:
        if day >= today:
            return Suggestion(day, f"“{words}” is due then")
    middle = started_on + timedelta(days=(due_on - started_on).days // 2)
    return Suggestion(middle, "half of the time is over then") if today <= middle < due_on else None
