"""W-2 pay against the legal minimum for the hours logged. It warns; nothing here changes a fee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.insight.glance import Waiting
from core.model import Candidate, Employer, Engagement, HourEntry, Instalment, Offer, Payee, Project
from core.text import as_written

WORKED = ("running", "delivered", "accepted", "ended_early", "did_not_show")


@dataclass(frozen=True, slots=True)
class WageGap:
    """A W-2 fee that makes less an hour than the legal minimum. `short`: cents that are missing, up to whole ones."""

    engagement_id: str
    candidate: str
    project: str
    minutes: int
    fee: int
    minimum: int
    short: int
    currency: str

    @property
    def words(self) -> str:
        hours = as_written(f"{self.minutes / 60:.1f}".removesuffix(".0"))
        rate = money.show(self.fee * 60 // self.minutes, self.currency)
        return (
            f"{hours} h logged make it {rate} an hour, under the legal minimum of "
            f"{money.show(self.minimum, self.currency)}: {money.show(self.short, self.currency)} are missing."
        )


def missing_cents(fee: int, minutes: int, minimum: int) -> int:
    """What `fee` lacks for `minutes` at `minimum` an hour, rounded up to a cent; 0 where it does."""
    return max(0, -(-minimum * minutes // 60) - fee)


def wage_gaps(session: Session, engagement_ids: Iterable[str] | None = None) -> dict[str, WageGap]:
    """By engagement, in the employer's own currency, as the minimum is in it."""
    owner = session.scalars(select(Employer)).one()
    if owner.legal_minimum <= 0:
        return {}
    logged = (
        select(HourEntry.engagement_id.label("id"), func.sum(HourEntry.minutes).label("minutes"))
        .group_by(HourEntry.engagement_id)
        .subquery()
    )
    due = (
        select(Instalment.engagement_id.label("id"), func.sum(Instalment.amount).label("fee"))
        .group_by(Instalment.engagement_id)
        .subquery()
    )
    query = (
        select(
            Engagement.id,
            Candidate.first_name,
            Candidate.last_name,
            Project.title,
            logged.c.minutes,
            func.coalesce(due.c.fee, 0),
        )
        .join(logged, logged.c.id == Engagement.id)
        .outerjoin(due, due.c.id == Engagement.id)
        .join(Offer, Offer.id == Engagement.offer_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .join(Project, Project.id == Engagement.project_id)
        .join(Payee, Payee.candidate_id == Engagement.candidate_id)
        .where(Payee.worker_type == "w2", Offer.currency == owner.currency, Engagement.status.in_(WORKED))
        .order_by(Engagement.due_on, Engagement.id)
    )
    if engagement_ids is not None:
        query = query.where(Engagement.id.in_(list(engagement_ids)))
    found = {}
    for row_id, first, last, title, minutes, fee in session.execute(query):
        if short := missing_cents(fee, minutes, owner.legal_minimum):
            name = f"{first} {last}".strip()
            found[row_id] = WageGap(row_id, name, title, minutes, fee, owner.legal_minimum, short, owner.currency)
    return found


def wage_waiting(session: Session) -> Iterator[Waiting]:
    for one in wage_gaps(session).values():
        chip = f"{money.show(one.short, one.currency)} missing"
        yield Waiting(
            "minimum",
            "Change the fee",
            "Under the legal minimum",
            f"{one.candidate} · {one.project}: {one.words}",
            chip,
            "red",
            5,
            ("engagements", one.engagement_id),
        )
