"""What every form does: shows a draft, keeps what is typed, puts a rule's words at the field, saves with one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FieldErrors, HoldError, SystemFault, UserError
from ui.context import Context
from ui.widgets.fields import AreaField, Unreadable
from ui.widgets.form_row import LABELS, Form, FormRow
from ui.widgets.notice import Notice
from ui.widgets.text import button, label

KEEP_AFTER_MS = 1200


class NotYet(Exception):
    """A second look is asked for before saving; `run` and `action` make the link behind the words."""

    def __init__(self, words: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        super().__init__(words)
        self.words, self.action, self.run = words, action, run


class NounForm(QWidget):
    """A form for one noun, shown as a sheet. Subclasses fill `self.form` and give `save`.

    `noun` and `row_id` name the draft under which unsaved words are kept: closing or a crash loses none of them.
    `body` is a row whose first part is the form; `foot` holds the buttons; `width_wanted` is the sheet's.
    """

    width_wanted = 720
    labels = LABELS
    scroll_wanted = True
    """Whether the sheet scrolls the whole form; one with a second column scrolls its fields alone."""

    saved = Signal(str)
    closed = Signal()

    def __init__(
        self, context: Context, title: str, noun: str, row_id: str | None = None, save_words: str = "Save"
    ) -> None:
        super().__init__()
        self.context, self.noun, self.row_id, self.title_words = context, noun, row_id, title
        self.draft_key = f"{noun}:{row_id or 'new'}"
        self.setObjectName(f"form-{noun}")
        self.setAccessibleName(title)
        self.body = QHBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        self.form = Form(self.labels)
        self._lay()
        self.problem = Notice()
        self.why = AreaField(500, least=1)
        self.why_row = FormRow("Why anyway? This stays in the history.", self.why, caption=True)
        self.why_row.setVisible(False)
        self.foot = QWidget()
        down = QVBoxLayout(self.foot)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.problem)
        down.addWidget(self.why_row)
        self.buttons = QHBoxLayout()
        self.save_button = button(save_words, "primary", self.try_save)
        self.kept = label("", "note")
        self.buttons.addWidget(self.save_button)
        self.cancel_button = button("Cancel", "", self.cancel)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.kept)
        down.addLayout(self.buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.try_save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep)
        self.form.changed.connect(lambda _key: self._keep.start())

    # --- for subclasses ---------------------------------------------------------------------------------------------

    def save(self, values: dict[str, Any], reason: str) -> str:
        """Hands the draft to one function of core and returns the row's id."""
        raise TypeError(f"{type(self).__name__} saves nothing")

    def begin(self, values: dict[str, Any]) -> None:
        """Shows the row's values, or those kept unsaved from last time, which come first.

        A field that is not named begins, and begins anew, as it was made.
        """
        values = {**self.form.values(), **values}
        self.form.set_values(values)
        kept = self.context.store.draft(self.draft_key)
        if kept:
            self.form.set_values({key: thawed(value) for key, value in kept.items()})
            self.say("What you typed last time and did not save is here again.", "Discard it", self._start_over(values))
        self._keep.stop()

    def _lay(self) -> None:
        self.body.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)

    def say(self, words: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        self.problem.say(words, action, run)

    # --- saving -----------------------------------------------------------------------------------------------------

    def try_save(self) -> bool:
        """Saves, or shows what is in the way: at the field where there is one, else above the buttons."""
        self.form.set_errors({})
        self.say("")
        try:
            row_id = self.save(self.form.values(), self.why.value())
        except Unreadable as error:
            self._unreadable(error)
        except FieldErrors as error:
            self.say(" ".join(self.form.set_errors(error.fields)))
        except HoldError as error:
            self.say(str(error))
            self.why_row.setVisible(True)
            self.why.setFocus()
        except NotYet as pause:
            self.say(pause.words, pause.action, pause.run)
        except (UserError, SystemFault) as error:
            self.say(str(error))
        else:
            self._keep.stop()
            self.context.store.drop_draft(self.draft_key)
            self.saved.emit(row_id)
            self.closed.emit()
            return True
        return False

    def cancel(self) -> None:
        """Closes; what was typed is not kept any longer."""
        self._keep.stop()
        self.context.store.drop_draft(self.draft_key)
        self.closed.emit()

    def keep(self) -> None:
        """Keeps what stands in the fields, so that closing the sheet or a crash loses nothing."""
        self._keep.stop()
        fields: dict[str, Any] = {}
        for key, row in self.form.rows.items():
            try:
                fields[key] = frozen(row.field.value())  # type: ignore[attr-defined]
            except Unreadable:
                continue
        self.context.store.keep_draft(self.draft_key, fields)
        self.kept.setText("Kept as you type")

    def leave(self) -> bool:
        """The sheet is closed otherwise than by Save or Cancel: what was typed is there again next time."""
        if self._keep.isActive():
            self.keep()
        return True

    def _start_over(self, values: dict[str, Any]) -> Callable[[], None]:
        def start() -> None:
            self.context.store.drop_draft(self.draft_key)
            self.form.set_values(values)
            self._keep.stop()
            self.say("")

        return start

    def _unreadable(self, error: Unreadable) -> None:
        wrong: dict[str, str] = {}
        for key, row in self.form.rows.items():
            try:
                row.field.value()  # type: ignore[attr-defined]
            except Unreadable as found:
                wrong[key] = str(found)
        self.say(" ".join(self.form.set_errors(wrong)) if wrong else str(error))


def frozen(value: Any) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, bytes):
        return None
    if isinstance(value, list | tuple):
        return [frozen(part) for part in value]
    return value


def thawed(value: Any) -> Any:
    if isinstance(value, dict) and "day" in value:
        return date.fromisoformat(value["day"])
    if isinstance(value, list):
        parts = [thawed(part) for part in value]
        return [tuple(part) if isinstance(part, list) else part for part in parts]
    return value
