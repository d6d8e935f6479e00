"""Templates of one's own: kept from a project, worded anew, hidden, removed, given away and taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import template
from core.errors import FieldErrors, UserError
from core.files import check_name, replace_file
from core.ids import new_id
from core.model import Project, Template, words
from core.store import Label, Store
from core.template import Ask, Body, Measure, Step, as_data, ready_made
from core.text import clean, fold, line
from core.work import rubrics
from core.work.brief import checked, load
from core.work.checks import Problems, distinct, find
from core.work.rubrics import RubricDraft
from core.work.templates import GONE, entries, entry, plain_project, rubric_draft, template_body

DEFAULT_DAYS = 18
"""From kick-off to due, where a project has no days."""


def body_of_project(store: Store, project_id: str) -> Body:
    """The project as a template: its days counted from the kick-off, its rubric with it. Nothing is stored yet."""
    with store.read() as session:
        project = find(session, Project, project_id, "project")
        draft = load(session, project)
        rubric = rubrics.current_rubric(session, project_id)
        measures = rubrics.load(session, rubric) if rubric is not None else RubricDraft()
    start = draft.kick_off_on
    span = (draft.due_on - start).days if start and draft.due_on else DEFAULT_DAYS
    numbers = {one.id: n for n, one in enumerate(draft.questions, 1)}
    most = template.MOST_DAYS
    return Body(
        name=draft.title,
        title=draft.title,
        category=draft.category,
        outcome=draft.summary,
        why_it_matters=draft.why_it_matters,
        learning_objectives=tuple(draft.learning_objectives),
        hours=draft.estimated_hours,
        fee=draft.fee,
        currency=draft.currency,
        days=min(max(span, 0), most),
        apply_lead=min(max((start - draft.apply_by).days, 0), 365) if start and draft.apply_by else 7,
        due_flexible=draft.due_flexible,
        any_hours=draft.any_hours,
        location_mode=draft.location_mode,
        place=draft.place,
        skills=tuple(draft.skills),
        competencies=tuple(draft.competencies),
        tools=draft.tools,
        ai_policy=draft.ai_policy,
        confidentiality=draft.confidentiality,
        ownership=draft.ownership,
        eligibility=draft.eligibility,
        milestones=tuple(
            Step(text=m.text, day=min(max((m.due_on - start).days, 0), most) if m.due_on and start else span)
            for m in draft.milestones
        ),
        questions=tuple(Ask(text=q.text, minutes=q.minutes) for q in draft.questions),
        rubric=measures.name,
        criteria=tuple(
            Measure(
                name=c.name,
                hint=c.hint,
                competency=c.competency,
                question=numbers.get(c.question_id, 0) if c.question_id else 0,
                levels=c.levels,
                weight=c.weight,
                weight_why=c.weight_why,
            )
            for c in measures.criteria
        ),
    )


def add_template(store: Store, body: Body, *, today: date) -> str:
    """A template of one's own; its key. FieldErrors name the body's fields."""
    with store.read() as session:
        body = _valid(session, body, None)
    row_id = new_id()
    with store.change(Label.TEMPLATE_ADDED, ("templates", row_id)) as session:
        key = f"own-{row_id}"
        session.add(Template(id=row_id, key=key, name=body.name, body=as_data(body)))
    return key


def change_template(store: Store, key: str, body: Body, *, today: date) -> str:
    """New words for one's own, or one's own words for a ready-made one."""
    with store.read() as session:
        entry(session, key)
        body = _valid(session, body, key)
        row_id = _row_id(session, key) or new_id()
    with store.change(Label.TEMPLATE_CHANGED, ("templates", row_id)) as session:
        row = _row(session, key, row_id)
        row.name, row.body = body.name, as_data(body)
    return key


def restore_template(store: Store, key: str, *, today: date) -> str:
    """Back to our words of a ready-made one."""
    if key not in ready_made():
        raise UserError("This template is your own: there is no other wording to go back to.")
    with store.read() as session:
        row_id = _row_id(session, key)
    if row_id is not None:
        with store.change(Label.TEMPLATE_CHANGED, ("templates", row_id)) as session:
            row = find(session, Template, row_id, "template")
            if row.hidden:
                row.name, row.body = ready_made()[key].name, {}
            else:
                session.delete(row)
    return key


def hide_template(store: Store, key: str, hidden: bool, *, today: date) -> str:
    """Out of the list and out of what is suggested, or back again."""
    with store.read() as session:
        entry(session, key)
        row_id = _row_id(session, key)
    if row_id is None and not hidden:
        return key
    row_id = row_id or new_id()
    with store.change(Label.TEMPLATE_CHANGED, ("templates", row_id)) as session:
        row = _row(session, key, row_id)
        row.hidden = hidden
        if not hidden and not row.body:
            session.delete(row)
    return key


def remove_template(store: Store, key: str, *, today: date) -> str:
    """One's own goes; projects begun from it keep its name. A ready-made one can only be hidden."""
    if key in ready_made():
        raise UserError("A ready-made template cannot be removed. Hide it instead.")
    with store.read() as session:
        row_id = _row_id(session, key)
    if row_id is None:
        raise UserError(GONE)
    with store.change(Label.TEMPLATE_REMOVED, ("templates", row_id)) as session:
        session.delete(find(session, Template, row_id, "template"))
    return key


def _row_id(session: Session, key: str) -> str | None:
    return session.scalar(select(Template.id).where(Template.key == key))


def _row(session: Session, key: str, row_id: str) -> Template:
    row = session.get(Template, row_id)
    if row is None:
        row = Template(id=row_id, key=key, name=ready_made()[key].name, body={}, hidden=False)
        session.add(row)
    return row


def read_template(path: Path) -> Body:
    """A template from a .toml file. What it says is checked when it is added."""
    return template.read_file(path)


def template_text(store: Store, key: str) -> str:
    """The template as a file to give away."""
    return template.write(template_body(store, key))


_FIELDS = {"outcome": "summary", "hours": "estimated_hours"}
"""The body's fields that the brief calls otherwise."""


def _valid(session: Session, body: Body, key: str | None) -> Body:
    problems = Problems()
    body = _tidied(body)
    problems.when(not body.name, "name", "Give the template a name.")
    problems.when(len(body.name) > 200, "name", "A name has at most 200 characters.")
    same = [one for one in entries(session).values() if fold(one.body.name) == fold(body.name) and one.key != key]
    problems.when(bool(same), "name", f"There is a template “{body.name}” already. Name this one differently.")
    if body.category:
        problems.one_of("category", body.category, words.CATEGORIES)
    problems.when(body.days < 1, "days", "The work is due at least 1 day after the kick-off.")
    problems.when(
        any(not 0 <= one.day <= body.days for one in body.milestones),
        "milestones",
        f"Each deliverable is due between the kick-off (day 0) and the due date (day {body.days}).",
    )
    brief = Problems()
    checked(plain_project(body), brief)
    back = {theirs: ours for ours, theirs in _FIELDS.items()}
    for field, said in brief.fields.items():
        problems.add(back.get(field, field), said)
    _check_criteria(body, problems)
    problems.raise_if_any()
    return body


def _check_criteria(body: Body, problems: Problems) -> None:
    if not body.criteria:
        return
    wrong = any(one.question > len(body.questions) for one in body.criteria)
    problems.when(wrong, "criteria", "A criterion looks at a question that the template does not ask.")
    try:
        rubrics.checked(rubric_draft(body))
    except FieldErrors as error:
        problems.add("criteria", " ".join(_at_criterion(body.criteria, error.fields)))


def _at_criterion(criteria: Sequence[Measure], found: Mapping[str, str]) -> list[str]:
    said = []
    for field, told in found.items():
        number = field.split(".")[1] if field.startswith("criteria.") else ""
        name = criteria[int(number)].name if number else ""
        said.append(f"“{name}”: {told}" if name else told)
    return said


def _tidied(body: Body) -> Body:
    return replace(
        body,
        name=line(body.name) or line(body.title),
        title=line(body.title),
        category=line(body.category),
        words=tuple(one for one in distinct(line(word) for word in body.words) if one),
        outcome=clean(body.outcome),
        why_it_matters=clean(body.why_it_matters),
        learning_objectives=_lines(body.learning_objectives),
        currency=line(body.currency).upper(),
        place=line(body.place),
        skills=tuple(one for one in distinct(line(word) for word in body.skills) if one),
        competencies=_lines(body.competencies),
        tools=clean(body.tools),
        ai_policy=clean(body.ai_policy),
        confidentiality=clean(body.confidentiality),
        ownership=clean(body.ownership),
        eligibility=clean(body.eligibility),
        milestones=tuple(replace(one, text=clean(one.text)) for one in body.milestones if clean(one.text)),
        questions=tuple(replace(one, text=clean(one.text)) for one in body.questions if clean(one.text)),
        rubric=line(body.rubric),
        criteria=tuple(
            replace(
                one, name=line(one.name), hint=clean(one.hint), competency=line(one.competency),
                levels=tuple(clean(level) for level in one.levels), weight_why=clean(one.weight_why),
            )
            for one in body.criteria
        ),
    )  # fmt: skip


def _lines(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(said for said in (clean(one) for one in values) if said)


def save_template(store: Store, key: str, out: Path, *, overwrite: bool = False) -> Path:
    """Writes the template to a file. It holds nothing about a person, so that nothing of that kind leaves."""
    check_name(out)
    data = template_text(store, key).encode()
    with replace_file(out, overwrite=overwrite) as file:
        file.write(data)
    return out
