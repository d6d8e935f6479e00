"""A chart of lines, each filled by its parts from the first of the series to the last."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from core.chart import dark_upon, total
from core.text import in_digits
from ui.theme import CAPTION, NOTE, font, tokens
from ui.widgets.chart import ChartWidget, number, px

_HIGH, _GAP = 20, 8


class ChartLines(ChartWidget):
    def high(self, width: int) -> int:
        return int(self.legend()) + len(self.chart.groups) * px(_HIGH + _GAP)

    def _sides(self) -> tuple[float, float]:
        """How wide the names at the left are, and the wholes at the right."""
        names, ends = QFontMetricsF(font(NOTE)), QFontMetricsF(font(CAPTION))
        left = max((names.horizontalAdvance(group[0].label) for group in self.chart.groups), default=0) + 12
        right = max((ends.horizontalAdvance(self._of(at)) for at in range(len(self.chart.groups))), default=0) + 10
        return min(left, self.width() * 0.45), right

    def _of(self, line: int) -> str:
        return f"of {in_digits(total(self.chart.groups[line]))}"

    def slot(self, at: int) -> QRectF:
        size = max(1, len(self.chart.series))
        line, part = divmod(at, size)
        left, right = self._sides()
        group = self.chart.groups[line]
        room, base = self.width() - left - right, total(group) or 1
        before = sum(bar.value or 0 for bar in group[:part])
        y = self.legend() + line * px(_HIGH + _GAP)
        return QRectF(left + room * before / base, y, room * (group[part].value or 0) / base, px(_HIGH))

    def draw(self, painter: QPainter) -> None:
        t, face = tokens(), QFontMetricsF(font(CAPTION))
        self.legend(painter)
        left, right = self._sides()
        colours = self.colours()
        size = max(1, len(self.chart.series))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        names = QFontMetricsF(font(NOTE))
        for line, group in enumerate(self.chart.groups):
            y = self.legend() + line * px(_HIGH + _GAP)
            painter.setPen(QColor(t.ink))
            painter.setFont(font(NOTE))
            name = names.elidedText(group[0].label, Qt.TextElideMode.ElideRight, left - 8)
            painter.drawText(QRectF(0, y, left - 6, px(_HIGH)), middle, name)
            painter.setFont(font(CAPTION))
            painter.setPen(QColor(t.muted))
            end = QRectF(self.width() - right, y, right, px(_HIGH))
            painter.drawText(end, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._of(line))
            for part, bar in enumerate(group):
                body = self.slot(line * size + part).adjusted(0, 0, -1, 0)
                if not bar.value:
                    continue
                painter.fillRect(body, colours[part])
                if face.horizontalAdvance(number(bar)) <= body.width() - 4:
                    painter.setPen(QColor("#14201b" if dark_upon(colours[part].name()) else "#ffffff"))
                    painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter), number(bar))
