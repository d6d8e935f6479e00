"""A small bar chart; a bar opens the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.chart import ChartBar
from ui.theme import CAPTION, font, tokens
from ui.widgets.text import tip


class Bars(QWidget):
    """`opened(index)` on a click or Enter; Left and Right move between bars."""

    opened = Signal(int)

    def __init__(self, bars: Sequence[ChartBar] = (), name: str = "Chart", height: int = 74) -> None:
        super().__init__()
        self._high = height
        self._name = name
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[ChartBar]) -> None:
        self._bars = list(bars)
        self._at = min(self._at, max(len(bars) - 1, 0))
        self.setAccessibleName(self._name)
        self.setAccessibleDescription("; ".join(bar.words for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(306, self._high)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._high)

    def _slot(self, at: int) -> QRectF:
        wide = self.width() / max(len(self._bars), 1)
        return QRectF(at * wide, 0, wide, self.height())

    def _bar(self, at: int) -> QRectF:
        slot, most = self._slot(at), max((bar.value or 0 for bar in self._bars), default=0) or 1
        room = self.height() - 22
        tall = room * (self._bars[at].value or 0) / most
        gap = min(6.0, slot.width() / 4)
        return QRectF(slot.x(), 2 + room - tall, slot.width() - gap, tall)

    def _under(self, point: QPoint) -> int | None:
        return next((at for at in range(len(self._bars)) if self._slot(at).contains(point)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(CAPTION))
        for at, bar in enumerate(self._bars):
            body = self._bar(at)
            if bar.value:
                shape = QPainterPath()
                shape.setFillRule(Qt.FillRule.WindingFill)
                shape.addRoundedRect(body, 3, 3)
                foot = min(4.0, body.height())
                shape.addRect(QRectF(body.x(), body.bottom() - foot, body.width(), foot))
                painter.fillPath(shape.simplified(), QColor(t.soft if bar.soon else t.bar))
            painter.setPen(QColor(t.muted))
            under = QRectF(body.x() - 4, self.height() - 18, body.width() + 8, 18)
            painter.drawText(under, int(Qt.AlignmentFlag.AlignCenter), bar.label)
        if self.hasFocus() and self._bars:
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            slot = self._slot(self._at)
            painter.drawRoundedRect(slot.adjusted(-1, 1, -min(6.0, slot.width() / 4) + 1, -1), 4, 4)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._under(event.pos())
            if at is not None:
                QToolTip.showText(event.globalPos(), tip(self._bars[at].words), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._under(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = at
            self.opened.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._bars:
            self._at = min(len(self._bars) - 1, max(0, self._at + step))
            self.setAccessibleName(f"{self._name}, {self._bars[self._at].words}")
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._bars:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)
