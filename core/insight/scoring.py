"""Scoring question by question, blind, in an order of each rater's own."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.blind import masks
from core.insight.blind_files import AnswerFile, answer_files
from core.insight.marks import current_rubric
from core.insight.parts import number_words
from core.insight.progress import visible_sql
from core.insight.waiting import to_score
from core.model import (
    Answer,
    Application,
    Candidate,
    Criterion,
    Evaluation,
    Project,
    Question,
    Score,
)
from core.store import Store

WHOLE = "The whole application"


@dataclass(frozen=True, slots=True)
class CriterionView:
    """`levels`: the words of 1 to 4."""

    id: str
    rubric_id: str
    name: str
    hint: str
    competency: str
    weight: int
    levels: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class QuestionToScore:
    """`id` None: the whole application, shown with all its answers. `criteria` of every rubric version in use."""

    id: str | None
    text: str
    minutes: int
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class MyScore:
    level: int
    evidence: str


@dataclass(frozen=True, slots=True)
class ToScore:
    """`name` only once revealed. `answers` by question id, without names, addresses and schools until then.

    `scores`: mine so far, by criterion id. `rubric_id`: the version that this application is scored on. `minutes`: how
    long I looked at it until now. `files` answer a question too, or with None the whole application.
    """

    id: str
    code: str
    name: str | None
    answers: Mapping[str, str]
    scores: Mapping[str, MyScore]
    submitted: bool
    comment: str
    recommend: bool | None
    rubric_id: str
    minutes: int = 0
    files: tuple[AnswerFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringQueue:
    """`applications` stand in an order that is random, and the same each time for this rater and project."""

    project_id: str
    title: str
    number: str
    rubric: str
    questions: tuple[QuestionToScore, ...]
    applications: tuple[ToScore, ...]
    raters: int

    def criteria(self, question: QuestionToScore, application: ToScore) -> tuple[CriterionView, ...]:
        """What this application is scored on here."""
        return tuple(one for one in question.criteria if one.rubric_id == application.rubric_id)

    def missing(self, application: ToScore) -> int:
        """How many criteria have no level or no evidence yet."""
        wanted = [one for question in self.questions for one in self.criteria(question, application)]
        scores = application.scores
        return sum(one.id not in scores or not scores[one.id].evidence for one in wanted)

    @property
    def left(self) -> int:
        return sum(not one.submitted for one in self.applications)


@dataclass(frozen=True, slots=True)
class ScoringProject:
    """A project with something to score. `left`: not handed in by this rater. `raters`: who have begun."""

    id: str
    number: str
    title: str
    applications: int
    left: int
    raters: int
    apply_by: date | None


def scoring_projects(store: Store, rater_id: str | None) -> list[ScoringProject]:
    """The next to close first."""
    with store.read() as session:
        counts = to_score(session, rater_id)
        raters: dict[str, set[str]] = defaultdict(set)
        begun = select(Application.project_id, Evaluation.rater_id).join(
            Evaluation, Evaluation.application_id == Application.id
        )
        for project_id, rater in session.execute(begun.where(Application.project_id.in_(counts))):
            raters[project_id].add(rater)
        found = session.scalars(select(Project).where(Project.id.in_(counts)))
        rows = [
            ScoringProject(
                one.id, number_words("P", one.number), one.title, *counts[one.id], len(raters[one.id]), one.apply_by
            )
            for one in found
        ]
    return sorted(rows, key=lambda row: (row.apply_by or date.max, row.number))


def scoring_queue(store: Store, project_id: str, rater_id: str, *, blind: bool = False) -> ScoringQueue:
    """UserError where there is no such project, or no rubric to score with. `blind`: as if no name were revealed."""
    with store.read() as session:
        project = session.get(Project, project_id)
        if project is None:
            raise UserError("This project is no longer in the store.")
        rubric = current_rubric(session, project_id)
        if rubric is None:
            raise UserError(f"{project.title} has no rubric yet. Give it one, then score.")
        mine = {
            one.application_id: one
            for one in session.scalars(
                select(Evaluation)
                .join(Application, Application.id == Evaluation.application_id)
                .where(Evaluation.rater_id == rater_id, Application.project_id == project_id)
            )
        }
        applications = _to_score(session, project_id, rater_id, mine, rubric.id, blind)
        versions = {rubric.id} | {one.rubric_id for one in applications}
        raters = select(Evaluation.rater_id).join(Application, Application.id == Evaluation.application_id)
        return ScoringQueue(
            project_id,
            project.title,
            number_words("P", project.number),
            f"{rubric.name}, version {rubric.version}",
            _questions(session, project_id, versions),
            applications,
            len(set(session.scalars(raters.where(Application.project_id == project_id)))),
        )


def shuffled(ids: Iterable[str], seed: str) -> list[str]:
    """The same random order each time for one seed."""
    return sorted(ids, key=lambda row_id: hashlib.sha256(f"{seed}/{row_id}".encode()).digest())


def criterion_view(one: Criterion) -> CriterionView:
    return CriterionView(one.id, one.rubric_id, one.name, one.hint, one.competency, one.weight, one.levels)


def _questions(session: Session, project_id: str, rubrics: set[str]) -> tuple[QuestionToScore, ...]:
    asked = list(session.scalars(select(Question).where(Question.project_id == project_id).order_by(Question.position)))
    there = {one.id for one in asked}
    by_question: dict[str | None, list[CriterionView]] = defaultdict(list)
    for one in session.scalars(
        select(Criterion).where(Criterion.rubric_id.in_(rubrics)).order_by(Criterion.rubric_id, Criterion.position)
    ):
        by_question[one.question_id if one.question_id in there else None].append(criterion_view(one))
    found = [
        QuestionToScore(one.id, one.text, one.minutes, tuple(by_question[one.id]))
        for one in asked
        if by_question.get(one.id)
    ]
    if by_question.get(None):
        found.append(QuestionToScore(None, WHOLE, 0, tuple(by_question[None])))
    return tuple(found)


def _to_score(
    session: Session, project_id: str, rater_id: str, mine: Mapping[str | None, Evaluation], rubric_id: str, blind: bool
) -> tuple[ToScore, ...]:
    query = (
        select(Application, Candidate.first_name, Candidate.last_name, visible_sql())
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Application.project_id == project_id,
            or_(Application.status.in_(("applied", "shortlisted")), Application.id.in_([one for one in mine if one])),
        )
    )
    found = {
        one.id: (one, f"{first} {last}".strip(), bool(seen) and not blind)
        for one, first, last, seen in session.execute(query)
    }
    answers = answers_of(session, found)
    hide = masks(session, [one.candidate_id for one, _, seen in found.values() if not seen])
    behind = {row_id: None if seen else hide[one.candidate_id] for row_id, (one, _, seen) in found.items()}
    files = answer_files(session, behind)
    scores: dict[str, dict[str, MyScore]] = defaultdict(dict)
    given_by_me = select(Score).where(Score.evaluation_id.in_([one.id for one in mine.values()]))
    for score in session.scalars(given_by_me):
        scores[score.evaluation_id][score.criterion_id] = MyScore(score.level, score.evidence)
    rows = []
    for row_id in shuffled(found, f"{rater_id}/{project_id}"):
        one, name, seen = found[row_id]
        given = mine.get(row_id)
        mask = None if seen else hide[one.candidate_id]
        marks = scores[given.id] if given else {}
        if mask:
            marks = {key: MyScore(own.level, mask(own.evidence)) for key, own in marks.items()}
        kept_on = given.rubric_id if given and given.rubric_id and marks else rubric_id
        rows.append(
            ToScore(
                row_id,
                one.code,
                name if seen else None,
                {question: mask(text) if mask else text for question, text in answers[row_id].items()},
                marks,
                given is not None and given.submitted_at is not None,
                (mask(given.comment) if mask else given.comment) if given else "",
                given.recommend if given else None,
                kept_on,
                given.seconds // 60 if given else 0,
                files.get(row_id, ()),
            )
        )
    return tuple(rows)


def answers_of(session: Session, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    answers: dict[str, dict[str, str]] = defaultdict(dict)
    for one in session.scalars(select(Answer).where(Answer.application_id.in_(list(ids)))):
        answers[one.application_id][one.question_id] = one.text
    return answers
