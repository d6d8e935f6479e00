"""One engagement whole: its plan, its talks, its hours, its files, its money and what stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import window
from core.errors import UserError
from core.insight.engagements import EngagementRow, engagement_rows
from core.insight.milestones import MilestoneState, Suggestion, milestones_of, next_check_in
from core.model import (
    Candidate,
    CheckIn,
    Delivery,
    Document,
    Engagement,
    Extension,
    HourEntry,
    Payment,
    WorkAuthorisation,
)
from core.model.words import AUTHORISATION_KINDS, PAID_FROM, PAY_METHODS
from core.store import Store
from core.text import short_day


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """`granted` is None until answered."""

    id: str
    asked_on: date
    new_due_on: date
    granted: bool | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """`media_type`: of the kinds that the program shows itself, else ""."""

    id: str
    name: str
    size: int
    media_type: str
    added_on: date


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    id: str
    delivered_on: date
    note: str
    link: str
    files: tuple[FileRow, ...] = ()


@dataclass(frozen=True, slots=True)
class HourRow:
    id: str
    worked_on: date
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    id: str
    paid_on: date
    amount: int
    currency: str
    method_words: str
    paid_from_words: str
    reference: str
    hold_reason: str


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """Planned while `held_on` is None."""

    id: str
    planned_on: date | None
    held_on: date | None
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class AuthorisationState:
    """`words`: "CPT, 4 Jan to 30 Apr 2027", "" where none is noted. `held`: why the kick-off waits.

    `caution`: what to look at though nothing is held: none is noted, or a colleague wrote why it went on (`reason`).
    """

    words: str
    held: str
    caution: str
    reason: str


@dataclass(frozen=True, slots=True)
class KickOff:
    """`time`: HH:MM or "". `checks`: keys of core.work.kick_off.CHECKS that are done."""

    on: date
    time: str
    how_to_join: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngagementView:
    """`suggestion`: the next check-in, while one is at work."""

    row: EngagementRow
    kick_off: KickOff
    authorisation: AuthorisationState
    milestones: tuple[MilestoneState, ...]
    check_ins: tuple[CheckInRow, ...]
    suggestion: Suggestion | None
    extensions: tuple[ExtensionRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    hours: tuple[HourRow, ...]
    payments: tuple[PaymentRow, ...]


def engagement(store: Store, engagement_id: str, *, today: date) -> EngagementView:
    """UserError where there is none."""
    with store.read() as session:
        rows = engagement_rows(session, [engagement_id], today)
        if not rows:
            raise UserError("This engagement is no longer in the store.")
        one, row = session.get_one(Engagement, engagement_id), rows[0]
        milestones = tuple(milestones_of(session, [engagement_id], today)[engagement_id])
        check_ins = tuple(_check_ins(session, engagement_id))
        suggestion = None
        if one.status in ("agreed", "running"):
            planned = [talk.planned_on for talk in check_ins if talk.held_on is None and talk.planned_on]
            first = one.started_on or one.kick_off_on
            suggestion = next_check_in(milestones, planned, first, one.due_on, today)
        extensions = select(Extension).where(Extension.engagement_id == engagement_id).order_by(Extension.asked_on)
        hours = select(HourEntry).where(HourEntry.engagement_id == engagement_id)
        payments = select(Payment).where(Payment.engagement_id == engagement_id).order_by(Payment.paid_on)
        return EngagementView(
            row=row,
            kick_off=KickOff(one.kick_off_on, one.kick_off_time, one.how_to_join, tuple(one.kick_off_checks)),
            authorisation=authorisations(session, [one])[one.id],
            milestones=milestones,
            check_ins=check_ins,
            suggestion=suggestion,
            extensions=tuple(
                ExtensionRow(x.id, x.asked_on, x.new_due_on, x.granted) for x in session.scalars(extensions)
            ),
            deliveries=tuple(_deliveries(session, engagement_id)),
            hours=tuple(
                HourRow(h.id, h.worked_on, h.minutes, h.note)
                for h in session.scalars(hours.order_by(HourEntry.worked_on, HourEntry.created_at, HourEntry.id))
            ),
            payments=tuple(
                PaymentRow(
                    p.id,
                    p.paid_on,
                    p.amount,
                    p.currency,
                    PAY_METHODS.get(p.method, p.method),
                    PAID_FROM.get(p.paid_from, p.paid_from),
                    p.reference,
                    p.hold_reason,
                )
                for p in session.scalars(payments)
            ),
        )


def _check_ins(session: Session, engagement_id: str) -> list[CheckInRow]:
    """By day, what is planned after what was held."""
    query = select(CheckIn).where(CheckIn.engagement_id == engagement_id)
    found = [CheckInRow(x.id, x.planned_on, x.held_on, x.minutes, x.note) for x in session.scalars(query)]
    return sorted(found, key=lambda x: (x.held_on is None, x.held_on or x.planned_on or date.max, x.id))


def _deliveries(session: Session, engagement_id: str) -> list[DeliveryRow]:
    query = select(Delivery).where(Delivery.engagement_id == engagement_id)
    rows = list(session.scalars(query.order_by(Delivery.delivered_on, Delivery.created_at, Delivery.id)))
    files = files_of(session, "deliveries", [row.id for row in rows])
    return [DeliveryRow(d.id, d.delivered_on, d.note, d.link, tuple(files[d.id])) for d in rows]


def files_of(session: Session, noun: str, ids: Iterable[str]) -> dict[str, list[FileRow]]:
    """By owner, in the order in which they came."""
    query = select(Document).where(Document.noun == noun, Document.owner_id.in_(list(ids)))
    found: dict[str, list[FileRow]] = defaultdict(list)
    for row in session.scalars(query.order_by(Document.created_at, Document.name)):
        found[row.owner_id].append(FileRow(row.id, row.name, row.size, row.media_type, row.added_on))
    return found


def authorisations(session: Session, engagements: Iterable[Engagement]) -> dict[str, AuthorisationState]:
    """By engagement."""
    work = list(engagements)
    query = select(WorkAuthorisation).where(WorkAuthorisation.candidate_id.in_({one.candidate_id for one in work}))
    rows = {row.candidate_id: row for row in session.scalars(query.order_by(WorkAuthorisation.created_at))}
    answers = select(Candidate.id, Candidate.may_work, Candidate.needs_sponsorship)
    people = session.execute(answers.where(Candidate.id.in_({one.candidate_id for one in work})))
    needed = {row_id: window.unnoted(may_work, sponsor) for row_id, may_work, sponsor in people}
    return {one.id: _authorisation(rows.get(one.candidate_id), one, needed.get(one.candidate_id)) for one in work}


def _authorisation(row: WorkAuthorisation | None, one: Engagement, needed: str | None) -> AuthorisationState:
    """`needed`: words where the person said that they need one."""
    open_ = one.status in ("agreed", "running")
    if row is None:
        if open_ and needed and not one.hold_reason:
            return AuthorisationState("", needed, "", "")
        caution = needed or "No work authorisation is noted yet."
        return AuthorisationState("", "", caution if open_ else "", one.hold_reason)
    kind = AUTHORISATION_KINDS.get(row.kind, row.kind)
    days = [
        short_day(row.starts_on) if row.starts_on else "",
        f"to {short_day(row.ends_on)}" if row.ends_on else "",
    ]
    span = " ".join(day for day in days if day) if row.kind != "not_needed" else ""
    words = ", ".join(part for part in (kind, span) if part)
    first = one.started_on or one.kick_off_on
    said = window.outside(row.kind, kind, row.starts_on, row.ends_on, first, one.due_on) if open_ else None
    if said and one.hold_reason:
        return AuthorisationState(words, "", said, one.hold_reason)
    return AuthorisationState(words, said or "", "", one.hold_reason)
