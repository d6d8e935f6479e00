"""The terms put to an applicant, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money, states
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Application, Engagement, Enrolment, Instalment, Offer, Project, words
from core.store import Label, Store
from core.text import in_digits, short_day
from core.work.brief import HOURS_LIMIT, USUAL_HOURS, exam_periods, hold_low_pay, pay_words
from core.work.checks import (
    FREED,
    MONEY_LIMIT,
    Caution,
    PayRules,
    Problems,
    employer,
    find,
    live_offers,
    move,
    past_day,
    pay_rules,
    rows,
    tidy,
)
from core.work.enrolments import latest
from core.work.select import can_be_offered, stands
from core.work.sides import reviews_day

TERMS = ("fee", "currency", "hours", "kick_off_on", "due_on", "due_flexible")


@dataclass(frozen=True, kw_only=True)
class OfferDraft:
    """The terms. `fee` in cents; no currency: the project's. `expires_on`: the last day to answer."""

    fee: int = 0
    currency: str = ""
    hours: int = 0
    kick_off_on: date | None = None
    due_on: date | None = None
    due_flexible: bool = True
    expires_on: date | None = None
    note: str = ""


def offer_terms(store: Store, application_id: str) -> OfferDraft:
    """A draft with the project's own terms, to start from."""
    with store.read() as session:
        application = find(session, Application, application_id, "application")
        project = find(session, Project, application.project_id, "project")
        return OfferDraft(
            fee=project.fee,
            currency=project.currency,
            hours=project.estimated_hours,
            kick_off_on=project.kick_off_on,
            due_on=project.due_on,
            due_flexible=project.due_flexible,
        )


def offer_draft(store: Store, offer_id: str) -> OfferDraft:
    with store.read() as session:
        offer = find(session, Offer, offer_id, "offer")
        terms = {name: getattr(offer, name) for name in TERMS}
        return OfferDraft(**terms, expires_on=offer.expires_on, note=offer.note)


def draft_offer(store: Store, application_id: str, draft: OfferDraft, *, today: date) -> str:
    """UserError where the person was not selected, has an open offer, or no opening is left."""
    offer_id = new_id()
    with store.change(Label.OFFER_DRAFTED, ("offers", offer_id), ("applications", application_id)) as session:
        application = find(session, Application, application_id, "application")
        if (why_not := can_be_offered(session, application, today)) is not None:
            raise UserError(why_not)
        draft = _checked(session, draft, application)
        offer = Offer(id=offer_id, application_id=application_id, status="drafted")
        _write(offer, draft)
        session.add(offer)
    return offer_id


def change_offer(store: Store, offer_id: str, draft: OfferDraft, *, today: date) -> str:
    """A drafted offer in full; of a sent one only the last day to answer and the note, as its terms are in hand."""
    with store.change(Label.OFFER_CHANGED, ("offers", offer_id)) as session:
        offer = find(session, Offer, offer_id, "offer")
        application = find(session, Application, offer.application_id, "application")
        draft = _checked(session, draft, application)
        if offer.status not in ("drafted", "sent"):
            raise UserError(f"This offer is {words.OFFER_STATES[offer.status].lower()}; it stays as it is.")
        if offer.status == "sent":
            if any(getattr(draft, name) != getattr(offer, name) for name in TERMS):
                raise UserError("This offer was sent, so its terms stay. Withdraw it and draft another.")
            # More time makes an expired one live again, so it needs what a new offer needs.
            expired = states.offer_state("sent", offer.expires_on, today) == "expired"
            if expired and (why_not := can_be_offered(session, application, today)) is not None:
                raise UserError(why_not)
        _write(offer, draft)
    return offer_id


def send_offer(store: Store, offer_id: str, *, today: date, on: date | None = None, reason: str = "") -> str:
    """Mark as sent. HoldError (pay_floor, legal_minimum) where it pays less an hour than rules and project say."""
    sent_on = past_day(on, today, "Sent")
    with store.change(Label.OFFER_SENT, ("offers", offer_id), reason=reason.strip()) as session:
        offer = find(session, Offer, offer_id, "offer")
        application = find(session, Application, offer.application_id, "application")
        project = find(session, Project, application.project_id, "project")
        _require_room(session, offer, application, project, today)
        if offer.expires_on is not None and offer.expires_on < sent_on:
            raise FieldErrors({"expires_on": f"It expired on {short_day(offer.expires_on)}. Give more time to answer."})
        # What the project was opened with was asked and answered then.
        as_opened = offer.fee * project.estimated_hours >= project.fee * offer.hours
        if offer.currency != project.currency or not as_opened or project.opened_on is None:
            hold_low_pay(offer.fee, offer.hours, offer.currency, pay_rules(session), reason)
        move(offer, states.OFFER, "sent", words.OFFER_STATES, "offer")
        offer.sent_on = sent_on
    return offer_id


def accept_offer(store: Store, offer_id: str, *, today: date, on: date | None = None) -> str:
    """Record that the student accepted; returns the id of the engagement it makes, the fee due in one part."""
    accepted_on = past_day(on, today, "Accepted")
    engagement_id = new_id()
    with store.change(Label.OFFER_ACCEPTED, ("offers", offer_id), ("engagements", engagement_id)) as session:
        offer = find(session, Offer, offer_id, "offer")
        if offer.expires_on is not None and accepted_on > offer.expires_on and offer.status == "sent":
            expired = short_day(offer.expires_on)
            raise UserError(f"This offer expired on {expired}. Give it more time first, or the day of the answer.")
        if offer.sent_on is not None and accepted_on < offer.sent_on:
            sent = short_day(offer.sent_on)
            raise FieldErrors({"on": f"The offer was sent on {sent}; the answer came that day or later."})
        if accepted_on > offer.due_on and offer.status == "sent":
            due = short_day(offer.due_on)
            raise UserError(f"The work of this offer was due on {due}. Withdraw it and make a new one with later days.")
        application = find(session, Application, offer.application_id, "application")
        project = find(session, Project, application.project_id, "project")
        _require_room(session, offer, application, project, today)
        move(offer, states.OFFER, "accepted", words.OFFER_STATES, "offer")
        offer.answered_on = accepted_on
        session.add(
            Engagement(
                id=engagement_id,
                offer_id=offer.id,
                application_id=application.id,
                project_id=project.id,
                candidate_id=application.candidate_id,
                supervisor_id=project.supervisor_id,
                status="agreed",
                estimated_hours=offer.hours,
                agreed_on=accepted_on,
                kick_off_on=offer.kick_off_on,
                due_on=offer.due_on,
                reviews_open_on=reviews_day(offer.due_on),
            )
        )
        session.add(Instalment(engagement_id=engagement_id, position=0, amount=offer.fee, currency=offer.currency))
    return engagement_id


def decline_offer(store: Store, offer_id: str, *, today: date, on: date | None = None, reason: str = "") -> str:
    answered_on = past_day(on, today, "Declined")
    return _close(store, offer_id, "declined", Label.OFFER_DECLINED, answered_on, reason)


def withdraw_offer(store: Store, offer_id: str, *, today: date, on: date | None = None, reason: str = "") -> str:
    answered_on = past_day(on, today, "Withdrawn")
    return _close(store, offer_id, "withdrawn", Label.OFFER_WITHDRAWN, answered_on, reason)


def _close(store: Store, offer_id: str, status: str, label: Label, on: date, reason: str) -> str:
    with store.change(label, ("offers", offer_id), reason=reason.strip()) as session:
        offer = find(session, Offer, offer_id, "offer")
        move(offer, states.OFFER, status, words.OFFER_STATES, "offer")
        offer.answered_on = on
    return offer_id


def _require_room(session: Session, offer: Offer, application: Application, project: Project, today: date) -> None:
    """Between drafting and now the decision may have changed, the project been cancelled or its openings filled."""
    stands(application)
    if application.status == "withdrawn":
        raise UserError("This student has withdrawn, so the offer cannot go on. Reconsider the application first.")
    if project.status == "cancelled":
        raise UserError("The project is cancelled. Bring it back to draft first.")
    in_hand = Offer.status.in_(("sent", "accepted"))
    others = live_offers(session, today, Application.project_id == project.id, Offer.id != offer.id, in_hand)
    if any(other.application_id == application.id for other in others):
        raise UserError("There is another open offer to this student. Settle that one first.")
    taken = session.scalar(
        select(func.count())
        .select_from(Engagement)
        .where(Engagement.project_id == project.id, Engagement.status.not_in(FREED))
    )
    if max(len(others), taken or 0) >= project.openings:
        raise UserError("All openings of the project are taken. Raise them, or withdraw another offer.")


def _checked(session: Session, draft: OfferDraft, application: Application) -> OfferDraft:
    problems = Problems()
    draft = tidy(draft, problems, long=("note",))
    project = find(session, Project, application.project_id, "project")
    draft = replace(draft, currency=draft.currency.upper() or project.currency or employer(session).currency)
    if not (len(draft.currency) == 3 and draft.currency.isascii() and draft.currency.isalpha()):
        problems.add("currency", f"“{draft.currency}” is no currency. Use its three letters, such as USD.")
    problems.when(draft.fee < 1, "fee", "A project is paid work: give a fee above 0.")
    problems.when(draft.fee > MONEY_LIMIT, "fee", f"The fee is over {money.show(MONEY_LIMIT)}. Check the amount.")
    problems.when(
        not 1 <= draft.hours <= HOURS_LIMIT,
        "hours",
        f"{in_digits(draft.hours)} hours cannot be offered: 1 to {HOURS_LIMIT}.",
    )
    kick_off, due = draft.kick_off_on, draft.due_on
    problems.when(kick_off is None, "kick_off_on", "Say when the work starts.")
    problems.when(due is None, "due_on", "Say when the work is due.")
    if kick_off and due and due <= kick_off:
        started = short_day(kick_off)
        problems.add("due_on", f"The due date must lie after the kick-off ({started}). Choose a later one.")
    problems.raise_if_any()
    return draft


def _write(offer: Offer, draft: OfferDraft) -> None:
    for name in (*TERMS, "expires_on", "note"):
        setattr(offer, name, getattr(draft, name))


def warnings(
    draft: OfferDraft, rules: PayRules, exams: list[tuple[str, date, date]] | None = None, *, today: date
) -> list[Caution]:
    """What deserves a second look. `exams`: those of the student's school."""
    found: list[Caution] = []
    if draft.hours and not USUAL_HOURS[0] <= draft.hours <= USUAL_HOURS[1]:
        found.append(Caution("hours", f"A micro-internship usually takes {USUAL_HOURS[0]} to {USUAL_HOURS[1]} hours."))
    pay = pay_words(draft.fee, draft.hours, draft.currency, rules)
    if pay is not None:
        found.append(Caution("fee", pay[1]))
    kick_off = draft.kick_off_on
    if kick_off and draft.expires_on and draft.expires_on > kick_off:
        found.append(Caution("expires_on", "The last day to answer lies after the kick-off."))
    if draft.expires_on and draft.expires_on < today:
        found.append(Caution("expires_on", "The last day to answer has passed."))
    for name, first, last in exams or []:
        if kick_off and first <= kick_off <= last:
            found.append(Caution("kick_off_on", f"The kick-off falls into exams at {name}."))
            break
    return found


def offer_warnings(store: Store, application_id: str, draft: OfferDraft, *, today: date) -> list[Caution]:
    """`warnings` with the store's pay rules and the exams at the student's school."""
    with store.read() as session:
        application = find(session, Application, application_id, "application")
        enrolment = latest(rows(session, Enrolment, Enrolment.candidate_id == application.candidate_id))
        # Without a known school none of the others' exams say anything about this student.
        exams = [] if enrolment is None else exam_periods(session, enrolment.school_id)
        return warnings(draft, pay_rules(session), exams, today=today)
