"""What a program summary says of a period: the six promises, the figures behind them, months, reach and money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from core import money
from core.chart import Chart, ChartBar
from core.errors import UserError
from core.insight import figures_people as people
from core.insight import figures_work as work
from core.insight.figure import NONE_YET, Figure, Period
from core.insight.parts import SMALL, add_months, month_end, number_words
from core.insight.projects import phases
from core.model import Engagement, Instalment, Outcome, Payment, Program, Project, School
from core.model.words import PROJECT_PHASES
from core.store import Store
from core.text import MONTHS, fold, in_digits, month, plural, short_day


@dataclass(frozen=True, slots=True)
class PromiseView:
    """`figure`: what stands large; "none yet" where `base` is 0. `detail`: a sentence with the bases. `trend`: against
    the period of the same length before it; "" where that has nothing to compare with.
    """

    key: str
    figure: str
    label: str
    detail: str
    base: int
    trend: str = ""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """`count`: projects with an engagement running in that month; None where it still lies ahead. `projects`: which."""

    month: date
    count: int | None
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolReach:
    """People. The last row may gather the schools under five applicants (`school_id` None); None is hidden."""

    school_id: str | None
    school: str
    focus: bool
    applied: int | None
    selected: int | None
    finished: int | None
    went_on: int | None


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


@dataclass(frozen=True, slots=True)
class FigureGroup:
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ProgramSummary:
    """`start`, `end`: as asked for; `until`: the last day that has happened. `paid`: (currency, cents)."""

    start: date
    end: date
    until: date
    promises: tuple[PromiseView, ...]
    groups: tuple[FigureGroup, ...]
    months: tuple[MonthCount, ...]
    reach: tuple[SchoolReach, ...]
    spending: tuple[ProjectSpend, ...]
    paid: tuple[tuple[str, int], ...]

    @property
    def by_month(self) -> Chart:
        """For the screen and for paper."""
        bars = tuple(
            ChartBar(
                MONTHS[one.month.month - 1][:3],
                one.count,
                f"{month(one.month)}: {plural(one.count or 0, 'project')}",
                rows=tuple(("projects", row_id) for row_id in one.projects),
            )
            for one in self.months
        )
        return Chart("Projects by month", bars)

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
    """UserError where the period is turned round."""
    if end < start:
        raise UserError("The last day lies before the first. Turn them round.")
    period = Period(start, min(end, today))
    with store.read() as session:
        groups = figure_groups(session, period, end, today=today)
        by_key = {one.key: one for group in groups for one in group.figures}
        spans = work.running(session, period)
        paid = _paid(session, period)
        projects = len({project for project, _, _ in spans})
        trends = _trends(session, by_key, projects, period, end)
        return ProgramSummary(
            start,
            end,
            period.end,
            tuple(replace(one, trend=trends.get(one.key, "")) for one in _promises(by_key, projects, paid)),
            groups,
            _months(Period(start, end), spans, period.end),
            _reach(session, period),
            _spending(session, period, {project for project, _, _ in spans}, today),
            paid,
        )


def figure_groups(session: Session, period: Period, end: date, *, today: date) -> tuple[FigureGroup, ...]:
    """Every figure, under the promise that it proves. `end`: the last day asked for, which may lie ahead."""
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
                work.completion(session, period),
                work.completion(session, period, is_flexible=True),
                work.completion(session, period, is_flexible=False),
                work.extensions(session, period),
                work.did_not_show(session, period),
            ),
        ),
        FigureGroup(
            "Beyond the focus schools", (people.new_schools(session, period), people.outside_focus(session, period))
        ),
        FigureGroup("Met early", (people.early(session, period), people.months_before(session, period))),
        FigureGroup(
            "All year round",
            (
                work.months_with_project(session, period, end),
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


def _promises(by_key: dict[str, Figure], projects: int, paid: tuple[tuple[str, int], ...]) -> tuple[PromiseView, ...]:
    touch, near = by_key["in_touch"], by_key["near_misses"]
    done, free, fixed = by_key["completion"], by_key["completion_flexible"], by_key["completion_fixed"]
    more, schools, outside = by_key["extensions"], by_key["new_schools"], by_key["outside_focus"]
    young, before, busy = by_key["early"], by_key["months_before"], by_key["months_with_project"]
    handed, watched = by_key["hours_handed_over"], by_key["supervision"]
    both, close, again = by_key["both_reviews"], by_key["within_one"], by_key["work_again"]
    sums = " and ".join(money.show(cents, currency) for currency, cents in paid)
    medians = f"; we met them {before.shown} before graduation (median)" if before.base else ""
    extended = f"{plural(more.base, 'extension')} asked, {more.numerator} given" if more.base else "no extension asked"
    would = f"{again.counts} students would work here again" if again.value is not None else ""
    details = {
        "engaged": f"of {plural(touch.base, 'person', 'people')} in the pool had a contact in the last 90 days; "
        f"{near.counts} near-miss interns came back for a project",
        "accessible": f"{done.counts}; flexible projects {free.shown}, fixed hours {fixed.shown}; {extended}",
        "reach": f"{outside.shown} of {plural(outside.base, 'applicant')} came from outside our focus schools",
        "early": f"of {plural(young.base, 'applicant')}{medians}",
        "pipeline": f"{handed.shown} of work handed over for {watched.shown} of supervision; {sums or 'nothing'} paid",
        "skills": "; ".join(part for part in (f"raters within one level on {close.shown} of scores", would) if part),
    }
    new = schools.counts if schools.base else NONE_YET
    rows = (
        ("engaged", touch.shown, "stayed in touch", touch.base),
        ("accessible", done.shown, "finished", done.base),
        ("reach", new, "schools were new to us", schools.base),
        ("early", young.shown, "were in their first two years", young.base),
        (
            "pipeline",
            in_digits(projects),
            f"{'project' if projects == 1 else 'projects'}, {_months_words(busy)}",
            projects,
        ),
        ("skills", both.shown, "have both reviews", both.base),
    )
    return tuple(
        PromiseView(key, figure if base else NONE_YET, label, details[key] if base else "", base)
        for key, figure, label, base in rows
    )


def period_before(period: Period, end: date) -> Period:
    """As long, and as far into it: the months before where it is of whole months, else the days before."""
    if period.start.day == 1 and end == month_end(end):
        months = (end.year - period.start.year) * 12 + end.month - period.start.month + 1
        start = add_months(period.start, -months)
        last = period.start - timedelta(days=1) if period.end == end else add_months(period.end, -months)
        return Period(start, last)
    days = (end - period.start).days + 1
    return Period(period.start - timedelta(days=days), period.end - timedelta(days=days))


def _trends(session: Session, now: dict[str, Figure], projects: int, period: Period, end: date) -> dict[str, str]:
    """By promise, its figure against the last period's."""
    before = period_before(period, end)
    then = {
        "engaged": people.in_touch(session, before),
        "accessible": work.completion(session, before),
        "reach": people.new_schools(session, before),
        "early": people.early(session, before),
        "skills": work.both_reviews(session, before),
    }
    when = f"from {short_day(before.start)} to {short_day(before.end)}"
    found = {key: against(now[one.key], one, when) for key, one in then.items()}
    earlier = len({project for project, _, _ in work.running(session, before)})
    found["pipeline"] = f"{_way(projects - earlier)} {in_digits(earlier)} {when}" if earlier else ""
    return found


def against(now: Figure, then: Figure, when: str) -> str:
    if now.value is None or then.value is None or now.hidden or then.hidden:
        return ""
    counts = f" ({then.counts})" if then.unit == "share" else ""
    shown = then.counts if then.unit == "count" else then.shown
    return f"{_way(now.value - then.value)} {shown}{counts} {when}"


def _way(change: Fraction | int) -> str:
    return "up from" if change > 0 else "down from" if change < 0 else "as much as"


def _months_words(busy: Figure) -> str:
    return f"{plural(busy.numerator, 'month')} of {busy.base}"


def _months(period: Period, spans: list[tuple[str, date, date]], until: date) -> tuple[MonthCount, ...]:
    found = []
    for first in period.months():
        last = month_end(first)
        there = tuple(sorted({project for project, start, end in spans if start <= last and end >= first}))
        begun = first <= until
        found.append(MonthCount(first, len(there) if begun else None, there if begun else ()))
    return tuple(found)


def _paid(session: Session, period: Period) -> tuple[tuple[str, int], ...]:
    query = (
        select(Payment.currency, func.sum(Payment.amount))
        .where(Payment.paid_on.between(period.start, period.end))
        .group_by(Payment.currency)
        .order_by(func.sum(Payment.amount).desc())
    )
    return tuple((row[0], row[1]) for row in session.execute(query))


def _reach(session: Session, period: Period) -> tuple[SchoolReach, ...]:
    """Schools by how many applied. Under five applicants a school is gathered with the others that small.

    Where they are under five together, the smallest that could stand alone is gathered too: how many applied in all
    is told elsewhere, and what is hidden could be reckoned from it.
    """
    everyone = people.applicants(session, period)
    schools = {one.id: one for one in session.scalars(select(School))}
    where = {one.candidate_id: one.school_id for one in everyone if one.school_id is not None}
    groups: dict[str, set[str]] = defaultdict(set)
    for candidate_id, school_id in where.items():
        groups[school_id].add(candidate_id)
    agreed = select(Engagement.candidate_id).where(Engagement.agreed_on.between(period.start, period.end))
    accepted = select(Engagement.candidate_id).where(
        Engagement.status == "accepted", Engagement.accepted_on.between(period.start, period.end)
    )
    on = select(Outcome.candidate_id).where(Outcome.accepted_on.between(period.start, period.end))
    selected, finished, went_on = (_at(session, query) for query in (agreed, accepted, on))

    def row(school_id: str | None, name: str, focus: bool, group: set[str]) -> SchoolReach:
        if len(group) < SMALL:
            return SchoolReach(school_id, name, focus, None, None, None, None)
        counts = (len(group & one) for one in (selected, finished, went_on))
        return SchoolReach(school_id, name, focus, len(group), *counts)

    big = sorted(
        (one for one in groups if len(groups[one]) >= SMALL), key=lambda one: (-len(groups[one]), schools[one].name)
    )
    small = [one for one in groups if len(groups[one]) < SMALL]
    all_small = len(small)
    while big and 0 < sum(len(groups[one]) for one in small) < SMALL:
        small.append(big.pop())
    rows = [row(one, schools[one].name, schools[one].is_focus, groups[one]) for one in big]
    if small:
        gathered = {candidate for one in small for candidate in groups[one]}
        more = " more" if big else ""
        name = f"{len(small)}{more} {'school' if len(small) == 1 else 'schools, each'} under five applicants"
        if len(small) > all_small:
            name = f"{len(small)}{more} schools together"
        rows.append(row(None, name, False, gathered))
    return tuple(rows)


def _at(session: Session, query: Select[str]) -> set[str]:
    return set(session.scalars(query))


def _spending(session: Session, period: Period, at_work: set[str], today: date) -> tuple[ProjectSpend, ...]:
    """Projects opened, begun or paid for in the period."""
    span = (period.start, period.end)
    paid_for = (
        select(Engagement.project_id)
        .join(Payment, Payment.engagement_id == Engagement.id)
        .where(Payment.paid_on.between(*span))
    )
    query = select(Project).where(
        or_(Project.opened_on.between(*span), Project.id.in_(at_work), Project.id.in_(paid_for)),
        Project.status != "draft",
    )
    projects = list(session.scalars(query.order_by(Project.kick_off_on, Project.number)))
    ids = [one.id for one in projects]
    went = (
        select(Engagement.project_id, func.sum(Payment.amount))
        .join(Payment, Payment.engagement_id == Engagement.id)
        .where(Engagement.project_id.in_(ids), Payment.paid_on.between(*span))
        .group_by(Engagement.project_id)
    )
    due = (
        select(Engagement.project_id, func.sum(Instalment.amount))
        .join(Instalment, Instalment.engagement_id == Engagement.id)
        .where(Engagement.project_id.in_(ids))
        .group_by(Engagement.project_id)
    )
    paid = {row[0]: row[1] for row in session.execute(went)}
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
            paid.get(one.id, 0),
            one.currency,
        )
        for one in projects
    )
