"""Several of several, as chips that are on or off; words of one's own may be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QLineEdit, QSizePolicy, QWidget

from core.text import line
from ui.theme import current, font, set_role, tokens
from ui.widgets.text import name_plain


class Flow(QLayout):
    """Left to right, then down, like words."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        x, gap = 0, self.spacing()
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 10_000))
            if lines[-1] and x + hint.width() > rect.width():
                lines.append([])
                x = 0
            lines[-1].append((item, hint))
            x += hint.width() + gap
        y = rect.y()
        for at, one in enumerate(lines):
            tall = max((hint.height() for _, hint in one), default=0)
            x, y = rect.x(), y + (gap if at else 0)
            for item, hint in one if move else ():
                item.setGeometry(QRect(QPoint(x, y + (tall - hint.height()) // 2), hint))
                x += hint.width() + gap
            y += tall
        return y - rect.y()


class Chip(QAbstractButton):
    """One word that is on or off. Space switches it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        name_plain(self, words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(font()).horizontalAdvance(self.text()) + 26, 30)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(1, 1, self.width() - 2, self.height() - 2)
        edge = t.focus if self.hasFocus() else t.accent if self.isChecked() else t.line
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(t.soft if self.isChecked() else t.hover if self.underMouse() else t.panel))
        painter.drawRoundedRect(body, 15, 15)
        painter.setPen(QColor(t.accent if self.isChecked() else t.ink if self.isEnabled() else t.muted))
        painter.setFont(font(weight=550 if self.isChecked() else 400))
        words = QFontMetrics(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 18)
        painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter), words)


class ChipsField(QWidget):
    """value() -> list[str] of the chosen keys, in the order offered. `add_words` lets the person add their own."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]] = (), add_words: str = "") -> None:
        super().__init__()
        self._flow = Flow(self)
        self._chips: dict[str, Chip] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._more: QLineEdit | None = None
        if add_words:
            self._more = QLineEdit()
            self._more.setPlaceholderText(add_words)
            self._more.setAccessibleName(add_words)
            self._more.setMaxLength(80)
            self._more.setFixedWidth(current().px(150))
            set_role(self._more, "small")
            self._more.returnPressed.connect(self._add_typed)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """(key, words). Keeps what is on."""
        on = set(self.value())
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self._more:
                widget.setParent(None)
                widget.deleteLater()
        self._chips = {}
        for key, words in choices:
            self._add(key, words, key in on)
        if self._more is not None:
            self._flow.addWidget(self._more)

    def value(self) -> list[str]:
        return [key for key, chip in self._chips.items() if chip.isChecked()]

    def set_value(self, value: Iterable[str] | None) -> None:
        """Turns these keys on and all others off; an own word that is not offered is added."""
        on = list(value or ())
        for key in on:
            if key not in self._chips and self._more is not None:
                self._add(key, key, True)
        for key, chip in self._chips.items():
            chip.setChecked(key in on)

    def _add(self, key: str, words: str, on: bool) -> None:
        chip = Chip(words)
        chip.setChecked(on)
        chip.clicked.connect(lambda: self.changed.emit())
        self._chips[key] = chip
        if self._more is not None and self._flow.indexOf(self._more) >= 0:
            self._flow.removeWidget(self._more)
            self._flow.addWidget(chip)
            self._flow.addWidget(self._more)
        else:
            self._flow.addWidget(chip)
        chip.show() if self.isVisible() else None

    def _add_typed(self) -> None:
        if self._more is None or not (words := line(self._more.text())):
            return
        self._more.clear()
        known = {chip.text().casefold(): chip for chip in self._chips.values()}
        if (chip := known.get(words.casefold())) is not None:
            chip.setChecked(True)
        else:
            self._add(words, words, True)
        self.changed.emit()


class OneChip(QWidget):
    """One of several, as chips that go on to another line where there is no room. `changed(key)`."""

    changed = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        flow = Flow(self, 6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._chips = {key: Chip(words) for key, words in choices}
        for key, chip in self._chips.items():
            chip.setAutoExclusive(True)
            chip.clicked.connect(self._teller(key))
            flow.addWidget(chip)
        next(iter(self._chips.values())).setChecked(True)

    def value(self) -> str:
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, key: str) -> None:
        if key != self.value():
            self._chips[key].setChecked(True)
            self.changed.emit(key)

    def set_words(self, words: Mapping[str, str]) -> None:
        for key, said in words.items():
            name_plain(self._chips[key], said)
            self._chips[key].setAccessibleName(said)
            self._chips[key].updateGeometry()

    def _teller(self, key: str) -> Callable[[], None]:
        return lambda: self.changed.emit(key)
