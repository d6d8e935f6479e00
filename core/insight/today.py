"""Today: what waits, who is going cold, the to-do inbox, the year and the reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import shorten
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.academic import months_between
from core.insight.filter_sql import free
from core.insight.glance import ColdRow, MonthBar, PlaceCounts, Reach, TodayView, ToDoRow
from core.insight.match import Fit, fits_of_candidates
from core.insight.pace import paces
from core.insight.parts import LATEST, among, class_year_sql, is_latest, month_end, number_words, words_list
from core.insight.people import candidate_rows, cold_ids
from core.insight.schools import Behind
from core.insight.waiting import to_score, waiting
from core.model import Candidate, Engagement, Project, School, SchoolPeriod, ToDo
from core.store import Store
from core.text import MONTHS, in_digits, ordinal, plural

SHOWN_COLD = 5
_SHORT_TITLE = 22
"""Letters of a project’s title in a chip; the whole title stands where one points at it."""


def today_view(store: Store, *, today: date) -> TodayView:
    with store.read() as session:
        waits = tuple(waiting(session, store.me, today))
        ids, cold_count = cold_ids(session, today, SHOWN_COLD)
        fits = fits_of_candidates(session, ids, today)
        bars = months(session, today.year, today)
        view = (_inbox(session, today), bars, _gap_words(session, bars, today), _reach(session, today))
        cold = _cold_rows(store, ids, fits, paces(session, today, ids), today)
        begun = any(session.scalar(select(noun.id).limit(1)) for noun in (Project, Candidate))
    minutes = -(-sum(one.minutes for one in waits) // 5) * 5
    headline = f"{plural(len(waits), 'thing')} need{'s' if len(waits) == 1 else ''} you, about {_span(minutes)}"
    return TodayView(headline if waits else "Nothing waits for you", waits, minutes, cold, cold_count, *view, begun)


def place_counts(store: Store, *, today: date) -> PlaceCounts:
    from core.insight.projects import phases

    with store.read() as session:
        alive = [phase for phase in phases(session, today).values() if phase not in ("closed", "cancelled")]
        mine = sum(one[1] for one in to_score(session, store.me).values())
        waits = waiting(session, store.me, today)
        inbox = len(_inbox(session, today))
        people = session.scalar(select(func.count()).select_from(Candidate)) or 0
    unsaid = sum(one.action == "evaluate" for one in waits)
    return PlaceCounts(len(waits), len(alive), people, mine + unsaid, inbox)


def _span(minutes: int) -> str:
    if minutes < 90:
        return plural(minutes, "minute")
    halves = round(minutes / 30)
    return plural(halves // 2, "hour") if halves % 2 == 0 else f"{halves // 2}½ hours"


def _cold_rows(
    store: Store, ids: list[str], fits: dict[str, list[Fit]], pace: dict[str, int], today: date
) -> tuple[ColdRow, ...]:
    rows = candidate_rows(store, ids, today=today)
    found = []
    for row_id in ids:
        row = rows[row_id]
        fitting = tuple(fit for fit in fits.get(row_id, []) if fit.fits)
        year = f"{ordinal(row.class_year)} year" if row.class_year else ""
        stage = "" if row.stage == "prospect" else row.stage_words.lower()
        parts = [row.school, year, stage, f"{row.last_contact_days} days"]
        ahead = months_between(today, row.graduates_on) if row.graduates_on else None
        graduates = "" if ahead is None else f", graduates in {plural(ahead, 'month')}" if ahead else ", graduates soon"
        why = f"{row.last_contact_days} days since the last contact{graduates}"
        if row_id in pace:
            why += f"; the plan says every {plural(pace[row_id], 'day')}"
        if fitting:
            why += f"; fits {words_list([f'“{fit.project}”' for fit in fitting])}"
        chip = "no project fits yet"
        if fitting:
            short = shorten(fitting[0].project, _SHORT_TITLE, placeholder="…")
            chip = f"fits “{short}”" if len(fitting) == 1 else f"fits {len(fitting)} projects"
        found.append(
            ColdRow(
                row_id,
                row.name,
                " · ".join(part for part in parts if part),
                why,
                chip,
                "green" if fitting else "neutral",
                "invite" if fitting else "write",
                "Invite" if fitting else "Write",
                tuple((fit.project_id, fit.project) for fit in fitting),
            )
        )
    return tuple(found)


def _inbox(session: Session, today: date) -> tuple[ToDoRow, ...]:
    query = select(ToDo.id, ToDo.text, ToDo.captured_on).where(
        ToDo.done_on.is_(None),
        ToDo.project_id.is_(None),
        or_(ToDo.snoozed_until.is_(None), ToDo.snoozed_until <= today),
    )
    return tuple(ToDoRow(*row) for row in session.execute(query.order_by(ToDo.captured_on, ToDo.created_at)))


def months(session: Session, year: int, today: date) -> tuple[MonthBar, ...]:
    """Twelve months, each with the projects that someone works on in it; ahead of today also those that are planned."""
    spans = _spans(session, date(year, 1, 1), date(year, 12, 31), today)
    bars = []
    for number in range(1, 13):
        first = date(year, number, 1)
        last = month_end(first)
        count = len({project for project, start, end in spans if start <= last and end >= first})
        bars.append(MonthBar(first, MONTHS[number - 1][0], count, first > today))
    return tuple(bars)


def projects_of(store: Store, first: date, *, today: date) -> list[Behind]:
    """What a month's bar counts, by number. `first`: the month's first day."""
    last = month_end(first)
    with store.read() as session:
        spans = _spans(session, first, last, today)
        there = {project for project, start, end in spans if start <= last and end >= first}
        query = select(Project.id, Project.number, Project.title).where(among(Project.id, sorted(there)))
        return [
            Behind("projects", row_id, title, number_words("P", number))
            for row_id, number, title in session.execute(query.order_by(Project.number))
        ]


def _spans(session: Session, first: date, last: date, today: date) -> list[tuple[str, date, date]]:
    """(project, first day, last day) of each time that someone was, is or is going to be at work."""
    work = select(Engagement).where(
        Engagement.status.not_in(("cancelled", "did_not_show")),
        func.coalesce(Engagement.started_on, Engagement.kick_off_on) <= last,
    )
    spans = []
    engaged = set()
    for one in session.scalars(work):
        engaged.add(one.project_id)
        end = one.accepted_on or one.ended_on or one.delivered_on or max(one.due_on, today)
        start = one.started_on or one.kick_off_on
        if end >= first and start <= last:
            spans.append((one.project_id, start, max(start, end)))
    planned = select(Project.id, Project.kick_off_on, Project.due_on).where(
        Project.status.in_(("draft", "open", "selecting")), Project.kick_off_on.is_not(None), Project.due_on >= today
    )
    for row_id, begins, ends in session.execute(planned):
        if row_id not in engaged and begins is not None and ends is not None and begins <= last:
            spans.append((row_id, max(begins, today), ends))
    return spans


def _gap_words(session: Session, bars: tuple[MonthBar, ...], today: date) -> str:
    """December has no project yet. 14 candidates are free between exams and January."""
    gaps = [bar for bar in bars if bar.count == 0 and month_end(bar.month) >= today]
    if not gaps:
        missed = sum(bar.count == 0 for bar in bars)
        return f"{plural(missed, 'month')} of this year had no project." if missed else "Each month has a project."
    names = words_list([MONTHS[bar.month.month - 1] for bar in gaps])
    said = f"{names} {'has' if len(gaps) == 1 else 'have'} no project yet."
    first, last = max(gaps[0].month, today), month_end(gaps[0].month)
    exams = select(func.max(SchoolPeriod.ends_on)).where(
        SchoolPeriod.kind == "exams", SchoolPeriod.ends_on >= first, SchoolPeriod.ends_on < last
    )
    over = session.scalar(exams)
    start = first if over is None else over + timedelta(days=1)
    known = or_(Candidate.free_grid != "", Candidate.hours_a_week.is_not(None))
    count = session.scalar(select(func.count()).select_from(Candidate).where(known, *free(start, last))) or 0
    if not count:
        return said
    following = MONTHS[last.month % 12]
    when = f"between exams and {following}" if over is not None else "then"
    return f"{said} {plural(count, 'candidate')} {'is' if count == 1 else 'are'} free {when}."


def _reach(session: Session, today: date) -> Reach:
    year = class_year_sql(today)
    query = (
        select(
            LATEST.school_id,
            func.coalesce(School.is_focus, False),
            func.count(),
            func.count(year),
            func.count().filter(year.in_((1, 2))),
        )
        .select_from(Candidate)
        .outerjoin(LATEST, is_latest())
        .outerjoin(School, School.id == LATEST.school_id)
        .group_by(LATEST.school_id, School.is_focus)
    )
    rows: Sequence[Any] = session.execute(query).all()
    schools = [row for row in rows if row[0] is not None]
    outside = sum(not row[1] for row in schools)
    people, known, early = (sum(row[place] for row in rows) for place in (2, 3, 4))
    schools_words = "school" if len(schools) == 1 else "schools"
    if any(row[1] for row in schools):
        schools_words += f", {outside} outside focus"
    percent = f"{(200 * early + known) // (2 * known)} %" if known else "none yet"
    years = f"first and second years, of {in_digits(known)}"
    return Reach(len(schools), outside, people, early, known, schools_words, percent, years)


def open_to_dos(store: Store, *, today: date) -> tuple[ToDoRow, ...]:
    with store.read() as session:
        return _inbox(session, today)
