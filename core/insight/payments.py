"""What is to pay now, and the money that went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.errors import UserError
from core.insight.money import FeeState, PayChip, fee_states, pay_chip
from core.insight.parts import chunks, number_words
from core.insight.payees import Papers, papers, papers_of
from core.insight.wages import WageGap, wage_gaps
from core.model import Candidate, Engagement, Payment, Project
from core.model.words import ENGAGEMENT_STATES, PAID_FROM, PAY_METHODS
from core.store import Store
from core.text import fold, plural, short_day

ORDER = ("late", "due", "minimum", "over", "part", "later")
"""In which order one takes what is to pay."""


@dataclass(frozen=True, slots=True)
class ToPay:
    """An engagement whose money is not settled. `state`: one of ORDER; `owed`: cents that are due by today."""

    engagement_id: str
    candidate_id: str
    candidate: str
    project_id: str
    project: str
    number: str
    work_words: str
    state: str
    chip: PayChip
    fee: FeeState
    papers: Papers
    gap: WageGap | None

    @property
    def now(self) -> int:
        """What goes next: what is due by today, else what is open."""
        return self.fee.owed or self.fee.open


@dataclass(frozen=True, slots=True)
class PaymentLine:
    id: str
    engagement_id: str
    candidate_id: str
    candidate: str
    project_id: str
    project: str
    number: str
    paid_on: date
    amount: int
    currency: str
    method: str
    method_words: str
    reference: str
    paid_from: str
    paid_from_words: str
    hold_reason: str


@dataclass(frozen=True)
class PaymentFilter:
    """None and "" stand for all. `words` are looked for in name, project, number and reference."""

    year: int | None = None
    paid_from: str = ""
    method: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one currency, in cents."""

    currency: str
    count: int
    amount: int


def to_pay(store: Store, *, today: date) -> list[ToPay]:
    """Late first, the longest waiting at the top; what is not due yet stands last."""
    with store.read() as session:
        return _to_pay(session, None, today)


def one_to_pay(store: Store, engagement_id: str, *, today: date) -> ToPay:
    """The money of one engagement, settled or not (its state is "paid" or "" then). UserError where it is gone."""
    with store.read() as session:
        found = _to_pay(session, engagement_id, today)
    if not found:
        raise UserError("This engagement is no longer in the store. It was removed, or adding it was undone.")
    return found[0]


def _to_pay(session: Session, engagement_id: str | None, today: date) -> list[ToPay]:
    query = (
        select(Engagement, Candidate.first_name, Candidate.last_name, Project.title, Project.number)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .join(Project, Project.id == Engagement.project_id)
    )
    if engagement_id is not None:
        query = query.where(Engagement.id == engagement_id)
    rows = session.execute(query).all()
    fees = fee_states(session, [row[0].id for row in rows], today=today)
    gaps = wage_gaps(session, None if engagement_id is None else [engagement_id])
    known = papers(session, None if engagement_id is None else [row[0].candidate_id for row in rows])
    found = []
    for one, first, last, title, number in rows:
        fee, gap = fees[one.id], gaps.get(one.id)
        chip = pay_chip(fee, today) or PayChip("", "no fee is due", "neutral")
        state = chip.state
        if gap is not None and state not in ("late", "due"):
            state, chip = "minimum", PayChip("minimum", "under the minimum", "red")
        if engagement_id is None and state not in ORDER:
            continue
        found.append(
            ToPay(
                one.id,
                one.candidate_id,
                f"{first} {last}".strip(),
                one.project_id,
                title,
                number_words("P", number),
                ENGAGEMENT_STATES[one.status],
                state,
                chip,
                fee,
                known.get(one.candidate_id, papers_of(None)),
                gap,
            )
        )
    places = {state: place for place, state in enumerate(ORDER)}

    def key(row: ToPay) -> tuple[int, date, str]:
        return (places.get(row.state, 9), row.fee.owed_since or row.fee.next_on or date.max, row.candidate)

    return sorted(found, key=key)


def to_pay_words(rows: Sequence[ToPay]) -> str:
    """ "$820 to pay now for 3 engagements, 2 of them late · $400 still to come" """
    owed: dict[str, int] = {}
    ahead: dict[str, int] = {}
    for row in rows:
        owed[row.fee.currency] = owed.get(row.fee.currency, 0) + row.fee.owed
        ahead[row.fee.currency] = ahead.get(row.fee.currency, 0) + row.fee.open - row.fee.owed
    now = [row for row in rows if row.fee.owed]
    late = sum(row.state == "late" for row in rows)
    parts = []
    if now:
        all_late = ", late" if late == 1 else ", all of them late"
        late_words = "" if not late else all_late if late == len(now) else f", {late} of them late"
        parts.append(f"{_sums(owed)} to pay now for {plural(len(now), 'engagement')}{late_words}")
    elif rows:
        parts.append("Nothing is due today")
    if any(ahead.values()):
        parts.append(f"{_sums(ahead)} still to come")
    return " · ".join(parts)


def _sums(cents: dict[str, int]) -> str:
    return " and ".join(money.show(amount, currency) for currency, amount in sorted(cents.items()) if amount)


# --- money that went --------------------------------------------------------------------------------------------------


def payment_ids(
    store: Store, wanted: PaymentFilter = PaymentFilter(), sort: str = "paid_on", down: bool = True
) -> list[str]:
    """`sort`: paid_on, candidate, project, amount, method or paid_from."""
    columns: dict[str, Any] = {
        "paid_on": Payment.paid_on,
        "candidate": func.lower(Candidate.first_name + " " + Candidate.last_name),
        "project": Project.number,
        "amount": Payment.amount,
        "method": Payment.method,
        "paid_from": Payment.paid_from,
    }
    named = (Candidate.first_name, Candidate.last_name, Project.title, Project.number, Payment.reference)
    column = columns[sort]
    query = _filtered(select(Payment.id, *named), wanted)
    query = query.order_by(column.desc() if down else column, Payment.paid_on.desc(), Payment.id)
    with store.read() as session:
        rows = session.execute(query).all()
    words = fold(wanted.words).split()
    if not words:
        return [row[0] for row in rows]
    return [row[0] for row in rows if _says(row, words)]


def _filtered(query: Any, wanted: PaymentFilter) -> Any:
    query = query.join(Candidate, Candidate.id == Payment.candidate_id)
    query = query.join(Engagement, Engagement.id == Payment.engagement_id)
    query = query.join(Project, Project.id == Engagement.project_id)
    if wanted.year is not None:
        query = query.where(Payment.paid_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.paid_from:
        query = query.where(Payment.paid_from == wanted.paid_from)
    if wanted.method:
        query = query.where(Payment.method == wanted.method)
    return query


def _says(row: Any, words: Sequence[str]) -> bool:
    _, first, last, title, number, reference = row
    said = fold(f"{first} {last} {title} {number_words('P', number)} {reference}")
    return all(word in said for word in words)


def payment_lines(store: Store, ids: Iterable[str]) -> dict[str, PaymentLine]:
    with store.read() as session:
        return {row.id: row for row in _lines(session, ids)}


def _lines(session: Session, ids: Iterable[str]) -> Iterable[PaymentLine]:
    for some in chunks(list(ids)):
        query = _filtered(
            select(Payment, Candidate.first_name, Candidate.last_name, Project.id, Project.title, Project.number),
            PaymentFilter(),
        )
        for one, first, last, project_id, title, number in session.execute(query.where(Payment.id.in_(some))):
            yield PaymentLine(
                one.id,
                one.engagement_id,
                one.candidate_id,
                f"{first} {last}".strip(),
                project_id,
                title,
                number_words("P", number),
                one.paid_on,
                one.amount,
                one.currency,
                one.method,
                PAY_METHODS.get(one.method, one.method),
                one.reference,
                one.paid_from,
                PAID_FROM.get(one.paid_from, one.paid_from),
                one.hold_reason,
            )


def payments_of(
    store: Store, *, engagement_id: str | None = None, candidate_id: str | None = None, year: int | None = None
) -> list[PaymentLine]:
    """Of an engagement or a payee, the latest first."""
    query = _filtered(select(Payment.id), PaymentFilter(year=year))
    if engagement_id is not None:
        query = query.where(Payment.engagement_id == engagement_id)
    if candidate_id is not None:
        query = query.where(Payment.candidate_id == candidate_id)
    with store.read() as session:
        found = {row.id: row for row in _lines(session, session.scalars(query))}
    return sorted(found.values(), key=lambda row: (row.paid_on, row.id), reverse=True)


def sums(store: Store, wanted: PaymentFilter) -> list[Sums]:
    """What the filtered payments come to, one for each currency, the largest first."""
    ids = payment_ids(store, wanted)
    found: dict[str, Sums] = {}
    with store.read() as session:
        for some in chunks(ids):
            query = select(Payment.currency, func.count(), func.sum(Payment.amount)).where(Payment.id.in_(some))
            for currency, count, amount in session.execute(query.group_by(Payment.currency)):
                was = found.get(currency, Sums(currency, 0, 0))
                found[currency] = replace(was, count=was.count + count, amount=was.amount + amount)
    return sorted(found.values(), key=lambda one: (-one.amount, one.currency))


def sums_words(found: Sequence[Sums]) -> str:
    """ "14 payments: $5,120 and 80 EUR" """
    count = sum(one.count for one in found)
    amounts = " and ".join(money.show(one.amount, one.currency) for one in found)
    return f"{plural(count, 'payment')}: {amounts}" if count else "No payment"


def payable(store: Store, *, today: date) -> list[tuple[str, str]]:
    """(engagement id, words) to choose from when a payment is recorded: what is open first, then the settled."""
    with store.read() as session:
        open_ = _to_pay(session, None, today)
        query = (
            select(Engagement.id, Candidate.first_name, Candidate.last_name, Project.title, Project.number)
            .join(Candidate, Candidate.id == Engagement.candidate_id)
            .join(Project, Project.id == Engagement.project_id)
            .where(Engagement.status.not_in(("cancelled", "did_not_show")))
            .order_by(Engagement.kick_off_on.desc(), Engagement.id)
        )
        rest = {
            row[0]: f"{row[1]} {row[2]}".strip() + f" · {number_words('P', row[4])} {row[3]} · settled"
            for row in session.execute(query)
        }
    found = [
        (row.engagement_id, f"{row.candidate} · {row.number} {row.project} · {_open_words(row, today)}")
        for row in open_
    ]
    seen = {row_id for row_id, _ in found}
    return found + [pair for pair in rest.items() if pair[0] not in seen]


def _open_words(row: ToPay, today: date) -> str:
    if row.fee.owed_since:
        return f"{money.show(row.fee.owed, row.fee.currency)} since {short_day(row.fee.owed_since, today)}"
    return row.chip.words
