"""Figures of the people: kept in touch, reached, met early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.academic import months_between
from core.insight.figure import Figure, Period, Ref, median, share
from core.insight.parts import LATEST, TOUCH_DAYS, among, is_latest, live_pool
from core.model import Application, Candidate, Engagement, Enrolment, PoolEntry, School, Touch


def in_touch(session: Session, period: Period) -> Figure:
    end = period.end
    members = _members(session, end)
    touched = _touched(session, end - timedelta(days=TOUCH_DAYS - 1), end)
    return share(
        "in_touch",
        "stayed in touch",
        "Pool members on the last day with at least one touch made in the 90 days to it, of pool members on that day",
        [(("candidates", one), one in touched) for one in members],
    )


def each_quarter(session: Session, period: Period) -> Figure:
    rows: list[tuple[Ref, bool]] = []
    for first, last in period.quarters():
        touched = _touched(session, first, last)
        rows += [(("candidates", one), one in touched) for one in _members(session, last)]
    return share(
        "each_quarter",
        "touched each quarter",
        "Pool members on a quarter’s last day with a touch made in that quarter, of pool members on that day; "
        "over the quarters that ended in the period",
        rows,
    )


def near_misses(session: Session, period: Period) -> Figure:
    end = period.end
    applied = (
        select(Application.id)
        .where(
            Application.candidate_id == PoolEntry.candidate_id,
            Application.applied_on > PoolEntry.began_on,
            Application.applied_on <= end,
        )
        .exists()
    )
    began = (
        select(Engagement.id)
        .where(
            Engagement.candidate_id == PoolEntry.candidate_id,
            Engagement.started_on > PoolEntry.began_on,
            Engagement.started_on <= end,
        )
        .exists()
    )
    query = select(PoolEntry.id, or_(applied, began)).where(
        PoolEntry.reason == "near_miss_intern", PoolEntry.began_on < end
    )
    return share(
        "near_misses",
        "near-misses re-engaged",
        "Near-miss pool entries that began before the last day and whose person applied to or began a project after "
        "the entry began, of those entries",
        [(("pool_entries", row_id), bool(back)) for row_id, back in session.execute(query.order_by(PoolEntry.id))],
    )


def at_graduation(session: Session, period: Period) -> Figure:
    pooled = (
        select(PoolEntry.id)
        .where(
            PoolEntry.candidate_id == Candidate.id,
            PoolEntry.began_on <= LATEST.graduates_on,
            or_(PoolEntry.ended_on.is_(None), PoolEntry.ended_on > LATEST.graduates_on),
        )
        .exists()
    )
    query = (
        select(Candidate.id, LATEST.graduates_on)
        .join(LATEST, is_latest())
        .where(LATEST.graduates_on.between(period.start, period.end), pooled)
        .order_by(Candidate.id)
    )
    people = {row[0]: row[1] for row in session.execute(query) if row[1] is not None}
    days: dict[str, list[tuple[date, date]]] = defaultdict(list)
    made = select(Touch.candidate_id, Touch.made_on).where(
        among(Touch.candidate_id, list(people)), Touch.made_on.is_not(None)
    )
    for row_id, on in session.execute(made):
        if on is not None:
            days[row_id].append((on, on))
    work = select(Engagement.candidate_id, Engagement.started_on, Engagement.accepted_on, Engagement.ended_on).where(
        among(Engagement.candidate_id, list(people)), Engagement.started_on.is_not(None)
    )
    for row_id, started, accepted, ended in session.execute(work):
        if started is not None:
            days[row_id].append((started, accepted or ended or period.end))
    rows = []
    for row_id, day in people.items():
        first = day - timedelta(days=TOUCH_DAYS - 1)
        rows.append((("candidates", row_id), any(start <= day and end >= first for start, end in days[row_id])))
    return share(
        "at_graduation",
        "still engaged at graduation",
        "People of the pool who graduated in the period with a touch made or an engagement in the 90 days before, of "
        "people of the pool who graduated in the period",
        rows,
    )


def new_schools(session: Session, period: Period) -> Figure:
    # Not by the index of schools: that would read every enrolment, where few have an application.
    school = Enrolment.school_id + ""
    first = (
        select(school, func.min(Application.applied_on), func.max(Application.applied_on))
        .join(Application, Application.enrolment_id == Enrolment.id)
        .where(Application.applied_on <= period.end)
        .group_by(school)
        .order_by(school)
    )
    rows = [
        (("schools", row_id), period.holds(earliest))
        for row_id, earliest, latest in session.execute(first)
        if period.holds(latest)
    ]
    return share(
        "new_schools",
        "schools new to us",
        "Schools whose first application to us fell in the period, of schools with an application in the period",
        rows,
    )


def outside_focus_of(found: Sequence[Applicant]) -> Figure:
    rows = [(("candidates", one.candidate_id), one.is_focus is False) for one in found]
    return share(
        "outside_focus",
        "came from outside our focus schools",
        "Applicants in the period whose enrolment then was at a school without the focus flag, of applicants in the "
        "period",
        rows,
    )


def early(session: Session, period: Period) -> Figure:
    return early_of(applicants(session, period))


def early_of(found: Sequence[Applicant]) -> Figure:
    known = [one for one in found if one.class_year is not None]
    return share(
        "early",
        "in their first two years",
        "Applicants in the period who were in class year 1 or 2 when they applied, of applicants in the period with a "
        "known class year",
        [(("candidates", one.candidate_id), one.class_year in (1, 2)) for one in known],
    )


def months_before(session: Session, period: Period) -> Figure:
    applied = select(Application.candidate_id).where(Application.applied_on.between(period.start, period.end))
    query = (
        select(Candidate.id, Candidate.first_contact_on, LATEST.graduates_on)
        .join(LATEST, is_latest())
        .where(Candidate.first_contact_on.is_not(None), LATEST.graduates_on.is_not(None), Candidate.id.in_(applied))
        .order_by(Candidate.id)
    )
    rows: list[tuple[Ref, int]] = [
        (("candidates", row_id), months_between(met, graduates))
        for row_id, met, graduates in session.execute(query)
        if met is not None and graduates is not None
    ]
    return median(
        "months_before",
        "met before graduation",
        "Median of expected graduation minus first contact over applicants in the period",
        rows,
    )


class Applicant:
    """Someone who applied in a period, as of the first time in it."""

    __slots__ = ("candidate_id", "class_year", "is_focus", "school_id")

    def __init__(self, candidate_id: str, class_year: int | None, school_id: str | None, is_focus: bool | None) -> None:
        self.candidate_id, self.class_year = candidate_id, class_year
        self.school_id, self.is_focus = school_id, is_focus


def applicants(session: Session, period: Period) -> list[Applicant]:
    """Each once; a class year or school not noted the first time is taken from a later one in the period."""
    query = (
        select(Application.candidate_id, Application.class_year, Enrolment.school_id, School.is_focus)
        .outerjoin(Enrolment, Enrolment.id == Application.enrolment_id)
        .outerjoin(School, School.id == Enrolment.school_id)
        .where(Application.applied_on.between(period.start, period.end))
        .order_by(Application.applied_on, Application.id)
    )
    found: dict[str, Applicant] = {}
    for row_id, year, school_id, is_focus in session.execute(query):
        one = found.setdefault(row_id, Applicant(row_id, year, school_id, is_focus))
        if one.class_year is None:
            one.class_year = year
        if one.school_id is None:
            one.school_id, one.is_focus = school_id, is_focus
    return list(found.values())


def _members(session: Session, day: date) -> list[str]:
    query = select(PoolEntry.candidate_id).where(live_pool(day)).distinct().order_by(PoolEntry.candidate_id)
    return list(session.scalars(query))


def _touched(session: Session, first: date, last: date) -> set[str]:
    # The days are wrapped so that no index serves: over months, reading all contacts once is faster than by index.
    made = func.coalesce(Touch.made_on, date.min).between(first, last)
    return set(session.scalars(select(Touch.candidate_id + "").where(made)))
