"""Projects to start from: a template or a past project becomes a draft, and its rubric comes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.ids import new_id
from core.model import Criterion, Project, Question, Rubric, Template
from core.store import Store
from core.template import Body, Entry, Measure, merged
from core.text import fold, line
from core.work import rubrics
from core.work.brief import MilestoneDraft, ProjectDraft, QuestionDraft, load
from core.work.brief_dates import moved_dates
from core.work.checks import find, pay_rules, rows
from core.work.rubrics import LEVEL_FIELDS, CriterionDraft, RubricDraft

OPEN_DAYS = 10
"""How long applications stay open where nothing else is said."""
GONE = "This template is no longer there. It was removed, or adding it was undone."


def entries(session: Session) -> dict[str, Entry]:
    query = select(Template.key, Template.name, Template.body, Template.hidden).where(Template.kind == "project")
    query = query.order_by(Template.name, Template.id)
    return merged((key, name, body, hidden) for key, name, body, hidden in session.execute(query))


def template_body(store: Store, key: str) -> Body:
    with store.read() as session:
        return entry(session, key).body


def entry(session: Session, key: str) -> Entry:
    found = entries(session).get(key)
    if found is None:
        raise UserError(GONE)
    return found


# --- a project of it ------------------------------------------------------------------------------------------------


def template_project(
    store: Store, key: str, *, today: date, title: str = "", kick_off_on: date | None = None
) -> ProjectDraft:
    """A project's draft with days counted from the kick-off: a Monday that leaves time to apply, unless it is given.

    The fee is raised to the pay floor or the legal minimum; one in another currency than the employer's is left out.
    """
    with store.read() as session:
        body, rules = entry(session, key).body, pay_rules(session)
    fee = max(body.fee, max(rules.floor, rules.minimum) * body.hours) if body.fee else 0
    if body.currency != rules.currency:
        fee = 0
    kick_off = kick_off_on or monday(today + timedelta(days=OPEN_DAYS + body.apply_lead))
    draft = replace(
        plain_project(body),
        title=line(title) or body.title,
        fee=fee,
        currency=rules.currency,
        supervisor_id=store.me,
        template_key=key,
        template_name=body.name,
    )
    return replace(
        draft,
        apply_by=_later(kick_off, -body.apply_lead),
        kick_off_on=kick_off,
        due_on=_later(kick_off, body.days),
        milestones=[MilestoneDraft(text=one.text, due_on=_later(kick_off, one.day)) for one in body.milestones],
    )


def plain_project(body: Body) -> ProjectDraft:
    return ProjectDraft(
        title=body.title,
        category=body.category,
        summary=body.outcome,
        why_it_matters=body.why_it_matters,
        learning_objectives=body.learning_objectives,
        milestones=[MilestoneDraft(text=one.text) for one in body.milestones],
        estimated_hours=body.hours,
        fee=body.fee,
        currency=body.currency,
        due_flexible=body.due_flexible,
        any_hours=body.any_hours,
        location_mode=body.location_mode,
        place=body.place,
        tools=body.tools,
        skills=body.skills,
        competencies=body.competencies,
        questions=[QuestionDraft(text=one.text, minutes=one.minutes) for one in body.questions],
        confidentiality=body.confidentiality,
        ownership=body.ownership,
        ai_policy=body.ai_policy,
        eligibility=body.eligibility,
    )


def monday(day: date) -> date:
    return _later(day, -day.weekday() % 7)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def copy_of_project(store: Store, project_id: str, *, today: date) -> ProjectDraft:
    """A past project as a new draft: its brief and its rubric, its days moved to the next Monday that leaves time."""
    with store.read() as session:
        project = find(session, Project, project_id, "project")
        old = load(session, project)
        me = store.me
    wait = (old.kick_off_on - old.apply_by).days if old.kick_off_on and old.apply_by else 7
    if old.kick_off_on is None:
        # Nothing says how far from the start the other days lay, and as they stand they may long have passed.
        bare = [replace(one, due_on=None) for one in old.milestones]
        old = replace(old, apply_by=None, due_on=None, milestones=bare)
    moved = moved_dates(old, monday(today + timedelta(days=OPEN_DAYS + max(wait, 0))))
    return replace(
        moved,
        milestones=[replace(one, id=None) for one in moved.milestones],
        questions=[replace(one, id=None) for one in moved.questions],
        supervisor_id=old.supervisor_id or me,
        program_id=None,
        fit_check=None,
        copied_from=project_id,
    )


def lay_rubric(session: Session, project_id: str, draft: ProjectDraft) -> None:
    """The rubric of what the project was begun from, written with it. Called while the project is being made."""
    session.flush()
    asked = {fold(q.text): q.id for q in rows(session, Question, Question.project_id == project_id)}
    if draft.copied_from:
        source = rubrics.current_rubric(session, draft.copied_from)
        if source is None:
            return
        texts = {q.id: q.text for q in rows(session, Question, Question.project_id == draft.copied_from)}
        name, found = source.name, rubrics.load(session, source).criteria
    else:
        begun = entries(session).get(draft.template_key)
        if begun is None or not begun.body.criteria:
            return
        texts = {str(n): one.text for n, one in enumerate(begun.body.questions, 1)}
        name, found = rubric_draft(begun.body).name, _criteria(begun.body)
    rubric = Rubric(id=new_id(), project_id=project_id, name=name, version=1)
    session.add(rubric)
    for position, one in enumerate(found):
        # A question that was worded otherwise in the form is another question; the criterion then looks at all of it.
        shown_by = asked.get(fold(texts.get(one.question_id or "", "")))
        values = {field: getattr(one, field) for field in _WRITTEN}
        session.add(Criterion(id=new_id(), rubric_id=rubric.id, position=position, question_id=shown_by, **values))


_WRITTEN = ("name", *LEVEL_FIELDS, "hint", "competency", "weight", "weight_why")


def rubric_draft(body: Body) -> RubricDraft:
    return RubricDraft(name=body.rubric or body.name, criteria=[replace(c, question_id=None) for c in _criteria(body)])


def _criteria(body: Body) -> list[CriterionDraft]:
    """`question_id` is the question's number here."""
    return [_criterion(one) for one in body.criteria]


def _criterion(one: Measure) -> CriterionDraft:
    levels = (*one.levels, "", "", "", "")
    return CriterionDraft(
        name=one.name,
        hint=one.hint,
        competency=one.competency,
        weight=one.weight,
        weight_why=one.weight_why,
        question_id=str(one.question) if one.question else None,
        level_1=levels[0],
        level_2=levels[1],
        level_3=levels[2],
        level_4=levels[3],
    )
