"""A row of a form names its field for eye, keyboard and screen reader in one place.

    form = Form()
    form.row("title", "Title", LineField(120), hint="What the student will have done")
    form.part("dates", "Dates", [("apply_by", "Apply by", DateField(today)), ("due", "Due", DateField(today))])
    form.values() -> {"title": ..., ...};  form.set_errors({"due": "Due is before the kick-off"});  form.changed

Every field has `value()`, `set_value(v)` and the signal `changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import current, font, set_role, set_state
from ui.widgets.date_field import DateField
from ui.widgets.fields import MoneyField, NumberField
from ui.widgets.text import amp, appear, label

LABELS = 118


class Field(Protocol):
    """What a form needs of a field; it is a QWidget too."""

    changed: Any

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...


@runtime_checkable
class Manifold(Protocol):
    """A field that holds rows of its own; what is wrong in one of them is said there."""

    def set_errors(self, errors: Mapping[str, str]) -> FormRow | None:
        """Shows each at its row; the first row that has one."""
        ...


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
        self.name(f"{words}, {unit}" if unit else words)
        if not field.accessibleName():
            field.setAccessibleName(words)
        self._describe()

    def name(self, words: str) -> None:
        """What a screen reader says; of a button also what it does."""
        part = entry(self.field)
        own = part.text().strip() if isinstance(part, QPushButton) else ""
        part.setAccessibleName(f"{words}: {own}" if own else words)

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


class Beside(QWidget):
    """Short fields on one line; where one would be too narrow for its words, on several."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[tuple[QWidget, int, int]] = []
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget, share: int, least: int) -> None:
        """`least`: the pixels that it needs."""
        self._items.append((part, share, least))
        self._lay(len(self._items))

    def minimumSizeHint(self) -> QSize:
        # One below the other is the narrowest that it can be.
        wide = max((part.minimumSizeHint().width() for part, _, _ in self._items), default=0)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(next(filter(self._enough, range(len(self._items), 1, -1)), 1))

    def _enough(self, across: int) -> bool:
        for at in range(0, len(self._items), across):
            line = self._items[at : at + across]
            room = self.width() - 12 * (across - 1)
            shares = sum(self._share(column, across) for column in range(across))
            if any(room * self._share(at, across) / shares < one[2] for at, one in enumerate(line)):
                return False
        return True

    def _share(self, column: int, across: int) -> int:
        return max(share for _, share, _ in self._items[column::across])

    def _lay(self, across: int) -> None:
        if across == self._across and self._grid.count() == len(self._items):
            return
        self._across = across
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for at, (part, _, _) in enumerate(self._items):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        for column in range(min(across, len(self._items))):
            self._grid.setColumnStretch(column, self._share(column, across))
        self.updateGeometry()


def _least(field: QWidget) -> int:
    """Pixels that a field in a part needs."""
    kinds = ((NumberField, 44), (DateField, 112), (MoneyField, 70))
    return current().px(next((least for kind, least in kinds if isinstance(field, kind)), 96))


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
        self._grid.setColumnStretch(1, 1)
        self._heads: list[QLabel] = []
        self._labels = 0
        self._widen(current().px(labels))

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
        box, line, made = QWidget(), Beside(), []
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        for item in fields:
            if isinstance(item, tuple):
                key, caption, field = item[:3]
                row = self._register(key, FormRow(caption, field, caption=True))
                row.name(f"{words}: {caption}" if words else caption)
                made.append(row)
                line.add(row, item[3] if len(item) > 3 else 1, max(_least(field), row.label.sizeHint().width()))
            else:
                line.add(item, 1, current().px(96))
        outer.addWidget(line)
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

    def across(self, widget: QWidget) -> None:
        """Something that is no field, over the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def appear(self, key: str, wanted: bool) -> None:
        """Shows or hides a row that not every choice above it asks for; its value stays."""
        row = self.rows[key]
        for part in (row, row.label.parentWidget()):
            if part is not None:
                appear(part, wanted)

    def appear_part(self, key: str, wanted: bool) -> None:
        """The same for the whole line of short fields that this one stands in."""
        box: QWidget = self.rows[key]
        while (above := box.parentWidget()) is not None and above is not self:
            box = above
        for row in range(self._grid.rowCount()):
            head, beside = (self._grid.itemAtPosition(row, column) for column in (0, 1))
            if head is not None and beside is not None and beside.widget() is box:
                for part in (head.widget(), box):
                    if part is not None:
                        appear(part, wanted)

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
        shown = set(self.rows)
        for key, row in self.rows.items():
            row.set_error(errors.get(key, ""))
            inner = self._inside(key, row, errors)
            shown |= {one for one in errors if isinstance(row.field, Manifold) and one.startswith(f"{key}.")}
            if first is None and (key in errors or inner is not None):
                first = inner or row
        if first is not None:
            entry(first.field).setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(first)
        return [words for key, words in errors.items() if key not in shown]

    def _inside(self, key: str, row: FormRow, errors: Mapping[str, str]) -> FormRow | None:
        """Hands a field of several rows what belongs to them, by their own names: `criteria.0.name` is `0.name`."""
        if not isinstance(row.field, Manifold):
            return None
        start = f"{key}."
        return row.field.set_errors({one.removeprefix(start): w for one, w in errors.items() if one.startswith(start)})

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

    def _widen(self, least: int) -> None:
        """No word at the left is broken, however large or long."""
        self._labels = max(self._labels, least)
        self._grid.setColumnMinimumWidth(0, self._labels)
        for head in self._heads:
            head.setFixedWidth(self._labels)

    def _place(self, words: QLabel, widget: QWidget, top: int = 0) -> None:
        at = self._grid.rowCount()
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(0, 8 + top, 0, 0)
        self._heads.append(words)
        self._widen(max((QFontMetrics(font()).horizontalAdvance(word) + 2 for word in words.text().split()), default=0))
        box.addWidget(words)
        box.addStretch(1)
        self._grid.addWidget(head, at, 0)
        widget.setSizePolicy(widget.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Minimum)
        self._grid.addWidget(widget, at, 1, Qt.AlignmentFlag.AlignTop)


def frame(widget: QWidget) -> QWidget:
    """Draws the looks of a field around a widget made of several."""
    set_role(widget, "field")
    return widget
