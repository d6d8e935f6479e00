"""What waits for us today, most of it from facts and the date alone; each line says why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from core import money
from core.insight.declining import tell_waiting
from core.insight.glance import Waiting
from core.insight.money import fee_states
from core.insight.project_waiting import projects_waiting
from core.insight.to_dos import to_dos_waiting
from core.insight.touch_waiting import near_misses_waiting, touches_waiting
from core.insight.wages import wage_waiting
from core.insight.work_waiting import check_ins_waiting, milestones_waiting, windows_waiting
from core.model import (
    Application,
    Candidate,
    Engagement,
    Evaluation,
    Extension,
    Offer,
    Project,
    Rubric,
)
from core.states import AT_WORK
from core.text import plural, short_day

Ref = tuple[str, str]
EXPIRES_SOON = 7
DUE_SOON = 3
CLOSES_SOON = 3
EVALUATE_WITHIN = 60
GIVEN_BACK = ("cancelled", "did_not_show", "ended_early")
"""States of an engagement that give its opening back."""
_MOST_TOUCHES = 20


def waiting(session: Session, me: str | None, today: date) -> list[Waiting]:
    """In the order in which to take them."""
    return [
        *_scoring(session, me, today),
        *_work(session, today),
        *_offers(session, today),
        *projects_waiting(session, today),
        *_money(session, today),
        *wage_waiting(session),
        *windows_waiting(session, today),
        *milestones_waiting(session, today),
        *check_ins_waiting(session, today),
        *_extensions(session, today),
        *_to_evaluate(session, today),
        *tell_waiting(session, today),
        *touches_waiting(session, today),
        *near_misses_waiting(session, today),
        *to_dos_waiting(session, today),
    ]


def _days(count: int) -> str:
    return plural(count, "day")


def until(days: int) -> str:
    """today, tomorrow, in 3 days"""
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {_days(days)}"


def _late(days: int) -> tuple[str, str]:
    """Chip and its kind for something due that many days ago."""
    return (f"{_days(days)} late", "red") if days > 0 else ("due today", "amber")


def to_score(session: Session, me: str | None) -> dict[str, tuple[int, int]]:
    """By project: how many live applications there are to score, and how many of them this rater has not handed in.

    Without a rater: that nobody has handed in.
    """
    done = select(Evaluation.application_id).where(
        Evaluation.application_id.is_not(None), Evaluation.submitted_at.is_not(None)
    )
    if me is not None:
        done = done.where(Evaluation.rater_id == me)
    offered = select(Offer.application_id).where(Offer.status != "withdrawn")
    query = (
        select(Application.project_id, func.count(), func.count().filter(Application.id.not_in(done)))
        .join(Project, Project.id == Application.project_id)
        .where(
            Application.status.in_(("applied", "shortlisted")),
            Project.status.in_(("open", "selecting")),
            Application.id.not_in(offered),
            Application.project_id.in_(select(Rubric.project_id)),
            Project.id.not_in(filled()),
        )
        .group_by(Application.project_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def filled() -> Select[str]:
    """Projects without an opening left."""
    live = Engagement.status.not_in(GIVEN_BACK)
    return (
        select(Project.id)
        .join(Engagement, Engagement.project_id == Project.id)
        .where(live)
        .group_by(Project.id, Project.openings)
        .having(func.count() >= Project.openings)
    )


def _scoring(session: Session, me: str | None, today: date) -> Iterator[Waiting]:
    counts = to_score(session, me)
    if not counts:
        return
    query = select(Project.id, Project.title, Project.apply_by, Project.openings, Project.status)
    rows = session.execute(query.where(Project.id.in_(counts)))
    found = sorted(rows, key=lambda row: (row[2] or date.max, row[1]))
    for row_id, title, apply_by, *_ in found:
        if mine := counts[row_id][1]:
            chip, kind = _closing(apply_by, today)
            subject = f"Score {plural(mine, 'application')}"
            yield Waiting("score", "Open scoring", subject, title, chip, kind, 8 * mine, ("projects", row_id))
    taken = _taken(session, counts, today)
    for row_id, title, apply_by, openings, status in found:
        live, mine = counts[row_id]
        closed = apply_by is not None and apply_by < today
        if not mine and (closed or status == "selecting") and taken.get(row_id, 0) < openings:
            chip = f"waiting {_days((today - apply_by).days)}" if apply_by and closed else "closed by hand"
            subject = f"Decide on {plural(live, 'application')}"
            yield Waiting("decide", "Reveal and decide", subject, title, chip, "neutral", 10, ("projects", row_id))


def _taken(session: Session, project_ids: Iterable[str], today: date) -> dict[str, int]:
    """By project: openings taken by someone at work or done, or by an offer that may still be accepted."""
    query = (
        select(Application.project_id, func.count(Application.id.distinct()))
        .join(Offer, Offer.application_id == Application.id)
        .outerjoin(Engagement, Engagement.offer_id == Offer.id)
        .where(
            Application.project_id.in_(list(project_ids)),
            or_(
                Offer.status == "drafted",
                and_(Offer.status == "sent", or_(Offer.expires_on.is_(None), Offer.expires_on >= today)),
                and_(Offer.status == "accepted", Engagement.status.not_in(GIVEN_BACK)),
            ),
        )
        .group_by(Application.project_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _closing(apply_by: date | None, today: date) -> tuple[str, str]:
    if apply_by is None:
        return "no closing day", "neutral"
    days = (apply_by - today).days
    if days < 0:
        return f"closed {_days(-days)} ago", "amber"
    return f"closes {until(days)}" if days < 14 else f"closes {short_day(apply_by, today)}", (
        "amber" if days <= CLOSES_SOON else "neutral"
    )


def _work(session: Session, today: date) -> Iterator[Waiting]:
    """Delivered work to approve, kick-offs to record, work that is overdue or due soon."""
    soon = today + timedelta(days=DUE_SOON)
    query = (
        select(Engagement, Project.title, Candidate.first_name, Candidate.last_name)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .where(
            or_(
                Engagement.status == "delivered",
                and_(Engagement.status == "agreed", Engagement.kick_off_on <= soon),
                and_(Engagement.status == "running", Engagement.due_on <= soon),
            )
        )
        .order_by(Engagement.due_on, Engagement.id)
    )
    found = [(one, f"{first} {last}".strip() + f" · {title}") for one, title, first, last in session.execute(query)]
    for one, detail in found:
        if one.status == "delivered":
            days = (today - (one.delivered_on or today)).days
            chip, kind = (f"waiting {_days(days)}", "amber" if days > 7 else "neutral") if days else ("new", "neutral")
            yield Waiting(
                "approve", "Review", "Approve delivered work", detail, chip, kind, 12, ("engagements", one.id)
            )
    for one, detail in found:
        if one.status == "agreed":
            days = (one.kick_off_on - today).days
            chip, kind = (f"{until(days)}", "amber") if days >= 0 else _late(-days)
            yield Waiting("kick_off", "Kick off", "Kick-off is due", detail, chip, kind, 10, ("engagements", one.id))
    for one, detail in found:
        if one.status == "running":
            days = (one.due_on - today).days
            chip, kind = (f"due {until(days)}", "amber") if days >= 0 else _late(-days)
            subject = "Work is due" if days >= 0 else "Work is overdue"
            yield Waiting("check_in", "Check in", subject, detail, chip, kind, 5, ("engagements", one.id))


def _offers(session: Session, today: date) -> Iterator[Waiting]:
    query = (
        select(Offer, Project.title, Candidate.first_name, Candidate.last_name)
        .join(Application, Application.id == Offer.application_id)
        .join(Project, Project.id == Application.project_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Offer.status.in_(("drafted", "sent")),
            Application.status.in_(("applied", "shortlisted")),
            Project.status != "cancelled",
        )
        .order_by(Offer.expires_on, Offer.id)
    )
    later = _superseded(session)
    for one, title, first, last in session.execute(query):
        detail, target = f"{first} {last}".strip() + f" · {title}", ("offers", one.id)
        if one.status == "drafted":
            yield Waiting("send", "Open offer", "Send the offer", detail, "drafted", "neutral", 5, target)
        elif one.expires_on is not None and one.id not in later:
            days = (one.expires_on - today).days
            if days < 0:
                chip = f"expired {_days(-days)} ago"
                yield Waiting("renew", "Open offer", "Offer has expired", detail, chip, "red", 5, target)
            elif days <= EXPIRES_SOON:
                yield Waiting("remind", "Remind", "Offer expires", detail, until(days), "amber", 3, target)


def _superseded(session: Session) -> set[str]:
    """Expired offers after which the same person, or enough others, got one."""
    query = (
        select(Offer.id)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.status == "sent", Application.project_id.in_(filled()))
    )
    done = set(session.scalars(query))
    newest: dict[str, str] = {}
    pairs = select(Offer.application_id, Offer.id).order_by(Offer.created_at, Offer.id)
    for application_id, offer_id in session.execute(pairs.where(Offer.status.in_(("drafted", "sent", "accepted")))):
        if application_id in newest:
            done.add(newest[application_id])
        newest[application_id] = offer_id
    return done


def _money(session: Session, today: date) -> Iterator[Waiting]:
    query = (
        select(Engagement.id, Engagement.accepted_on, Project.title, Candidate.first_name, Candidate.last_name)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .where(Engagement.status != "cancelled")
    )
    rows = {row[0]: row[1:] for row in session.execute(query)}
    due = [(state.owed_since, row_id, state) for row_id, state in fee_states(session, rows, today=today).items()]
    for since, row_id, state in sorted((one for one in due if one[0] is not None), key=lambda one: one[:2]):
        accepted_on, title, first, last = rows[row_id]
        name = f"{first} {last}".strip()
        when = (
            f"accepted {short_day(accepted_on, today)}" if accepted_on is not None and accepted_on == since else title
        )
        chip, kind = _late((today - since).days) if since else ("", "neutral")
        subject = f"Pay {money.show(state.owed, state.currency)}"
        yield Waiting("pay", "Record payment", subject, f"{name} · {when}", chip, kind, 4, ("engagements", row_id))


def _extensions(session: Session, today: date) -> Iterator[Waiting]:
    query = (
        select(Extension, Project.title, Candidate.first_name, Candidate.last_name)
        .join(Engagement, Engagement.id == Extension.engagement_id)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .where(Extension.granted.is_(None), Engagement.status.in_(AT_WORK))
        .order_by(Extension.asked_on)
    )
    for one, title, first, last in session.execute(query):
        days = (today - one.asked_on).days
        detail = f"{first} {last}".strip() + f" · {title}: until {short_day(one.new_due_on, today)}"
        chip = f"waiting {_days(days)}" if days > 0 else "new"
        yield Waiting(
            "extension",
            "Answer",
            "More time wished for",
            detail,
            chip,
            "neutral",
            3,
            ("engagements", one.engagement_id),
        )


def _to_evaluate(session: Session, today: date) -> Iterator[Waiting]:
    ours = select(Evaluation.engagement_id).where(
        Evaluation.engagement_id.is_not(None), Evaluation.occasion == "end", Evaluation.submitted_at.is_not(None)
    )
    query = (
        select(Engagement.id, Engagement.accepted_on, Project.title, Candidate.first_name, Candidate.last_name)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .where(
            Engagement.status == "accepted",
            Engagement.accepted_on >= today - timedelta(days=EVALUATE_WITHIN),
            Engagement.id.not_in(ours),
        )
        .order_by(Engagement.accepted_on, Engagement.id)
    )
    for row_id, accepted_on, title, first, last in session.execute(query):
        detail = f"{first} {last}".strip() + f" · {title}"
        days = (today - (accepted_on or today)).days
        chip = f"accepted {_days(days)} ago" if days else "accepted today"
        yield Waiting("evaluate", "Evaluate", "Say how it was", detail, chip, "neutral", 6, ("engagements", row_id))
