"""The course of a piece of work on one line: from its first day to its due date, with its milestones and today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.text import short_day
from ui.theme import NOTE, current, font, tokens
from ui.widgets.text import tip

_DOT = 5.0
_EDGE = 7.0


@dataclass(frozen=True)
class Stop:
    """`state`: completed, overdue, upcoming, or talk for a small mark; `words` are its tip."""

    on: date
    state: str
    words: str


class Course(QWidget):
    """Not a control: what stands on it is listed below it, and said to a screen reader."""

    def __init__(self, first: date, last: date, today: date, stops: Sequence[Stop], name: str) -> None:
        super().__init__()
        self._stops = sorted(stops, key=lambda one: one.on)
        days = [first, last, *(one.on for one in self._stops)]
        # Work that is late goes on past its due date.
        self._first, self._last = min(days), max(days)
        self._due, self._today = last, today
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(one.words for one in self._stops))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(240, 24 + QFontMetrics(font(NOTE)).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _x(self, day: date) -> float:
        whole = max((self._last - self._first).days, 1)
        gone = min(max((day - self._first).days, 0), whole)
        return _EDGE + (self.width() - 2 * _EDGE) * gone / whole

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = 10.0
        start, end, now = _EDGE, self.width() - _EDGE, self._x(self._today)
        painter.setPen(QPen(QColor(t.line), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(start, y), QPointF(end, y))
        if self._today > self._first:
            painter.setPen(QPen(QColor(t.bar), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(start, y), QPointF(now, y))
        for one in self._stops:
            self._draw(painter, one, y)
        if self._first <= self._today <= self._last:
            painter.setPen(QPen(QColor(t.ink), 1.5))
            painter.drawLine(QPointF(now, 1), QPointF(now, 19))
        painter.setPen(QColor(t.muted))
        face = font(NOTE)
        painter.setFont(face)
        under = QRectF(0, 22, self.width(), QFontMetrics(face).height() + 2)
        painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), short_day(self._first, self._today))
        last = f"due {short_day(self._due, self._today)}"
        painter.drawText(under, int(Qt.AlignmentFlag.AlignRight), last)

    def _draw(self, painter: QPainter, one: Stop, y: float) -> None:
        t, middle = tokens(), QPointF(self._x(one.on), y)
        if one.state == "talk":
            painter.setPen(QPen(QColor(t.muted), 1.5))
            painter.drawLine(middle + QPointF(0, -6), middle + QPointF(0, 6))
            return
        colour = QColor({"completed": t.accent, "overdue": t.bad}.get(one.state, t.muted))
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if one.state == "completed" else QColor(t.panel))
        painter.drawEllipse(middle, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            near = [one for one in self._stops if abs(self._x(one.on) - event.pos().x()) <= current().px(8)]
            words = "\n".join(one.words for one in near)
            QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        return super().event(event)
