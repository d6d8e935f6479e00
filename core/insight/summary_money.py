"""What the projects of a period cost: each with its fees and payments, and the money by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core import money
from core.chart import Chart, ChartBar
from core.insight.figure import Period
from core.insight.parts import among, number_words
from core.insight.projects import phases
from core.model import Engagement, Instalment, Payment, Project
from core.model.words import PROJECT_PHASES
from core.text import MONTHS, month


@dataclass(frozen=True, slots=True)
class ProjectSpend:
    """`fee`: agreed with those at work, else the brief's for all openings. `paid`: in the period. In cents."""

    project_id: str
    number: str
    project: str
    state: str
    start: date | None
    end: date | None
    hours: int
    fee: int
    paid: int
    currency: str


def month_label(first: date, period: Period) -> str:
    """Jan; where the period goes over years, each January says which: Jan 27."""
    short = MONTHS[first.month - 1][:3]
    several = period.start.year != period.end.year
    named = several and (first.month == 1 or first <= period.start)
    return f"{short} {first.year % 100:02}" if named else short


def paid_in(session: Session, period: Period) -> tuple[tuple[str, int], ...]:
    """(currency, cents), the most first."""
    query = (
        select(Payment.currency, func.sum(Payment.amount))
        .where(Payment.paid_on.between(period.start, period.end))
        .group_by(Payment.currency)
        .order_by(func.sum(Payment.amount).desc())
    )
    return tuple((row[0], row[1]) for row in session.execute(query))


def paid_by_month(session: Session, period: Period, until: date, currency: str) -> Chart:
    """`until`: the last day that has happened. Payments in one currency; a bar's rows are the projects paid for."""
    query = (
        select(Payment.paid_on, Payment.amount, Engagement.project_id)
        .join(Engagement, Engagement.id == Payment.engagement_id)
        .where(Payment.paid_on.between(period.start, until), Payment.currency == currency)
        .order_by(Payment.paid_on, Payment.id)
    )
    sums: Counter[date] = Counter()
    behind: dict[date, dict[str, None]] = defaultdict(dict)
    for day, cents, project_id in session.execute(query):
        first = day.replace(day=1)
        sums[first] += cents
        behind[first][project_id] = None
    bars = []
    for first in period.months():
        words = money.show(sums[first], currency)
        bars.append(
            ChartBar(
                month_label(first, period),
                sums[first] if first <= until else None,
                f"{month(first)}: {words} paid",
                rows=tuple(("projects", one) for one in behind[first]),
                shown=words,
            )
        )
    return Chart("Paid by month", tuple(bars))


def spending(session: Session, period: Period, at_work: Collection[str], today: date) -> tuple[ProjectSpend, ...]:
    """Projects opened, begun or paid for in the period."""
    span = (period.start, period.end)
    went = {
        row[0]: row[1]
        for row in session.execute(
            select(Engagement.project_id, func.sum(Payment.amount))
            .join(Payment, Payment.engagement_id == Engagement.id)
            .where(Payment.paid_on.between(*span))
            .group_by(Engagement.project_id)
        )
    }
    query = select(
        Project.id,
        Project.number,
        Project.title,
        Project.kick_off_on,
        Project.due_on,
        Project.estimated_hours,
        Project.fee,
        Project.openings,
        Project.status,
        Project.currency,
    ).where(
        or_(Project.opened_on.between(*span), among(Project.id, [*at_work, *went])), Project.status != "draft"
    )
    projects = session.execute(query.order_by(Project.kick_off_on, Project.number)).all()
    ids = [one.id for one in projects]
    due = (
        select(Engagement.project_id, func.sum(Instalment.amount))
        .join(Instalment, Instalment.engagement_id == Engagement.id)
        .where(among(Engagement.project_id, ids))
        .group_by(Engagement.project_id)
    )
    agreed = {row[0]: row[1] for row in session.execute(due)}
    state = phases(session, today, ids)
    return tuple(
        ProjectSpend(
            one.id,
            number_words("P", one.number),
            one.title,
            PROJECT_PHASES[state[one.id]],
            one.kick_off_on,
            one.due_on,
            one.estimated_hours,
            agreed.get(one.id, 0 if one.status == "cancelled" else one.fee * one.openings),
            went.get(one.id, 0),
            one.currency,
        )
        for one in projects
    )
