"""Money that went, what is still owed, and how someone is paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.errors import FieldErrors, HoldError
from core.ids import new_id
from core.model import Candidate, Engagement, Instalment, Offer, Payee, Payment, Threshold, words
from core.store import Label, Store
from core.text import short_day
from core.work.checks import MONEY_LIMIT, Problems, find, rows, tidy

SETTLED = frozenset({"accepted", "ended_early"})
"""States in which nothing more has to be verified before money goes."""


@dataclass(frozen=True, kw_only=True)
class PaymentDraft:
    """`amount` in cents; no currency: the fee's; `paid_on`: today unless said."""

    engagement_id: str | None = None
    amount: int = 0
    currency: str = ""
    paid_on: date | None = None
    method: str = "check"
    reference: str = ""
    paid_from: str = "employer"


@dataclass(frozen=True, kw_only=True)
class Balance:
    """In cents of one currency. `open` is below 0 where more was paid than due."""

    due: int
    paid: int
    currency: str

    @property
    def open(self) -> int:
        return self.due - self.paid


def balance(instalments: Iterable[Instalment], payments: Iterable[Payment], currency: str) -> Balance:
    """What is due, paid and open of one engagement; pure."""
    return Balance(
        due=sum(part.amount for part in instalments),
        paid=sum(payment.amount for payment in payments),
        currency=currency,
    )


def balance_of(session: Session, engagement_id: str) -> Balance:
    parts = rows(session, Instalment, Instalment.engagement_id == engagement_id)
    payments = rows(session, Payment, Payment.engagement_id == engagement_id)
    # The offer's currency: an engagement that was called off has no instalment left to tell it.
    agreed = select(Offer.currency).join(Engagement, Engagement.offer_id == Offer.id)
    currency = session.scalars(agreed.where(Engagement.id == engagement_id)).one()
    return balance(parts, payments, currency)


def engagement_balance(store: Store, engagement_id: str) -> Balance:
    with store.read() as session:
        find(session, Engagement, engagement_id, "engagement")
        return balance_of(session, engagement_id)


def payment_terms(store: Store, engagement_id: str, *, today: date) -> PaymentDraft:
    """A draft that pays what is open, to start from."""
    with store.read() as session:
        find(session, Engagement, engagement_id, "engagement")
        owed = balance_of(session, engagement_id)
        return PaymentDraft(
            engagement_id=engagement_id, amount=max(owed.open, 0), currency=owed.currency, paid_on=today
        )


def record_payment(store: Store, draft: PaymentDraft, *, today: date, reason: str = "") -> str:
    """HoldError (not_accepted, over_fee) unless `reason` says why: it stays with the payment and in the history.

    W-2 wages do not wait for the work's acceptance.
    """
    why = reason.strip()
    payment_id = new_id()
    with store.change(Label.PAYMENT_RECORDED, ("payments", payment_id), reason=why) as session:
        engagement = find(session, Engagement, draft.engagement_id, "engagement")
        store.note_ref(("engagements", engagement.id))
        owed = balance_of(session, engagement.id)
        draft = _checked(draft, owed, today)
        held = _holds(session, engagement, owed, draft)
        if held and not why:
            raise HoldError(held[0][0], " ".join(said for _, said in held) + " Write why it goes all the same.")
        session.add(
            Payment(
                id=payment_id,
                engagement_id=engagement.id,
                candidate_id=engagement.candidate_id,
                amount=draft.amount,
                currency=draft.currency,
                paid_on=draft.paid_on or today,
                method=draft.method,
                reference=draft.reference,
                paid_from=draft.paid_from,
                hold_reason=why if held else "",
            )
        )
    return payment_id


def _checked(draft: PaymentDraft, owed: Balance, today: date) -> PaymentDraft:
    problems = Problems()
    draft = tidy(draft, problems)
    draft = replace(draft, currency=draft.currency.upper() or owed.currency)
    problems.when(draft.amount < 1, "amount", "Give the amount that was paid, above 0.")
    problems.when(draft.amount > MONEY_LIMIT, "amount", f"Over {money.show(MONEY_LIMIT)}? Check the amount.")
    if draft.currency != owed.currency:
        problems.add("currency", f"The fee is in {owed.currency}; enter the payment in {owed.currency} too.")
    problems.one_of("method", draft.method, words.PAY_METHODS)
    problems.one_of("paid_from", draft.paid_from, words.PAID_FROM)
    if draft.paid_on is not None and draft.paid_on > today:
        problems.add("paid_on", f"{short_day(draft.paid_on)} is still to come. Enter a payment once it went.")
    problems.raise_if_any()
    return draft


def _holds(session: Session, engagement: Engagement, owed: Balance, draft: PaymentDraft) -> list[tuple[str, str]]:
    held = []
    payee = session.scalars(select(Payee).where(Payee.candidate_id == engagement.candidate_id)).first()
    is_wage = payee is not None and payee.worker_type == "w2"
    if engagement.status not in SETTLED and not is_wage:
        state = words.ENGAGEMENT_STATES[engagement.status].lower()
        held.append(("not_accepted", f"The work is not accepted yet (it is {state})."))
    if draft.amount > owed.open:
        amount, still = (money.show(cents, owed.currency) for cents in (draft.amount, max(owed.open, 0)))
        held.append(("over_fee", f"{amount} is more than what is open: {still}."))
    return held


@dataclass(frozen=True, kw_only=True)
class PayeeDraft:
    """`worker_type`: w2, contractor. Days on which the forms came in; a tax number is never kept."""

    candidate_id: str | None = None
    worker_type: str = "contractor"
    worker_type_why: str = ""
    w9_received_on: date | None = None
    i9_received_on: date | None = None
    w4_received_on: date | None = None


PAYEE_COLUMNS = ("worker_type", "worker_type_why", "w9_received_on", "i9_received_on", "w4_received_on")


def set_payee(store: Store, draft: PayeeDraft, *, today: date) -> str:
    problems = Problems()
    draft = tidy(draft, problems, long=("worker_type_why",))
    problems.one_of("worker_type", draft.worker_type, words.WORKER_TYPES)
    for name in PAYEE_COLUMNS[2:]:
        day = getattr(draft, name)
        problems.when(day is not None and day > today, name, "That day is still to come.")
    if _looks_like_tax_number(draft.worker_type_why):
        problems.add("worker_type_why", "This looks like a tax number. Foothold keeps none; please take it out.")
    problems.raise_if_any()
    with store.change(Label.PAYEE_CHANGED) as session:
        candidate = find(session, Candidate, draft.candidate_id, "candidate")
        store.note_ref(("candidates", candidate.id))
        payee = session.scalars(select(Payee).where(Payee.candidate_id == candidate.id)).first()
        payee = payee or Payee(id=new_id(), candidate_id=candidate.id)
        for name in PAYEE_COLUMNS:
            setattr(payee, name, getattr(draft, name))
        session.add(payee)
        return payee.id


def _looks_like_tax_number(text: str) -> bool:
    """123-45-6789, 12-3456789 or nine digits on end."""
    return any(
        len(word.replace("-", "")) == 9 and word.replace("-", "").isdigit()
        for word in text.replace(",", " ").replace(".", " ").split()
    )


def payee_draft(store: Store, candidate_id: str) -> PayeeDraft:
    with store.read() as session:
        payee = session.scalars(select(Payee).where(Payee.candidate_id == candidate_id)).first()
        if payee is None:
            return PayeeDraft(candidate_id=candidate_id)
        return PayeeDraft(candidate_id=candidate_id, **{name: getattr(payee, name) for name in PAYEE_COLUMNS})


def set_threshold(store: Store, year: int, amount: int, *, today: date, currency: str = "USD") -> str:
    """A calendar year's sum (cents) to one payee from which a 1099-NEC is due."""
    if not 2000 <= year <= today.year + 10:
        raise FieldErrors({"year": f"{year} is no year that payments are kept for here."})
    if not 1 <= amount <= MONEY_LIMIT:
        raise FieldErrors({"amount": "Give an amount above 0."})
    with store.change(Label.THRESHOLD_CHANGED) as session:
        row = session.scalars(select(Threshold).where(Threshold.year == year)).first() or Threshold(
            id=new_id(), year=year
        )
        row.amount, row.currency = amount, currency.strip().upper() or "USD"
        session.add(row)
        store.note_ref(("thresholds", row.id))
        return row.id


def paid_in_year(session: Session, candidate_id: str, year: int, currency: str = "USD") -> int:
    """Cents that went to someone in a calendar year, by the day of payment."""
    total = session.scalar(
        select(func.coalesce(func.sum(Payment.amount), 0)).where(
            Payment.candidate_id == candidate_id,
            Payment.currency == currency,
            Payment.paid_on >= date(year, 1, 1),
            Payment.paid_on <= date(year, 12, 31),
        )
    )
    return int(total or 0)
