"""Programs: named spans with goals, and the roll-over of one into the next year."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, count

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import YEARS
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Colleague, Program, Project
from core.store import Label, Store
from core.text import fold, in_digits, short_day
from core.work import plan
from core.work.brief import MilestoneDraft, ProjectDraft, QuestionDraft, project_draft
from core.work.brief_dates import moved_dates
from core.work.checks import MONEY_LIMIT, Problems, find, rows, tidy

YEAR_OF_WEEKS = timedelta(weeks=52)
"""A copied project keeps its day of the week."""
_COUNT_LIMIT = 10_000


@dataclass(frozen=True, kw_only=True)
class ProgramDraft:
    """Both days are in it. `goal_budget` in cents of the employer's currency; a goal of None is no goal."""

    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    goal_budget: int | None = None
    goal_projects: int | None = None
    goal_schools: int | None = None
    goal_early_percent: int | None = None


COLUMNS = ("name", "starts_on", "ends_on", "goal_budget", "goal_projects", "goal_schools", "goal_early_percent")
GOALS = COLUMNS[3:]


def program_draft(store: Store, program_id: str) -> ProgramDraft:
    with store.read() as session:
        return _draft(find(session, Program, program_id, "program"))


def add_program(store: Store, draft: ProgramDraft, *, today: date) -> str:
    """FieldErrors name the draft's fields. Programs may overlap."""
    program_id = new_id()
    with store.change(Label.PROGRAM_ADDED, ("programs", program_id)) as session:
        _add(session, program_id, draft)
    return program_id


def change_program(store: Store, program_id: str, draft: ProgramDraft, *, today: date) -> str:
    with store.change(Label.PROGRAM_CHANGED, ("programs", program_id)) as session:
        row = find(session, Program, program_id, "program")
        _write(row, _valid(session, draft, program_id))
    return program_id


def remove_program(store: Store, program_id: str, *, today: date) -> str:
    """Its projects are let go: they belong to the calendar year of their kick-off from then on."""
    with store.change(Label.PROGRAM_REMOVED, ("programs", program_id)) as session:
        row = find(session, Program, program_id, "program")
        for project in rows(session, Project, Project.program_id == program_id):
            project.program_id = None
        for later in rows(session, Program, Program.previous_id == program_id):
            later.previous_id = None
        session.delete(row)
    return program_id


def assign(store: Store, project_ids: Iterable[str], program_id: str | None, *, today: date) -> None:
    """Puts projects into a program; None lets them go to their calendar year."""
    ids = list(project_ids)
    with store.change(Label.PROJECT_CHANGED, *(("projects", row_id) for row_id in ids)) as session:
        if program_id is not None:
            find(session, Program, program_id, "program")
        for row_id in ids:
            find(session, Project, row_id, "project").program_id = program_id


# --- the next year --------------------------------------------------------------------------------------------------


def next_draft(draft: ProgramDraft) -> ProgramDraft:
    """The same a year later: days, goals, and the year in the name."""
    start, end = draft.starts_on, draft.ends_on
    return replace(
        draft,
        name=_next_name(draft.name, start, end),
        starts_on=year_later(start) if start else None,
        ends_on=year_later(end, last=True) if end else None,
    )


def year_later(day: date, *, last: bool = False) -> date:
    """The same day a year on; 29 February becomes the 28th, and as a span's last day so does the last of February."""
    if day.year + 1 not in YEARS:
        return day
    following = day + timedelta(days=1)
    if last and (following.month, following.day) == (3, 1):
        return date(day.year + 1, 3, 1) - timedelta(days=1)
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def calendar_year(year: int) -> ProgramDraft:
    """What stands where no program is stored."""
    return ProgramDraft(name=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))


def roll_over(
    store: Store,
    program_id: str | None,
    draft: ProgramDraft,
    *,
    copies: Collection[str] = (),
    carried: Collection[str] = (),
    year: int | None = None,
    today: date,
) -> str:
    """Makes the next program, copies of the chosen projects as drafts 52 weeks later, and takes unfinished drafts over.

    One change. Without `program_id` it is the calendar `year` that ends: it is stored too, so that it is rolled over
    once. UserError where that was done already, where a project is gone, or where one carried is no draft.
    """
    next_id = new_id()
    with store.change(Label.PROGRAM_ROLLED_OVER, ("programs", next_id)) as session:
        if program_id is None:
            program_id = _stored_year(session, year if year is not None else today.year)
        find(session, Program, program_id, "program")
        refuse_twice(session, program_id)
        _add(session, next_id, draft, previous_id=program_id)
        session.flush()
        for row_id in carried:
            project = find(session, Project, row_id, "project")
            if project.status != "draft":
                raise UserError(f"“{project.title}” is no draft any more, so it stays in its own year.")
            project.program_id = next_id
        for row_id in copies:
            _copy(store, session, row_id, next_id, today)
    return next_id


def refuse_twice(session: Session, program_id: str) -> None:
    following = session.scalars(select(Program).where(Program.previous_id == program_id)).first()
    if following is not None:
        raise UserError(
            f"This program was rolled over already, into “{following.name}”. Remove that one first to do it again."
        )


def _stored_year(session: Session, year: int) -> str:
    """The program of exactly this calendar year, made where there is none."""
    draft = calendar_year(year)
    spans = select(Program).where(Program.starts_on == draft.starts_on, Program.ends_on == draft.ends_on)
    found = session.scalars(spans.order_by(Program.created_at)).first()
    if found is not None:
        return found.id
    row_id = new_id()
    taken = {fold(name) for name in session.scalars(select(Program.name))}
    long = f"Calendar year {year}"
    names = chain((draft.name, long), (f"{long} ({n})" for n in count(2)))
    _add(session, row_id, replace(draft, name=next(name for name in names if fold(name) not in taken)))
    return row_id


def _copy(store: Store, session: Session, project_id: str, program_id: str, today: date) -> None:
    """A draft with the same brief and rubric, its days 52 weeks on. Whoever left supervises nothing new."""
    old = project_draft(store, project_id)
    supervisor = session.get(Colleague, old.supervisor_id) if old.supervisor_id else None
    gone = supervisor is not None and supervisor.left_on is not None and supervisor.left_on <= today
    fresh = replace(
        _later(old),
        milestones=[MilestoneDraft(text=one.text, due_on=one.due_on) for one in _later(old).milestones],
        questions=[QuestionDraft(text=q.text, minutes=q.minutes, required=q.required) for q in old.questions],
        supervisor_id=None if gone else old.supervisor_id,
        program_id=program_id,
        fit_check=None,
        copied_from=project_id,
    )
    plan.add_project(store, fresh, today=today)


def _later(draft: ProjectDraft) -> ProjectDraft:
    anchor = draft.kick_off_on or draft.due_on or draft.apply_by
    if anchor is None:
        return draft
    moved = moved_dates(draft, anchor + YEAR_OF_WEEKS, anchor)
    days = (moved.kick_off_on, moved.due_on, moved.apply_by, *(one.due_on for one in moved.milestones))
    if any(day is not None and day.year not in YEARS for day in days):
        return draft
    return moved if draft.kick_off_on else replace(moved, kick_off_on=None)


def _next_name(name: str, start: date | None, end: date | None) -> str:
    """ "2026" is 2027, "Spring 2027" is "Spring 2028", "2026/27" is "2027/28"; without a year its name gets one."""
    found = name
    for year in sorted({day.year for day in (start, end) if day is not None}, reverse=True):
        found = found.replace(str(year), str(year + 1))
    if start is not None and end is not None and end.year == start.year + 1:
        found = found.replace(f"/{end.year % 100:02}", f"/{(end.year + 1) % 100:02}")
    if found == name:
        found = f"{name} {year_later(start).year}".strip() if start is not None else name
    return found


# --- rules ----------------------------------------------------------------------------------------------------------


def _add(session: Session, program_id: str, draft: ProgramDraft, previous_id: str | None = None) -> None:
    draft = _valid(session, draft, program_id)
    if draft.starts_on is None or draft.ends_on is None:
        raise FieldErrors({"starts_on": "Give the first and the last day."})
    row = Program(
        id=program_id,
        name=draft.name,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        previous_id=previous_id,
    )
    _write(row, draft)
    session.add(row)


def _write(row: Program, draft: ProgramDraft) -> None:
    for name in COLUMNS:
        setattr(row, name, getattr(draft, name))


def _draft(row: Program) -> ProgramDraft:
    return ProgramDraft(**{name: getattr(row, name) for name in COLUMNS})


def _valid(session: Session, draft: ProgramDraft, own_id: str) -> ProgramDraft:
    problems = Problems()
    draft = tidy(draft, problems, required={"name": "Give the program a name, such as Spring 2027."})
    for name in ("starts_on", "ends_on"):
        day = getattr(draft, name)
        problems.when(day is None, name, "Give the first and the last day.")
        if day is not None and day.year not in YEARS:
            problems.add(name, f"{day.isoformat()} lies too far off. Give a day from {YEARS[0]} to {YEARS[-1]}.")
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        problems.add(
            "ends_on", f"The last day lies before the first, {short_day(draft.starts_on)}. Choose a later one."
        )
    for other in rows(session, Program, Program.id != own_id):
        if draft.name and fold(other.name) == fold(draft.name):
            problems.add("name", f"There is a program “{other.name}” already. Choose another name.")
    _check_goals(draft, problems)
    problems.raise_if_any()
    return draft


def _check_goals(draft: ProgramDraft, problems: Problems) -> None:
    budget, percent = draft.goal_budget, draft.goal_early_percent
    problems.when(
        budget is not None and budget <= 0, "goal_budget", "A budget is more than 0; leave it empty for none."
    )
    problems.when((budget or 0) > MONEY_LIMIT, "goal_budget", "This budget is too large to be true. Check its zeros.")
    for name in ("goal_projects", "goal_schools"):
        goal = getattr(draft, name)
        wrong = goal is not None and not 1 <= goal <= _COUNT_LIMIT
        problems.when(wrong, name, f"Give a number from 1 to {in_digits(_COUNT_LIMIT)}, or leave it empty for no goal.")
    wrong = percent is not None and not 1 <= percent <= 100
    problems.when(wrong, "goal_early_percent", "Give a share from 1 to 100 %, or leave it empty for no goal.")
