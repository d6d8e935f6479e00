"""An engagement from kick-off to its end."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import states
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Delivery, Engagement, Extension, HourEntry, Instalment, words
from core.store import Label, Store
from core.text import clean, line, short_day
from core.work.checks import MONEY_LIMIT, TEXT_LIMIT, find, move, past_day, rows

DAY_MINUTES = 24 * 60
LONGEST_EXTENSION = timedelta(days=365)


def start(store: Store, engagement_id: str, *, today: date, on: date | None = None) -> str:
    """The kick-off took place. Only an engagement exists once the offer was accepted, and only an agreed one starts."""
    started_on = past_day(on, today, "Started")
    with store.change(Label.WORK_STARTED, ("engagements", engagement_id)) as session:
        engagement = _engagement(session, engagement_id)
        if started_on < engagement.agreed_on:
            agreed = short_day(engagement.agreed_on)
            raise FieldErrors({"on": f"The offer was accepted on {agreed}; the kick-off is that day or later."})
        move(engagement, states.ENGAGEMENT, "running", words.ENGAGEMENT_STATES, "engagement")
        engagement.started_on = started_on
    return engagement_id


def deliver(
    store: Store, engagement_id: str, *, today: date, on: date | None = None, note: str = "", link: str = ""
) -> str:
    """The student handed the work in; returns the id of the delivery."""
    delivered_on = past_day(on, today, "Delivered")
    note, link = _text("note", note), line(link)
    if len(link) > TEXT_LIMIT:
        raise FieldErrors({"link": "This link is too long to be one."})
    delivery_id = new_id()
    with store.change(Label.WORK_DELIVERED, ("engagements", engagement_id)) as session:
        engagement = _engagement(session, engagement_id)
        _after(engagement.started_on, delivered_on, "The work started")
        move(engagement, states.ENGAGEMENT, "delivered", words.ENGAGEMENT_STATES, "engagement")
        engagement.delivered_on = delivered_on
        session.add(
            Delivery(id=delivery_id, engagement_id=engagement_id, delivered_on=delivered_on, note=note, link=link)
        )
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
    with store.change(Label.WORK_ACCEPTED, ("engagements", engagement_id), reason=_text("reason", reason)) as session:
        engagement = _engagement(session, engagement_id)
        _after(engagement.delivered_on, accepted_on, "The work was delivered")
        move(engagement, states.ENGAGEMENT, "accepted", words.ENGAGEMENT_STATES, "engagement")
        engagement.accepted_on = engagement.ended_on = accepted_on
        engagement.verdict = verdict
        if supervision_minutes:
            add_supervision_minutes(store, engagement_id, supervision_minutes, today=today)
    return engagement_id


def return_work(store: Store, engagement_id: str, why: str, *, today: date) -> str:
    """Send delivered work back with what is missing; the delivery stays on record."""
    reason = _needed(why, "Write what is missing, so that the student can mend it.")
    with store.change(Label.WORK_RETURNED, ("engagements", engagement_id), reason=reason) as session:
        engagement = _engagement(session, engagement_id)
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
    reason = _needed(why, "Write why it ended; it stays in the history.")
    with store.change(Label.WORK_ENDED, ("engagements", engagement_id), reason=reason) as session:
        engagement = _engagement(session, engagement_id)
        _after(engagement.started_on or engagement.agreed_on, ended_on, "It began")
        move(engagement, states.ENGAGEMENT, status, words.ENGAGEMENT_STATES, "engagement")
        engagement.ended_on, engagement.ended_why = ended_on, reason
        _settle_fee(session, engagement, fee_due, ended_on)
        for wish in rows(session, Extension, Extension.engagement_id == engagement_id, Extension.granted.is_(None)):
            session.delete(wish)
    return engagement_id


def _settle_fee(session: Session, engagement: Engagement, fee_due: int | None, ended_on: date) -> None:
    """Work that is never accepted has no day of acceptance to be paid on, so what is owed gets the day of its end."""
    parts = rows(session, Instalment, Instalment.engagement_id == engagement.id, order=Instalment.position)
    if fee_due is None:
        for part in parts:
            part.due_on = part.due_on or ended_on
        return
    for part in parts[1:] if fee_due else parts:
        session.delete(part)
    if fee_due and parts:
        parts[0].amount, parts[0].due_on = fee_due, ended_on


def log_hours(
    store: Store, engagement_id: str, minutes: int, *, today: date, on: date | None = None, note: str = ""
) -> str:
    """Hours as the student tells them; they change nothing about the fee. Returns the entry's id."""
    worked_on = past_day(on, today, "Worked")
    note = _text("note", note)
    if not 1 <= minutes <= DAY_MINUTES:
        raise FieldErrors({"minutes": "One day has up to 24 hours: log each day for itself."})
    entry_id = new_id()
    with store.change(Label.HOURS_LOGGED, ("engagements", engagement_id)) as session:
        engagement = _engagement(session, engagement_id)
        if engagement.started_on is None:
            raise UserError("The work has not started yet. Record the kick-off first.")
        _after(engagement.started_on, worked_on, "The work started")
        day = rows(session, HourEntry, HourEntry.engagement_id == engagement_id, HourEntry.worked_on == worked_on)
        if sum(entry.minutes for entry in day) + minutes > DAY_MINUTES:
            raise FieldErrors({"minutes": f"With what is logged already, {short_day(worked_on)} has over 24 hours."})
        session.add(
            HourEntry(id=entry_id, engagement_id=engagement_id, worked_on=worked_on, minutes=minutes, note=note)
        )
    return entry_id


def add_supervision_minutes(store: Store, engagement_id: str, minutes: int, *, today: date) -> int:
    """Time that the employer's side spent on it, added up; a negative number mends a slip. Returns the new sum."""
    if minutes == 0 or abs(minutes) > 100 * 60:
        raise FieldErrors({"minutes": "Give the time of supervision, up to 100 hours at once."})
    with store.change(Label.HOURS_LOGGED, ("engagements", engagement_id)) as session:
        engagement = _engagement(session, engagement_id)
        if engagement.supervision_minutes + minutes < 0:
            raise FieldErrors({"minutes": "That would leave less than no time."})
        engagement.supervision_minutes += minutes
        return engagement.supervision_minutes


def ask_extension(
    store: Store,
    engagement_id: str,
    new_due_on: date,
    *,
    today: date,
    on: date | None = None,
    granted: bool | None = None,
) -> str:
    """The student asks for more time. It is never a mark against anyone. `granted`: the answer, where it is given."""
    asked_on = past_day(on, today, "Asked")
    extension_id = new_id()
    with store.change(Label.EXTENSION_ASKED, ("engagements", engagement_id)) as session:
        engagement = _engagement(session, engagement_id)
        if engagement.status not in ("agreed", "running"):
            state = words.ENGAGEMENT_STATES[engagement.status].lower()
            raise UserError(f"This engagement is {state}; its due date no longer moves.")
        if not engagement.due_on < new_due_on <= engagement.due_on + LONGEST_EXTENSION:
            due = short_day(engagement.due_on)
            raise FieldErrors({"new_due_on": f"Choose a day after the present due date, {due}, within a year of it."})
        waiting = select(Extension.id).where(Extension.engagement_id == engagement_id, Extension.granted.is_(None))
        if session.scalar(waiting.limit(1)):
            raise UserError("An earlier wish for more time has no answer yet. Answer that one first.")
        session.add(Extension(id=extension_id, engagement_id=engagement_id, asked_on=asked_on, new_due_on=new_due_on))
        if granted is not None:
            session.flush()
            answer_extension(store, extension_id, granted, today=today)
    return extension_id


def answer_extension(store: Store, extension_id: str, granted: bool, *, today: date, on: date | None = None) -> str:
    """Granting moves the due date of the engagement."""
    answered_on = past_day(on, today, "Answered")
    with store.change(Label.EXTENSION_ANSWERED) as session:
        extension = find(session, Extension, extension_id, "wish for more time")
        store.note_ref(("engagements", extension.engagement_id))
        if extension.granted is not None:
            raise UserError("This wish for more time has its answer already.")
        _after(extension.asked_on, answered_on, "It was asked for")
        engagement = _engagement(session, extension.engagement_id)
        if engagement.status not in states.AT_WORK:
            raise UserError("This engagement has ended; its due date no longer moves.")
        extension.granted, extension.answered_on = granted, answered_on
        if granted:
            engagement.due_on = extension.new_due_on
    return extension_id


def _engagement(session: Session, engagement_id: str) -> Engagement:
    return find(session, Engagement, engagement_id, "engagement")


def _after(earlier: date | None, later: date, what: str) -> None:
    if earlier is not None and later < earlier:
        raise FieldErrors({"on": f"{what} on {short_day(earlier)}; give that day or a later one."})


def _needed(text: str, words_: str) -> str:
    cleaned = _text("why", text)
    if not cleaned:
        raise FieldErrors({"why": words_})
    return cleaned


def _text(field: str, text: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > TEXT_LIMIT:
        raise FieldErrors({field: f"{len(cleaned):,} characters; at most {TEXT_LIMIT:,} fit. Please shorten it."})
    return cleaned
