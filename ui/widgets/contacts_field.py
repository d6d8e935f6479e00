"""Several people to write to, each with office, e-mail and phone; lines are added and taken out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.theme import set_role
from ui.widgets.fields import LineField
from ui.widgets.text import IconButton, button

PARTS = ("Person", "Office", "E-mail", "Phone")
Contact = tuple[str, str, str, str, str | None]
"""Person, office, e-mail, phone, and the row's id where it has one."""


class _Entry(QFrame):
    def __init__(self) -> None:
        super().__init__()
        set_role(self, "field")
        self.row_id: str | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(11, 4, 6, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        self.parts = [LineField(2000, part) for part in PARTS]
        for at, field in enumerate(self.parts):
            set_role(field, "bare")
            grid.addWidget(field, at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        self.out = IconButton("x", "Remove this contact")
        grid.addWidget(self.out, 0, 2)

    def name(self, at: int) -> None:
        for part, field in zip(PARTS, self.parts, strict=True):
            field.setAccessibleName(f"{part} of contact {at}")
        self.out.setAccessibleName(f"Remove contact {at}")


class ContactsField(QWidget):
    """value() -> list of Contact; one of which nothing is filled drops out. `first`: the number of the first one."""

    changed = Signal()

    def __init__(self, add_words: str, first: int = 1) -> None:
        super().__init__()
        self._first = first
        self._entries: list[_Entry] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.add = button(add_words, "dashed", self._add_one)
        self._box.addWidget(self.add)
        self.setFocusProxy(self.add)

    def value(self) -> list[Contact]:
        found = []
        for entry in self._entries:
            person, office, email, phone = (field.value() for field in entry.parts)
            if person or office or email or phone:
                found.append((person, office, email, phone, entry.row_id))
        return found

    def set_value(self, value: Iterable[Contact] | None) -> None:
        for entry in list(self._entries):
            self._drop(entry)
        for *parts, row_id in value or ():
            entry = self._insert()
            entry.row_id = row_id
            for field, words in zip(entry.parts, parts, strict=True):
                field.set_value(words)
        self._name()

    def _add_one(self) -> None:
        entry = self._insert()
        self._name()
        entry.parts[0].setFocus()
        self.changed.emit()

    def _insert(self) -> _Entry:
        entry = _Entry()
        for field in entry.parts:
            field.changed.connect(self.changed)
        entry.out.clicked.connect(lambda: self._remove(entry))
        self._box.insertWidget(len(self._entries), entry)
        self._entries.append(entry)
        return entry

    def _remove(self, entry: _Entry) -> None:
        self._drop(entry)
        self._name()
        self.add.setFocus()
        self.changed.emit()

    def _drop(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        self._box.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _name(self) -> None:
        before: QWidget | None = None
        for at, entry in enumerate(self._entries, self._first):
            entry.name(at)
            # Tab goes through the lines as they stand, and to the row that adds one last.
            for part in (*entry.parts, entry.out):
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part
        if before is not None:
            QWidget.setTabOrder(before, self.add)
