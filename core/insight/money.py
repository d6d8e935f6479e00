"""What is due, what went and what is open of a fee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.insight.parts import chunks
from core.model import Engagement, Instalment, Offer, Payment
from core.store import Store
from core.text import plural, short_day


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
    next_on: date | None = None
    """The next day on which a part that has not gone is due; None where that is the day of acceptance, or none is."""

    @property
    def over(self) -> int:
        """What went beyond the fee."""
        return max(0, self.paid - self.due)


NOTHING = FeeState(0, 0, 0, "USD", (), 0, None)


@dataclass(frozen=True, slots=True)
class PayChip:
    """`state`: late, due, over, part, later or paid; `tone`: red, amber, neutral or green."""

    state: str
    words: str
    tone: str


def pay_chip(fee: FeeState, today: date) -> PayChip | None:
    """Where the money stands, in a few words; None where no fee is due and none went."""
    part = ", part-paid" if fee.paid and fee.open else ""
    if fee.owed_since is not None:
        days = (today - fee.owed_since).days
        if days > 0:
            return PayChip("late", f"{plural(days, 'day')} late{part}", "red")
        return PayChip("due", f"due today{part}", "amber")
    if fee.over:
        return PayChip("over", f"over-paid by {money.show(fee.over, fee.currency)}", "amber")
    if not fee.due:
        return None
    if not fee.open:
        return PayChip("paid", "paid", "green")
    if fee.paid:
        return PayChip("part", "part-paid", "neutral")
    when = f"due {short_day(fee.next_on, today)}" if fee.next_on else "due on acceptance"
    return PayChip("later", when, "neutral")


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
    left, owed, since, ahead = paid, 0, None, None
    shown = []
    for part in parts:
        open_ = max(0, part.amount - left)
        left = max(0, left - part.amount)
        due_on = part.due_on or accepted_on
        shown.append(PartDue(part.amount, open_, part.due_on))
        if open_ and due_on is not None and due_on <= today:
            owed += open_
            since = min(since or due_on, due_on)
        elif open_ and due_on is not None:
            ahead = min(ahead or due_on, due_on)
    due = sum(part.amount for part in parts)
    return FeeState(due, paid, max(0, due - paid), currency, tuple(shown), owed, since, ahead)


def engagement_money(store: Store, engagement_id: str, *, today: date) -> FeeState:
    with store.read() as session:
        return fee_states(session, [engagement_id], today=today).get(engagement_id, NOTHING)
