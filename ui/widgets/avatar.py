"""Initials on a soft ground, where a face would stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import BOLD, font, tokens


def initials(name: str) -> str:
    """First letters of the first and the last word: "Mateo Ruiz" is MR, "Cher" is C."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


class Avatar(QWidget):
    """Decoration: the name stands beside it, so a screen reader skips it."""

    def __init__(self, name: str = "", size: int = 44) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self.say(name)

    def say(self, name: str) -> None:
        self._letters = initials(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.soft))
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        painter.setPen(QColor(t.accent))
        painter.setFont(font(15, BOLD))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)
