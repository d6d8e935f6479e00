"""Both sides of work done: ours and the student's, sealed until both are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.errors import UserError
from core.insight.engagements import EngagementRow, engagement_rows
from core.model import Colleague, CompetencyMark, Engagement, Evaluation, FitReview
from core.model.words import COMPETENCIES
from core.store import Store

ASPECTS = {
    "overall": "Overall",
    "communication": "Communication",
    "preparedness": "Preparedness",
    "professionalism": "Professionalism",
    "responsiveness": "Responsiveness",
    "clarity": "Clear brief",
    "support": "Support",
    "workload": "Workload as agreed",
    "work_again": "Would work here again",
}


@dataclass(frozen=True, slots=True)
class OurSide:
    """`marks`: (competency, level, evidence). `private_comment` is for us alone and on no paper."""

    evaluation_id: str
    rater_id: str
    rater: str
    on: date | None
    overall: int | None
    marks: tuple[tuple[str, int, str], ...]
    comment: str
    private_comment: str


@dataclass(frozen=True, slots=True)
class TheirSide:
    """`marks`: (aspect in words, mark), only where one was given."""

    received_on: date
    marks: tuple[tuple[str, int], ...]
    reflection: str


@dataclass(frozen=True, slots=True)
class BothSides:
    """`theirs` is None until both sides are in; `words` says who is waited for, or "" when they are open."""

    engagement: EngagementRow
    ours: tuple[OurSide, ...]
    theirs: TheirSide | None
    theirs_in: bool
    words: str


def reviews(store: Store, *, today: date) -> list[BothSides]:
    """Of all work delivered or ended early; what still waits for a side first, then the latest."""
    with store.read() as session:
        ids = list(
            session.scalars(
                select(Engagement.id)
                .where(Engagement.status.in_(("delivered", "accepted", "ended_early")))
                .order_by(Engagement.kick_off_on.desc(), Engagement.id)
            )
        )
    found = _both(store, ids, today)
    return sorted(found, key=lambda one: bool(one.ours) and one.theirs_in)


def both_sides(store: Store, engagement_id: str, *, today: date) -> BothSides:
    found = _both(store, [engagement_id], today)
    if not found:
        raise UserError("This engagement is no longer in the store.")
    return found[0]


def _both(store: Store, ids: list[str], today: date) -> list[BothSides]:
    with store.read() as session:
        rows = engagement_rows(session, ids, today)
        marks: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        given = select(CompetencyMark).join(Evaluation, Evaluation.id == CompetencyMark.evaluation_id)
        for mark in session.scalars(given.where(Evaluation.engagement_id.in_(ids))):
            marks[mark.evaluation_id].append((mark.competency, mark.level, mark.evidence))
        ours: dict[str, list[OurSide]] = defaultdict(list)
        query = (
            select(Evaluation, Colleague.name)
            .join(Colleague, Colleague.id == Evaluation.rater_id)
            .where(Evaluation.engagement_id.in_(ids), Evaluation.submitted_at.is_not(None))
            .order_by(Colleague.name)
        )
        for one, rater in session.execute(query):
            if one.engagement_id is None:
                continue
            ours[one.engagement_id].append(
                OurSide(
                    one.id,
                    one.rater_id,
                    rater,
                    one.submitted_at.date() if one.submitted_at else None,
                    one.overall,
                    tuple(sorted(marks[one.id], key=lambda mark: COMPETENCIES.index(mark[0]))),
                    one.comment,
                    one.private_comment,
                )
            )
        theirs = {
            one.engagement_id: one for one in session.scalars(select(FitReview).where(FitReview.engagement_id.in_(ids)))
        }
    return [_one(row, tuple(ours[row.id]), theirs.get(row.id)) for row in rows]


def _one(row: EngagementRow, ours: tuple[OurSide, ...], review: FitReview | None) -> BothSides:
    words = "Neither side is in yet."
    if review is not None:
        words = "" if ours else "Their side is in; it opens once yours is."
    elif ours:
        words = "Your side is in; theirs is still to come."
    theirs = None
    if review is not None and ours:
        marks = [(name, mark) for key, name in ASPECTS.items() if (mark := getattr(review, key)) is not None]
        theirs = TheirSide(review.received_on, tuple(marks), review.reflection)
    return BothSides(row, ours, theirs, review is not None, words)
