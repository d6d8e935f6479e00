"""The form of a project: a brief that tells the truth, checked as one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import money
from core.insight import brief
from core.insight.office import colleagues, employer
from core.insight.projects import project
from core.model.words import CATEGORIES, COMPETENCIES, FUNDING, LOCATION_MODES
from core.text import plural, short_day
from core.work import plan
from core.work.brief import MilestoneDraft, ProjectDraft, QuestionDraft, project_draft, project_warnings
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import LinesField, choices, typed
from ui.theme import current
from ui.widgets.checklist import Checklist, Point
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField, Unreadable
from ui.widgets.form_row import entry
from ui.widgets.list_field import ListField
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel, Scroll
from ui.widgets.text import button, label

_HOURS = {True: "Any time", False: "Fixed hours"}
_DUE = {True: "May move", False: "Fixed"}


class ProjectForm(NounForm):
    """`todo_id` and `title` come from a to-do; saving then makes both one change.

    `focus`: the field to begin at. `errors`: what kept the project from opening, shown at its fields.
    """

    width_wanted = 1180
    scroll_wanted = False
    labels = 106

    def __init__(
        self,
        context: Context,
        row_id: str | None = None,
        todo_id: str | None = None,
        title: str = "",
        focus: str = "",
        errors: Mapping[str, str] | None = None,
        **_: object,
    ) -> None:
        super().__init__(context, "Project" if row_id else "New project", "projects", row_id, "Save")
        self._todo_id, self._opening = todo_id, False
        self.draft_key = f"projects:{row_id or todo_id or 'new'}"
        self.note_words = f"From the to-do “{title}”" if todo_id else ""
        self._draft = project_draft(context.store, row_id) if row_id else self._fresh(title)
        self._fields(context.today())
        self._aside()
        if not row_id or self._is_draft():
            self.buttons.insertWidget(1, button("Open for applications", "", self.open_now))
        self._look = QTimer(self, singleShot=True, interval=150)
        self._look.timeout.connect(self.look)
        self.form.changed.connect(lambda _key: self._look.start())
        self.begin(self._shown(self._draft))
        self.look()
        if focus or errors:
            # The sheet that is about to show the form puts the keyboard on its first field.
            QTimer.singleShot(0, self, lambda: self._begin_at(focus, errors or {}))

    def _lay(self) -> None:
        """The fields scroll; what is told of them stays in sight beside them."""
        card, fields = Panel(), Scroll(margins=(0, 0, 8, 0))
        card.add(self.form)
        fields.body.addWidget(card)
        fields.body.addStretch(1)
        self.body.addWidget(fields, 1)

    def _begin_at(self, focus: str, errors: Mapping[str, str]) -> None:
        self._goer(focus)()
        if errors:
            self.say(" ".join(["To open it, mend what is marked.", *self.form.set_errors(errors)]))

    def _fresh(self, title: str) -> ProjectDraft:
        store = self.context.store
        return ProjectDraft(title=title, currency=employer(store).currency, supervisor_id=store.me)

    def _is_draft(self) -> bool:
        return project(self.context.store, self.row_id or "", today=self.context.today()).status == "draft"

    def _fields(self, today: date) -> None:
        form, currency = self.form, self._draft.currency or "USD"
        any_hours = ChoiceField(choices(_HOURS))
        any_hours.setMinimumContentsLength(4)
        people = [(one.id, one.name) for one in colleagues(self.context.store)]
        form.row("title", "Title", typed())
        form.part(
            "Kind",
            [
                ("category", "Category", ChoiceField([("", "Not said"), *choices(CATEGORIES)])),
                ("supervisor_id", "Supervisor", ChoiceField([(None, "Not said"), *people])),
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
        self._rate = label("", "subject", wrap=True)
        self._floor = label("", "note", wrap=True)
        form.part(
            "Work and pay",
            [
                ("estimated_hours", "Hours", NumberField(0, 100_000)),
                ("fee", "Fixed fee", MoneyField(currency)),
                _stack("That is", self._rate, self._floor),
                _stack("Owed in full", label("whatever the hours took", "subject", wrap=True)),
            ],
        )
        form.part(
            "Dates",
            [
                ("apply_by", "Apply by", DateField(today)),
                ("kick_off_on", "Kick-off", DateField(today)),
                ("due_on", "Due", DateField(today)),
                ("any_hours", "Hours", any_hours),
            ],
        )
        self._caution = Notice()
        form.wide(self._caution)
        form.part(
            "Way of work",
            [
                ("due_flexible", "Due date", ChoiceField(choices(_DUE))),
                ("location_mode", "Work is", ChoiceField(choices(LOCATION_MODES))),
                ("place", "Place", typed()),
            ],
        )
        form.row("eligibility", "Who may apply", typed("Any school, any year"))
        form.row(
            "questions",
            "Questions",
            ListField(
                "Question", "Add a question…", aside=lambda: NumberField(0, 600), aside_name="Minutes", unit="min"
            ),
        )
        form.row("skills", "Skills wanted", LinesField(4000, "Spreadsheets, writing to customers"))
        form.row("competencies", "Competencies", ChipsField(choices(COMPETENCIES)))
        form.row("tools", "Tools given", typed("Google Sheets, our price list"))
        form.row(
            "ai_policy", "AI tools", AreaField(least=1, hint="May AI tools be used? For what, and what is to be said?")
        )
        form.row("ownership", "Ownership", AreaField(least=1))
        form.row("confidentiality", "Confidentiality", AreaField(least=1))
        form.row("funding", "Paid by", ChoiceField(choices(FUNDING)))

    def _aside(self) -> None:
        column = Scroll(gap=14, margins=(0, 0, 8, 0))
        self._column = column
        self._check_panel, self._check = Panel("A brief that tells the truth"), Checklist()
        self._check_panel.add(self._check)
        column.body.addWidget(self._check_panel)
        fits_panel, self._fits = Panel("Who fits today"), QVBoxLayout()
        self._fits.setSpacing(10)
        fits_panel.add(self._fits)
        column.body.addWidget(fits_panel)
        column.body.addStretch(1)
        self.body.addWidget(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= current().px(1000)
        self._column.setFixedWidth(current().px(318 if roomy else 272))

    # --- what one types, looked at ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Pay per hour, cautions and checklist for what stands in the fields; silent while something is unreadable."""
        try:
            draft = self._collect(self.form.values())
        except Unreadable:
            return
        rate = money.per_hour(draft.fee, draft.estimated_hours)
        floor = employer(self.context.store).pay_floor
        self._rate.setText(f"{money.show(rate, draft.currency)} an hour" if rate else "—")
        self._floor.setText(f"your floor is {money.show(floor, draft.currency)}")
        today = self.context.today()
        self._say_cautions(draft, today)
        self._say_who_fits(draft, today)
        points = [
            Point(point.words, point.done, point.note, "Fix", self._goer(point.field))
            for point in brief.check_brief(self.context.store, draft, today=today)
        ]
        self._check.set_points(points)
        done, of = self._check.score()
        self._check_panel.heading.say("A brief that tells the truth", f"{done} of {of}")

    def _say_cautions(self, draft: ProjectDraft, today: date) -> None:
        exams = brief.exam_clashes(self.context.store, draft.kick_off_on)
        others = [
            one.words for one in project_warnings(self.context.store, draft, today=today) if "exams" not in one.words
        ]
        words, move_to = [*others, *([exams.words] if exams.words else [])], exams.move_to
        if move_to is None:
            self._caution.say("\n".join(words))
        else:
            self._caution.say("\n".join(words), f"Move to {short_day(move_to, today)}", lambda: self._move_to(move_to))

    def _move_to(self, day: date) -> None:
        self.form.set_values({"kick_off_on": day})
        self.look()

    def _say_who_fits(self, draft: ProjectDraft, today: date) -> None:
        found = brief.who_fits_brief(self.context.store, draft, today=today, most=3)
        while (item := self._fits.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for fit in found.best:
            self._fits.addWidget(_pair(fit.name, fit.words))
        if found.count > len(found.best):
            more = plural(found.count - len(found.best), "more", "more")
            new = f"{found.new} of all have never applied to you" if found.new else "all have applied to you before"
            self._fits.addWidget(_pair(f"and {more}", new))
        if found.words:
            self._fits.addWidget(label(found.words, "muted", wrap=True))

    def _goer(self, key: str) -> Any:
        def go() -> None:
            if (row := self.form.rows.get(key)) is not None:
                entry(row.field).setFocus(Qt.FocusReason.OtherFocusReason)

        return go

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self, values: dict[str, Any], reason: str) -> str:
        store, today, draft = self.context.store, self.context.today(), self._collect(values)
        if self.row_id:
            plan.change_project(store, self.row_id, draft, today=today, reason=reason)
        elif self._todo_id:
            self.row_id = plan.make_project_of_todo(store, self._todo_id, draft, today=today)
        else:
            self.row_id = plan.add_project(store, draft, today=today)
        # From here on the form edits the saved project, also where opening it is still held up.
        self._draft = project_draft(store, self.row_id)
        if self._opening:
            plan.open_project(store, self.row_id, today=today, reason=reason)
        return self.row_id

    def open_now(self) -> None:
        """Saves, then opens for applications; what is still missing is shown at its field, and the draft is saved."""
        self._opening = True
        try:
            self.try_save()
        finally:
            self._opening = False

    def _collect(self, values: dict[str, Any]) -> ProjectDraft:
        known_parts = {one.text: one.id for one in self._draft.milestones}
        known_questions = {one.text: one for one in self._draft.questions}
        questions = []
        for text, minutes in values["questions"]:
            known = known_questions.get(text)
            questions.append(
                QuestionDraft(
                    text=text,
                    minutes=10 if minutes is None else minutes,
                    required=known.required if known else True,
                    id=known.id if known else None,
                )
            )
        return replace(
            self._draft,
            **{
                **values,
                "estimated_hours": values["estimated_hours"] or 0,
                "fee": values["fee"] or 0,
                "openings": values["openings"] or 1,
                "learning_objectives": [text for text, _ in values["learning_objectives"]],
                "milestones": [
                    MilestoneDraft(text=t, due_on=d, id=known_parts.get(t)) for t, d in values["milestones"]
                ],
                "questions": questions,
            },
        )

    def _shown(self, draft: ProjectDraft) -> dict[str, Any]:
        return {
            **{name: getattr(draft, name) for name in self.form.rows},
            "estimated_hours": draft.estimated_hours or None,
            "fee": draft.fee or None,
            "learning_objectives": [(text, None) for text in draft.learning_objectives],
            "milestones": [(part.text, part.due_on) for part in draft.milestones],
            "questions": [(question.text, question.minutes) for question in draft.questions],
        }


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


def _pair(words: str, note: str) -> QWidget:
    box = QWidget()
    down = QVBoxLayout(box)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    down.addWidget(label(words, "subject", wrap=True))
    down.addWidget(label(note, "muted", wrap=True))
    return box
