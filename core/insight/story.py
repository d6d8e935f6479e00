"""What happened between a candidate and us, newest first, each with the words and the thing it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core import money
from core.insight.open_reviews import ours_may_leave, theirs_may_be_read
from core.insight.parts import rounded
from core.insight.progress import progress
from core.model import (
    Application,
    Candidate,
    CompetencyMark,
    Engagement,
    Evaluation,
    FitReview,
    Instalment,
    Offer,
    Outcome,
    Payment,
    PoolEntry,
    Project,
    Touch,
)
from core.model.words import OUTCOME_KINDS, POOL_REASONS, TOUCH_KINDS
from core.states import offer_state
from core.text import line, ordinal, plural, short_day

Ref = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StoryItem:
    """`link_words` stands within `words` and opens `link`. `kind`: touch, application, offer, work, review, payment,
    pool, outcome or contact.
    """

    on: date
    kind: str
    words: str
    link: Ref | None = None
    link_words: str = ""


def story(session: Session, candidate: Candidate, today: date, *, leaving: bool = False) -> list[StoryItem]:
    """`leaving`: for a paper that may be handed out, so without how we rated work whose review is still closed."""
    titles = {row[0]: row[1] for row in session.execute(_titles(candidate.id))}
    items = [
        *_first(candidate),
        *_touches(session, candidate.id, titles),
        *_pool(session, candidate.id),
        *_applications(session, candidate.id, titles, today),
        *_work(session, candidate.id, titles, today, leaving),
        *_payments(session, candidate.id, titles),
        *_outcomes(session, candidate.id),
    ]
    order = {item: place for place, item in enumerate(items)}
    return sorted(items, key=lambda item: (item.on, order[item]), reverse=True)


def _titles(candidate_id: str) -> Select[str, str]:
    about = select(Application.project_id).where(Application.candidate_id == candidate_id)
    touched = select(Touch.project_id).where(Touch.candidate_id == candidate_id, Touch.project_id.is_not(None))
    return select(Project.id, Project.title).where(or_(Project.id.in_(about), Project.id.in_(touched)))


def _first(candidate: Candidate) -> Iterator[StoryItem]:
    if candidate.first_contact_on is not None:
        source = f", {candidate.source}" if candidate.source else ""
        yield StoryItem(candidate.first_contact_on, "contact", f"First contact{source}")


def _touches(session: Session, row_id: str, titles: dict[str, str]) -> Iterator[StoryItem]:
    query = select(Touch).where(Touch.candidate_id == row_id, Touch.made_on.is_not(None)).order_by(Touch.created_at)
    for touch in session.scalars(query):
        if touch.made_on is None:
            continue
        words = TOUCH_KINDS.get(touch.kind, touch.kind)
        title = titles.get(touch.project_id or "", "")
        if title:
            words += f" about {title}"
        if touch.text:
            words += f": {line(touch.text)}"
        yield StoryItem(touch.made_on, "touch", words, ("projects", touch.project_id or "") if title else None, title)


def _pool(session: Session, row_id: str) -> Iterator[StoryItem]:
    query = select(PoolEntry).where(PoolEntry.candidate_id == row_id).order_by(PoolEntry.created_at)
    for entry in session.scalars(query):
        words = pool_words(entry.reason, entry.year, entry.rank, entry.of_count)
        if entry.reason != "near_miss_intern":
            words = f"Kept in the pool: {words[0].lower()}{words[1:]}"
        yield StoryItem(entry.began_on, "pool", words)
        if entry.ended_on is not None:
            yield StoryItem(entry.ended_on, "pool", "No longer kept in the pool")


def pool_words(reason: str, year: int | None, rank: int | None, of_count: int | None) -> str:
    """Just missed the internship 2026 · 2nd of 11"""
    words = POOL_REASONS.get(reason, reason)
    if year is not None and reason == "near_miss_intern":
        words += f" {year}"
    if rank is not None:
        words += f" · {ordinal(rank)}" + (f" of {of_count}" if of_count else "")
    return words


def _applications(session: Session, row_id: str, titles: dict[str, str], today: date) -> Iterator[StoryItem]:
    applications = {
        one.id: one for one in session.scalars(select(Application).where(Application.candidate_id == row_id))
    }
    shown = {row_id for row_id, one in progress(session, applications, today=today).items() if one.visible}
    for one in applications.values():
        title, link = titles[one.project_id], ("projects", one.project_id)
        if one.invited_on is not None:
            yield StoryItem(one.invited_on, "application", f"Invited to {title}", link, title)
        if one.applied_on is not None:
            yield StoryItem(one.applied_on, "application", f"Applied to {title}", link, title)
        # Before the reveal a decision told here would say whose code it was.
        verb = {"withdrawn": "Withdrew from", "not_selected": "Not selected for"}.get(one.status)
        if one.decided_on is not None and verb and (one.id in shown or one.status == "withdrawn"):
            yield StoryItem(one.decided_on, "application", f"{verb} {title}", link, title)
    query = select(Offer).where(Offer.application_id.in_(applications)).order_by(Offer.created_at)
    for offer in session.scalars(query):
        title = titles[applications[offer.application_id].project_id]
        yield from _offer(offer, title, today)


def _offer(offer: Offer, title: str, today: date) -> Iterator[StoryItem]:
    link = ("offers", offer.id)
    if offer.sent_on is not None:
        fee = money.show(offer.fee, offer.currency)
        yield StoryItem(offer.sent_on, "offer", f"Was offered {title}, {offer.hours} h, {fee}", link, title)
    answers = {"accepted": "Accepted the offer for", "declined": "Declined the offer for"}
    if offer.answered_on is not None and offer.status in answers:
        yield StoryItem(offer.answered_on, "offer", f"{answers[offer.status]} {title}", link, title)
    if offer.answered_on is not None and offer.status == "withdrawn" and offer.sent_on is not None:
        yield StoryItem(offer.answered_on, "offer", f"We withdrew the offer for {title}", link, title)
    if offer.expires_on is not None and offer_state(offer.status, offer.expires_on, today) == "expired":
        yield StoryItem(offer.expires_on, "offer", f"The offer for {title} expired without an answer", link, title)


def _work(session: Session, row_id: str, titles: dict[str, str], today: date, leaving: bool) -> Iterator[StoryItem]:
    engagements = list(session.scalars(select(Engagement).where(Engagement.candidate_id == row_id)))
    ids = [one.id for one in engagements]
    fees: dict[str, tuple[int, str]] = {}
    for part in session.scalars(select(Instalment).where(Instalment.engagement_id.in_(ids))):
        fees[part.engagement_id] = (fees.get(part.engagement_id, (0, ""))[0] + part.amount, part.currency)
    rated_ids = ids
    if leaving:
        may = select(Engagement.id).where(Engagement.id.in_(ids), ours_may_leave(today))
        rated_ids = list(session.scalars(may))
    ratings = work_ratings(session, rated_ids)
    reviews = {one.engagement_id: one for one in session.scalars(_reviews(ids))}
    readable = set(session.scalars(select(Engagement.id).where(Engagement.id.in_(ids), theirs_may_be_read(today))))
    for one in engagements:
        title, link = titles[one.project_id], ("engagements", one.id)
        fee = f", {money.show(*fees[one.id])}" if one.id in fees else ""
        rated = f" · rated {ratings[one.id]} of 4" if one.id in ratings else ""
        if one.started_on is not None:
            yield StoryItem(one.started_on, "work", f"Began {title}", link, title)
        if one.delivered_on is not None:
            yield StoryItem(
                one.delivered_on, "work", f"Delivered {title}, {one.estimated_hours} h{fee}{rated}", link, title
            )
        if one.accepted_on is not None:
            yield StoryItem(one.accepted_on, "work", f"We accepted {title}", link, title)
        if one.ended_on is not None and one.status in _ENDS:
            why = f": {one.ended_why}" if one.ended_why else ""
            yield StoryItem(one.ended_on, "work", f"{_ENDS[one.status]} {title}{why}", link, title)
        if (review := reviews.get(one.id)) is not None:
            yield StoryItem(review.received_on, "review", review_words(review, one.id in readable), link)


_ENDS = {"ended_early": "Ended early:", "did_not_show": "Did not show up for", "cancelled": "Called off:"}


def _reviews(engagement_ids: list[str]) -> Select[FitReview]:
    return select(FitReview).where(FitReview.engagement_id.in_(engagement_ids))


def review_words(review: FitReview, readable: bool) -> str:
    """Sealed until both sides are in, or their day has come."""
    if not readable:
        return "Their view of you is in; it opens once yours is"
    marks = [
        f"{name} {mark}"
        for name, mark in (
            ("overall", review.overall), ("clear brief", review.clarity), ("support", review.support),
            ("communication", review.communication), ("workload", review.workload),
        )
        if mark is not None
    ]  # fmt: skip
    if review.work_again is not None:
        marks.append("would work here again" if review.work_again >= 3 else "would rather not work here again")
    return "Their view of you: " + (", ".join(marks) or "no marks")


def work_ratings(session: Session, engagement_ids: list[str]) -> dict[str, str]:
    """ "3.6" by engagement: the mean of the competency marks handed in, else of the overall marks."""
    query = select(Evaluation.engagement_id, Evaluation.overall, CompetencyMark.level).outerjoin(
        CompetencyMark, CompetencyMark.evaluation_id == Evaluation.id
    )
    marks: dict[str, list[int]] = {}
    overall: dict[str, list[int]] = {}
    for row_id, mark, level in session.execute(
        query.where(
            Evaluation.engagement_id.in_(engagement_ids),
            Evaluation.occasion == "end",
            Evaluation.submitted_at.is_not(None),
        )
    ):
        if row_id is None:
            continue
        marks.setdefault(row_id, [])
        if level is not None:
            marks[row_id].append(level)
        if mark is not None:
            overall.setdefault(row_id, []).append(mark)
    found = {}
    for row_id, levels in marks.items():
        if given := levels or overall.get(row_id, []):
            found[row_id] = str(rounded(Fraction(sum(given), len(given))))
    return found


def _payments(session: Session, row_id: str, titles: dict[str, str]) -> Iterator[StoryItem]:
    query = (
        select(Payment, Engagement.project_id)
        .join(Engagement, Engagement.id == Payment.engagement_id)
        .where(Payment.candidate_id == row_id)
        .order_by(Payment.created_at)
    )
    for payment, project_id in session.execute(query):
        title, paid = titles[project_id], money.show(payment.amount, payment.currency)
        grant = " from a campus grant" if payment.paid_from == "campus_grant" else ""
        link = ("engagements", payment.engagement_id)
        yield StoryItem(payment.paid_on, "payment", f"Was paid {paid}{grant} for {title}", link, title)


def _outcomes(session: Session, row_id: str) -> Iterator[StoryItem]:
    for outcome in session.scalars(select(Outcome).where(Outcome.candidate_id == row_id).order_by(Outcome.created_at)):
        words = OUTCOME_KINDS.get(outcome.kind, outcome.kind)
        place = f", {outcome.place}" if outcome.place else ""
        yield StoryItem(outcome.offered_on, "outcome", f"{words} offered{place}")
        if outcome.accepted_on is not None:
            start = f", from {short_day(outcome.starts_on)}" if outcome.starts_on else ""
            yield StoryItem(outcome.accepted_on, "outcome", f"{words} accepted{start}")


@dataclass(frozen=True, slots=True)
class NextTouch:
    """`days_late` is below 0 for one still ahead. `touch_id` for a planned contact, else the pool says so."""

    on: date
    days_late: int
    words: str
    touch_id: str | None


def next_touch(session: Session, candidate_id: str, today: date) -> NextTouch | None:
    """The earliest planned contact or next date of a live pool entry."""
    planned = select(Touch).where(
        Touch.candidate_id == candidate_id, Touch.made_on.is_(None), Touch.planned_on.is_not(None)
    )
    due: list[tuple[date, int, str, str | None]] = [
        (touch.planned_on, 0, line(touch.text) or TOUCH_KINDS.get(touch.kind, touch.kind), touch.id)
        for touch in session.scalars(planned)
        if touch.planned_on is not None
    ]
    live = select(PoolEntry).where(PoolEntry.candidate_id == candidate_id, PoolEntry.next_touch_on.is_not(None))
    live = live.where(or_(PoolEntry.ended_on.is_(None), PoolEntry.ended_on > today))
    due += [(entry.next_touch_on, 1, entry.note, None) for entry in session.scalars(live) if entry.next_touch_on]
    if not due:
        return None
    on, _, note, touch_id = min(due, key=lambda one: one[:2])
    late = (today - on).days
    said = [f"{plural(late, 'day')} late"] if late > 0 else ["today"] if late == 0 else []
    words = ", ".join([f"Touch due {short_day(on, today)}", *said]) + (f" · “{note}”" if note else "")
    return NextTouch(on, late, words, touch_id)
