"""A project's rubric: worded levels, its rules, and its versions, frozen once something was scored on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import (
    Application,
    Criterion,
    EarlierEvaluation,
    Evaluation,
    Project,
    Question,
    Rubric,
    Score,
    words,
)
from core.store import Label, Store
from core.text import fold
from core.work.checks import TEXT_LIMIT, Problems, find, rows, says, tidy
from core.work.rubric_files import LEVEL_FIELDS, CriterionDraft, RubricDraft, ready_made

__all__ = [
    "FEWEST",
    "LEVEL_FIELDS",
    "MOST",
    "CriterionDraft",
    "RubricDraft",
    "checked",
    "copied_draft",
    "criterion_field",
    "current_rubric",
    "is_scored",
    "load",
    "ready_made",
    "rubric_draft",
    "same",
    "set_rubric",
    "version_draft",
]

FEWEST, MOST = 3, 6
"""Criteria a rubric; a rater tells no more than six apart."""


def criterion_field(index: int, field: str) -> str:
    """How FieldErrors names a criterion's field: `criteria.0.level_2`."""
    return f"criteria.{index}.{field}"


def set_rubric(store: Store, project_id: str, draft: RubricDraft, *, today: date) -> str:
    """Save the project's rubric. One that has been scored is frozen: the edit becomes its next version."""
    draft = checked(draft)
    with store.change(Label.RUBRIC_CHANGED, ("projects", project_id)) as session:
        find(session, Project, project_id, "project")
        _check_questions(session, project_id, draft)
        current = current_rubric(session, project_id)
        if current is not None and same(load(session, current), draft):
            return current.id
        if current is None or is_scored(session, current.id):
            version = 1 if current is None else current.version + 1
            current = Rubric(id=new_id(), project_id=project_id, name=draft.name, version=version)
            session.add(current)
            _write(session, current.id, [replace(c, id=None) for c in draft.criteria])
        else:
            current.name = draft.name
            _write(session, current.id, draft.criteria)
        rubric_id = current.id
        store.note_ref(("rubrics", rubric_id))
    return rubric_id


def checked(draft: RubricDraft) -> RubricDraft:
    problems = Problems()
    draft = tidy(draft, problems, required={"name": "Give the rubric a name."})
    count = len(draft.criteria)
    problems.when(
        not FEWEST <= count <= MOST, "criteria", f"A rubric has {FEWEST} to {MOST} criteria; this one has {count}."
    )
    criteria = [_checked_criterion(i, c, problems) for i, c in enumerate(draft.criteria)]
    names = [fold(c.name) for c in criteria if c.name]
    problems.when(len(names) != len(set(names)), "criteria", "Two criteria have the same name. Name them apart.")
    if len({c.weight for c in criteria}) > 1:
        for index, criterion in enumerate(criteria):
            if criterion.weight != 1 and not criterion.weight_why:
                problems.add(
                    criterion_field(index, "weight_why"), "Weights are equal unless you write why this one differs."
                )
    problems.raise_if_any()
    return replace(draft, criteria=criteria)


def _checked_criterion(index: int, draft: CriterionDraft, problems: Problems) -> CriterionDraft:
    own = Problems()
    clean = tidy(draft, own, long=(*LEVEL_FIELDS, "hint", "weight_why"), required={"name": "Name the criterion."})
    for number, field in enumerate(LEVEL_FIELDS, 1):
        level = f"{number} ({words.LEVELS[number - 1]})"
        own.when(not getattr(clean, field), field, f"Say what one can observe at level {level}.")
        own.when(len(getattr(clean, field)) > TEXT_LIMIT, field, f"{says(field)} is too long.")
    levels = [fold(getattr(clean, field)) for field in LEVEL_FIELDS]
    own.when(all(levels) and len(set(levels)) < len(levels), "level_4", "Two levels say the same. Word them apart.")
    own.when(not 1 <= clean.weight <= 10, "weight", "A weight is from 1 to 10.")
    if clean.competency:
        own.one_of("competency", clean.competency, words.COMPETENCIES)
    for field, said in own.fields.items():
        problems.add(criterion_field(index, field), said)
    return clean


def _check_questions(session: Session, project_id: str, draft: RubricDraft) -> None:
    asked = set(session.scalars(select(Question.id).where(Question.project_id == project_id)))
    wrong = {
        criterion_field(index, "question_id"): "This question is no longer part of the project. Choose another."
        for index, criterion in enumerate(draft.criteria)
        if criterion.question_id is not None and criterion.question_id not in asked
    }
    if wrong:
        raise FieldErrors(wrong)


def _write(session: Session, rubric_id: str, drafts: Sequence[CriterionDraft]) -> None:
    old = {row.id: row for row in rows(session, Criterion, Criterion.rubric_id == rubric_id)}
    for position, draft in enumerate(drafts):
        row = old.pop(draft.id or "", None)
        if row is None:
            row = Criterion(id=new_id(), rubric_id=rubric_id)
        row.position = position
        for field in ("name", *LEVEL_FIELDS, "hint", "competency", "weight", "weight_why", "question_id"):
            setattr(row, field, getattr(draft, field))
        session.add(row)
    for row in old.values():
        session.delete(row)


def same(one: RubricDraft, other: RubricDraft) -> bool:
    """Whether two say the same, whichever rows they stand for."""
    bare = [(d.name, [replace(c, id=None) for c in d.criteria]) for d in (one, other)]
    return bare[0] == bare[1]


def current_rubric(session: Session, project_id: str) -> Rubric | None:
    query = select(Rubric).where(Rubric.project_id == project_id).order_by(Rubric.version.desc()).limit(1)
    return session.scalars(query).first()


def is_scored(session: Session, rubric_id: str) -> bool:
    """Also by scores that were second thoughts' first: they stay, and so do the words that they were given on."""
    query = select(Score.id).join(Evaluation, Evaluation.id == Score.evaluation_id)
    if session.scalar(query.where(Evaluation.rubric_id == rubric_id).limit(1)) is not None:
        return True
    criteria = set(session.scalars(select(Criterion.id).where(Criterion.rubric_id == rubric_id)))
    earlier = (
        select(EarlierEvaluation.scores)
        .join(Evaluation, Evaluation.id == EarlierEvaluation.evaluation_id)
        .join(Application, Application.id == Evaluation.application_id)
        .join(Rubric, Rubric.project_id == Application.project_id)
        .where(Rubric.id == rubric_id)
    )
    return any(criteria & set(scores or ()) for scores in session.scalars(earlier))


def load(session: Session, rubric: Rubric) -> RubricDraft:
    criteria = rows(session, Criterion, Criterion.rubric_id == rubric.id, order=Criterion.position)
    return RubricDraft(
        name=rubric.name,
        criteria=[
            CriterionDraft(
                id=c.id, name=c.name, hint=c.hint, competency=c.competency, weight=c.weight, weight_why=c.weight_why,
                question_id=c.question_id, level_1=c.level_1, level_2=c.level_2, level_3=c.level_3, level_4=c.level_4,
            )
            for c in criteria
        ],
    )  # fmt: skip


def rubric_draft(store: Store, project_id: str) -> RubricDraft | None:
    """The rubric in force, to edit; None where the project has none yet."""
    with store.read() as session:
        rubric = current_rubric(session, project_id)
        return None if rubric is None else load(session, rubric)


def version_draft(store: Store, rubric_id: str) -> RubricDraft:
    """Any version, as it was worded. UserError where it is gone."""
    with store.read() as session:
        return load(session, find(session, Rubric, rubric_id, "rubric"))


def copied_draft(store: Store, source_id: str, project_id: str) -> RubricDraft:
    """Another project's rubric for this one. A criterion keeps its question where this project asks the same words."""
    with store.read() as session:
        source = current_rubric(session, source_id)
        if source is None:
            raise UserError("This project has no rubric any longer. Choose another.")
        draft = load(session, source)
        texts = {q.id: fold(q.text) for q in rows(session, Question, Question.project_id == source_id)}
        asked = {fold(q.text): q.id for q in rows(session, Question, Question.project_id == project_id)}
    criteria = [replace(c, id=None, question_id=asked.get(texts.get(c.question_id or "", ""))) for c in draft.criteria]
    return replace(draft, criteria=criteria)
