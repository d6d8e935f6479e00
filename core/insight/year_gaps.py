"""Weeks ahead without a project: who of the pool is free in them, and which to-dos would fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.parts import LATEST, is_latest, live_pool
from core.insight.year_parts import WEEK, SchoolSpan, YearBar, monday
from core.model import Blackout, Candidate, Engagement, PoolEntry, ToDo
from core.text import MONTHS

LEAST_WEEKS = 2
AHEAD = timedelta(days=365)
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Gap:
    """From a Monday to a Sunday. `free`: pool members with two free weeks in it; `new`: those who never worked with us.

    `on_break`: schools without classes for two weeks of it. `to_dos`: (id, text) of those that would fit.
    """

    start: date
    end: date
    weeks: int
    words: str
    free: tuple[str, ...]
    new: int
    on_break: tuple[str, ...]
    to_dos: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Person:
    graduates_on: date | None
    school_id: str | None
    away: tuple[Span, ...]
    worked: bool


def gaps(session: Session, bars: Sequence[YearBar], spans: Sequence[SchoolSpan], today: date) -> list[Gap]:
    """Two weeks or more, from next Monday to a year from today. `spans` reach over all of it."""
    empty = _empty_weeks([(bar.start, bar.end) for bar in bars], today)
    if not empty:
        return []
    people, to_dos = _pool(session, today), _to_dos(session)
    exams: dict[str | None, list[Span]] = defaultdict(list)
    breaks: dict[str, list[Span]] = defaultdict(list)
    for one in spans:
        (exams[one.school_id] if one.kind == "exams" else breaks[one.school]).append((one.start, one.end))
    found = []
    for first, count in empty:
        last = first + WEEK * count - timedelta(days=1)
        weeks = [first + WEEK * at for at in range(count)]
        free = [
            row_id
            for row_id, one in people.items()
            if (one.graduates_on is None or one.graduates_on >= first)
            and _clear(weeks, [*one.away, *exams[one.school_id]]) >= LEAST_WEEKS
        ]
        found.append(
            Gap(
                first,
                last,
                count,
                span_said(first, last),
                tuple(free),
                sum(not people[row_id].worked for row_id in free),
                tuple(name for name, away in breaks.items() if count - _whole(weeks, away) >= LEAST_WEEKS),
                tuple((one.id, one.text) for one in _fitting(to_dos, first, last)),
            )
        )
    return found


def _empty_weeks(busy: Iterable[Span], today: date) -> list[tuple[date, int]]:
    """(Monday, how many) of each run of weeks without a project."""
    spans = sorted(busy)
    week, runs = monday(today) + WEEK, list[tuple[date, int]]()
    run: list[date] = []
    while week < today + AHEAD:
        if any(start < week + WEEK and end >= week for start, end in spans):
            run = _closed(runs, run)
        else:
            run.append(week)
        week += WEEK
    _closed(runs, run)
    return runs


def _closed(runs: list[tuple[date, int]], run: list[date]) -> list[date]:
    if len(run) >= LEAST_WEEKS:
        runs.append((run[0], len(run)))
    return []


def _clear(weeks: Iterable[date], away: Sequence[Span]) -> int:
    """Weeks without any of these days."""
    return sum(not any(start < week + WEEK and end >= week for start, end in away) for week in weeks)


def _whole(weeks: Iterable[date], away: Sequence[Span]) -> int:
    """Weeks with a working day outside all of these spans."""
    friday = timedelta(days=4)
    return sum(not any(start <= week and end >= week + friday for start, end in away) for week in weeks)


def _pool(session: Session, today: date) -> dict[str, _Person]:
    inside = select(PoolEntry.candidate_id).where(live_pool(today))
    query = (
        select(Candidate.id, LATEST.graduates_on, LATEST.school_id, Candidate.hours_a_week)
        .outerjoin(LATEST, is_latest())
        .where(Candidate.id.in_(inside))
        .order_by(Candidate.last_name, Candidate.first_name, Candidate.id)
    )
    away: dict[str, list[Span]] = defaultdict(list)
    dark = select(Blackout).where(Blackout.candidate_id.in_(inside), Blackout.ends_on >= today)
    for one in session.scalars(dark):
        away[one.candidate_id].append((one.starts_on, one.ends_on))
    worked = set()
    for work in session.scalars(select(Engagement).where(Engagement.status != "cancelled")):
        worked.add(work.candidate_id)
        if work.accepted_on is None and work.ended_on is None:
            away[work.candidate_id].append((work.kick_off_on, work.due_on))
    return {
        row_id: _Person(graduates, school_id, tuple(away[row_id]), row_id in worked)
        for row_id, graduates, school_id, hours in session.execute(query)
        if hours != 0
    }


def _to_dos(session: Session) -> list[ToDo]:
    query = select(ToDo).where(ToDo.done_on.is_(None), ToDo.project_id.is_(None))
    return list(session.scalars(query.order_by(ToDo.captured_on, ToDo.created_at, ToDo.id)))


def _fitting(to_dos: Iterable[ToDo], first: date, last: date) -> list[ToDo]:
    """Not put off beyond the gap, not due before it; what falls due in it comes first."""
    fit = [
        one
        for one in to_dos
        if (one.snoozed_until is None or one.snoozed_until <= last) and (one.due_on is None or one.due_on >= first)
    ]
    return sorted(fit, key=lambda one: not (one.due_on is not None and one.due_on <= last))


def span_said(start: date, end: date) -> str:
    """ "mid-February"; "late December to mid-January"; "June to early August"."""
    if (end - start).days <= 20 and start.month == end.month:
        return _part(start + (end - start) / 2)
    first, last = _part(start), _part(end)
    if start.year != end.year and start.month == end.month:
        return f"{first} {start.year} to {last} {end.year}"
    if start.day <= 7 and (end - start).days > 30:
        first = MONTHS[start.month - 1]
    if (end + timedelta(days=7)).month != end.month and (end - start).days > 30:
        last = MONTHS[end.month - 1]
    return first if first == last else f"{first} to {last}"


def _part(day: date) -> str:
    name = MONTHS[day.month - 1]
    return f"early {name}" if day.day <= 10 else f"mid-{name}" if day.day <= 20 else f"late {name}"
