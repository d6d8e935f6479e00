"""All that a candidate's report says: with the name, or blind by the code of one application."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.blind import Mask, masks, without_who
from core.insight.engagements import EngagementRow, engagements
from core.insight.open_reviews import ours_may_leave
from core.insight.own_words import OwnValue, own_values
from core.insight.parts import number_words, rounded
from core.insight.person import CandidateApplication, PoolRow, SkillRow, candidate
from core.insight.story import StoryItem, story
from core.model import (
    Application,
    Candidate,
    Colleague,
    CompetencyMark,
    Criterion,
    Engagement,
    Evaluation,
    Outcome,
    Project,
    ProjectSkill,
    Score,
    Skill,
)
from core.model.words import LEVELS, OUTCOME_KINDS
from core.store import Store
from core.text import short_day

_CODE = re.compile(r"\s*(?:P-?0*(\d+)[\s/,-]+)?([A-Za-z]\d{1,3})\s*")


@dataclass(frozen=True, slots=True)
class ReportScore:
    """`level_words`: the rubric's words for the level, or the name of a competency's level."""

    criterion: str
    level: int
    level_words: str
    evidence: str
    weight: int


@dataclass(frozen=True, slots=True)
class ReportEvaluation:
    """One rater's view. `overall` out of 4: computed from scores and weights, of work done the rater's own.

    A view of work whose review is still closed says in `comment` when it opens, and nothing else.
    """

    about: str
    rater: str
    on: date | None
    scores: tuple[ReportScore, ...]
    overall: Decimal | None
    recommend: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    what: str
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """With `code` it is blind: what core.insight.blind lets raters see, all else is empty. `grid`: see Availability."""

    candidate_id: str
    code: str | None
    name: str
    number: str
    emails: tuple[str, ...]
    phone: str
    links: tuple[str, ...]
    school: str
    major: str
    degree_level: str
    class_year: int | None
    graduates_on: date | None
    first_contact_on: date | None
    source: str
    skills: tuple[SkillRow, ...]
    availability: str
    grid: tuple[tuple[bool, ...], ...]
    hours_a_week: int | None
    applications: tuple[CandidateApplication, ...]
    engagements: tuple[EngagementRow, ...]
    evaluations: tuple[ReportEvaluation, ...]
    outcomes: tuple[ReportOutcome, ...]
    pool: tuple[PoolRow, ...]
    own: tuple[OwnValue, ...]
    story: tuple[StoryItem, ...]


def report(store: Store, candidate_id: str, *, today: date) -> ReportView:
    view = candidate(store, candidate_id, today=today)
    with store.read() as session:
        open_ids = [one.id for one in view.applications if one.can_open]
        evaluations = (*_of_work(session, candidate_id, today), *_of_applications(session, open_ids, store.me, None))
        outcomes = _outcomes(session, candidate_id)
        own = tuple(own_values(session, "candidates", candidate_id))
        told = tuple(story(session, session.get_one(Candidate, candidate_id), today, leaving=True))
    return ReportView(
        candidate_id=candidate_id,
        code=None,
        name=view.name,
        number=view.number,
        emails=view.emails,
        phone=view.phone,
        links=tuple(one.words for one in view.links),
        school=view.study.school,
        first_contact_on=view.first_contact_on,
        source=view.source,
        skills=view.skills,
        applications=view.applications,
        engagements=tuple(engagements(store, today=today, candidate_id=candidate_id)),
        evaluations=evaluations,
        outcomes=outcomes,
        pool=view.pool,
        own=own,
        story=told,
        major=view.study.major,
        degree_level=view.study.degree_level,
        class_year=view.study.class_year,
        graduates_on=view.study.graduates_on,
        availability=view.availability.words,
        grid=view.availability.grid,
        hours_a_week=view.availability.hours_a_week,
    )


def blind_report(store: Store, application_id: str, *, today: date) -> ReportView:
    """What a rater may read of one application: core.insight.blind says what that is."""
    with store.read() as session:
        row = session.get(Application, application_id)
        if row is None:
            raise UserError("This application is no longer in the store.")
        if row.status == "invited":
            raise UserError("This person has not applied yet, so there is no code to report by.")
        code, candidate_id = row.code, row.candidate_id
        mask = masks(session, [candidate_id])[candidate_id]
        evaluations = _of_applications(session, [application_id], store.me, mask)
        # A rare skill beside the list of candidates would say who it is, and its evidence more than that.
        asked = set(
            session.scalars(
                select(Skill.name)
                .join(ProjectSkill, ProjectSkill.skill_id == Skill.id)
                .where(ProjectSkill.project_id == row.project_id)
            )
        )
    whole = report(store, candidate_id, today=today)
    return without_who(
        replace(
            whole,
            code=code,
            skills=tuple(SkillRow(s.id, s.name, s.level, s.level_words, "") for s in whole.skills if s.name in asked),
            applications=tuple(one for one in whole.applications if one.id == application_id),
            evaluations=evaluations,
        )
    )


def application_by_code(store: Store, code: str) -> str:
    """The id behind K7, or P-014 K7 where several projects have a K7. UserError says which there are."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise UserError(f"“{code}” is no code of an application. A code looks like K7, or P-014 K7.")
    number, letters = match[1], match[2].upper()
    query = (
        select(Application.id, Project.number)
        .join(Project, Project.id == Application.project_id)
        .where(Application.code == letters, Application.status != "invited")
        .order_by(Project.number)
    )
    if number is not None:
        query = query.where(Project.number == int(number))
    with store.read() as session:
        found = session.execute(query).all()
    if not found:
        raise UserError(f"There is no application with the code {code.strip()}.")
    if len(found) > 1:
        which = ", ".join(f"{number_words('P', one[1])} {letters}" for one in found[:5])
        raise UserError(f"Several projects have a {letters}. Say which one: {which}.")
    return found[0][0]


def _of_applications(
    session: Session, ids: list[str], viewer: str | None, mask: Mask | None
) -> tuple[ReportEvaluation, ...]:
    """Those handed in; others' only where the viewer's own are in or the names are revealed."""
    may = select(Evaluation.application_id).where(
        Evaluation.rater_id == (viewer or ""),
        Evaluation.submitted_at.is_not(None),
        Evaluation.application_id.is_not(None),
    )
    query = (
        select(Evaluation, Colleague.name, Project.title)
        .join(Application, Application.id == Evaluation.application_id)
        .join(Project, Project.id == Application.project_id)
        .join(Colleague, Colleague.id == Evaluation.rater_id)
        .where(
            Evaluation.application_id.in_(ids),
            Evaluation.submitted_at.is_not(None),
            or_(Application.revealed_at.is_not(None), Application.id.in_(may)),
        )
        .order_by(Project.number, Colleague.name)
    )
    found = session.execute(query).all()
    scores: dict[str, list[ReportScore]] = {}
    given = select(Score, Criterion).join(Criterion, Criterion.id == Score.criterion_id).order_by(Criterion.position)
    for score, criterion in session.execute(given.where(Score.evaluation_id.in_([row[0].id for row in found]))):
        evidence = mask(score.evidence) if mask else score.evidence
        words = criterion.levels[score.level - 1]
        scores.setdefault(score.evaluation_id, []).append(
            ReportScore(criterion.name, score.level, words, evidence, criterion.weight)
        )
    return tuple(
        _evaluation(one, rater, f"Application for {title}", scores.get(one.id, []), mask) for one, rater, title in found
    )


def _evaluation(
    one: Evaluation, rater: str, about: str, scores: list[ReportScore], mask: Mask | None
) -> ReportEvaluation:
    weight = sum(score.weight for score in scores)
    overall = rounded(Fraction(sum(s.level * s.weight for s in scores), weight)) if weight else None
    if one.engagement_id is not None:
        overall = Decimal(one.overall) if one.overall is not None else overall
    recommend = {True: "yes", False: "no", None: ""}[one.recommend]
    return ReportEvaluation(
        about,
        rater,
        one.submitted_at.date() if one.submitted_at else None,
        tuple(scores),
        overall,
        recommend,
        mask(one.comment) if mask else one.comment,
    )


def _of_work(session: Session, candidate_id: str, today: date) -> tuple[ReportEvaluation, ...]:
    """Of work whose review is still closed only when it opens: what we wrote would else colour what they write."""
    query = (
        select(Evaluation, Colleague.name, Project.title, Engagement.reviews_open_on, ours_may_leave(today))
        .join(Engagement, Engagement.id == Evaluation.engagement_id)
        .join(Project, Project.id == Engagement.project_id)
        .join(Colleague, Colleague.id == Evaluation.rater_id)
        .where(
            Engagement.candidate_id == candidate_id,
            Evaluation.occasion == "end",
            Evaluation.submitted_at.is_not(None),
        )
        .order_by(Engagement.kick_off_on.desc(), Colleague.name)
    )
    found = session.execute(query).all()
    marks: dict[str, list[ReportScore]] = {}
    given = select(CompetencyMark).order_by(CompetencyMark.competency)
    may = [one.id for one, _, _, _, open_ in found if open_]
    for mark in session.scalars(given.where(CompetencyMark.evaluation_id.in_(may))):
        marks.setdefault(mark.evaluation_id, []).append(
            ReportScore(mark.competency, mark.level, LEVELS[mark.level - 1], mark.evidence, 1)
        )
    return tuple(
        _evaluation(one, rater, title, marks.get(one.id, []), None) if open_ else _closed(one, rater, title, opens_on)
        for one, rater, title, opens_on, open_ in found
    )


def _closed(one: Evaluation, rater: str, about: str, opens_on: date | None) -> ReportEvaluation:
    day = f", or on {short_day(opens_on)}" if opens_on else ""
    words = f"This view is closed. It opens once the student’s view of the work is in too{day}."
    on = one.submitted_at.date() if one.submitted_at else None
    return ReportEvaluation(about, rater, on, (), None, "", words)


def _outcomes(session: Session, candidate_id: str) -> tuple[ReportOutcome, ...]:
    query = select(Outcome).where(Outcome.candidate_id == candidate_id).order_by(Outcome.offered_on.desc())
    return tuple(
        ReportOutcome(
            OUTCOME_KINDS.get(one.kind, one.kind),
            one.accepted_on or one.offered_on,
            ", ".join(part for part in ("accepted" if one.accepted_on else "offered", one.place) if part),
        )
        for one in session.scalars(query)
    )
