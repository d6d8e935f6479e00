"""Four worded levels as cards; one is chosen by click, by 1 to 4 or by the arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import BOLD, font, tokens
from ui.widgets.panel import Heading
from ui.widgets.text import laid

WORDS_PX = 13


class LevelCard(QAbstractButton):
    """One level. Its number and words are drawn; both are its accessible name."""

    def __init__(self, level: int, words: str, of: str) -> None:
        super().__init__()
        self.level, self.words = level, words
        self.setCheckable(True)
        self.setAccessibleName(f"{of}, level {level}: {words}" if of else f"Level {level}: {words}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._top() + laid(self.words, font(WORDS_PX), max(width - 24, 40))[1] + 12

    @staticmethod
    def _top() -> int:
        return 13 + QFontMetrics(font(15, BOLD)).height()

    def sizeHint(self) -> QSize:
        return QSize(136, self.heightForWidth(136))

    def minimumSizeHint(self) -> QSize:
        return QSize(84, 64)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are for the picker; a button would only move the focus with them."""
        arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if event.key() in arrows:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, focus = self.isChecked(), self.hasFocus()
        inset = 1.0 if on or focus else 0.5
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(t.accent if on else t.focus if focus else t.line), 2 if on or focus else 1))
        painter.setBrush(QColor(t.soft if on else t.hover if self.underMouse() and self.isEnabled() else t.panel))
        painter.drawRoundedRect(body, 8, 8)
        if on and focus:
            painter.setPen(QPen(QColor(t.focus), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(4, 4, -4, -4), 5, 5)
        painter.setPen(QColor(t.ink if self.isEnabled() or on else t.muted))
        painter.setFont(font(15, BOLD))
        painter.drawText(
            QRect(12, 11, self.width() - 24, self._top() - 11), int(Qt.AlignmentFlag.AlignLeft), str(self.level)
        )
        painter.setFont(font(WORDS_PX))
        lines = laid(self.words, font(WORDS_PX), max(self.width() - 24, 40))[0]
        lines.draw(painter, QPointF(12, self._top()))


class LevelPicker(QWidget):
    """value() -> 1 to 4, or None while nothing is chosen; `chosen(int)`. Delete takes the choice back."""

    chosen = Signal(int)
    changed = Signal()

    def __init__(self, levels: Sequence[str], heading: str = "", note: str = "") -> None:
        super().__init__()
        self.setAccessibleName(heading or "Level")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(9)
        if heading:
            box.addWidget(Heading(heading, note))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.cards = [LevelCard(level, words, heading) for level, words in enumerate(levels, 1)]
        for card in self.cards:
            card.clicked.connect(self._taker(card.level))
            row.addWidget(card, 1)
        box.addLayout(row)
        if self.cards:
            self.setFocusProxy(self.cards[0])

    def value(self) -> int | None:
        return next((card.level for card in self.cards if card.isChecked()), None)

    def set_value(self, value: int | None) -> None:
        for card in self.cards:
            card.setChecked(card.level == value)

    def _taker(self, level: int) -> Callable[[], None]:
        return lambda: self._take(level)

    def _take(self, level: int | None) -> None:
        self.set_value(level)
        if level is not None:
            self.cards[level - 1].setFocus(Qt.FocusReason.OtherFocusReason)
            self.chosen.emit(level)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((card.level for card in self.cards if card.hasFocus()), self.value() or 1)
        key = Qt.Key(event.key())
        number = event.key() - Qt.Key.Key_0.value
        if 1 <= number <= len(self.cards):
            self._take(number)
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
            self._take(min(at + 1, len(self.cards)))
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
            self._take(max(at - 1, 1))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._take(None)
        else:
            super().keyPressEvent(event)
