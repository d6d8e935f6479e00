"""What a program summary says of a period: the six promises, the figures behind them, charts, reach and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.chart import Chart, ChartBar
from core.errors import UserError
from core.insight import figures_people as people
from core.insight import figures_work as work
from core.insight.figure import Figure, Period
from core.insight.parts import month_end
from core.insight.summary_money import ProjectSpend, month_label, paid_by_month, paid_in, spending
from core.insight.summary_promises import PromiseView, period_before, promises, with_trends
from core.insight.summary_reach import SchoolReach, YearReach, by_class_year, by_school, class_year_chart, went
from core.insight.summary_sides import followed, students_said, we_saw
from core.model import Program
from core.store import Store
from core.text import fold, month, plural, short_day


@dataclass(frozen=True, slots=True)
class FigureGroup:
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ProgramSummary:
    """`start`, `end`: as asked for; `until`: the last day that has happened. `paid`: (currency, cents).

    `before`: the period that the trends are against; `compared`: that in words, also where there is nothing in it.
    `by_month`, `by_class_year`, `students_said`, `we_saw`, `followed`, `paid_by_month`: charts, maybe empty.
    """

    start: date
    end: date
    until: date
    promises: tuple[PromiseView, ...]
    groups: tuple[FigureGroup, ...]
    schools: tuple[SchoolReach, ...]
    class_years: tuple[YearReach, ...]
    spending: tuple[ProjectSpend, ...]
    paid: tuple[tuple[str, int], ...]
    before: Period
    by_month: Chart
    students_said: Chart
    we_saw: Chart
    followed: Chart
    paid_by_month: Chart

    @property
    def by_class_year(self) -> Chart:
        return class_year_chart(self.class_years)

    @property
    def compared(self) -> str:
        days = short_day(self.before.end)
        if self.before.start < self.before.end:
            days = f"{short_day(self.before.start, self.before.end)} to {days}"
        if any(one.trend for one in self.promises):
            return f"Up and down are against {days}."
        return f"There is nothing to compare with from {days}."

    def figure(self, key: str) -> Figure:
        return next(one for group in self.groups for one in group.figures if one.key == key)


def program_period(store: Store, name: str | None, *, today: date) -> tuple[str, date, date]:
    """(name, first, last day) of a program; without a name of this calendar year. UserError names the programs."""
    if name is None:
        return str(today.year), date(today.year, 1, 1), date(today.year, 12, 31)
    with store.read() as session:
        found = list(session.scalars(select(Program).order_by(Program.starts_on)))
    for one in found:
        if fold(one.name) == fold(name):
            return one.name, one.starts_on, one.ends_on
    if name.isdigit() and len(name) == 4 and int(name) > 1900:
        return name, date(int(name), 1, 1), date(int(name), 12, 31)
    known = ", ".join(one.name for one in found)
    raise UserError(f"There is no program “{name}”. " + (f"There are: {known}." if known else "Name a year, or days."))


def program_summary(store: Store, start: date, end: date, *, today: date) -> ProgramSummary:
    """UserError where the period is turned round, or has not begun."""
    if end < start:
        raise UserError("The last day lies before the first. Turn them round.")
    if start > today:
        day = short_day(start)
        raise UserError(f"This begins on {day}. A summary tells what has happened: make it from that day on.")
    period = Period(start, min(end, today))
    asked, before = Period(start, end), period_before(period, end)
    with store.read() as session:
        found = people.applicants(session, period)
        spans = work.running(session, period)
        groups = _groups(session, period, end, found, spans, today)
        by_key = {one.key: one for group in groups for one in group.figures}
        projects = {project for project, _, _ in spans}
        paid = paid_in(session, period)
        on = went(session, period)
        views = promises(by_key, len(projects), paid)
        return ProgramSummary(
            start,
            end,
            period.end,
            with_trends(session, views, by_key, len(projects), before),
            groups,
            by_school(session, found, on),
            by_class_year(found, on),
            spending(session, period, projects, today),
            paid,
            before,
            _by_month(asked, spans, period.end),
            students_said(session, period, today),
            we_saw(session, period, today),
            followed(session, period),
            paid_by_month(session, asked, period.end, paid[0][0] if paid else ""),
        )


def _groups(
    session: Session,
    period: Period,
    end: date,
    found: Sequence[people.Applicant],
    spans: Sequence[work.Span],
    today: date,
) -> tuple[FigureGroup, ...]:
    """Every figure, under the promise that it proves. `end`: the last day asked for, which may lie ahead.

    `found`: who applied in the period; `spans`: what ran in it.
    """
    ended = work.ended(session, period)
    return (
        FigureGroup(
            "Kept engaged",
            (
                people.in_touch(session, period),
                people.each_quarter(session, period),
                people.near_misses(session, period),
                people.at_graduation(session, period),
            ),
        ),
        FigureGroup(
            "Open to athletes, working students and parents",
            (
                work.flexible(session, period),
                work.completion(ended),
                work.completion(ended, is_flexible=True),
                work.completion(ended, is_flexible=False),
                work.extensions(session, period),
                work.did_not_show(ended),
            ),
        ),
        FigureGroup("Beyond the focus schools", (people.new_schools(session, period), people.outside_focus_of(found))),
        FigureGroup("Met early", (people.early_of(found), people.months_before(session, period))),
        FigureGroup(
            "All year round",
            (
                work.months_with_project(spans, period, end),
                work.hours_handed_over(session, period),
                work.supervision(session, period),
            ),
        ),
        FigureGroup(
            "Assessed on skills, from both sides",
            (
                work.both_reviews(session, period),
                work.within_one(session, period),
                work.work_again(session, period, today=today),
                work.follow_on(session, period, accepted=False),
                work.follow_on(session, period, accepted=True),
            ),
        ),
    )


def _by_month(period: Period, spans: Sequence[work.Span], until: date) -> Chart:
    """Projects with an engagement running in each month; one that still lies ahead has no number."""
    bars = []
    for first in period.months():
        last = month_end(first)
        begun = first <= until
        there = sorted({project for project, start, end in spans if begun and start <= last and end >= first})
        bars.append(
            ChartBar(
                month_label(first, period),
                len(there) if begun else None,
                f"{month(first)}: {plural(len(there), 'project')}",
                rows=tuple(("projects", row_id) for row_id in there),
            )
        )
    return Chart("Projects by month", tuple(bars))
