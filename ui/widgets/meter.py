"""How far a sum is towards another: a thin bar, with the words beside it said to a screen reader too."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import tokens

_HIGH = 8


class Meter(QWidget):
    """`percent` of the whole, over 100 drawn full; `tone`: green, amber or red. Not a control: it takes no focus."""

    def __init__(self, percent: int, tone: str, name: str) -> None:
        super().__init__()
        self.percent, self.tone = percent, tone
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(0, (self.height() - _HIGH) / 2, self.width(), _HIGH)
        painter.setBrush(QColor(t.pale))
        painter.drawRoundedRect(body, _HIGH / 2, _HIGH / 2)
        wide = body.width() * min(max(self.percent, 0), 100) / 100
        if wide > 0:
            body.setWidth(max(wide, _HIGH))
            painter.setBrush(QColor({"amber": t.warn, "red": t.bad}.get(self.tone, t.accent)))
            painter.drawRoundedRect(body, _HIGH / 2, _HIGH / 2)
