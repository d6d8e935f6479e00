"""The fields of a project's form, and how its draft stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core import fit
from core.insight.office import colleagues
from core.insight.programs import program_choices
from core.model.words import CATEGORIES, COMPETENCIES, FUNDING, LOCATION_MODES
from core.store import Store
from core.work.brief import MilestoneDraft, ProjectDraft, QuestionDraft
from core.work.custom_fields import Field, fields
from ui.forms.fields import LinesField, choices, typed
from ui.forms.own_fields import own_rows, own_shown, own_written
from ui.forms.start_field import StartField
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField
from ui.widgets.form_row import Form
from ui.widgets.list_field import ListField
from ui.widgets.notice import Notice
from ui.widgets.text import appear, label

_HOURS = {True: "Any time", False: "Fixed hours"}
_DUE = {True: "May move", False: "Fixed"}
FIT = {one.key: f"fit_{one.key}" for one in fit.QUESTIONS}
"""Question to the form's key."""
_DRAFTED = {one.name for one in fields_of(ProjectDraft)}


@dataclass(frozen=True)
class Told:
    """What stands among the fields and changes as one types."""

    rate: QLabel
    floor: QLabel
    lesson: QLabel
    caution: Notice
    due: Notice
    together: Notice
    own: Sequence[Field]
    """Fields of one's own."""


def lay(form: Form, store: Store, draft: ProjectDraft, today: date, start: StartField | None = None) -> Told:
    """`start`: of a project that begins."""
    told = Told(
        label("", "subject", wrap=True), label("", "note", wrap=True), label("", "note", wrap=True),
        Notice(), Notice(), Notice(), fields(store, "projects"),
    )  # fmt: skip
    form.row("title", "Title", typed())
    if start is not None:
        form.row("template_key", "Start from", start)
    form.part(
        "Kind",
        [
            ("category", "Category", ChoiceField([("", "Not said"), *choices(CATEGORIES)])),
            ("supervisor_id", "Supervisor", ChoiceField(_people(store, draft.supervisor_id))),
            ("openings", "Openings", NumberField(1, 50)),
        ],
    )
    form.row("summary", "Outcome", AreaField(least=2, hint="What will exist when the work is done?"))
    form.row("why_it_matters", "Why it matters", AreaField(least=2))
    form.row("learning_objectives", "Student learns", ListField("Learning objective", "Add a learning objective…"))
    form.row(
        "milestones",
        "Deliverables",
        ListField("Deliverable", "Add a deliverable…", aside=lambda: DateField(today), aside_name="Due"),
    )
    _money_and_days(form, told, draft.currency or "USD", today)
    form.part(
        "Way of work",
        [
            ("due_flexible", "Due date", ChoiceField(choices(_DUE))),
            ("location_mode", "Work is", ChoiceField(choices(LOCATION_MODES))),
            ("place", "Place", typed()),
        ],
    )
    form.row("eligibility", "Who may apply", typed("Any school, any year"))
    minutes = ListField(
        "Question", "Add a question…", aside=lambda: NumberField(0, 600), aside_name="Minutes", unit="min"
    )
    form.row("questions", "Questions", minutes)
    form.row("skills", "Skills wanted", LinesField(4000, "Spreadsheets, writing to customers"))
    form.row("competencies", "Competencies", ChipsField(choices(COMPETENCIES)))
    form.row("tools", "Tools given", typed("Google Sheets, our price list"))
    form.row(
        "ai_policy", "AI tools", AreaField(least=1, hint="May AI tools be used? For what, and what is to be said?")
    )
    form.row("ownership", "Ownership", AreaField(least=1))
    form.row("confidentiality", "Confidentiality", AreaField(least=1))
    form.row("funding", "Paid by", ChoiceField(choices(FUNDING)))
    spans = ChoiceField([(None, "The year of its kick-off"), *program_choices(store)])
    form.row("program_id", "Program", spans)
    own_rows(form, told.own, today)
    form.part(
        "Project or job?",
        [(FIT[one.key], one.asks, fit_choice(one)) for one in fit.QUESTIONS],
        hint="The answers stay with the project. They warn and forbid nothing.",
    )
    return told


def fit_choice(question: fit.FitQuestion) -> ChoiceField:
    return ChoiceField([(None, "Not answered"), *((answer.key, answer.said) for answer in question.answers)])


def _money_and_days(form: Form, told: Told, currency: str, today: date) -> None:
    any_hours = ChoiceField(choices(_HOURS))
    any_hours.setMinimumContentsLength(4)
    form.part(
        "Work and pay",
        [
            ("estimated_hours", "Hours", NumberField(0, 100_000)),
            ("fee", "Fixed fee", MoneyField(currency)),
            _stack("That is", told.rate, told.floor),
            _stack("Owed in full", label("whatever the hours took", "subject", wrap=True)),
        ],
    )
    appear(told.lesson, False)
    form.wide(told.lesson)
    form.part(
        "Dates",
        [
            ("apply_by", "Apply by", DateField(today)),
            ("kick_off_on", "Kick-off", DateField(today)),
            ("due_on", "Due", DateField(today)),
            ("any_hours", "Hours", any_hours),
        ],
    )
    for notice in (told.together, told.caution, told.due):
        form.wide(notice)


def _people(store: Store, chosen: str | None) -> list[tuple[str | None, str]]:
    """Those who are here, and the one who is named even if they left: who opens the form changes nothing by it."""
    people = [one for one in colleagues(store, also_left=True) if one.left_on is None or one.id == chosen]
    return [(None, "Not said"), *((one.id, f"{one.name} (left)" if one.left_on else one.name) for one in people)]


def shown(form: Form, draft: ProjectDraft, own: Sequence[Field]) -> dict[str, Any]:
    """The draft as the fields show it."""
    answers = fit.picked(draft.fit_check)
    return {
        **{name: getattr(draft, name) for name in form.rows if name in _DRAFTED},
        **own_shown(own, draft.custom),
        **{key: answers.get(question) for question, key in FIT.items()},
        "estimated_hours": draft.estimated_hours or None,
        "fee": draft.fee or None,
        "learning_objectives": [(text, None) for text in draft.learning_objectives],
        "milestones": [(part.text, part.due_on) for part in draft.milestones],
        "questions": [(question.text, question.minutes) for question in draft.questions],
    }


def collected(
    base: ProjectDraft, values: Mapping[str, Any], today: date, own: Sequence[Field]
) -> ProjectDraft:
    """The draft that the fields say; what they do not show stays as it is in `base`."""
    plain = {key: value for key, value in values.items() if key in _DRAFTED}
    answers = {question: values[key] for question, key in FIT.items()}
    same = {question: said for question, said in answers.items() if said} == fit.picked(base.fit_check)
    known_parts = {one.text: one.id for one in base.milestones}
    return replace(
        base,
        **{
            **plain,
            "custom": {**base.custom, **own_written(own, values)},
            "estimated_hours": values["estimated_hours"] or 0,
            "fee": values["fee"] or 0,
            "openings": values["openings"] or 1,
            "learning_objectives": [text for text, _ in values["learning_objectives"]],
            "milestones": [MilestoneDraft(text=t, due_on=d, id=known_parts.get(t)) for t, d in values["milestones"]],
            "questions": _questions(base, values["questions"]),
            "fit_check": base.fit_check if same else fit.kept(answers, today),
        },
    )


def _questions(base: ProjectDraft, given: list[tuple[str, int | None]]) -> list[QuestionDraft]:
    known = {one.text: one for one in base.questions}
    made = []
    for text, minutes in given:
        old = known.get(text)
        made.append(
            QuestionDraft(
                text=text,
                minutes=10 if minutes is None else minutes,
                required=old.required if old else True,
                id=old.id if old else None,
            )
        )
    return made


def _stack(caption: str, *parts: QWidget) -> QWidget:
    box = QWidget()
    down = QVBoxLayout(box)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(2)
    down.addWidget(label(caption, "note", wrap=True))
    for part in parts:
        down.addWidget(part)
    down.addStretch(1)
    return box
