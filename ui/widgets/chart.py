"""What charts on the screen share: core.chart's bars in their places; each opens the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.chart import Chart, ChartBar, shades
from core.text import in_digits
from ui.theme import CAPTION, current, font, tokens
from ui.widgets.text import tip

_SWATCH = 10


class ChartWidget(QWidget):
    """`opened(index)` of a bar on a click or Enter; the arrow keys move between bars."""

    opened = Signal(int)

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._at = 0
        self.chart = chart
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        self.chart = chart
        first = next((at for at, bar in enumerate(chart.bars) if bar.value or not chart.whole), 0)
        self._at = self._at if first <= self._at < len(chart.bars) else first
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("; ".join(bar.words for bar in chart.bars))
        self.updateGeometry()
        self.update()

    # --- for the kinds of charts ------------------------------------------------------------------------------------

    def slot(self, at: int) -> QRectF:
        """Where a click means that bar."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        raise NotImplementedError

    def high(self, width: int) -> int:
        raise NotImplementedError

    def colours(self) -> list[QColor]:
        """Of the series, in their order."""
        t, count = tokens(), len(self.chart.series)
        return [QColor(one) for one in shades(count, dark=t.dark)] if count else [QColor(t.bar)]

    def legend(self, painter: QPainter | None = None, width: int = 0) -> float:
        """Names the series at the top, on as many lines as it takes; how high that is, in `width` or as it stands."""
        if not self.chart.series:
            return 0.0
        face = QFontMetricsF(font(CAPTION))
        line, x, y = face.height() + 4, 0.0, 0.0
        for colour, name in zip(self.colours(), self.chart.series, strict=True):
            wide = _SWATCH + 5 + face.horizontalAdvance(name)
            if x and x + wide > (width or self.width()):
                x, y = 0.0, y + line
            if painter is not None:
                box = QRectF(x, y + (line - _SWATCH) / 2 - 1, _SWATCH, _SWATCH)
                painter.fillRect(box, colour)
                painter.setPen(QColor(tokens().muted))
                words = QRectF(x + _SWATCH + 5, y, self.width(), line - 2)
                painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
            x += wide + 14
        return y + line + 5

    # --- a widget ---------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(306, self.high(max(self.width(), 306)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.high(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A legend may take another line in less room, which layouts of rows and columns do not ask about.
        if event.oldSize().width() != self.width():
            self.setFixedHeight(self.high(self.width()))

    def _under(self, point: QPoint) -> int | None:
        spot = QPointF(point)
        return next((at for at in range(len(self.chart.bars)) if self.slot(at).contains(spot)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(CAPTION))
        self.draw(painter)
        if self.hasFocus() and self.chart.bars:
            painter.setPen(QPen(QColor(tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.slot(self._at).adjusted(-1, 1, 1, -1), 4, 4)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._under(event.pos())
            if at is not None:
                QToolTip.showText(event.globalPos(), tip(self.chart.bars[at].words), self)
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
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        # Of a whole, a part that nobody chose is nowhere to be seen.
        seen = [at for at, bar in enumerate(self.chart.bars) if bar.value or not self.chart.whole]
        if step and seen:
            beyond = [at for at in seen if (at - self._at) * step > 0]
            self._at = min(beyond, key=lambda at: abs(at - self._at)) if beyond else self._at
            self.setAccessibleName(f"{self.chart.title}, {self.chart.bars[self._at].words}")
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.chart.bars:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)


def number(bar: ChartBar) -> str:
    return bar.shown or in_digits(bar.value or 0)


def px(design: int) -> int:
    """Design pixels at the theme's text size."""
    return current().px(design)
