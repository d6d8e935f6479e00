"""To-dos: captured in a line from anywhere, changed, put off to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog

from core.errors import SystemFault, UserError
from core.repeating import EVERY
from core.text import plural
from core.work import todos
from core.work.todo_words import ToDoDraft, read_todo, told
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField
from ui.widgets.text import button, label

MANY = 200
"""Lines from which on a list goes in as a task."""
_HINT = "Order the calendars by 12 March"


class CaptureField(AreaField):
    """Return keeps what stands there, Shift with Return begins a new line; a pasted list keeps its lines."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class CaptureForm(NounForm):
    """Return keeps the line and stays for the next; Save keeps it and closes."""

    width_wanted = 560

    def __init__(self, context: Context, **_: object) -> None:
        super().__init__(context, "Things you never get to", "to-dos", None, "Keep and close")
        self.note_words = "Return keeps a line, and the next may follow. Paste a whole list."
        self.field = CaptureField(2_000_000, hint=_HINT, least=1)
        self.form.row("text", "To-do", self.field)
        self.understood = label("", "note", wrap=True)
        self.form.wide(self.understood)
        self.done = label("", "muted", wrap=True)
        self.form.wide(self.done)
        self._kept: list[str] = []
        self.field.entered.connect(self.keep_line)
        self.form.changed.connect(lambda _key: self._say())
        self.buttons.insertWidget(2, button("From a file…", "", self._from_file))
        self.begin({})
        self._say()

    def save(self, values: dict[str, Any], reason: str) -> str:
        if not values["text"].strip() and self._kept:
            return ""
        return todos.capture_todos(self.context.store, values["text"], today=self.context.today())[0]

    def try_save(self) -> bool:
        if self.field.value().count("\n") < MANY:
            return super().try_save()
        self._take_many(self.field.value())
        return True

    def _take_many(self, words: str) -> None:
        """A long list goes in while one works on; cancelled, nothing of it does."""
        context, today = self.context, self.context.today()

        def done(ids: list[str]) -> None:
            context.store.drop_draft(self.draft_key)
            context.say(f"{plural(len(ids), 'to-do')} came into the inbox.")

        context.tasks.run(
            lambda progress: todos.capture_todos(context.store, words, today=today, progress=progress.step),
            done=done,
            failed=lambda error: context.say(str(error)),
            cancelled=lambda: context.say("Nothing came into the inbox; the list is kept in New to-dos."),
            words="Putting the list into the inbox",
            cancellable=True,
        )
        self.keep()
        self.closed.emit()

    def keep_line(self) -> None:
        """Into the inbox, and on to the next line."""
        if self.field.value().count("\n") >= MANY:
            self._take_many(self.field.value())
            return
        self.form.set_errors({})
        self.say("")
        try:
            ids = todos.capture_todos(self.context.store, self.field.value(), today=self.context.today())
        except UserError as error:
            fields = getattr(error, "fields", {"text": str(error)})
            self.say(" ".join(self.form.set_errors(fields)))
            return
        except SystemFault as fault:
            self.say(str(fault))
            return
        self._kept += [self.field.value()] if len(ids) == 1 else [plural(len(ids), "to-do")]
        self.context.store.drop_draft(self.draft_key)
        self.field.set_value("")
        self._keep.stop()
        self.done.setText("In the inbox: " + ", ".join(f"“{one}”" if len(one) < 60 else f"“{one[:57]}…”"
                                                       for one in reversed(self._kept[-3:])))  # fmt: skip
        self._say()

    def _say(self) -> None:
        """What the last words of the line were taken for, before it is kept."""
        lines = [one for one in self.field.value().split("\n") if one.strip()]
        if len(lines) == 1:
            draft = read_todo(lines[0], today=self.context.today())
            understood = told(draft, self.context.today())
            self.understood.setText(f"“{draft.text}” · {understood}" if understood else "")
        else:
            self.understood.setText(f"{plural(len(lines), 'to-do')}, one a line" if lines else "")

    def _from_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "To-dos from a file", "", "Lists and calendars (*.txt *.csv *.xlsx *.ods *.ics);;All files (*)"
        )
        if name:
            from pathlib import Path

            self.closed.emit()
            self.context.open_form("import", path=Path(name), noun="to-dos")


def edit(context: Context, row_id: str = "", **_: object) -> StepForm:
    today, draft = context.today(), todos.todo_draft(context.store, row_id)
    often = [(months, f"Comes {words}") for months, words in EVERY.items()]
    repeats: list[tuple[int | None, str]] = [(None, "Once"), *often]

    def save(values: dict[str, Any], _why: str) -> str:
        months = values["repeat_months"]
        first = values["repeat_from"] or (today if months else None)
        asked = ToDoDraft(
            text=values["text"],
            due_on=values["due_on"],
            snoozed_until=values["snoozed_until"],
            repeat_months=months,
            repeat_from=first if months else None,
        )
        return todos.change_todo(context.store, row_id, asked, today=today)

    return StepForm(
        context,
        "To-do",
        ("to-do", row_id),
        [
            Item("text", "To-do", AreaField(2_500, least=2)),
            Item("due_on", "Due on", DateField(today)),
            Item("snoozed_until", "Put off to", DateField(today), "Out of sight until that day."),
            Item("repeat_months", "How often", ChoiceField(repeats)),
            Item("repeat_from", "Counted from", DateField(today), "The first day on which it comes; empty is today."),
        ],
        save,
        values={
            "text": draft.text,
            "due_on": draft.due_on,
            "snoozed_until": draft.snoozed_until,
            "repeat_months": draft.repeat_months,
            "repeat_from": draft.repeat_from,
        },
    )


def later(context: Context, to_dos: Sequence[str] = (), words: str = "", **_: object) -> StepForm:
    """Puts one or several off to a day."""

    def save(values: dict[str, Any], _why: str) -> str:
        until: date | None = values["until"]
        todos.snooze_todos(context.store, to_dos, until, today=context.today())
        return ""

    return StepForm(
        context,
        "Put it off",
        ("to-do-later", to_dos[0] if to_dos else None),
        [Item("until", "Until", DateField(context.today()), "Empty brings it back at once.")],
        save,
        save_words="Put it off",
        note=words,
    )
