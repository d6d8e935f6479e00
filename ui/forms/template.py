"""The form of a template: a project's brief without days of the calendar, and how its answers are judged."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from core.insight.office import employer
from core.insight.templates import template
from core.model.words import CATEGORIES, COMPETENCIES, LOCATION_MODES
from core.template import Ask, Body, Measure, Step
from core.work import own_templates as own
from core.work.rubrics import FEWEST, MOST
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.criteria_field import LEVELS, CriteriaField
from ui.forms.fields import LinesField, choices, typed
from ui.widgets.chips_field import ChipsField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField
from ui.widgets.list_field import ListField

_HOURS = {True: "Any time", False: "Fixed hours"}
_DUE = {True: "May move", False: "Fixed"}
_PLAIN = ("name", "title", "category", "outcome", "why_it_matters", "currency", "any_hours", "due_flexible",
          "location_mode", "place", "tools", "ai_policy", "confidentiality", "ownership", "eligibility",
          "rubric")  # fmt: skip
_NUMBERS = ("hours", "fee", "days", "apply_lead")
_LISTS = ("words", "skills", "competencies")


class TemplateForm(NounForm):
    """`row_id`: the key of the template to change. A new one begins with a past project, a file's `body` or empty."""

    width_wanted = 940

    def __init__(
        self,
        context: Context,
        row_id: str | None = None,
        from_project: str = "",
        body: Body | None = None,
        **_: object,
    ) -> None:
        super().__init__(context, "Template" if row_id else "New template", "templates", row_id, "Save")
        store = context.store
        if row_id:
            self._body, ready = template(store, row_id).body, template(store, row_id).row.ready_made
            self.note_words = "A ready-made one: what you save here are your words for it." if ready else ""
        elif from_project:
            self._body = own.body_of_project(store, from_project)
            self.draft_key = f"templates:{from_project}"
        else:
            self._body = body or Body(currency=employer(store).currency)
            # What was typed for another new one must not stand over what a file says.
            self.draft_key += f" {body.name}" if body else ""
        self._lay_brief()
        self._lay_rubric()
        self.begin(_shown(self._body))

    def _lay_brief(self) -> None:
        form = self.form
        form.row("name", "Name", typed("How it stands in the list"))
        form.row("title", "Project’s title", typed())
        form.row("category", "Category", ChoiceField([("", "Not said"), *choices(CATEGORIES)]))
        words = LinesField(4000, "supplier list, clean up")
        form.row("words", "Fits to-dos with", words, hint="A to-do that says one of these is offered this template.")
        form.row("outcome", "Outcome", AreaField(least=2, hint="What will exist when the work is done?"))
        form.row("why_it_matters", "Why it matters", AreaField(least=2))
        form.row("learning_objectives", "Student learns", ListField("Learning objective", "Add a learning objective…"))
        days = ListField(
            "Deliverable", "Add a deliverable…", aside=lambda: NumberField(0, 9999), aside_name="Day", unit="days"
        )
        form.row("milestones", "Deliverables", days, hint="Days after the kick-off, which is day 0.")
        form.part(
            "Work and pay",
            [
                ("hours", "Hours", NumberField(0, 100_000)),
                ("fee", "Fixed fee", MoneyField(self._body.currency or "USD")),
                ("days", "Due, days after the kick-off", NumberField(0, 9999)),
                ("apply_lead", "Apply by, days before it", NumberField(0, 365)),
            ],
        )
        form.part(
            "Way of work",
            [
                ("any_hours", "Hours", ChoiceField(choices(_HOURS))),
                ("due_flexible", "Due date", ChoiceField(choices(_DUE))),
                ("location_mode", "Work is", ChoiceField(choices(LOCATION_MODES))),
                ("place", "Place", typed()),
            ],
        )
        form.row("eligibility", "Who may apply", typed("Any school, any year"))
        minutes = ListField(
            "Question", "Add a question…", aside=lambda: NumberField(1, 240), aside_name="Minutes", unit="min"
        )
        form.row("questions", "Questions", minutes)
        form.row("skills", "Skills wanted", LinesField(4000, "Spreadsheets, writing to customers"))
        form.row("competencies", "Competencies", ChipsField(choices(COMPETENCIES)))
        form.row("tools", "Tools given", AreaField(least=1))
        form.row("ai_policy", "AI tools", AreaField(least=1))
        form.row("ownership", "Ownership", AreaField(least=1))
        form.row("confidentiality", "Confidentiality", AreaField(least=1))

    def _lay_rubric(self) -> None:
        form = self.form
        form.row("rubric", "Rubric", typed("Its name"), hint="3 to 6 criteria, or none at all.")
        asked = [(0, "The whole application"), *((n, f"Question {n}") for n in range(1, 7))]
        form.tall("criteria", "Criteria", CriteriaField(asked, FEWEST, MOST))

    def save(self, values: dict[str, Any], reason: str) -> str:
        store, today, body = self.context.store, self.context.today(), _collected(self._body, values)
        if self.row_id:
            own.change_template(store, self.row_id, body, today=today)
        else:
            self.row_id = own.add_template(store, body, today=today)
        return self.row_id


def _shown(body: Body) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(body, name) for name in _PLAIN}
    values |= {"hours": body.hours or None, "fee": body.fee or None, "days": body.days, "apply_lead": body.apply_lead}
    values |= {name: list(getattr(body, name)) for name in _LISTS}
    values["learning_objectives"] = [(one, None) for one in body.learning_objectives]
    values["milestones"] = [(one.text, one.day) for one in body.milestones]
    values["questions"] = [(one.text, one.minutes) for one in body.questions]
    values["criteria"] = [
        {**asdict(one), **dict(zip(LEVELS, (*one.levels, "", "", "", ""), strict=False)), "question_id": one.question}
        for one in body.criteria
    ]
    return values


def _collected(base: Body, values: dict[str, Any]) -> Body:
    plain: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    plain |= {name: values[name] or 0 for name in _NUMBERS}
    plain |= {name: tuple(values[name]) for name in _LISTS}
    return replace(
        base,
        **plain,
        learning_objectives=tuple(said for said, _ in values["learning_objectives"]),
        milestones=tuple(Step(text=said, day=day or 0) for said, day in values["milestones"]),
        questions=tuple(Ask(text=said, minutes=10 if m is None else m) for said, m in values["questions"]),
        criteria=tuple(_criteria(values)),
    )


def _criteria(values: dict[str, Any]) -> list[Measure]:
    same = ("name", "hint", "competency", "weight", "weight_why")
    return [
        Measure(
            **{part: one[part] for part in same},
            levels=tuple(one[level] for level in LEVELS),
            question=one["question_id"] or 0,
        )
        for one in values["criteria"]
    ]
