"""Money that went, and what is still owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import money
from core.errors import FieldErrors, HoldError
from core.ids import new_id
from core.model import Candidate, Engagement, Instalment, Offer, Payee, Payment, words
from core.store import Label, Store
from core.text import clean, fold, short_day
from core.work.checks import MONEY_LIMIT, Problems, find, rows, tidy
from core.work.payees import REFERENCE_WORDS, looks_like_tax_number, refuse_tax_number

SETTLED = frozenset({"accepted", "ended_early"})
"""States in which nothing more has to be verified before money goes."""
FIRST_YEAR = 2000


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


PAYMENT_COLUMNS = ("amount", "currency", "paid_on", "method", "reference", "paid_from")


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


def payment_draft(store: Store, payment_id: str) -> PaymentDraft:
    """A recorded payment, to be corrected."""
    with store.read() as session:
        row = find(session, Payment, payment_id, "payment")
        return PaymentDraft(engagement_id=row.engagement_id, **{name: getattr(row, name) for name in PAYMENT_COLUMNS})


def record_payment(store: Store, draft: PaymentDraft, *, today: date, reason: str = "") -> str:
    """HoldError (not_accepted, over_fee, repeats) unless `reason` says why: it stays with the payment and in the
    history.

    W-2 wages do not wait for the work's acceptance.
    """
    why = _reason(reason)
    payment_id = new_id()
    with store.change(Label.PAYMENT_RECORDED, ("payments", payment_id), reason=why) as session:
        engagement = find(session, Engagement, draft.engagement_id, "engagement")
        store.note_ref(("engagements", engagement.id))
        owed = balance_of(session, engagement.id)
        draft = _checked(draft, owed, today)
        held = _holds(session, engagement, owed, draft, today)
        _require(held, why)
        payment = Payment(id=payment_id, engagement_id=engagement.id, candidate_id=engagement.candidate_id)
        _write(payment, draft)
        payment.hold_reason = why if held else ""
        session.add(payment)
    return payment_id


def change_payment(store: Store, payment_id: str, draft: PaymentDraft, *, today: date, reason: str = "") -> str:
    """Corrects a recorded payment; it stays with its engagement. HoldError for what was not in the way before."""
    why = _reason(reason)
    with store.change(Label.PAYMENT_CHANGED, ("payments", payment_id), reason=why) as session:
        payment = find(session, Payment, payment_id, "payment")
        engagement = find(session, Engagement, payment.engagement_id, "engagement")
        store.note_ref(("engagements", engagement.id))
        with_it = balance_of(session, engagement.id)
        without = replace(with_it, paid=with_it.paid - payment.amount)
        before = PaymentDraft(**{name: getattr(payment, name) for name in PAYMENT_COLUMNS})
        draft = _checked(draft, without, today)
        answered = {said for _, said in _holds(session, engagement, without, before, today, payment_id)}
        held = _holds(session, engagement, without, draft, today, payment_id)
        if draft.amount <= before.amount:
            answered |= {said for rule, said in held if rule == "over_fee"}
        new = [one for one in held if one[1] not in answered]
        _require(new, why)
        _write(payment, draft)
        payment.hold_reason = (why or payment.hold_reason) if held else ""
    return payment_id


def remove_payment(store: Store, payment_id: str, *, today: date, reason: str) -> str:
    """Takes a payment out that never went. `reason` stays in the history."""
    why = _reason(reason)
    if not why:
        raise FieldErrors({"reason": "Write why, such as: recorded twice. It stays in the history."})
    with store.change(Label.PAYMENT_REMOVED, ("payments", payment_id), reason=why) as session:
        payment = find(session, Payment, payment_id, "payment")
        store.note_ref(("engagements", payment.engagement_id))
        store.note_ref(("candidates", payment.candidate_id))
        session.delete(payment)
    return payment_id


def _reason(reason: str) -> str:
    why = clean(reason)
    refuse_tax_number(why)
    return why


def _require(held: list[tuple[str, str]], why: str) -> None:
    if held and not why:
        raise HoldError(held[0][0], " ".join(said for _, said in held) + " Write why it goes all the same.")


def _write(payment: Payment, draft: PaymentDraft) -> None:
    for name in PAYMENT_COLUMNS:
        setattr(payment, name, getattr(draft, name))


def _checked(draft: PaymentDraft, owed: Balance, today: date) -> PaymentDraft:
    problems = Problems()
    draft = tidy(draft, problems)
    draft = replace(draft, currency=draft.currency.upper() or owed.currency, paid_on=draft.paid_on or today)
    problems.when(draft.amount < 1, "amount", "Give the amount that was paid, above 0.")
    problems.when(draft.amount > MONEY_LIMIT, "amount", f"Over {money.show(MONEY_LIMIT)}? Check the amount.")
    if draft.currency != owed.currency:
        problems.add("currency", f"The fee is in {owed.currency}; enter the payment in {owed.currency} too.")
    problems.one_of("method", draft.method, words.PAY_METHODS)
    problems.one_of("paid_from", draft.paid_from, words.PAID_FROM)
    problems.when(looks_like_tax_number(draft.reference), "reference", REFERENCE_WORDS)
    day = draft.paid_on or today
    problems.when(day > today, "paid_on", f"{short_day(day)} is still to come. Enter a payment once it went.")
    problems.when(day.year < FIRST_YEAR, "paid_on", f"{short_day(day)} is long past. Check the year.")
    problems.raise_if_any()
    return draft


def _holds(
    session: Session, engagement: Engagement, owed: Balance, draft: PaymentDraft, today: date, but: str = ""
) -> list[tuple[str, str]]:
    """Rule and words of each that stands in the way. `owed`: without the payment itself, whose id is `but`."""
    held = []
    payee = session.scalars(select(Payee).where(Payee.candidate_id == engagement.candidate_id)).first()
    is_wage = payee is not None and payee.worker_type == "w2"
    if engagement.status not in SETTLED and not is_wage:
        state = words.ENGAGEMENT_STATES[engagement.status].lower()
        held.append(("not_accepted", f"The work is not accepted yet (it is {state})."))
    if draft.amount > owed.open:
        amount, still = (money.show(cents, owed.currency) for cents in (draft.amount, max(owed.open, 0)))
        held.append(("over_fee", f"{amount} is more than what is open: {still}."))
    if (twin := _twin(session, engagement, draft, but)) is not None:
        held.append(("repeats", _twin_words(session, twin, engagement, today)))
    return held


def _twin(session: Session, engagement: Engagement, draft: PaymentDraft, but: str) -> Payment | None:
    """A recorded payment that this one seems to be once more."""
    same_day = (
        Payment.engagement_id == engagement.id,
        Payment.amount == draft.amount,
        Payment.paid_on == draft.paid_on,
    )
    near = select(Payment).where(Payment.id != but, *same_day).order_by(Payment.created_at, Payment.id)
    if (found := session.scalars(near).first()) is not None or not draft.reference:
        return found
    # One payroll run pays several people, so its number repeats; a check's and a transfer's do not.
    named = select(Payment).where(Payment.id != but, Payment.method == draft.method, Payment.reference != "")
    if draft.method == "payroll":
        named = named.where(Payment.candidate_id == engagement.candidate_id, Payment.paid_on == draft.paid_on)
    wanted = fold(draft.reference)
    found_all = session.scalars(named.order_by(Payment.created_at, Payment.id))
    return next((one for one in found_all if fold(one.reference) == wanted), None)


def _twin_words(session: Session, twin: Payment, engagement: Engagement, today: date) -> str:
    went = f"{money.show(twin.amount, twin.currency)} paid {short_day(twin.paid_on, today)}"
    if twin.candidate_id != engagement.candidate_id:
        other = find(session, Candidate, twin.candidate_id, "candidate")
        went += f" to {f'{other.first_name} {other.last_name}'.strip()}"
    named = f", {twin.reference}" if twin.reference else ""
    recorded = short_day(twin.created_at.astimezone().date(), today)
    return f"This looks like the one recorded on {recorded}: {went}{named}."
