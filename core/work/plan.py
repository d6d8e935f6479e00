"""From a to-do to an open project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import states
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import (
    Answer,
    Application,
    Criterion,
    Engagement,
    Milestone,
    MilestoneDone,
    Offer,
    Project,
    ProjectSkill,
    Question,
    Score,
    words,
)
from core.store import Label, Store
from core.work.brief import (
    MilestoneDraft,
    ProjectDraft,
    QuestionDraft,
    check_opening,
    check_references,
    checked,
    copy_columns,
    hold_low_pay,
    load,
    project_draft,
    project_warnings,
    warnings,
)
from core.work.checks import (
    Caution,
    Problems,
    find,
    move,
    next_number,
    pay_rules,
    rows,
)
from core.work.custom_fields import FieldIndex, set_values
from core.work.skills import skill_ids
from core.work.templates import lay_rubric
from core.work.todos import follow, open_todo

__all__ = [
    "Caution",
    "MilestoneDraft",
    "ProjectDraft",
    "QuestionDraft",
    "add_project",
    "change_project",
    "make_project_of_todo",
    "move_project",
    "open_project",
    "project_draft",
    "project_warnings",
    "warnings",
]


def add_project(store: Store, draft: ProjectDraft, *, today: date) -> str:
    """A new draft of a project. FieldErrors name the draft's fields."""
    project_id = new_id()
    label = Label.PROJECT_COPIED if draft.copied_from else Label.PROJECT_ADDED
    with store.change(label, ("projects", project_id)) as session:
        _add(session, project_id, draft)
    return project_id


def make_project_of_todo(store: Store, todo_id: str, draft: ProjectDraft, *, today: date) -> str:
    project_id = new_id()
    with store.change(Label.TODO_MADE_PROJECT, ("projects", project_id), ("to_dos", todo_id)) as session:
        todo = open_todo(session, todo_id)
        _add(session, project_id, draft)
        follow(session, todo, today)
        todo.project_id = project_id
        todo.snoozed_until = None
    return project_id


def _add(session: Session, project_id: str, draft: ProjectDraft) -> None:
    draft = _valid(session, draft, opening=False)
    project = Project(id=project_id, number=next_number(session, Project), status="draft")
    copy_columns(session, draft, project)
    session.add(project)
    _write_parts(session, project_id, draft)
    if draft.template_key or draft.copied_from:
        lay_rubric(session, project_id, draft)


def change_project(store: Store, project_id: str, draft: ProjectDraft, *, today: date, reason: str = "") -> str:
    """Save the brief. What is open must stay complete; changed pay that is under the floor asks for a reason."""
    with store.change(Label.PROJECT_CHANGED, ("projects", project_id), reason=reason.strip()) as session:
        project = find(session, Project, project_id, "project")
        is_open = project.status in ("open", "selecting")
        draft = _valid(session, draft, opening=is_open)
        paid = (draft.fee, draft.estimated_hours, draft.currency)
        if is_open and paid != (project.fee, project.estimated_hours, project.currency):
            hold_low_pay(*paid, pay_rules(session), reason)
        copy_columns(session, draft, project)
        _write_parts(session, project_id, draft)
    return project_id


def open_project(store: Store, project_id: str, *, today: date, reason: str = "") -> str:
    """Open for applications. HoldError (pay_floor, legal_minimum) unless `reason` says why the pay is so low."""
    with store.change(Label.PROJECT_OPENED, ("projects", project_id), reason=reason.strip()) as session:
        project = find(session, Project, project_id, "project")
        _valid(session, load(session, project), opening=True)
        hold_low_pay(project.fee, project.estimated_hours, project.currency, pay_rules(session), reason)
        move(project, states.PROJECT, "open", words.PROJECT_PHASES, "project")
        project.opened_on = project.opened_on or today
    return project_id


def move_project(store: Store, project_id: str, status: str, *, today: date, reason: str = "") -> str:
    """To a status that is set by hand: draft, open, selecting. Cancelling is core.work.cancelling's."""
    if status == "cancelled":
        raise ValueError(status)
    with store.read() as session:
        before = find(session, Project, project_id, "project").status
    if status == "open" and before == "draft":
        return open_project(store, project_id, today=today, reason=reason)
    with store.change(Label.PROJECT_MOVED, ("projects", project_id), reason=reason.strip()) as session:
        project = find(session, Project, project_id, "project")
        move(project, states.PROJECT, status, words.PROJECT_PHASES, "project")
        if status == "draft":
            taken = select(Engagement.id).where(Engagement.project_id == project_id, Engagement.status != "cancelled")
            if session.scalar(taken.limit(1)) is not None:
                raise UserError("Someone has agreed to work on this project, so it does not go back to draft.")
            sent = select(Offer.expires_on).join(Application, Application.id == Offer.application_id)
            sent = sent.where(Application.project_id == project_id, Offer.status == "sent")
            if any(states.offer_state("sent", until, today) == "sent" for until in session.scalars(sent)):
                raise UserError("An offer for this project is out. Withdraw it first; then it can go back to draft.")
            project.opened_on = project.cancelled_on = None
            project.cancelled_why = ""
    return project_id


def _valid(session: Session, draft: ProjectDraft, *, opening: bool) -> ProjectDraft:
    problems = Problems()
    draft = checked(draft, problems)
    check_references(session, draft, problems)
    if opening:
        check_opening(draft, problems)
    FieldIndex(session, "projects").check(draft.custom, problems)
    problems.raise_if_any()
    return draft


def _write_parts(session: Session, project_id: str, draft: ProjectDraft) -> None:
    _write_milestones(session, project_id, draft.milestones)
    _write_questions(session, project_id, draft.questions)
    wanted = set(skill_ids(session, draft.skills))
    for link in rows(session, ProjectSkill, ProjectSkill.project_id == project_id):
        if link.skill_id in wanted:
            wanted.discard(link.skill_id)
        else:
            session.delete(link)
    session.add_all(ProjectSkill(project_id=project_id, skill_id=skill_id) for skill_id in sorted(wanted))
    set_values(session, "projects", project_id, draft.custom)


def _write_milestones(session: Session, project_id: str, drafts: Iterable[MilestoneDraft]) -> None:
    old = {row.id: row for row in rows(session, Milestone, Milestone.project_id == project_id)}
    for position, draft in enumerate(drafts):
        row = old.pop(draft.id or "", None)
        if row is None:
            row = Milestone(id=new_id(), project_id=project_id, position=position, text=draft.text)
            session.add(row)
        row.position, row.text, row.due_on = position, draft.text, draft.due_on
    for row in old.values():
        for mark in rows(session, MilestoneDone, MilestoneDone.milestone_id == row.id):
            session.delete(mark)
        session.delete(row)


def _write_questions(session: Session, project_id: str, drafts: Iterable[QuestionDraft]) -> None:
    old = {row.id: row for row in rows(session, Question, Question.project_id == project_id)}
    for position, draft in enumerate(drafts):
        row = old.pop(draft.id or "", None)
        if row is None:
            row = Question(id=new_id(), project_id=project_id, position=position, text=draft.text)
            session.add(row)
        row.position, row.text, row.minutes, row.required = position, draft.text, draft.minutes, draft.required
    for row in old.values():
        _remove_question(session, row)


def _remove_question(session: Session, question: Question) -> None:
    """What was answered or scored stays readable, so its question stays; a criterion still unscored lets go of it."""
    short = question.text if len(question.text) <= 60 else question.text[:59] + "…"
    if session.scalar(select(Answer.id).where(Answer.question_id == question.id).limit(1)):
        raise FieldErrors({"questions": f"“{short}” has been answered, so it stays. Its words may be changed."})
    for criterion in rows(session, Criterion, Criterion.question_id == question.id):
        if session.scalar(select(Score.id).where(Score.criterion_id == criterion.id).limit(1)):
            raise FieldErrors({"questions": f"“{short}” has been scored, so it stays."})
        criterion.question_id = None
    session.delete(question)
