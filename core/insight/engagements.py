"""Work agreed and under way: where it stands, what it took, what is due and paid, and both sides' reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.money import FeeState, fee_states
from core.insight.open_reviews import theirs_may_be_read
from core.insight.parts import number_words
from core.insight.progress import KINDS
from core.insight.story import work_ratings
from core.model import Candidate, Colleague, Engagement, FitReview, HourEntry, Project
from core.model.words import ENGAGEMENT_STATES, VERDICTS
from core.states import AT_WORK
from core.store import Store


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """`days_late`: days past the due date while at work, else 0. `rating`: "3.6" of 4 or "" until ours is in.

    `review_in`: the student's view is in; `readable`: and may be read by now.
    """

    id: str
    offer_id: str
    application_id: str
    project_id: str
    project: str
    number: str
    candidate_id: str
    candidate: str
    supervisor: str
    state: str
    words: str
    kind: str
    estimated_hours: int
    minutes_logged: int
    supervision_minutes: int
    agreed_on: date
    kick_off_on: date
    due_on: date
    started_on: date | None
    delivered_on: date | None
    accepted_on: date | None
    ended_on: date | None
    ended_why: str
    verdict_words: str
    days_late: int
    fee: FeeState
    rating: str
    review_in: bool
    readable: bool
    reviews_open_on: date | None


def engagements(
    store: Store, *, today: date, project_id: str | None = None, candidate_id: str | None = None
) -> list[EngagementRow]:
    """The latest kick-off first."""
    query = select(Engagement.id).order_by(Engagement.kick_off_on.desc(), Engagement.id)
    if project_id is not None:
        query = query.where(Engagement.project_id == project_id)
    if candidate_id is not None:
        query = query.where(Engagement.candidate_id == candidate_id)
    with store.read() as session:
        return engagement_rows(session, list(session.scalars(query)), today)


def engagement_rows(session: Session, ids: list[str], today: date) -> list[EngagementRow]:
    """In the order asked for."""
    fees, ratings = fee_states(session, ids, today=today), work_ratings(session, ids)
    reviewed = set(session.scalars(select(FitReview.engagement_id).where(FitReview.engagement_id.in_(ids))))
    open_ = select(Engagement.id).where(Engagement.id.in_(reviewed), theirs_may_be_read(today))
    readable = set(session.scalars(open_)) if reviewed else set()
    logged = minutes_logged(session, ids)
    query = (
        select(Engagement, Project.title, Project.number, Candidate.first_name, Candidate.last_name, Colleague.name)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .outerjoin(Colleague, Colleague.id == Engagement.supervisor_id)
        .where(Engagement.id.in_(ids))
    )
    found = {}
    for one, title, number, first, last, supervisor in session.execute(query):
        late = (today - one.due_on).days if one.status in AT_WORK - {"delivered"} else 0
        found[one.id] = EngagementRow(
            id=one.id,
            offer_id=one.offer_id,
            application_id=one.application_id,
            project_id=one.project_id,
            project=title,
            number=number_words("P", number),
            candidate_id=one.candidate_id,
            candidate=f"{first} {last}".strip(),
            supervisor=supervisor or "",
            state=one.status,
            words=ENGAGEMENT_STATES[one.status],
            kind=KINDS.get(one.status, "neutral"),
            estimated_hours=one.estimated_hours,
            minutes_logged=logged.get(one.id, 0),
            supervision_minutes=one.supervision_minutes,
            agreed_on=one.agreed_on,
            kick_off_on=one.kick_off_on,
            due_on=one.due_on,
            started_on=one.started_on,
            delivered_on=one.delivered_on,
            accepted_on=one.accepted_on,
            ended_on=one.ended_on,
            ended_why=one.ended_why,
            verdict_words=VERDICTS.get(one.verdict, ""),
            days_late=max(0, late),
            fee=fees[one.id],
            rating=ratings.get(one.id, ""),
            review_in=one.id in reviewed,
            readable=one.id in readable,
            reviews_open_on=one.reviews_open_on,
        )
    return [found[row_id] for row_id in ids if row_id in found]


def minutes_logged(session: Session, ids: Iterable[str]) -> dict[str, int]:
    query = select(HourEntry.engagement_id, func.sum(HourEntry.minutes)).where(HourEntry.engagement_id.in_(list(ids)))
    found: dict[str, int] = defaultdict(int)
    found.update((row[0], row[1]) for row in session.execute(query.group_by(HourEntry.engagement_id)))
    return found
