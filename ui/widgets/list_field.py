"""An ordered list of lines, something short at each one's right: deliverables with a day, questions with minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.theme import current, set_role, set_state
from ui.widgets.date_field import WIDEST, DateField
from ui.widgets.fields import AreaField, ChoiceField, LineField, NumberField
from ui.widgets.text import IconButton, button, label

Aside = DateField | NumberField | ChoiceField


class _Entry(QFrame):
    """One line: number, words, the short field, a menu to move or remove."""

    move_wanted = Signal(int)

    def __init__(self, what: str, aside: Aside | None, aside_name: str, unit: str, under: tuple[str, str]) -> None:
        super().__init__()
        set_role(self, "field")
        self._what, self._aside_name, self._under_name = what, aside_name, under[0]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 6, 4)
        row.setSpacing(6)
        box.addLayout(row)
        self.number = label("", "")
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("0") + 1)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        self.number.setContentsMargins(0, 5, 0, 0)
        self.words = AreaField(2000, least=1, tallest=6)
        set_role(self.words, "bare")
        row.addWidget(self.words, 1)
        self.aside = aside
        if aside is not None:
            set_role(aside, "bare")
            aside.setFixedWidth(current().px(96) if not unit else current().px(34))
            if isinstance(aside, QComboBox):
                longest = (aside.fontMetrics().horizontalAdvance(aside.itemText(at)) for at in range(aside.count()))
                aside.setFixedWidth(max(aside.width(), *longest, 0) + 52)
                row.setAlignment(self.number, Qt.AlignmentFlag.AlignVCenter)
                self.number.setContentsMargins(0, 0, 0, 0)
            else:
                if isinstance(aside, DateField):
                    aside.setFixedWidth(aside.fontMetrics().horizontalAdvance(WIDEST) + 14)
                aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop)
        if unit:
            words = label(unit, "muted")
            words.setContentsMargins(0, 5, 0, 0)
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        self.more = IconButton("chevron-down", "Move or remove")
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.under = LineField(2000, under[1]) if under[0] else None
        if self.under is not None:
            set_role(self.under, "bare")
            below = QHBoxLayout()
            below.setContentsMargins(26, 0, 6, 4)
            below.addWidget(self.under)
            box.addLayout(below)
        for part in self.parts():
            if part is not None:
                part.installEventFilter(self)

    def parts(self) -> tuple[QWidget | None, ...]:
        """In the order of Tab."""
        return (self.words, self.aside, self.more, self.under)

    def name(self, at: int) -> None:
        self.number.setText(str(at))
        self.words.setAccessibleName(f"{self._what} {at}")
        self.more.setAccessibleName(f"Move or remove {self._what.casefold()} {at}")
        if self.aside is not None:
            self.aside.setAccessibleName(f"{self._aside_name} of {self._what.casefold()} {at}")
        if self.under is not None:
            self.under.setAccessibleName(f"{self._under_name} of {self._what.casefold()} {at}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            set_state(self, "within", event.type() == QEvent.Type.FocusIn and watched is not self.more)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_wanted.emit(step)
                return True
        return False


class ListField(QWidget):
    """value() -> list[tuple[str, aside]]: words and what the short field holds (None without). Empty lines drop out.

    `aside` makes the short field for one line, e.g. `lambda: DateField(today)`; Alt+Up and Alt+Down move a line.
    `under` is (name, hint) of a second line below the words; then each tuple has its words as a third.
    """

    changed = Signal()

    def __init__(
        self,
        what: str,
        add_words: str,
        *,
        aside: Callable[[], Aside] | None = None,
        aside_name: str = "",
        unit: str = "",
        under: tuple[str, str] = ("", ""),
        most: int = 50,
    ) -> None:
        """`what` is one of them in words ("Deliverable"); `add_words` stand on the dashed row."""
        super().__init__()
        self._what, self._aside, self._aside_name, self._unit, self._most = what, aside, aside_name, unit, most
        self._under = under
        self._entries: list[_Entry] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.add = button(add_words, "dashed", self._add_one)
        self._box.addWidget(self.add)
        self.setFocusProxy(self.add)

    def value(self) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for entry in self._entries:
            aside = entry.aside.value() if entry.aside is not None else None
            under = (entry.under.value(),) if entry.under is not None else ()
            if (words := entry.words.value()) or aside is not None or any(under):
                found.append((words, aside, *under))
        return found

    def set_value(self, value: Iterable[tuple[Any, ...]] | None) -> None:
        for entry in self._entries:
            self._box.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self._entries = []
        for words, aside, *under in value or ():
            entry = self._insert(len(self._entries))
            entry.words.set_value(words)
            if entry.aside is not None:
                entry.aside.set_value(aside)
            if entry.under is not None and under:
                entry.under.set_value(under[0])
        self._name()

    def set_error_at(self, at: int, wrong: bool = True) -> None:
        """Marks the line at `at` (0 is the first)."""
        if 0 <= at < len(self._entries):
            set_state(self._entries[at], "wrong", wrong)

    def _add_one(self) -> None:
        entry = self._insert(len(self._entries))
        self._name()
        entry.words.setFocus()
        self.changed.emit()

    def _insert(self, at: int) -> _Entry:
        aside = self._aside() if self._aside is not None else None
        entry = _Entry(self._what, aside, self._aside_name, self._unit, self._under)
        entry.words.changed.connect(self.changed)
        if entry.under is not None:
            entry.under.changed.connect(self.changed)
        if entry.aside is not None:
            entry.aside.changed.connect(self.changed)
        entry.more.clicked.connect(lambda: self._open_menu(entry))
        entry.move_wanted.connect(lambda step: self._mover(entry, step)())
        self._entries.insert(at, entry)
        self._box.insertWidget(at, entry)
        return entry

    def _open_menu(self, entry: _Entry) -> None:
        self._menu(entry).popup(entry.more.mapToGlobal(entry.more.rect().bottomLeft()))

    def _menu(self, entry: _Entry) -> QMenu:
        menu = QMenu(entry)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self._entries.index(entry)
        up = menu.addAction("Move up", self._mover(entry, -1))
        down = menu.addAction("Move down", self._mover(entry, 1))
        up.setEnabled(at > 0)
        down.setEnabled(at < len(self._entries) - 1)
        menu.addSeparator()
        menu.addAction("Remove", lambda: self.remove(entry))
        return menu

    def _mover(self, entry: _Entry, step: int) -> Callable[[], None]:
        def move() -> None:
            at = self._entries.index(entry)
            if 0 <= at + step < len(self._entries):
                self._entries.insert(at + step, self._entries.pop(at))
                self._box.removeWidget(entry)
                self._box.insertWidget(at + step, entry)
                self._name()
                QTimer.singleShot(0, entry.words, entry.words.setFocus)
                self.changed.emit()

        return move

    def remove(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        self._box.removeWidget(entry)
        entry.hide()
        entry.deleteLater()
        self._name()
        self.add.setFocus()
        self.changed.emit()

    def _name(self) -> None:
        for at, entry in enumerate(self._entries, 1):
            entry.name(at)
        self.add.setVisible(len(self._entries) < self._most)
        self._order()

    def _order(self) -> None:
        """Tab goes through the lines as they stand, then to the row that adds one; lines come and go."""
        stops = [part for entry in self._entries for part in entry.parts() if part is not None]
        # Each goes behind the one before it; the row that adds one stood where they are to stand, and follows at last.
        for one, after in pairwise([self.add, *stops, self.add] if stops else []):
            QWidget.setTabOrder(one, after)
