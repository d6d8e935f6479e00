"""A chart of columns, with each number above its bar and the label below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath

from core.chart import Chart
from core.chart import every as labels_every
from ui.theme import CAPTION, font, tokens
from ui.widgets.chart import ChartWidget, number, px

_UNDER, _OVER, _WIDEST = 18, 15, 80


class Bars(ChartWidget):
    """`numbered`: with the numbers, where they have room; without, a tip says them."""

    def __init__(self, chart: Chart, height: int = 74, *, numbered: bool = False) -> None:
        self._high, self._numbered = height, numbered
        super().__init__(chart)

    def high(self, width: int) -> int:
        return px(self._high)

    def slot(self, at: int) -> QRectF:
        size = max(1, len(self.chart.series))
        group = self.width() / max(len(self.chart.groups), 1)
        gap = min(6.0, group / 4) if size == 1 else group * 0.12
        wide = min((group - gap) / size, px(_WIDEST))
        top = self.legend()
        left = (group - gap - wide * size) / 2
        return QRectF(at // size * group + left + at % size * wide, top, wide, self.height() - top)

    def _bar(self, at: int) -> QRectF:
        slot, most = self.slot(at), max((bar.value or 0 for bar in self.chart.bars), default=0) or 1
        over = px(_OVER) if self._numbered else 2
        room = slot.height() - px(_UNDER) - over - 2
        tall = room * (self.chart.bars[at].value or 0) / most
        gap = 1 if self.chart.series else 0
        return QRectF(slot.x(), slot.y() + over + room - tall, slot.width() - gap, tall)

    def draw(self, painter: QPainter) -> None:
        t, face, colours = tokens(), QFontMetricsF(font(CAPTION)), self.colours()
        self.legend(painter)
        fits = all(
            face.horizontalAdvance(number(bar)) <= self.slot(at).width() + 4 for at, bar in enumerate(self.chart.bars)
        )
        for at, bar in enumerate(self.chart.bars):
            body = self._bar(at)
            if bar.value:
                shape = QPainterPath()
                shape.setFillRule(Qt.FillRule.WindingFill)
                shape.addRoundedRect(body, 3, 3)
                foot = min(4.0, body.height())
                shape.addRect(QRectF(body.x(), body.bottom() - foot, body.width(), foot))
                colour = QColor(t.soft) if bar.soon else colours[at % len(colours)]
                painter.fillPath(shape.simplified(), colour)
            if self._numbered and fits and bar.value is not None:
                painter.setPen(QColor(t.ink))
                above = QRectF(body.x() - 10, body.y() - px(_OVER), body.width() + 20, px(_OVER))
                painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), number(bar))
        self._labels(painter, face)

    def _labels(self, painter: QPainter, face: QFontMetricsF) -> None:
        """As many as have room: each, or each second, third ..."""
        painter.setPen(QColor(tokens().muted))
        size, groups = max(1, len(self.chart.series)), self.chart.groups
        step = self.width() / max(len(groups), 1)
        widest = max((face.horizontalAdvance(group[0].label) for group in groups), default=0)
        every = labels_every(widest + 2, step, len(groups))
        for at in range(0, len(groups), every):
            first, last = self.slot(at * size), self.slot(at * size + size - 1)
            middle = (first.left() + last.right()) / 2
            under = QRectF(middle - step * every / 2 - 4, self.height() - px(_UNDER), step * every + 8, px(_UNDER))
            painter.drawText(under, int(Qt.AlignmentFlag.AlignCenter), groups[at][0].label)
