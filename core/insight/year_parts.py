"""What stands in a year: projects from day to day, the schools' exams and breaks. Weeks begin on Monday, by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.parts import number_words, short_school
from core.insight.projects import phases
from core.model import Colleague, Engagement, Milestone, Project, School, SchoolPeriod
from core.model.words import PROJECT_PHASES
from core.states import AT_WORK

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Work:
    """One student's work on a project. `minutes`: supervision entered. `ended`: nothing more happens."""

    supervisor_id: str | None
    start: date
    end: date
    status: str
    hours: int
    minutes: int


@dataclass(frozen=True, slots=True)
class YearBar:
    """A project from `start` to `end`, both in it: as agreed with its students, else as planned.

    `works`: one for each student, cancelled ones left out. `to_come`: openings that still wait for someone.
    """

    project_id: str
    number: str
    title: str
    phase: str
    phase_words: str
    start: date
    end: date
    apply_by: date | None
    kick_off_on: date | None
    due_on: date | None
    milestones: tuple[date, ...]
    supervisor_id: str | None
    supervisor: str
    hours: int
    works: tuple[Work, ...]
    to_come: int


@dataclass(frozen=True, slots=True)
class SchoolSpan:
    """`kind`: exams or break."""

    school_id: str
    school: str
    kind: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Season:
    """Exams or breaks of several schools that overlap."""

    kind: str
    start: date
    end: date
    schools: tuple[str, ...]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def mondays(start: date, end: date) -> list[date]:
    """Of every week that the span touches."""
    first = monday(start)
    return [first + WEEK * at for at in range((end - first).days // 7 + 1)] if end >= start else []


def bars(session: Session, today: date) -> tuple[list[YearBar], int]:
    """All projects with a day that are not cancelled, by first day; and how many have no day yet."""
    phase = phases(session, today)
    works: dict[str, list[Work]] = defaultdict(list)
    for engaged in session.scalars(select(Engagement).where(Engagement.status != "cancelled")):
        works[engaged.project_id].append(_work(engaged, today))
    parts: dict[str, list[date]] = defaultdict(list)
    due = select(Milestone.project_id, Milestone.due_on).where(Milestone.due_on.is_not(None))
    for project_id, day in session.execute(due.order_by(Milestone.position)):
        if day is not None:
            parts[project_id].append(day)
    found, undated = [], 0
    query = select(Project, Colleague.name).outerjoin(Colleague, Colleague.id == Project.supervisor_id)
    for one, supervisor in session.execute(query.where(Project.status != "cancelled").order_by(Project.number)):
        span = _span(one, works[one.id])
        if span is None:
            undated += 1
            continue
        now = phase[one.id]
        waiting = now in ("draft", "open", "closed_for_applications", "selecting")
        found.append(
            YearBar(
                one.id,
                number_words("P", one.number),
                one.title,
                now,
                PROJECT_PHASES[now],
                *span,
                one.apply_by,
                one.kick_off_on,
                one.due_on,
                tuple(parts[one.id]),
                one.supervisor_id,
                supervisor or "",
                one.estimated_hours,
                tuple(works[one.id]),
                max(0, one.openings - len(works[one.id])) if waiting else 0,
            )
        )
    return sorted(found, key=lambda bar: (bar.start, bar.end, len(bar.number), bar.number)), undated


def _work(one: Engagement, today: date) -> Work:
    start = one.started_on or one.kick_off_on
    # Work that is late goes on until today.
    until = max(one.due_on, today if one.status in AT_WORK and one.started_on else one.due_on)
    end = one.accepted_on or one.ended_on or until
    return Work(one.supervisor_id, start, max(start, end), one.status, one.estimated_hours, one.supervision_minutes)


def _span(one: Project, works: Iterable[Work]) -> tuple[date, date] | None:
    known = list(works)
    if known:
        return min(work.start for work in known), max(work.end for work in known)
    start = one.kick_off_on or one.due_on
    if start is None:
        return None
    return start, max(start, one.due_on or start + 6 * DAY)


def school_spans(session: Session, start: date, end: date) -> list[SchoolSpan]:
    """Exams and breaks that touch the span; schools in the focus first, then by name."""
    query = (
        select(School.id, short_school(), SchoolPeriod.kind, SchoolPeriod.starts_on, SchoolPeriod.ends_on)
        .join(SchoolPeriod, SchoolPeriod.school_id == School.id)
        .where(SchoolPeriod.kind.in_(("exams", "break")))
        .where(SchoolPeriod.starts_on <= end, SchoolPeriod.ends_on >= start)
        .order_by(School.is_focus.desc(), short_school(), School.id, SchoolPeriod.starts_on)
    )
    return [SchoolSpan(*row) for row in session.execute(query)]


def seasons(spans: Iterable[SchoolSpan]) -> list[Season]:
    """The schools' spans in one row: what overlaps or touches of one kind becomes one."""
    found: list[Season] = []
    for kind in ("exams", "break"):
        same = sorted((one for one in spans if one.kind == kind), key=lambda one: (one.start, one.end, one.school))
        group: list[SchoolSpan] = []
        for one in same:
            if group and one.start > max(each.end for each in group) + DAY:
                found.append(_season(kind, group))
                group = []
            group.append(one)
        if group:
            found.append(_season(kind, group))
    return sorted(found, key=lambda one: (one.start, one.kind))


def _season(kind: str, group: list[SchoolSpan]) -> Season:
    schools = tuple(dict.fromkeys(one.school for one in group))
    return Season(kind, min(one.start for one in group), max(one.end for one in group), schools)
