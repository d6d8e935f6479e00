"""Programs: how far each goal is, and which projects belong to each.

A project without a program belongs to the calendar year of its kick-off. A stored program of exactly that year takes
it in; else the year stands for itself, so that there is always a program to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.insight.figure import NONE_YET, percent
from core.insight.parts import number_words
from core.insight.projects import phases
from core.model import Application, Employer, Engagement, Enrolment, Instalment, Payment, Program, Project
from core.model.words import PROJECT_PHASES
from core.store import Store
from core.text import in_digits, plural


@dataclass(frozen=True, slots=True)
class Goal:
    """`figure`: what there is so far, "none yet" where the base is 0; `detail`: its base and the goal.

    `part`: from 0 to 1 of the goal, None without a goal or a base. `definition`: what is counted.
    """

    key: str
    words: str
    figure: str
    detail: str
    definition: str
    part: Fraction | None
    met: bool


@dataclass(frozen=True, slots=True)
class ProgramProject:
    id: str
    number: str
    title: str
    phase: str
    phase_words: str
    kick_off_on: date | None
    due_on: date | None
    unfinished: bool
    """A draft: it may be carried over."""


@dataclass(frozen=True, slots=True)
class ProgramView:
    """`id` None: a calendar year that nobody stored. `next_name`: what it was rolled over into, "" if it was not."""

    id: str | None
    name: str
    starts_on: date
    ends_on: date
    goals: tuple[Goal, ...]
    projects: tuple[ProgramProject, ...]
    next_name: str
    previous_name: str

    @property
    def key(self) -> str:
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class _Span:
    id: str | None
    name: str
    starts_on: date
    ends_on: date
    budget: int | None = None
    projects: int | None = None
    schools: int | None = None
    early: int | None = None
    previous_id: str | None = None


def programs(store: Store, *, today: date) -> list[ProgramView]:
    """The latest first. This year stands among them always, other years where a project has no other program."""
    with store.read() as session:
        now = phases(session, today)
        projects = list(session.scalars(select(Project).order_by(Project.kick_off_on, Project.number)))
        spans = [_stored(one) for one in session.scalars(select(Program))]
        belongs = _belongings(spans, projects, today)
        spans += [
            _Span(None, str(year), date(year, 1, 1), date(year, 12, 31))
            for year in sorted({key for key in belongs if isinstance(key, int)} | _this_year(spans, today))
        ]
        names = {one.id: one.name for one in spans if one.id}
        nexts = {one.previous_id: one.name for one in spans if one.previous_id}
        facts = _Facts(session, now)
        found = []
        for one in spans:
            mine = belongs.get(one.id or int(one.name), [])
            found.append(
                ProgramView(
                    one.id,
                    one.name,
                    one.starts_on,
                    one.ends_on,
                    tuple(facts.goals(one, mine)),
                    tuple(_row(project, now[project.id]) for project in mine),
                    nexts.get(one.id, "") if one.id else "",
                    names.get(one.previous_id or "", ""),
                )
            )
    return sorted(found, key=lambda one: (one.starts_on, one.ends_on, one.name), reverse=True)


def program_choices(store: Store) -> list[tuple[str, str]]:
    """(id, name) of those that are stored, the latest first."""
    with store.read() as session:
        query = select(Program.id, Program.name).order_by(Program.starts_on.desc(), Program.name)
        return [(row[0], row[1]) for row in session.execute(query)]


def _stored(one: Program) -> _Span:
    return _Span(
        one.id, one.name, one.starts_on, one.ends_on,
        one.goal_budget, one.goal_projects, one.goal_schools, one.goal_early_percent, one.previous_id,
    )  # fmt: skip


def _whole_years(spans: Iterable[_Span]) -> dict[int, str]:
    """Year to the program that is exactly it."""
    found: dict[int, str] = {}
    for one in sorted(spans, key=lambda one: one.id or ""):
        year = one.starts_on.year
        if one.id and (one.starts_on, one.ends_on) == (date(year, 1, 1), date(year, 12, 31)):
            found.setdefault(year, one.id)
    return found


def _this_year(spans: Iterable[_Span], today: date) -> set[int]:
    """This calendar year, unless a program holds today already."""
    return set() if any(one.starts_on <= today <= one.ends_on for one in spans) else {today.year}


def _belongings(spans: Iterable[_Span], projects: Iterable[Project], today: date) -> dict[str | int, list[Project]]:
    """By program's id, or by calendar year where no program is stored for it. A draft without a day is of this year."""
    stored = list(spans)
    years, known = _whole_years(stored), {one.id for one in stored}
    found: dict[str | int, list[Project]] = defaultdict(list)
    for one in projects:
        if one.program_id in known and one.program_id is not None:
            found[one.program_id].append(one)
            continue
        year = (one.kick_off_on or one.due_on or today).year
        found[years.get(year, year)].append(one)
    return found


def _row(one: Project, phase: str) -> ProgramProject:
    return ProgramProject(
        one.id,
        number_words("P", one.number),
        one.title,
        phase,
        PROJECT_PHASES[phase],
        one.kick_off_on,
        one.due_on,
        phase == "draft",
    )


class _Facts:
    """What all programs count from, read once."""

    def __init__(self, session: Session, now: dict[str, str]) -> None:
        self.now = now
        self.currency = session.scalars(select(Employer.currency)).one()
        agreed = (
            select(Engagement.project_id, Instalment.currency, func.sum(Instalment.amount))
            .join(Instalment, Instalment.engagement_id == Engagement.id)
            .where(Engagement.status.not_in(("cancelled", "did_not_show")))
        )
        paid = select(Engagement.project_id, Payment.currency, func.sum(Payment.amount)).join(
            Payment, Payment.engagement_id == Engagement.id
        )
        self.agreed = self._sums(session, agreed.group_by(Engagement.project_id, Instalment.currency))
        self.paid = self._sums(session, paid.group_by(Engagement.project_id, Payment.currency))
        self.applied: dict[str, list[tuple[str, int | None, str | None]]] = defaultdict(list)
        query = (
            select(Application.project_id, Application.candidate_id, Application.class_year, Enrolment.school_id)
            .outerjoin(Enrolment, Enrolment.id == Application.enrolment_id)
            .where(Application.applied_on.is_not(None))
            .order_by(Application.applied_on, Application.id)
        )
        for project_id, person, year, school in session.execute(query):
            self.applied[project_id].append((person, year, school))

    def _sums(self, session: Session, query: object) -> dict[str, int]:
        rows = session.execute(query)  # type: ignore[call-overload]
        return {row[0]: row[2] for row in rows if row[1] == self.currency}

    def goals(self, span: _Span, projects: Collection[Project]) -> list[Goal]:
        ids = [one.id for one in projects]
        return [
            self._budget(span, ids),
            self._projects(span, ids),
            self._schools(span, ids),
            self._early(span, ids),
        ]

    def _budget(self, span: _Span, ids: Iterable[str]) -> Goal:
        agreed = sum(self.agreed.get(one, 0) for one in ids)
        paid = sum(self.paid.get(one, 0) for one in ids)
        of = f" of {money.show(span.budget, self.currency)}" if span.budget else ""
        return Goal(
            "budget",
            "Budget",
            money.show(agreed, self.currency) if agreed else NONE_YET,
            f"agreed{of} · {money.show(paid, self.currency)} paid" if agreed or of else "nothing agreed",
            "Fees due to the students of its projects, in your currency; cancelled work and no-shows left out",
            Fraction(agreed, span.budget) if span.budget else None,
            bool(span.budget) and agreed <= (span.budget or 0),
        )

    def _projects(self, span: _Span, ids: Iterable[str]) -> Goal:
        states = [self.now[one] for one in ids]
        opened = sum(state not in ("draft", "cancelled") for state in states)
        drafts = states.count("draft")
        of = f"of {in_digits(span.projects)}" if span.projects else ""
        beside = f"{plural(drafts, 'draft')} beside" if drafts else ""
        return Goal(
            "projects",
            "Projects",
            in_digits(opened) if states else NONE_YET,
            " · ".join(part for part in (of, beside) if part) or "opened",
            "Projects that were opened and not cancelled",
            Fraction(opened, span.projects) if span.projects else None,
            bool(span.projects) and opened >= (span.projects or 0),
        )

    def _schools(self, span: _Span, ids: Iterable[str]) -> Goal:
        reached = {school for one in ids for _, _, school in self.applied[one] if school}
        of = f"of {in_digits(span.schools)}" if span.schools else "with an application"
        return Goal(
            "schools",
            "Schools",
            in_digits(len(reached)) if reached else NONE_YET,
            of,
            "Schools with an application to one of its projects",
            Fraction(len(reached), span.schools) if span.schools else None,
            bool(span.schools) and len(reached) >= (span.schools or 0),
        )

    def _early(self, span: _Span, ids: Iterable[str]) -> Goal:
        years: dict[str, int | None] = {}
        for one in ids:
            for person, year, _ in self.applied[one]:
                if years.get(person) is None:
                    years[person] = year
        known = [year for year in years.values() if year is not None]
        early, base = sum(year in (1, 2) for year in known), len(known)
        aim = f" · goal {span.early} %" if span.early else ""
        goal = Fraction(span.early, 100) if span.early else None
        unknown = "no applicant with a known class year"
        return Goal(
            "early",
            "First and second years",
            percent(early, base) if base else NONE_YET,
            (f"{in_digits(early)} of {plural(base, 'applicant')}" if base else unknown) + aim,
            "Applicants who were in class year 1 or 2 when they applied, of those with a known class year",
            Fraction(early, base) / goal if goal and base else None,
            bool(goal and base and Fraction(early, base) >= goal),
        )
