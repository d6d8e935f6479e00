"""Projects: the list, and everything on one project's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.errors import UserError
from core.fit import Fit, judge
from core.insight.brief import Brief, CheckPoint, check_brief, check_points, who_fits_brief
from core.insight.declining import held_words
from core.insight.engagements import EngagementRow, engagement_rows
from core.insight.exams import NONE, ExamClashes, clashes, exam_clashes
from core.insight.marks import current_rubric, overalls
from core.insight.match import WhoFits, who_fits
from core.insight.parts import among, number_words
from core.insight.progress import progress
from core.model import (
    Application,
    Candidate,
    Colleague,
    Criterion,
    Engagement,
    Milestone,
    Program,
    Project,
    ProjectSkill,
    ProjectStage,
    Question,
    Skill,
)
from core.model.words import LOCATION_MODES, PROJECT_PHASES
from core.states import project_phase
from core.store import Store
from core.text import fold

__all__ = [
    "Brief",
    "check_brief",
    "exam_clashes",
    "project",
    "project_ids",
    "project_rows",
    "projects",
    "who_fits_brief",
]

PHASE_KINDS = {
    "open": "green", "running": "green", "selecting": "amber", "closed_for_applications": "amber", "review": "amber",
}  # fmt: skip
"""Phase to chip; all others are neutral."""
PHASE_ORDER = {key: place for place, key in enumerate(PROJECT_PHASES)}
SORTS = ("number", "title", "phase", "applicants", "kick_off", "due", "fee", "supervisor")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """`phase`: a key of words.PROJECT_PHASES; `kind`: its chip. `applicants`: who applied, invited ones apart."""

    id: str
    number: str
    title: str
    category: str
    phase: str
    phase_words: str
    kind: str
    applicants: int
    openings: int
    filled: int
    apply_by: date | None
    kick_off_on: date | None
    due_on: date | None
    fee: int
    currency: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    id: str
    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    id: str
    text: str
    minutes: int
    required: bool


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """`name` is None while the code is scored blind; `code` is "" for one who was only invited, as it will be blind.

    `stage`: the project's own one in which it stands, by name, or "". `overall`: out of 4, None until it may be seen.
    `kind`: chip neutral, green, amber or red.
    """

    id: str
    name: str | None
    candidate_id: str | None
    code: str
    status: str
    state: str
    words: str
    kind: str
    applied_on: date | None
    overall: Decimal | None
    offer_id: str | None
    offer_state: str | None
    engagement_id: str | None
    stage: str = ""
    held: str = ""
    """Of one not selected: that the message is held back, is due, or went."""
    told: bool = False

    @property
    def who(self) -> str:
        """Mateo Ruiz, or Candidate K7."""
        return self.name or f"Candidate {self.code}"


@dataclass(frozen=True, slots=True)
class ProjectView:
    """All of a project. `check`: the ten points of its brief. `rate`: cents an hour. `names_hidden`: how many codes
    still stand for a name. `rubric`: "" without one. `exams` and `fits` are looked at while it is a draft or open.
    """

    row: ProjectRow
    id: str
    status: str
    title: str
    category: str
    summary: str
    why_it_matters: str
    learning_objectives: tuple[str, ...]
    milestones: tuple[MilestoneRow, ...]
    questions: tuple[QuestionRow, ...]
    skills: tuple[str, ...]
    competencies: tuple[str, ...]
    estimated_hours: int
    fee: int
    currency: str
    rate: int | None
    opened_on: date | None
    apply_by: date | None
    kick_off_on: date | None
    due_on: date | None
    due_flexible: bool
    any_hours: bool
    location_words: str
    place: str
    tools: str
    openings: int
    supervisor_id: str | None
    confidentiality: str
    ownership: str
    ai_policy: str
    funding: str
    eligibility: str
    cancelled_on: date | None
    cancelled_why: str
    program: str
    rubric: str
    rubric_id: str | None
    criteria: int
    applications: tuple[ApplicationRow, ...]
    names_hidden: int
    engagements: tuple[EngagementRow, ...]
    check: tuple[CheckPoint, ...]
    exams: ExamClashes
    due_exams: ExamClashes
    fits: WhoFits
    fit: Fit
    template_key: str
    template_name: str


def projects(store: Store, *, today: date) -> list[ProjectRow]:
    """All, the newest number first."""
    with store.read() as session:
        return list(_rows(session, None, today).values())


def project_ids(
    store: Store,
    text: str = "",
    phases: frozenset[str] = frozenset(),
    sort: str = "number",
    descending: bool = True,
    *,
    today: date,
) -> list[str]:
    """Ids in order; `text` stands in number, title, category or supervisor. Unknown days stand last either way."""
    if sort not in SORTS:
        raise ValueError(sort)
    words = fold(text).split()
    kept = []
    for row in projects(store, today=today):
        hay = fold(f"{row.number} {row.title} {row.category} {row.supervisor}")
        if all(word in hay for word in words) and (not phases or row.phase in phases):
            kept.append(row)
    kept.sort(key=lambda row: row.number)
    known = [row for row in kept if _KEYS[sort](row) is not None]
    known.sort(key=_KEYS[sort], reverse=descending)
    return [row.id for row in known] + [row.id for row in kept if _KEYS[sort](row) is None]


_KEYS: dict[str, Callable[[ProjectRow], Any]] = {
    "number": lambda row: (len(row.number), row.number),
    "title": lambda row: fold(row.title),
    "phase": lambda row: PHASE_ORDER[row.phase],
    "applicants": lambda row: row.applicants,
    "kick_off": lambda row: row.kick_off_on,
    "due": lambda row: row.due_on,
    "fee": lambda row: row.fee,
    "supervisor": lambda row: fold(row.supervisor) or None,
}


def project_rows(store: Store, ids: Sequence[str], *, today: date) -> dict[str, ProjectRow]:
    with store.read() as session:
        return _rows(session, ids, today)


def phases(session: Session, today: date, ids: Iterable[str] | None = None) -> dict[str, str]:
    """A key of words.PROJECT_PHASES for each project."""
    query = select(Project.id, Project.status, Project.apply_by, Project.openings)
    work: dict[str, list[str]] = defaultdict(list)
    states = select(Engagement.project_id, Engagement.status)
    if ids is not None:
        wanted = list(ids)
        query = query.where(among(Project.id, wanted))
        states = states.where(among(Engagement.project_id, wanted))
    for project_id, status in session.execute(states):
        work[project_id].append(status)
    return {
        row_id: project_phase(status, apply_by, work[row_id], openings, today)
        for row_id, status, apply_by, openings in session.execute(query)
    }


def _rows(session: Session, ids: Sequence[str] | None, today: date) -> dict[str, ProjectRow]:
    query = select(Project, Colleague.name).outerjoin(Colleague, Colleague.id == Project.supervisor_id)
    counts = select(Application.project_id, func.count()).where(Application.applied_on.is_not(None))
    taken = select(Engagement.project_id, func.count()).where(
        Engagement.status.not_in(("cancelled", "did_not_show", "ended_early"))
    )
    if ids is not None:
        query = query.where(Project.id.in_(ids))
        counts = counts.where(Application.project_id.in_(ids))
        taken = taken.where(Engagement.project_id.in_(ids))
    applicants = {row[0]: row[1] for row in session.execute(counts.group_by(Application.project_id))}
    filled = {row[0]: row[1] for row in session.execute(taken.group_by(Engagement.project_id))}
    phase = phases(session, today, ids)
    return {
        one.id: ProjectRow(
            id=one.id,
            number=number_words("P", one.number),
            title=one.title,
            category=one.category,
            phase=phase[one.id],
            phase_words=PROJECT_PHASES[phase[one.id]],
            kind=PHASE_KINDS.get(phase[one.id], "neutral"),
            applicants=applicants.get(one.id, 0),
            openings=one.openings,
            filled=filled.get(one.id, 0),
            apply_by=one.apply_by,
            kick_off_on=one.kick_off_on,
            due_on=one.due_on,
            fee=one.fee,
            currency=one.currency,
            supervisor=supervisor or "",
        )
        for one, supervisor in session.execute(query.order_by(Project.number.desc()))
    }


def application_rows(store: Store, project_id: str, *, today: date) -> list[ApplicationRow]:
    with store.read() as session:
        return _applications(session, project_id, store.me, today)


def _applications(session: Session, project_id: str, viewer: str | None, today: date) -> list[ApplicationRow]:
    query = (
        select(Application, Candidate.first_name, Candidate.last_name, ProjectStage.name)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(ProjectStage, ProjectStage.id == Application.stage_id)
        .where(Application.project_id == project_id)
    )
    found = session.execute(query).all()
    ids = [row[0].id for row in found]
    states, overall = progress(session, ids, today=today), overalls(session, ids, viewer)
    rows = []
    for one, first, last, stage in found:
        state = states[one.id]
        shown = state.visible or state.by_name
        rows.append(
            ApplicationRow(
                id=one.id,
                name=f"{first} {last}".strip() if shown else None,
                candidate_id=one.candidate_id if shown else None,
                code="" if state.by_name else one.code,
                status=one.status,
                state=state.key,
                words=state.words,
                kind=state.kind,
                applied_on=one.applied_on if shown else None,
                overall=overall.get(one.id),
                offer_id=state.offer_id,
                offer_state=state.offer_state,
                engagement_id=state.engagement_id,
                stage=stage or "",
                held=held_words(one.hold_until, one.told_on, today) if state.visible else "",
                told=one.told_on is not None,
            )
        )
    # By code, so that the order tells nothing about who came when.
    return sorted(rows, key=lambda row: (row.code == "", row.code, row.who))


def project(store: Store, project_id: str, *, today: date) -> ProjectView:
    """UserError where there is none."""
    with store.read() as session:
        one = session.get(Project, project_id)
        if one is None:
            raise UserError("This project is no longer in the store.")
        return _view(session, one, store.me, today)


_COPIED = (
    "id", "status", "title", "category", "summary", "why_it_matters", "estimated_hours", "fee", "currency", "opened_on",
    "apply_by", "kick_off_on", "due_on", "due_flexible", "any_hours", "place", "tools", "openings", "supervisor_id",
    "confidentiality", "ownership", "ai_policy", "funding", "eligibility", "cancelled_on", "cancelled_why",
    "template_key", "template_name",
)  # fmt: skip


def _view(session: Session, one: Project, viewer: str | None, today: date) -> ProjectView:
    milestones = select(Milestone).where(Milestone.project_id == one.id).order_by(Milestone.position)
    questions = select(Question).where(Question.project_id == one.id).order_by(Question.position)
    skills = select(Skill.name).join(ProjectSkill, ProjectSkill.skill_id == Skill.id)
    rubric = current_rubric(session, one.id)
    criteria = select(func.count()).select_from(Criterion).where(Criterion.rubric_id == (rubric.id if rubric else ""))
    work = select(Engagement.id).where(Engagement.project_id == one.id).order_by(Engagement.kick_off_on, Engagement.id)
    applications = _applications(session, one.id, viewer, today)
    program = session.get(Program, one.program_id) if one.program_id else None
    row = _rows(session, [one.id], today)[one.id]
    ahead = row.phase in ("draft", "open")
    view = ProjectView(
        **{name: getattr(one, name) for name in _COPIED},
        row=row,
        learning_objectives=tuple(one.learning_objectives),
        milestones=tuple(MilestoneRow(m.id, m.text, m.due_on) for m in session.scalars(milestones)),
        questions=tuple(QuestionRow(q.id, q.text, q.minutes, q.required) for q in session.scalars(questions)),
        skills=tuple(sorted(session.scalars(skills.where(ProjectSkill.project_id == one.id)), key=str.casefold)),
        competencies=tuple(one.competencies),
        rate=money.per_hour(one.fee, one.estimated_hours),
        location_words=LOCATION_MODES.get(one.location_mode, one.location_mode),
        program=program.name if program else "",
        rubric=f"{rubric.name}, version {rubric.version}" if rubric else "",
        rubric_id=rubric.id if rubric else None,
        criteria=session.scalar(criteria) or 0,
        applications=tuple(applications),
        names_hidden=sum(row.name is None for row in applications),
        engagements=tuple(engagement_rows(session, list(session.scalars(work)), today)),
        check=(),
        exams=clashes(session, one.kick_off_on, one.id) if ahead else NONE,
        due_exams=clashes(session, one.due_on, one.id, "The due date") if ahead else NONE,
        fit=judge(one.fit_check),
        fits=who_fits(session, one.id, today) if ahead else WhoFits((), 0, 0, ""),
    )
    return replace(view, check=tuple(check_points(session, view, today)))
