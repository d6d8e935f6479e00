"""A row of a form names its field for eye, keyboard and screen reader in one place.

    form = Form()
    form.row("title", "Title", LineField(120), hint="What the student will have done")
    form.part("dates", "Dates", [("apply_by", "Apply by", DateField(today)), ("due", "Due", DateField(today))])
    form.values() -> {"title": ..., ...};  form.set_errors({"due": "Due is before the kick-off"});  form.changed

Every field has `value()`, `set_value(v)` and the signal `changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import set_role, set_state
from ui.widgets.text import amp, appear, label

LABELS = 118


class Field(Protocol):
    """What a form needs of a field; it is a QWidget too."""

    changed: Any

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...


def entry(field: QWidget) -> QWidget:
    """The part of a field that takes the keyboard."""
    return field.focusProxy() or field


class FormRow(QWidget):
    """A field with its help and unit, the error in red below. `caption` stands small above it (as in Work and pay)."""

    def __init__(self, words: str, field: QWidget, *, hint: str = "", unit: str = "", caption: bool = False) -> None:
        super().__init__()
        self.field = field
        self._help = hint
        self.label: QLabel = label(amp(words), "note" if caption else "muted", wrap=not caption)
        self.label.setBuddy(entry(field))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 if caption else 4)
        if caption:
            box.addWidget(self.label)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field, 1)
        if unit:
            line.addWidget(label(unit, "muted"))
        box.addLayout(line)
        self.help = label(hint, "note", wrap=True)
        appear(self.help, bool(hint))
        self.error = label("", "error", wrap=True)
        self.error.setVisible(False)
        box.addWidget(self.help)
        box.addWidget(self.error)
        entry(field).setAccessibleName(f"{words}, {unit}" if unit else words)
        if not field.accessibleName():
            field.setAccessibleName(words)
        self._describe()

    def set_error(self, words: str = "") -> None:
        self.error.setText(words)
        appear(self.error, bool(words))
        set_state(self.field, "wrong", bool(words))
        if entry(self.field) is not self.field:
            set_state(entry(self.field), "wrong", bool(words))
        self._describe()

    def set_help(self, words: str) -> None:
        self._help = words
        self.help.setText(words)
        appear(self.help, bool(words))
        self._describe()

    def _describe(self) -> None:
        words = " ".join(part for part in (self.error.text(), self._help) if part)
        entry(self.field).setAccessibleDescription(words)


class Form(QWidget):
    """Labels at the left, fields at the right. Fields are known by key."""

    changed = Signal(str)

    def __init__(self, labels: int = LABELS) -> None:
        super().__init__()
        self.rows: dict[str, FormRow] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnMinimumWidth(0, labels)
        self._grid.setColumnStretch(1, 1)
        self._labels = labels

    def row(self, key: str, words: str, field: QWidget, *, hint: str = "", unit: str = "") -> FormRow:
        row = self._register(key, FormRow(words, field, hint=hint, unit=unit))
        self._place(row.label, row)
        return row

    def tall(self, key: str, words: str, field: QWidget, *, hint: str = "") -> FormRow:
        """A field under its words, over the whole width: for questions, which are too long to stand at the left."""
        row = self._register(key, FormRow(words, field, hint=hint))
        box, down = QWidget(), QVBoxLayout()
        box.setLayout(down)
        down.setContentsMargins(0, 4, 0, 0)
        down.setSpacing(6)
        down.addWidget(row.label)
        down.addWidget(row)
        self._grid.addWidget(box, self._grid.rowCount(), 0, 1, 2)
        return row

    def part(
        self,
        words: str,
        fields: Sequence[tuple[str, str, QWidget] | tuple[str, str, QWidget, int] | QWidget],
        *,
        hint: str = "",
    ) -> list[FormRow]:
        """Several short fields on one line, each (key, caption, field); a plain widget takes its share too.

        A fourth part of a field is its share of the width, 1 unless said.
        """
        box, line, made = QWidget(), QHBoxLayout(), []
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        line.setSpacing(12)
        for item in fields:
            if isinstance(item, tuple):
                key, caption, field = item[:3]
                row = self._register(key, FormRow(caption, field, caption=True))
                entry(field).setAccessibleName(f"{words}: {caption}" if words else caption)
                made.append(row)
                line.addWidget(row, item[3] if len(item) > 3 else 1, Qt.AlignmentFlag.AlignTop)
            else:
                line.addWidget(item, 1, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(line)
        if hint:
            outer.addWidget(label(hint, "note", wrap=True))
        self._place(label(words, "muted", wrap=True), box, top=18)
        return made

    def wide(self, widget: QWidget, words: str = "") -> None:
        """Something that is no field (a notice, a line of text), in the fields' column."""
        if words:
            self._place(label(words, "muted", wrap=True), widget)
        else:
            # Nothing at its left, so that a hidden notice leaves no gap.
            self._grid.addWidget(widget, self._grid.rowCount(), 1)

    def values(self) -> dict[str, Any]:
        return {key: row.field.value() for key, row in self.rows.items()}  # type: ignore[attr-defined]

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fills what is named; unknown keys are left alone."""
        for key, value in values.items():
            if key in self.rows:
                self.rows[key].field.set_value(value)  # type: ignore[attr-defined]

    def set_errors(self, errors: Mapping[str, str]) -> list[str]:
        """Shows each error under its field and goes to the first. Returns words whose key no field has."""
        first: FormRow | None = None
        for key, row in self.rows.items():
            row.set_error(errors.get(key, ""))
            if first is None and key in errors:
                first = row
        if first is not None:
            entry(first.field).setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(first)
        return [words for key, words in errors.items() if key not in self.rows]

    def _reveal(self, row: FormRow) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(row)
            above = above.parentWidget()

    def _register(self, key: str, row: FormRow) -> FormRow:
        self.rows[key] = row
        row.field.changed.connect(self._sender(key))  # type: ignore[attr-defined]
        return row

    def _sender(self, key: str) -> Callable[..., None]:
        def send(*_: object) -> None:
            self.rows[key].set_error()
            self.changed.emit(key)

        return send

    def _place(self, words: QLabel, widget: QWidget, top: int = 0) -> None:
        at = self._grid.rowCount()
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(0, 8 + top, 0, 0)
        words.setFixedWidth(self._labels)
        box.addWidget(words)
        box.addStretch(1)
        self._grid.addWidget(head, at, 0)
        widget.setSizePolicy(widget.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Minimum)
        self._grid.addWidget(widget, at, 1, Qt.AlignmentFlag.AlignTop)


def frame(widget: QWidget) -> QWidget:
    """Draws the looks of a field around a widget made of several."""
    set_role(widget, "field")
    return widget
