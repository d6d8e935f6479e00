"""In which parts the fee of an engagement is due, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from core import money
from core.errors import FieldErrors, HoldError
from core.ids import new_id
from core.model import Engagement, Instalment
from core.states import AT_WORK
from core.store import Label, Store
from core.text import clean, short_day
from core.work.checks import MONEY_LIMIT, find, rows
from core.work.pay import balance_of
from core.work.payees import refuse_tax_number

MOST_PARTS = 24
FARTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class PartDraft:
    """`amount` in cents. Without `due_on` it is due when the work is accepted."""

    amount: int
    due_on: date | None = None


@dataclass(frozen=True)
class FeeDraft:
    """The whole fee in cents and its parts in order."""

    fee: int
    parts: tuple[PartDraft, ...]
    currency: str = ""
    kick_off_on: date | None = None
    """To start a part from; it is not changed here."""


def fee_draft(store: Store, engagement_id: str) -> FeeDraft:
    """As it stands now."""
    with store.read() as session:
        engagement = find(session, Engagement, engagement_id, "engagement")
        owed = balance_of(session, engagement_id)
        parts = rows(session, Instalment, Instalment.engagement_id == engagement_id, order=Instalment.position)
        drafts = tuple(PartDraft(part.amount, part.due_on) for part in parts)
        return FeeDraft(owed.due, drafts, owed.currency, engagement.started_on or engagement.kick_off_on)


def halves(fee: int, kick_off_on: date | None) -> tuple[PartDraft, ...]:
    """Half at the kick-off and half on acceptance; an odd cent goes with the second."""
    return (PartDraft(fee // 2, kick_off_on), PartDraft(fee - fee // 2)) if fee > 1 else (PartDraft(fee),)


def set_instalments(store: Store, engagement_id: str, draft: FeeDraft, *, today: date, reason: str = "") -> str:
    """The parts make the fee, to the cent. HoldError (fee_changed, under_paid) unless `reason` says why it changes."""
    why = clean(reason)
    refuse_tax_number(why)
    with store.change(Label.INSTALMENTS_CHANGED, ("engagements", engagement_id), reason=why) as session:
        engagement = find(session, Engagement, engagement_id, "engagement")
        owed = balance_of(session, engagement_id)
        _check(draft, engagement, owed.currency)
        held = []
        if draft.fee != owed.due:
            was, now = money.show(owed.due, owed.currency), money.show(draft.fee, owed.currency)
            held.append(("fee_changed", f"{was} was agreed; this makes it {now}."))
            if draft.fee < owed.paid:
                held.append(("under_paid", f"{money.show(owed.paid, owed.currency)} went already."))
        if held and not why:
            raise HoldError(held[0][0], " ".join(said for _, said in held) + " Write why the fee changes.")
        _write(session, engagement_id, draft, owed.currency)
    return engagement_id


def _check(draft: FeeDraft, engagement: Engagement, currency: str) -> None:
    at_work = engagement.status in AT_WORK or engagement.status == "accepted"
    if not (1 if at_work else 0) <= draft.fee <= MONEY_LIMIT:
        wrong_fee = "A project is paid work: give a fee above 0." if draft.fee < 1 else "Check the amount."
        raise FieldErrors({"fee": wrong_fee})
    total = sum(part.amount for part in draft.parts)
    first = engagement.agreed_on - FARTHEST
    last = engagement.due_on + FARTHEST
    problem = ""
    if len(draft.parts) > MOST_PARTS:
        problem = f"{len(draft.parts)} parts are too many: up to {MOST_PARTS}."
    elif any(part.amount < 1 for part in draft.parts):
        problem = "Each part needs an amount above 0."
    elif total != draft.fee:
        made, fee = money.show(total, currency), money.show(draft.fee, currency)
        gap = money.show(abs(draft.fee - total), currency)
        side = "too little" if total < draft.fee else "too much"
        problem = f"The parts make {made}, {gap} {side}: the fee is {fee}."
    elif wrong := [part.due_on for part in draft.parts if part.due_on and not first <= part.due_on <= last]:
        problem = f"{short_day(wrong[0])} is far from the work. Check the year."
    elif engagement.status not in (*AT_WORK, "accepted") and any(part.due_on is None for part in draft.parts):
        problem = "This work will not be accepted any more, so each part needs its day."
    if problem:
        raise FieldErrors({"parts": problem})


def _write(session: Session, engagement_id: str, draft: FeeDraft, currency: str) -> None:
    there = rows(session, Instalment, Instalment.engagement_id == engagement_id, order=Instalment.position)
    for position, part in enumerate(draft.parts):
        if position < len(there):
            row = there[position]
        else:
            row = Instalment(id=new_id(), engagement_id=engagement_id, currency=currency)
            session.add(row)
        row.position, row.amount, row.due_on = position, part.amount, part.due_on
    for row in there[len(draft.parts) :]:
        session.delete(row)
