"""Status pills and filter chips."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import NOTE, REGULAR, Tokens, current, font, tokens
from ui.widgets.chips_field import Flow
from ui.widgets.text import appear, button, name_plain, tip

Tone = Literal["neutral", "green", "amber", "red"]
TONES: tuple[Tone, ...] = ("neutral", "green", "amber", "red")
HEIGHT = 20


def colours(t: Tokens, tone: str) -> tuple[QColor, QColor]:
    """(words, ground) of a pill."""
    pairs = {"green": (t.accent, t.soft), "amber": (t.warn, t.warn_ground), "red": (t.bad, t.bad_ground)}
    ink, ground = pairs.get(tone, (t.muted, t.pale))
    return QColor(ink), QColor(ground)


def draw_pill(painter: QPainter, rect: QRectF, words: str, tone: str, face: QFont) -> None:
    """A pill as wide as `rect`, its words elided to fit; also used by table cells."""
    ink, ground = colours(tokens(), tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(ink)
    painter.setFont(face)
    inside = rect.adjusted(10, 0, -10, 0)
    cut = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, int(inside.width()) + 1)
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), cut)
    painter.restore()


def pill_width(words: str, face: QFont) -> int:
    return QFontMetrics(face).horizontalAdvance(words) + 21


class Pill(QWidget):
    """A status in a word or three. Not a control: it takes no focus."""

    def __init__(self, words: str, tone: Tone = "neutral") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(words, tone)

    def say(self, words: str, tone: Tone = "neutral") -> None:
        self.words, self.tone = words, tone
        self.setAccessibleName(words)
        appear(self, bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        face = font(NOTE)
        return QSize(pill_width(self.words, face), max(HEIGHT, QFontMetrics(face).height() + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(current().px(72), 200))

    def paintEvent(self, _event: QPaintEvent) -> None:
        face = font(NOTE)
        hint = self.sizeHint()
        width = min(self.width(), hint.width())
        self.setToolTip(tip(self.words) if self.width() < hint.width() else "")
        top = (self.height() - hint.height()) / 2
        draw_pill(QPainter(self), QRectF(0, top, width, hint.height()), self.words, self.tone, face)


class FilterChip(QAbstractButton):
    """A set filter with a cross. A click, Delete or Backspace takes it away: `removed`."""

    removed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        name_plain(self, words)
        self.setAccessibleName(f"Filter: {words}. Press to remove")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.text(), font(NOTE)) + 16, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 28)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = tokens()
        body = QRectF(1, (self.height() - 22) / 2, self.width() - 2, 22)
        painter.setPen(QPen(QColor(t.focus), 2) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(t.soft))
        painter.drawRoundedRect(body, 11, 11)
        face = font(NOTE, REGULAR)
        painter.setFont(face)
        painter.setPen(QColor(t.accent))
        words = QFontMetrics(face).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 36)
        self.setToolTip(tip(self.text()) if words != self.text() else "")
        painter.drawText(body.adjusted(9, 0, -22, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
        middle, right, arm = body.center().y(), body.right() - 13, 3.2
        painter.setPen(QPen(QColor(t.accent), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(int(right - arm), int(middle - arm), int(right + arm), int(middle + arm))
        painter.drawLine(int(right - arm), int(middle + arm), int(right + arm), int(middle - arm))


class FilterBar(QWidget):
    """Set filters as chips, then "+ Filter", on as many lines as it takes. `removed(key)`, `add_wanted` for more."""

    removed = Signal(str)
    add_wanted = Signal()

    def __init__(self, add_words: str = "+ Filter") -> None:
        super().__init__()
        self._row = Flow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.add = button(add_words, "chip", self.add_wanted.emit, name="Add a filter")
        self._row.addWidget(self.add)
        self._chips: list[FilterChip] = []

    def set_filters(self, filters: list[tuple[str, str]]) -> None:
        """(key, words) in the order shown."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        self._row.removeWidget(self.add)
        for key, words in filters:
            chip = FilterChip(words)
            chip.removed.connect(self._sender(key))
            self._row.addWidget(chip)
            self._chips.append(chip)
        self._row.addWidget(self.add)
        for one, after in pairwise([*self._chips, self.add]):
            QWidget.setTabOrder(one, after)

    def _sender(self, key: str) -> Callable[[], None]:
        return lambda: self.removed.emit(key)
