"""What is done and what is still to do, each open point with the way to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import tokens
from ui.widgets.panel import clear
from ui.widgets.text import button, label

PAD = 4


@dataclass(frozen=True)
class Point:
    """`run` mends an open point; `note` stands small below."""

    words: str
    done: bool
    note: str = ""
    action: str = "Fix"
    run: Callable[[], object] | None = None


class _Mark(QWidget):
    def __init__(self, done: bool) -> None:
        super().__init__()
        self._done = done
        self.setFixedSize(14, 20 + 2 * PAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        if self._done:
            painter.setPen(QPen(QColor(t.accent), 1.4, Qt.PenStyle.SolidLine, cap, join))
            painter.drawPolyline([QPointF(2, 14.5), QPointF(5, 17.5), QPointF(11.5, 10.5)])
        else:
            painter.setPen(QPen(QColor(t.warn), 1.4))
            painter.drawEllipse(QPointF(6.5, 14), 4.4, 4.4)


class Checklist(QWidget):
    """`set_points`; `score()` is (done, all)."""

    def __init__(self, points: Sequence[Point] = ()) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.set_points(points)

    def score(self) -> tuple[int, int]:
        return sum(point.done for point in self._points), len(self._points)

    def set_points(self, points: Sequence[Point]) -> None:
        self._points = list(points)
        clear(self._box)
        for point in points:
            self._box.addWidget(self._made(point))

    def _made(self, point: Point) -> QWidget:
        one = QWidget()
        one.setAccessibleName(f"{'Done' if point.done else 'Open'}: {point.words}")
        row = QHBoxLayout(one)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Mark(point.done), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, PAD, 0, PAD)
        column.addWidget(label(point.words, wrap=True))
        if point.note:
            column.addWidget(label(point.note, "note", wrap=True))
        row.addLayout(column, 1)
        if not point.done and point.run is not None:
            link = button(point.action, "link", point.run, name=f"{point.action}: {point.words}")
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return one
