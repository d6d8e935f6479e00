"""The form of a project: a brief that tells the truth, checked as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut

from core import money
from core.errors import UserError
from core.insight import exams
from core.insight.office import employer
from core.insight.projects import project
from core.insight.templates import lesson, lesson_words
from core.text import plural, short_day
from core.work import plan
from core.work.brief import ProjectDraft, project_draft, project_warnings
from core.work.brief_dates import moved_dates
from ui import posting
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.beginning import Beginning
from ui.forms.project_aside import Aside
from ui.forms.project_fields import collected, lay, shown
from ui.forms.start_field import StartField
from ui.theme import current
from ui.widgets.fields import Unreadable
from ui.widgets.form_row import entry
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel, Scroll
from ui.widgets.text import appear, button

_WITH_KICK_OFF = ("apply_by", "due_on", "milestones")


class ProjectForm(NounForm):
    """`todo_id` and `title` come from a to-do; saving then makes both one change.

    `template`: the key of what it starts from; `copy_of`: a past project's id; `kick_off_on`: a day to begin on.
    `focus`: the field to begin at. `errors`: what kept the project from opening, shown at its fields.
    """

    width_wanted = 1180
    scroll_wanted = False
    labels = 106
    _before: dict[str, Any] | None = None
    """What stood in the fields before a template filled them."""

    def __init__(
        self,
        context: Context,
        row_id: str | None = None,
        todo_id: str | None = None,
        title: str = "",
        template: str = "",
        copy_of: str = "",
        kick_off_on: date | None = None,
        focus: str = "",
        errors: Mapping[str, str] | None = None,
        **_: object,
    ) -> None:
        super().__init__(context, "Project" if row_id else "New project", "projects", row_id, "Save")
        self._todo_id, self._opening = todo_id, False
        # Words kept unsaved from a blank form must not cover the template that was asked for now.
        self.draft_key = f"projects:{':'.join(filter(None, (row_id, todo_id, template, copy_of))) or 'new'}"
        self._begins = Beginning(context.store, context.today(), title, kick_off_on)
        self._draft = project_draft(context.store, row_id) if row_id else self._begins.draft(template, copy_of)
        self.note_words = self._note(title if todo_id else "", bool(copy_of))
        self._start = None if row_id or template or copy_of else StartField(context.store)
        self._told = lay(self.form, context.store, self._draft, context.today(), self._start)
        self._aside = Aside(context.store, self._goer)
        self.body.addWidget(self._aside)
        if not row_id or self._is_draft():
            self.buttons.insertWidget(1, button("Open for applications", "", self.open_now, hover="Ctrl+Shift+Enter"))
            for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
                within = Qt.ShortcutContext.WidgetWithChildrenShortcut
                QShortcut(QKeySequence(keys), self, self.open_now, context=within)
        for words, run in (("Posting as PDF", self.show_posting), ("Copy as text", self.copy_posting)):
            self.buttons.insertWidget(self.buttons.count() - 1, button(words, "link", run))
        self._look = QTimer(self, singleShot=True, interval=150)
        self._look.timeout.connect(self.look)
        self.form.changed.connect(self._typed)
        self.begin(shown(self.form, self._draft, self._told.own))
        if self._begins.missing:
            self.say(self._begins.missing)
        if self._start is not None:
            self._start.chosen.connect(self._start_from)
        self._planned = self._kick_off()
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

    def _note(self, todo: str, copied: bool) -> str:
        """from the to-do “Tidy the supplier list” · template: Data clean-up"""
        draft = self._draft
        parts = [
            f"from the to-do “{todo}”" if todo else "",
            f"a copy of “{draft.title}”" if copied and not self._begins.missing else "",
            f"template: {draft.template_name}" if draft.template_name and not copied else "",
        ]
        return " · ".join(part for part in parts if part)

    def _start_from(self, key: str) -> None:
        """Fills the fields from a template; "" gives back what stood in them before the first."""
        if self._before is None:
            with suppress(Unreadable):
                self._before = self.form.values()
        if key:
            self._draft = self._begins.draft(key)
            values = shown(self.form, self._draft, self._told.own)
        else:
            self._draft = self._begins.draft()
            values, self._before = {**shown(self.form, self._draft, self._told.own), **(self._before or {})}, None
            values["template_key"] = ""
        self.say(self._begins.missing)
        self._planned = None
        self._set(values)

    def _is_draft(self) -> bool:
        return project(self.context.store, self.row_id or "", today=self.context.today()).status == "draft"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= current().px(1000)
        self._aside.setFixedWidth(current().px(318 if roomy else 272))

    # --- what one types, looked at ----------------------------------------------------------------------------------

    def _typed(self, key: str) -> None:
        if key == "title":
            # A title that was typed is kept whatever the project starts from.
            self._begins.title = self.form.rows["title"].field.value()  # type: ignore[attr-defined]
        if key in _WITH_KICK_OFF:
            # Who sets another day by hand has seen to it: it belongs to the kick-off that stands there.
            self._planned = self._kick_off()
        self._look.start()

    def look(self) -> None:
        """Pay per hour, cautions and checklist for what stands in the fields; silent while something is unreadable."""
        try:
            draft = self._collect(self.form.values())
        except Unreadable:
            return
        today = self.context.today()
        if self._start is not None:
            self._start.look(draft.title)
        self._say_pay(draft)
        self._say_lesson(draft)
        self._say_cautions(draft, today)
        self._say_days(draft, today)
        self._aside.say(draft, today)

    def _say_pay(self, draft: ProjectDraft) -> None:
        boss, hours, currency = employer(self.context.store), draft.estimated_hours, draft.currency
        rate = money.per_hour(draft.fee, hours)
        if rate is not None and draft.fee < max(boss.pay_floor, boss.legal_minimum) * hours:
            # A rate a fraction under the floor must not read like the floor.
            rate = draft.fee // hours
        self._told.rate.setText(f"{money.show(rate, currency)} an hour" if rate else "—")
        if currency != boss.currency:
            limit = f"your floor is in {boss.currency}"
        elif boss.legal_minimum > boss.pay_floor:
            limit = f"the legal minimum is {money.show(boss.legal_minimum, currency)}"
        else:
            limit = f"your floor is {money.show(boss.pay_floor, currency)}"
        self._told.floor.setText(limit)

    def _say_lesson(self, draft: ProjectDraft) -> None:
        found = lesson(self.context.store, draft.template_key) if draft.template_key else None
        self._told.lesson.setText(lesson_words(found, draft.estimated_hours) if found else "")
        appear(self._told.lesson, found is not None)

    def _say_cautions(self, draft: ProjectDraft, today: date) -> None:
        store = self.context.store
        others = [one.words for one in project_warnings(store, draft, today=today, exams=False)]
        start = exams.exam_clashes(store, draft.kick_off_on, self.row_id)
        due = exams.exam_clashes(store, draft.due_on, self.row_id, "The due date")
        words = "\n".join([*others, *([start.words] if start.words else [])])
        self._offer(self._told.caution, words, start.move_to, lambda day: self._move_to(day, together=True))
        self._offer(self._told.due, due.words, due.move_to, lambda day: self._set({"due_on": day}))

    def _offer(self, notice: Notice, words: str, day: date | None, run: Callable[[date], None]) -> None:
        if day is None:
            notice.say(words)
        else:
            notice.say(words, f"Move to {short_day(day, self.context.today())}", lambda: run(day))

    def _say_days(self, draft: ProjectDraft, today: date) -> None:
        """A kick-off that was moved offers to take the other days along."""
        planned, now = self._planned, draft.kick_off_on
        others = draft.apply_by or draft.due_on or any(one.due_on for one in draft.milestones)
        if planned is None or now is None or not others:
            self._planned = planned or now
            self._told.together.say("")
        elif planned == now:
            self._told.together.say("")
        else:
            days = plural(abs((now - planned).days), "day")
            way = "later" if now > planned else "earlier"
            words = f"The kick-off is {days} {way} than {short_day(planned, today)} now; the other dates did not move."
            self._told.together.say(words, "Move all with it", lambda: self._move_to(now, together=True))

    def _move_to(self, day: date, *, together: bool) -> None:
        draft = self._collect(self.form.values())
        moved = moved_dates(draft, day, self._planned) if together else replace(draft, kick_off_on=day)
        self._planned = day
        values = shown(self.form, moved, self._told.own)
        self._set({key: values[key] for key in ("kick_off_on", *_WITH_KICK_OFF)})

    def _set(self, values: dict[str, Any]) -> None:
        self.form.set_values(values)
        self.keep()
        self.look()

    def _kick_off(self) -> date | None:
        try:
            return self.form.rows["kick_off_on"].field.value()  # type: ignore[attr-defined, no-any-return]
        except Unreadable:
            return self._planned

    def _goer(self, key: str) -> Callable[[], None]:
        def go() -> None:
            if (row := self.form.rows.get(key)) is not None:
                entry(row.field).setFocus(Qt.FocusReason.OtherFocusReason)

        return go

    # --- the posting ------------------------------------------------------------------------------------------------

    def show_posting(self) -> None:
        """Saves the brief, then shows the posting, which tells what is stored."""
        if self.try_save() and self.row_id:
            posting.show(self.context, self.row_id)

    def copy_posting(self) -> None:
        self.say("")
        try:
            posting.copy(self.context, self._collect(self.form.values()))
        except Unreadable as error:
            self._unreadable(error)
        except UserError as error:
            self.say(str(error))
        else:
            self.kept.setText("Copied for a campus board")

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
        draft = collected(self._draft, values, self.context.today(), self._told.own)
        if self._start is not None and draft.template_key != self._draft.template_key:
            # Kept unsaved from last time, when the template was chosen.
            return replace(draft, template_name=self._start.name())
        return draft
