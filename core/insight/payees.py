"""What each payee got in a calendar year, held against that year's threshold; and which papers are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from core import money
from core.insight.parts import words_list
from core.model import Candidate, Payee, Payment, Threshold
from core.model.words import WORKER_TYPES
from core.store import Store
from core.text import short_day

NEAR_PERCENT = 80
"""From this share of the threshold on it is said that it comes near."""
PAPERS = {"contractor": (("W-9", "w9_received_on"),), "w2": (("I-9", "i9_received_on"), ("W-4", "w4_received_on"))}


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in cents. `year`: whose it is; another than the one asked for where that one is not known."""

    year: int
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Papers:
    """`received`: paper and its day; `missing`: papers that are not in. `worker_type` is "" until it is said."""

    worker_type: str
    worker_words: str
    why: str
    received: tuple[tuple[str, date], ...]
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is missing, "" where all is in."""
        if not self.worker_type:
            return "W-2 or contractor: not said yet"
        return f"{words_list(self.missing)} not received yet" if self.missing else ""


@dataclass(frozen=True, slots=True)
class PayeeYear:
    """What one person got in a calendar year, in cents of one currency. `counts`: the employer's own payments, which
    the threshold is held against; a campus's grant is the campus's to report. `over`: a contractor at or over it.

    `state`: over, near, under, or "" where no threshold binds (W-2 wages go onto a W-2; another currency).
    """

    candidate_id: str
    name: str
    year: int
    total: int
    counts: int
    payments: int
    currency: str
    limit: Limit | None
    state: str
    percent: int
    papers: Papers

    @property
    def over(self) -> bool:
        return self.state == "over"

    @property
    def threshold(self) -> int | None:
        return None if self.limit is None else self.limit.amount

    @property
    def row_id(self) -> str:
        """One person has a row for each currency."""
        return f"{self.candidate_id}:{self.currency}"


def limit_of(known: Mapping[int, tuple[int, str]], year: int) -> Limit | None:
    """The year's own; else the last one before it, else the first one after. `known`: year to (cents, currency)."""
    if not known:
        return None
    before = [one for one in known if one <= year]
    used = max(before) if before else min(known)
    return Limit(used, *known[used])


def limits(session: Session) -> dict[int, tuple[int, str]]:
    return {one.year: (one.amount, one.currency) for one in session.scalars(select(Threshold))}


def limit(store: Store, year: int) -> Limit | None:
    with store.read() as session:
        return limit_of(limits(session), year)


def limit_words(found: Limit | None, year: int) -> str:
    """ "Threshold for 2027: $2,000, as in 2026; 2027’s own is not entered." """
    if found is None:
        return "No threshold is entered."
    amount = money.show(found.amount, found.currency)
    if found.year == year:
        return f"Threshold for {year}: {amount}"
    return f"Threshold for {year}: {amount}, as in {found.year}; its own is not entered yet"


def standing(counts: int, worker_type: str, found: Limit | None, currency: str) -> tuple[str, int]:
    """(over, near, under or "", percent of the threshold rounded down)."""
    if found is None or found.currency != currency or worker_type == "w2":
        return "", 0
    percent = counts * 100 // found.amount
    if counts >= found.amount:
        return "over", percent
    return ("near" if percent >= NEAR_PERCENT else "under"), percent


def papers_of(payee: Payee | None) -> Papers:
    if payee is None:
        return Papers("", "", "", (), ())
    wanted = PAPERS.get(payee.worker_type, ())
    days = [(name, getattr(payee, column)) for papers in PAPERS.values() for name, column in papers]
    received = tuple((name, day) for name, day in days if day is not None)
    missing = tuple(name for name, column in wanted if getattr(payee, column) is None)
    kind = payee.worker_type
    return Papers(kind, WORKER_TYPES.get(kind, kind), payee.worker_type_why, received, missing)


def papers(session: Session, candidate_ids: Iterable[str] | None = None) -> dict[str, Papers]:
    """By candidate; those of whom nothing is said are missing. None: everyone's."""
    query = select(Payee)
    if candidate_ids is not None:
        query = query.where(Payee.candidate_id.in_(list(candidate_ids)))
    return {one.candidate_id: papers_of(one) for one in session.scalars(query)}


def payee_years(store: Store, year: int, candidate_id: str | None = None) -> list[PayeeYear]:
    """Everyone paid in the calendar year of the payment's day, the most first; one row a currency."""
    query = (
        select(
            Candidate.id,
            Candidate.first_name,
            Candidate.last_name,
            Payment.currency,
            Payment.paid_from,
            func.sum(Payment.amount),
            func.count(),
        )
        .join(Payment, Payment.candidate_id == Candidate.id)
        .where(Payment.paid_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(Candidate.id, Candidate.first_name, Candidate.last_name, Payment.currency, Payment.paid_from)
    )
    if candidate_id is not None:
        query = query.where(Candidate.id == candidate_id)
    with store.read() as session:
        found = limit_of(limits(session), year)
        known = papers(session, None if candidate_id is None else [candidate_id])
        sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        names = {}
        for row_id, first, last, currency, paid_from, amount, count in session.execute(query):
            three = sums[row_id, currency]
            three[0] += amount
            three[1] += amount if paid_from == "employer" else 0
            three[2] += count
            names[row_id] = f"{first} {last}".strip()
    rows = []
    for (row_id, currency), (total, counts, payments) in sums.items():
        has = known.get(row_id, papers_of(None))
        state, percent = standing(counts, has.worker_type, found, currency)
        limit_ = found if found is not None and found.currency == currency else None
        rows.append(
            PayeeYear(row_id, names[row_id], year, total, counts, payments, currency, limit_, state, percent, has)
        )
    return sorted(rows, key=lambda row: (-row.total, row.name, row.currency))


def years(store: Store, *, today: date) -> list[int]:
    """Those in which money went, and this one; the latest first."""
    year = extract("year", Payment.paid_on)
    with store.read() as session:
        return sorted({int(one) for one in session.scalars(select(year).distinct())} | {today.year}, reverse=True)


def before_payment(
    store: Store,
    engagement_id: str,
    amount: int,
    paid_on: date,
    paid_from: str,
    *,
    today: date,
    but: str = "",
) -> list[str]:
    """What is worth knowing before this payment is recorded; nothing here stops it. `but`: a payment left out."""
    from core.model import Engagement, Offer

    agreed = select(Engagement.candidate_id, Engagement.agreed_on, Offer.currency).join(
        Offer, Offer.id == Engagement.offer_id
    )
    said: list[str] = []
    with store.read() as session:
        row = session.execute(agreed.where(Engagement.id == engagement_id)).first()
        if row is None:
            return []
        candidate_id, agreed_on, currency = row
        has = papers(session, [candidate_id]).get(candidate_id, papers_of(None))
        if not has.worker_type:
            said.append("It is not said yet whether this is W-2 pay or a contractor’s fee.")
        elif has.missing:
            said.append(f"{words_list(has.missing)} not received yet.")
        if paid_on < agreed_on:
            said.append(f"The offer was accepted on {short_day(agreed_on, today)}. Check the day and its year.")
        if paid_from == "employer":
            went = select(func.coalesce(func.sum(Payment.amount), 0)).where(
                Payment.candidate_id == candidate_id,
                Payment.id != but,
                Payment.currency == currency,
                Payment.paid_from == "employer",
                Payment.paid_on.between(date(paid_on.year, 1, 1), date(paid_on.year, 12, 31)),
            )
            counts = int(session.scalar(went) or 0) + amount
            said += _near(counts, has.worker_type, limit_of(limits(session), paid_on.year), currency, paid_on.year)
    return said


def _near(counts: int, worker_type: str, found: Limit | None, currency: str, year: int) -> list[str]:
    state, _ = standing(counts, worker_type, found, currency)
    if found is None or state not in ("over", "near"):
        return []
    sums = f"With this {money.show(counts, currency)} of {money.show(found.amount, currency)} went to them in {year}"
    return [f"{sums}. {MEANS[state]}"]


MEANS = {
    "over": "The threshold is reached: a 1099-NEC is due for that year.",
    "near": "The threshold is near; from it on a 1099-NEC is due for that year.",
}
