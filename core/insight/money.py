"""What is due, what went and what is open; and what one payee got in a calendar year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.parts import chunks
from core.model import Candidate, Engagement, Instalment, Offer, Payee, Payment, Threshold
from core.model.words import WORKER_TYPES
from core.store import Store


@dataclass(frozen=True, slots=True)
class PartDue:
    """A part of the fee. `due_on` None: due when the work is accepted. `open`: what has not gone, oldest paid first."""

    amount: int
    open: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class FeeState:
    """Of one engagement, in cents. `due`: its whole fee; `open`: what of it has not gone.

    `owed`: what of the open is due by today; `owed_since`: its earliest day, None while nothing is owed yet.
    """

    due: int
    paid: int
    open: int
    currency: str
    parts: tuple[PartDue, ...]
    owed: int
    owed_since: date | None


NOTHING = FeeState(0, 0, 0, "USD", (), 0, None)


@dataclass(frozen=True, slots=True)
class PayeeYear:
    """What one person got in a calendar year. `counts`: the employer's own payments, which the threshold is held
    against; a campus's grant is the campus's to report. `over`: a contractor at or over it.
    """

    candidate_id: str
    name: str
    year: int
    worker_type: str
    worker_words: str
    total: int
    counts: int
    currency: str
    threshold: int | None
    over: bool
    w9_received_on: date | None


def fee_states(session: Session, engagement_ids: Iterable[str], *, today: date) -> dict[str, FeeState]:
    """By engagement, for those asked for."""
    found: dict[str, FeeState] = {}
    for ids in chunks(list(engagement_ids)):
        parts: dict[str, list[Instalment]] = defaultdict(list)
        wanted = select(Instalment).where(Instalment.engagement_id.in_(ids)).order_by(Instalment.position)
        for part in session.scalars(wanted):
            parts[part.engagement_id].append(part)
        went = select(Payment.engagement_id, func.sum(Payment.amount)).where(Payment.engagement_id.in_(ids))
        paid = {row[0]: row[1] for row in session.execute(went.group_by(Payment.engagement_id))}
        agreed = select(Engagement.id, Engagement.accepted_on, Offer.currency).join(
            Offer, Offer.id == Engagement.offer_id
        )
        for row_id, accepted_on, currency in session.execute(agreed.where(Engagement.id.in_(ids))):
            found[row_id] = _state(parts[row_id], paid.get(row_id, 0), currency, accepted_on, today)
    return found


def _state(parts: Sequence[Instalment], paid: int, currency: str, accepted_on: date | None, today: date) -> FeeState:
    left, owed, since = paid, 0, None
    shown = []
    for part in parts:
        open_ = max(0, part.amount - left)
        left = max(0, left - part.amount)
        due_on = part.due_on or accepted_on
        shown.append(PartDue(part.amount, open_, part.due_on))
        if open_ and due_on is not None and due_on <= today:
            owed += open_
            since = min(since or due_on, due_on)
    due = sum(part.amount for part in parts)
    return FeeState(due, paid, max(0, due - paid), currency, tuple(shown), owed, since)


def engagement_money(store: Store, engagement_id: str, *, today: date) -> FeeState:
    with store.read() as session:
        return fee_states(session, [engagement_id], today=today).get(engagement_id, NOTHING)


def payee_years(store: Store, year: int, candidate_id: str | None = None) -> list[PayeeYear]:
    """Everyone paid in the calendar year of the payment's day, the most first; one row a currency."""
    with store.read() as session:
        limits = {(one.year, one.currency): one.amount for one in session.scalars(select(Threshold))}
        query = (
            select(
                Candidate.id,
                Candidate.first_name,
                Candidate.last_name,
                Payment.currency,
                Payment.paid_from,
                func.sum(Payment.amount),
                Payee.worker_type,
                Payee.w9_received_on,
            )
            .join(Payment, Payment.candidate_id == Candidate.id)
            .outerjoin(Payee, Payee.candidate_id == Candidate.id)
            .where(Payment.paid_on.between(date(year, 1, 1), date(year, 12, 31)))
            .group_by(
                Candidate.id,
                Candidate.first_name,
                Candidate.last_name,
                Payment.currency,
                Payment.paid_from,
                Payee.worker_type,
                Payee.w9_received_on,
            )
        )
        if candidate_id is not None:
            query = query.where(Candidate.id == candidate_id)
        sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        people = {}
        for row_id, first, last, currency, paid_from, amount, worker, w9 in session.execute(query):
            both = sums[row_id, currency]
            both[0] += amount
            both[1] += amount if paid_from == "employer" else 0
            people[row_id] = (f"{first} {last}".strip(), worker or "contractor", w9)
    rows = []
    for (row_id, currency), (total, counts) in sums.items():
        name, worker, w9 = people[row_id]
        limit = limits.get((year, currency))
        over = worker == "contractor" and limit is not None and counts >= limit
        rows.append(
            PayeeYear(
                row_id, name, year, worker, WORKER_TYPES.get(worker, worker), total, counts, currency, limit, over, w9
            )
        )
    return sorted(rows, key=lambda row: (-row.total, row.name, row.currency))
