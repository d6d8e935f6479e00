"""Who fits which project, and why: skills wanted and had, free weeks, hours. A school's name counts for nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from core.insight.availability import Span, Weeks, weeks
from core.insight.parts import LATEST, chunks, is_latest, last_contact, number_words, words_list
from core.matching import Part, contact_part, hours_part, new_part, points, skills_part, weeks_part, weights
from core.model import (
    Application,
    Blackout,
    Candidate,
    CandidateSkill,
    Employer,
    Engagement,
    Outcome,
    Project,
    ProjectSkill,
    SchoolPeriod,
    Skill,
)
from core.states import AT_WORK
from core.store import Store
from core.text import fold, in_digits, plural

CONSIDERED = 2_000
"""How many, of those with most of the skills wanted, are looked at for their weeks; how many were not is said."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One candidate and one project. `words`: why, as shown; `had` and `lacking`: names of the skills wanted.

    It `fits` with at least half of the skills wanted (there is one) and at least half of the weeks free, unless
    there is a reason, `no`, why they are not asked. `points` out of 100, from `parts` as weighed now (core.matching).
    """

    candidate_id: str
    name: str
    project_id: str
    project: str
    number: str
    had: tuple[str, ...]
    lacking: tuple[str, ...]
    weeks: Weeks
    fits: bool
    words: str
    points: int
    parts: tuple[Part, ...]
    no: str


@dataclass(frozen=True, slots=True)
class WhoFits:
    """`best`: a few, the best first; `count`: how many fit; `new`: those of them who have never applied to us.

    `words` says why there is nobody, else "". `silent`: left out, as they asked not to be contacted; `unseen`: not
    looked at, as so many have more of the skills.
    """

    best: tuple[Fit, ...]
    count: int
    new: int
    words: str
    silent: int = 0
    unseen: int = 0

    @property
    def left_out(self) -> str:
        """Who is not among those counted, and why; "" where nobody is."""
        parts = []
        if self.silent:
            parts.append(f"{plural(self.silent, 'person', 'people')} with the skills asked not to be contacted")
        if self.unseen:
            parts.append(f"{in_digits(self.unseen)} more with at least half of the skills were not looked at")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class _Person:
    """`away`: days off, exams of their school, and work for us. `silent`: days since the last contact. `no`: why they
    are not asked, else "".
    """

    name: str
    no: str
    hours_a_week: int | None
    away: tuple[Span, ...]
    worked: bool
    silent: int | None


@dataclass(frozen=True, slots=True)
class _Work:
    id: str
    title: str
    number: str
    hours: int
    start: date | None
    end: date | None
    skills: dict[str, str]


def fits_of_candidates(session: Session, candidate_ids: Sequence[str], today: date) -> dict[str, list[Fit]]:
    """Projects still to fill for each candidate, the best first; without those they are part of already."""
    works = _works(session, _to_fill(today))
    if not works or not candidate_ids:
        return {row_id: [] for row_id in candidate_ids}
    people = _people(session, candidate_ids, today)
    skills, weighed = _skills(session, candidate_ids), match_weights(session)
    there = set(
        session.execute(
            select(Application.candidate_id, Application.project_id).where(
                Application.candidate_id.in_(candidate_ids), Application.project_id.in_([work.id for work in works])
            )
        )
    )
    found = {}
    for row_id in candidate_ids:
        if row_id not in people:
            continue
        open_to = [work for work in works if (row_id, work.id) not in there]
        fits = [_fit(row_id, people[row_id], skills[row_id], work, weighed) for work in open_to]
        found[row_id] = sorted(fits, key=lambda fit: (not fit.fits, -fit.points, fit.number))
    return found


def what_fits(store: Store, candidate_id: str, *, today: date) -> list[Fit]:
    """Projects still to fill for one candidate, the best first, also those that do not fit."""
    with store.read() as session:
        return fits_of_candidates(session, [candidate_id], today).get(candidate_id, [])


def who_fits(session: Session, project_id: str, today: date, most: int = 5) -> WhoFits:
    """Candidates for a project, without those who are part of it, have graduated or were hired."""
    works = _works(session, [Project.id == project_id])
    return _who_fits(session, works[0], today, most) if works else WhoFits((), 0, 0, "")


def who_fits_project(store: Store, project_id: str, *, today: date, most: int) -> WhoFits:
    with store.read() as session:
        return who_fits(session, project_id, today, most)


def who_fits_work(
    session: Session,
    skills: Sequence[str],
    hours: int,
    start: date | None,
    end: date | None,
    today: date,
    most: int = 5,
) -> WhoFits:
    """The same for a brief that is not stored yet. `skills`: names."""
    known = {fold(name): (row_id, name) for row_id, name in session.execute(select(Skill.id, Skill.name))}
    # A skill that nobody has yet still counts as wanted.
    wanted = dict(known.get(fold(name), (fold(name), name)) for name in skills if name.strip())
    return _who_fits(session, _Work("", "", "", hours, start, end, wanted), today, most)


def _who_fits(session: Session, work: _Work, today: date, most: int) -> WhoFits:
    if not work.skills:
        return WhoFits((), 0, 0, "Name the skills wanted, and who has them stands here.")
    had = func.count(CandidateSkill.skill_id.distinct())
    there = select(Application.candidate_id).where(Application.project_id == work.id)
    query = (
        select(CandidateSkill.candidate_id, Candidate.do_not_contact_on)
        .join(Candidate, Candidate.id == CandidateSkill.candidate_id)
        .outerjoin(LATEST, is_latest())
        .where(
            CandidateSkill.skill_id.in_(work.skills),
            CandidateSkill.candidate_id.not_in(there),
            CandidateSkill.candidate_id.not_in(_hired()),
            or_(LATEST.graduates_on.is_(None), LATEST.graduates_on >= today),
        )
        .group_by(CandidateSkill.candidate_id, Candidate.do_not_contact_on)
        .having(had * 2 >= len(work.skills))
        .order_by(had.desc(), CandidateSkill.candidate_id)
    )
    rows = session.execute(query).all()
    ids = [row_id for row_id, wish in rows if wish is None]
    silent, unseen = len(rows) - len(ids), max(0, len(ids) - CONSIDERED)
    people, skills = _people(session, ids[:CONSIDERED], today), _skills(session, ids[:CONSIDERED])
    weighed = match_weights(session)
    fits = [fit for one in people if (fit := _fit(one, people[one], skills[one], work, weighed)).fits]
    fits.sort(key=lambda fit: (-fit.points, fit.name))
    chosen, applied = [fit.candidate_id for fit in fits], set()
    for part in chunks(chosen):
        seen = select(Application.candidate_id).where(Application.candidate_id.in_(part))
        applied |= set(session.scalars(seen.where(Application.applied_on.is_not(None))))
    words = "" if fits else "Nobody in the store has half of the skills wanted and the weeks free."
    if unseen and not fits:
        words = f"Of the {in_digits(CONSIDERED)} with the most of these skills nobody has the weeks free."
    elif silent and not ids:
        words = "Who has half of the skills wanted has asked not to be contacted."
    return WhoFits(tuple(fits[:most]), len(fits), len(fits) - len(applied), words, silent, unseen)


def _hired() -> Select[str]:
    """Ids of candidates who took a place with us."""
    took = Outcome.kind.in_(("part_time", "full_time")), Outcome.accepted_on.is_not(None)
    return select(Outcome.candidate_id).where(*took)


def _to_fill(today: date) -> list[ColumnElement[bool]]:
    """Conditions on Project: a draft or open, its kick-off not past, an opening left."""
    filled = (
        select(Project.id)
        .join(Engagement, Engagement.project_id == Project.id)
        .where(Engagement.status.not_in(("cancelled", "did_not_show", "ended_early")))
        .group_by(Project.id, Project.openings)
        .having(func.count() >= Project.openings)
    )
    return [
        Project.status.in_(("draft", "open")),
        or_(Project.kick_off_on.is_(None), Project.kick_off_on >= today),
        or_(Project.apply_by.is_(None), Project.apply_by >= today),
        Project.id.not_in(filled),
    ]


def _works(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[_Work]:
    projects = list(session.scalars(select(Project).where(*conditions).order_by(Project.number)))
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    query = select(ProjectSkill.project_id, Skill.id, Skill.name).join(Skill, Skill.id == ProjectSkill.skill_id)
    query = query.where(ProjectSkill.project_id.in_([project.id for project in projects])).order_by(Skill.name)
    for project_id, skill_id, name in session.execute(query):
        wanted[project_id][skill_id] = name
    return [
        _Work(p.id, p.title, number_words("P", p.number), p.estimated_hours, p.kick_off_on, p.due_on, wanted[p.id])
        for p in projects
    ]


def weights_now(store: Store) -> dict[str, int]:
    with store.read() as session:
        return match_weights(session)


def match_weights(session: Session) -> dict[str, int]:
    """What counts how much, as the employer has it."""
    return weights(session.scalar(select(Employer.match_weights)))


def _people(session: Session, ids: Sequence[str], today: date) -> dict[str, _Person]:
    away: dict[str, list[Span]] = defaultdict(list)
    blackouts = select(Blackout.candidate_id, Blackout.starts_on, Blackout.ends_on)
    exams = (
        select(Candidate.id, SchoolPeriod.starts_on, SchoolPeriod.ends_on)
        .select_from(Candidate)
        .join(LATEST, is_latest())
        .join(SchoolPeriod, SchoolPeriod.school_id == LATEST.school_id)
        .where(SchoolPeriod.kind == "exams", SchoolPeriod.ends_on >= today)
    )
    work = select(Engagement.candidate_id, Engagement.kick_off_on, Engagement.due_on)
    work = work.where(Engagement.status.in_(AT_WORK))
    for query, owner in (
        (blackouts, Blackout.candidate_id), (exams, Candidate.id), (work, Engagement.candidate_id)
    ):  # fmt: skip
        for row_id, start, end in session.execute(query.where(owner.in_(ids))):
            away[row_id].append((start, end))
    before = select(Engagement.candidate_id).where(
        Engagement.candidate_id.in_(ids), Engagement.status.not_in(("cancelled", "agreed"))
    )
    worked = set(session.scalars(before))
    hired = set(session.scalars(_hired().where(Outcome.candidate_id.in_(ids))))
    leaves = select(LATEST.graduates_on).where(is_latest()).correlate(Candidate).scalar_subquery()
    query = select(Candidate, leaves, last_contact(today)).where(Candidate.id.in_(ids))
    rows: Sequence[Any] = session.execute(query).all()
    found = {}
    for one, graduates_on, seen in rows:
        no = "works for you" if one.id in hired else ""
        if graduates_on is not None and graduates_on < today:
            no = no or "has graduated"
        if one.do_not_contact_on is not None:
            no = no or "asked not to be contacted"
        hours = 0 if one.free_grid and "1" not in one.free_grid else one.hours_a_week
        silent = None if seen is None else (today - (seen if isinstance(seen, date) else date.fromisoformat(seen))).days
        spans = tuple(sorted(away[one.id]))
        found[one.id] = _Person(one.name, no, hours, spans, one.id in worked, silent)
    return found


def _skills(session: Session, ids: Sequence[str]) -> dict[str, dict[str, int | None]]:
    """By candidate the skills had, each with its level."""
    had: dict[str, dict[str, int | None]] = defaultdict(dict)
    query = select(CandidateSkill.candidate_id, CandidateSkill.skill_id, CandidateSkill.level)
    for row_id, skill_id, level in session.execute(query.where(CandidateSkill.candidate_id.in_(ids))):
        had[row_id][skill_id] = level
    return had


def _fit(
    row_id: str, person: _Person, skills: Mapping[str, int | None], work: _Work, weighed: Mapping[str, int]
) -> Fit:
    had = tuple(name for skill, name in work.skills.items() if skill in skills)
    lacking = tuple(name for skill, name in work.skills.items() if skill not in skills)
    span = weeks(work.start, work.end, person.away)
    parts = [f"{len(had)} of {plural(len(work.skills), 'skill')}" if work.skills else "no skill asked for"]
    if lacking and had:
        parts.append(f"lacks {words_list(lacking)}" if len(lacking) <= 2 else f"lacks {len(lacking)} skills")
    parts.append(span.words)
    room = None if person.hours_a_week is None else person.hours_a_week * span.total
    if person.hours_a_week == 0:
        parts.append("no time in the week")
    elif room is not None and span.total and work.hours > room:
        parts.append(f"{work.hours} h in {plural(span.total, 'week')} at {person.hours_a_week} h a week")
    if person.no:
        parts.insert(0, person.no)
    fits = bool(had) and 2 * len(had) >= len(work.skills) and 2 * span.free >= span.total
    fits = fits and not person.no and person.hours_a_week != 0
    told = (
        skills_part(list(work.skills), skills),
        weeks_part(span.free, span.total),
        hours_part(work.hours, span.free, person.hours_a_week),
        new_part(person.worked),
        contact_part(person.silent),
    )
    words, reached = " · ".join(parts), points(told, weighed)
    return Fit(
        row_id,
        person.name,
        work.id,
        work.title,
        work.number,
        had,
        lacking,
        span,
        fits,
        words,
        reached,
        told,
        person.no,
    )
