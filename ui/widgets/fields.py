"""Plain fields: a line, a text that grows, a number, money, one of several. Each has value, set_value and changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QWidget,
)

from core import money
from core.text import clean, in_digits, line, ungrouped
from ui.theme import set_state
from ui.widgets.text import tip

_LARGEST_CENTS = 100_000_000_00


class Unreadable(ValueError):
    """What was typed is no number, day or amount; the message says what is."""


class LineField(QLineEdit):
    """One line of at most `most` characters. value() -> str, cleaned."""

    changed = Signal()

    def __init__(self, most: int = 300, hint: str = "") -> None:
        super().__init__()
        self.setMaxLength(most)
        self.setPlaceholderText(hint)
        self.textEdited.connect(lambda: self.changed.emit())

    def value(self) -> str:
        return line(self.text())

    def set_value(self, value: str | None) -> None:
        self.setText(value or "")
        self.setCursorPosition(0)


class AreaField(QPlainTextEdit):
    """Text that grows with what is typed, between `least` and `tallest` lines. Tab leaves it. value() -> str."""

    changed = Signal()

    def __init__(self, most: int = 20_000, hint: str = "", least: int = 2, tallest: int = 14) -> None:
        super().__init__()
        self._most, self._least, self._tallest = most, least, tallest
        self._filling = False
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._typed)
        self._fit()

    def value(self) -> str:
        return clean(self.toPlainText())

    def set_value(self, value: str | None) -> None:
        self._filling = True
        self.setPlainText(value or "")
        self._filling = False
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = self._most - len(self.toPlainText()) + len(self.textCursor().selectedText())
        self.insertPlainText(clean(source.text())[: max(room, 0)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        full = len(self.toPlainText()) >= self._most and not self.textCursor().hasSelection()
        if full and event.text() and event.text().isprintable():
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _typed(self) -> None:
        self._fit()
        if not self._filling:
            self.changed.emit()

    def _fit(self) -> None:
        step = self.fontMetrics().lineSpacing()
        lines, block = 0, self.document().firstBlock()
        while block.isValid() and lines <= self._tallest:
            # Asking for its place lays a block out anew; the document's own size waits for the next painting.
            lines += max(round(self.blockBoundingGeometry(block).height() / step), 1)
            block = block.next()
        room = 2 * int(self.document().documentMargin()) + (3 if self.property("role") == "bare" else 13)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > self._tallest else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != bar:
            self.setVerticalScrollBarPolicy(bar)
        height = max(self._least, min(lines, self._tallest)) * step + room
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)


class NumberField(QLineEdit):
    """A whole number from `least` to `most`; empty is None. value() -> int | None, raises Unreadable."""

    changed = Signal()

    def __init__(self, least: int = 0, most: int = 100_000, hint: str = "") -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setPlaceholderText(hint)
        self.setMaxLength(12)
        self.textEdited.connect(lambda: self.changed.emit())

    def value(self) -> int | None:
        words = ungrouped(self.text())
        if not words:
            return None
        if not re.fullmatch(r"-?\d{1,9}", words):
            raise Unreadable(f"Type a whole number, such as {max(self._least, 1)}.")
        typed = int(words)
        if not self._least <= typed <= self._most:
            raise Unreadable(f"Type a number from {in_digits(self._least)} to {in_digits(self._most)}.")
        return typed

    def set_value(self, value: int | None) -> None:
        self.setText("" if value is None else str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        try:
            number = self.value()
        except Unreadable:
            return
        moved = self._least if number is None else min(self._most, max(self._least, number + step))
        if moved != number:
            self.set_value(moved)
            self.changed.emit()


class MoneyField(QLineEdit):
    """ "$400", "400.50" and "1,250" become cents; empty is None. value() -> int | None, raises Unreadable."""

    changed = Signal()

    def __init__(self, currency: str = "USD", hint: str = "") -> None:
        super().__init__()
        self._currency = currency
        self.setPlaceholderText(hint)
        self.setMaxLength(20)
        self.textEdited.connect(lambda: self.changed.emit())

    def value(self) -> int | None:
        try:
            cents = money.read(self.text(), self._currency)
        except ValueError:
            shown = money.show(40000, self._currency)
            raise Unreadable(f"Type an amount, such as {shown} or {money.plain(41250)}.") from None
        if cents is not None and cents > _LARGEST_CENTS:
            raise Unreadable(f"Type an amount up to {money.show(_LARGEST_CENTS, self._currency)}.")
        return cents

    def set_value(self, value: int | None) -> None:
        self.setText("" if value is None else money.show(value, self._currency))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            self.set_value(self.value())
        except Unreadable:
            return


class ChoiceField(QComboBox):
    """One of `choices`: (value, words) in order. value() -> the chosen value."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self._values: list[Any] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(14)
        # The delegate a QComboBox comes with knows nothing of the sheet's rows.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)
        self.activated.connect(lambda: self.changed.emit())
        self.currentIndexChanged.connect(lambda _at: self._tell())

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Keeps the chosen value if it is still there."""
        kept = self.value() if self._values else None
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([words for _, words in choices])
        self.set_value(kept)

    def value(self) -> Any:
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """An unknown value chooses the first."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0 if self._values else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def showPopup(self) -> None:
        """The list is as wide as its words need, also under a narrow field."""
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + 28, 640))
        super().showPopup()

    def _tell(self) -> None:
        """What is cut at the field's width stands whole in its tip."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        words = self.currentText()
        self.setToolTip(tip(words) if self.fontMetrics().horizontalAdvance(words) > room else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a closed choice scrolls the page: changing an answer unseen would be worse."""
        event.ignore()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(96, 36))


def mark_wrong(field: QWidget, wrong: bool) -> None:
    set_state(field, "wrong", wrong)
