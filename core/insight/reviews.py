"""Both sides of work done, sealed until both are in or the day has come that was named at the start; and half-way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.engagements import EngagementRow, engagement_rows
from core.model import Colleague, CompetencyMark, Engagement, Evaluation, FitReview, MidCheck, Project
from core.model.words import COMPETENCIES
from core.store import Store
from core.text import short_day

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
    "interest": "Interest in a role here",
}
HALF_WAY = {"clarity": "Clear brief", "support": "Support", "workload": "Workload as agreed"}


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
    wants_next: str = ""


@dataclass(frozen=True, slots=True)
class HalfWay:
    """The student's word half-way. `marks` as TheirSide has them; `hours` worked so far, None where not said."""

    received_on: date
    marks: tuple[tuple[str, int], ...]
    hours: int | None
    going_well: str
    in_the_way: str


@dataclass(frozen=True, slots=True)
class BothSides:
    """`theirs` is None until the reviews are open; `words` says who is waited for, or "" when both can be read.

    `opens_on`: the day named at the start. `mid`: our views half-way; `half_way`: the student's.
    """

    engagement: EngagementRow
    ours: tuple[OurSide, ...]
    theirs: TheirSide | None
    theirs_in: bool
    words: str
    opens_on: date | None = None
    mid: tuple[OurSide, ...] = ()
    half_way: HalfWay | None = None


def reviews(store: Store, *, today: date) -> list[BothSides]:
    """Of all work delivered or ended early; what still waits for a side first, then the latest."""
    found = _both(store, _ids(store, "delivered", "accepted", "ended_early"), today)
    return sorted(found, key=lambda one: bool(one.ours) and one.theirs_in)


def running(store: Store, *, today: date) -> list[BothSides]:
    """Of all work that runs, for what is said half-way; the next due first."""
    found = _both(store, _ids(store, "running"), today)
    return sorted(found, key=lambda one: (one.engagement.due_on, one.engagement.id))


def both_sides(store: Store, engagement_id: str, *, today: date) -> BothSides:
    found = _both(store, [engagement_id], today)
    if not found:
        raise UserError("This engagement is no longer in the store.")
    return found[0]


def of_candidate(store: Store, candidate_id: str, *, today: date) -> list[BothSides]:
    """All that one student worked on with us, the first first."""
    with store.read() as session:
        begun = ("running", "delivered", "accepted", "ended_early")
        ids = session.scalars(
            select(Engagement.id)
            .where(Engagement.candidate_id == candidate_id, Engagement.status.in_(begun))
            .order_by(Engagement.kick_off_on, Engagement.id)
        ).all()
    found = {one.engagement.id: one for one in _both(store, list(ids), today)}
    return [found[one] for one in ids]


def competencies(store: Store, engagement_id: str) -> tuple[str, ...]:
    """Those that the project of this engagement is about."""
    with store.read() as session:
        query = select(Project.competencies).join(Engagement, Engagement.project_id == Project.id)
        return tuple(session.scalar(query.where(Engagement.id == engagement_id)) or ())


def _ids(store: Store, *states: str) -> list[str]:
    with store.read() as session:
        query = select(Engagement.id).where(Engagement.status.in_(states))
        return list(session.scalars(query.order_by(Engagement.kick_off_on.desc(), Engagement.id)))


def _both(store: Store, ids: list[str], today: date) -> list[BothSides]:
    with store.read() as session:
        rows = engagement_rows(session, ids, today)
        ours = _ours(session, ids)
        theirs = {
            one.engagement_id: one for one in session.scalars(select(FitReview).where(FitReview.engagement_id.in_(ids)))
        }
        half = {
            one.engagement_id: one for one in session.scalars(select(MidCheck).where(MidCheck.engagement_id.in_(ids)))
        }
        named = select(Engagement.id, Engagement.reviews_open_on).where(Engagement.id.in_(ids))
        days: dict[str, date | None] = dict(session.execute(named).all())
    return [
        replace(
            _one(row, ours[row.id, "end"], theirs.get(row.id), days.get(row.id), today),
            mid=ours[row.id, "mid"],
            half_way=_half_way(half.get(row.id)),
        )
        for row in rows
    ]


def _ours(session: Session, ids: list[str]) -> dict[tuple[str, str], tuple[OurSide, ...]]:
    """By engagement and occasion."""
    marks: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    given = select(CompetencyMark).join(Evaluation, Evaluation.id == CompetencyMark.evaluation_id)
    for mark in session.scalars(given.where(Evaluation.engagement_id.in_(ids))):
        marks[mark.evaluation_id].append((mark.competency, mark.level, mark.evidence))
    ours: dict[tuple[str, str], tuple[OurSide, ...]] = defaultdict(tuple)
    query = (
        select(Evaluation, Colleague.name)
        .join(Colleague, Colleague.id == Evaluation.rater_id)
        .where(Evaluation.engagement_id.in_(ids), Evaluation.submitted_at.is_not(None))
        .order_by(Colleague.name)
    )
    for one, rater in session.execute(query):
        side = OurSide(
            one.id,
            one.rater_id,
            rater,
            one.submitted_at.date() if one.submitted_at else None,
            one.overall,
            tuple(sorted(marks[one.id], key=lambda mark: COMPETENCIES.index(mark[0]))),
            one.comment,
            one.private_comment,
        )
        ours[one.engagement_id or "", one.occasion] += (side,)
    return ours


def _half_way(check: MidCheck | None) -> HalfWay | None:
    if check is None:
        return None
    return HalfWay(check.received_on, _marks(check, HALF_WAY), check.hours, check.going_well, check.in_the_way)


def _marks(row: FitReview | MidCheck, aspects: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple((name, mark) for key, name in aspects.items() if (mark := getattr(row, key)) is not None)


def _one(
    row: EngagementRow, ours: tuple[OurSide, ...], review: FitReview | None, opens_on: date | None, today: date
) -> BothSides:
    due = opens_on is not None and opens_on <= today
    until = f", or on {short_day(opens_on, today)}" if opens_on is not None and not due else ""
    words = "Neither side is in yet."
    if review is not None and not ours:
        words = (
            "Their side is open, as its day has come; yours is missing."
            if due
            else (f"Their side is in; it opens once yours is{until}.")
        )
    elif review is not None:
        words = ""
    elif ours:
        words = "Your side is in; theirs is still to come."
    theirs = None
    if review is not None and (ours or due):
        theirs = TheirSide(review.received_on, _marks(review, ASPECTS), review.reflection, review.wants_next)
    return BothSides(row, ours, theirs, review is not None, words, opens_on)
