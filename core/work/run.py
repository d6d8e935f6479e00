"""An engagement from kick-off to its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money, states
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Delivery, Engagement, Extension, HourEntry, Instalment, MilestoneDone, words
from core.store import Label, Store
from core.text import line, short_day
from core.work import authorisation, documents
from core.work.checks import MONEY_LIMIT, TEXT_LIMIT, move, past_day, rows
from core.work.engaged import after, engagement_of, long_text, needed
from core.work.hours import add_supervision_minutes


def start(store: Store, engagement_id: str, *, today: date, on: date | None = None, reason: str = "") -> str:
    """The kick-off took place. Only an engagement exists once the offer was accepted, and only an agreed one starts.

    HoldError (authorisation) where the work from this day to its due date is outside the window of the work
    authorisation, unless `reason` says why; it stays with the engagement and in the history.
    """
    started_on = past_day(on, today, "Started")
    with store.change(Label.WORK_STARTED, ("engagements", engagement_id), reason=reason.strip()) as session:
        engagement = engagement_of(session, engagement_id)
        if started_on < engagement.agreed_on:
            agreed = short_day(engagement.agreed_on)
            raise FieldErrors({"on": f"The offer was accepted on {agreed}; the kick-off is that day or later."})
        move(engagement, states.ENGAGEMENT, "running", words.ENGAGEMENT_STATES, "engagement")
        if started_on > engagement.due_on:
            due = short_day(engagement.due_on)
            raise FieldErrors({"on": f"The work was due on {due}, before this day. Give more time first."})
        authorisation.hold(session, engagement, started_on, engagement.due_on, reason)
        engagement.started_on = started_on
    return engagement_id


def deliver(
    store: Store,
    engagement_id: str,
    *,
    today: date,
    on: date | None = None,
    note: str = "",
    link: str = "",
    files: Sequence[documents.File] = (),
) -> str:
    """The student handed the work in, with these files; returns the id of the delivery."""
    delivered_on = past_day(on, today, "Delivered")
    note, link = long_text("note", note), line(link)
    if len(link) > TEXT_LIMIT:
        raise FieldErrors({"link": "This link is too long to be one."})
    delivery_id = new_id()
    with store.change(Label.WORK_DELIVERED, ("engagements", engagement_id)) as session:
        engagement = engagement_of(session, engagement_id)
        after(engagement.started_on, delivered_on, "The work started")
        _after_last(session, engagement, delivered_on, _DELIVERED)
        move(engagement, states.ENGAGEMENT, "delivered", words.ENGAGEMENT_STATES, "engagement")
        engagement.delivered_on = delivered_on
        session.add(
            Delivery(id=delivery_id, engagement_id=engagement_id, delivered_on=delivered_on, note=note, link=link)
        )
        session.flush()
        for name, data in files:
            documents.keep_file(store, "deliveries", delivery_id, name, data, today=today)
    return delivery_id


def accept_work(
    store: Store,
    engagement_id: str,
    verdict: str = "met",
    *,
    today: date,
    on: date | None = None,
    reason: str = "",
    supervision_minutes: int = 0,
) -> str:
    """The supervisor verified the work; the fee is due now. `verdict`: met, exceeded, met_after_changes.

    `supervision_minutes`: the employer's time that has not been counted yet.
    """
    accepted_on = past_day(on, today, "Accepted")
    if verdict not in words.VERDICTS:
        raise FieldErrors({"verdict": f"Say how the work turned out: {', '.join(words.VERDICTS.values())}."})
    why = long_text("reason", reason)
    with store.change(Label.WORK_ACCEPTED, ("engagements", engagement_id), reason=why) as session:
        engagement = engagement_of(session, engagement_id)
        _after_last(session, engagement, accepted_on, *_TOOK_PLACE)
        move(engagement, states.ENGAGEMENT, "accepted", words.ENGAGEMENT_STATES, "engagement")
        engagement.accepted_on = engagement.ended_on = accepted_on
        engagement.verdict = verdict
        if supervision_minutes:
            add_supervision_minutes(store, engagement_id, supervision_minutes, today=today)
    return engagement_id


def return_work(store: Store, engagement_id: str, why: str, *, today: date) -> str:
    """Send delivered work back with what is missing; the delivery stays on record."""
    reason = needed(why, "Write what is missing, so that the student can mend it.")
    with store.change(Label.WORK_RETURNED, ("engagements", engagement_id), reason=reason) as session:
        engagement = engagement_of(session, engagement_id)
        if engagement.status != "delivered":
            raise UserError("Only work that has been delivered can be sent back.")
        move(engagement, states.ENGAGEMENT, "running", words.ENGAGEMENT_STATES, "engagement")
        engagement.delivered_on = None
    return engagement_id


def end_early(
    store: Store, engagement_id: str, why: str, *, today: date, on: date | None = None, fee_due: int | None = None
) -> str:
    """End before the work was accepted. `fee_due` in cents: what is owed for it; None: the fee as agreed, due now."""
    if fee_due is not None and not 0 <= fee_due <= MONEY_LIMIT:
        raise FieldErrors({"fee_due": "Give the part of the fee that is owed, 0 or more."})
    return _end(store, engagement_id, "ended_early", why, today, on, fee_due)


def did_not_show(store: Store, engagement_id: str, *, today: date, why: str = "", on: date | None = None) -> str:
    """The student never came, or stayed away without a word. No fee is due then."""
    return _end(store, engagement_id, "did_not_show", why or "Did not show up", today, on, 0)


def cancel(store: Store, engagement_id: str, why: str, *, today: date, on: date | None = None) -> str:
    """Call an engagement off before its kick-off. No fee is due then."""
    return _end(store, engagement_id, "cancelled", why, today, on, 0)


def _end(
    store: Store, engagement_id: str, status: str, why: str, today: date, on: date | None, fee_due: int | None
) -> str:
    ended_on = past_day(on, today, "Ended")
    reason = needed(why, "Write why it ended; it stays in the history.")
    with store.change(Label.WORK_ENDED, ("engagements", engagement_id), reason=reason) as session:
        engagement = engagement_of(session, engagement_id)
        after(engagement.started_on or engagement.agreed_on, ended_on, "It began")
        _after_last(session, engagement, ended_on, *_TOOK_PLACE)
        move(engagement, states.ENGAGEMENT, status, words.ENGAGEMENT_STATES, "engagement")
        engagement.ended_on, engagement.ended_why = ended_on, reason
        _settle_fee(session, engagement, fee_due, ended_on)
        for wish in rows(session, Extension, Extension.engagement_id == engagement_id, Extension.granted.is_(None)):
            session.delete(wish)
    return engagement_id


_DELIVERED = (Delivery.delivered_on, "The work was delivered")
_TOOK_PLACE = (
    _DELIVERED,
    (HourEntry.worked_on, "Hours were logged"),
    (MilestoneDone.done_on, "A milestone was completed"),
)


def _after_last(session: Session, engagement: Engagement, on: date, *facts: tuple[Any, str]) -> None:
    """A step that is entered late lies before nothing of this that took place."""
    for day, said in facts:
        after(session.scalar(select(func.max(day)).where(day.class_.engagement_id == engagement.id)), on, said)


def _settle_fee(session: Session, engagement: Engagement, fee_due: int | None, ended_on: date) -> None:
    """Work that is never accepted has no day of acceptance to be paid on, so what is owed gets the day of its end."""
    parts = rows(session, Instalment, Instalment.engagement_id == engagement.id, order=Instalment.position)
    if fee_due is None:
        for part in parts:
            part.due_on = part.due_on or ended_on
        return
    if fee_due > (agreed := sum(part.amount for part in parts)):
        most = money.show(agreed, parts[0].currency) if parts else "0"
        raise FieldErrors({"fee_due": f"Give the part of the fee that is owed, up to {most}."})
    for part in parts[1:] if fee_due else parts:
        session.delete(part)
    if fee_due and parts:
        parts[0].amount, parts[0].due_on = fee_due, ended_on
