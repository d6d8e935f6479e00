"""A week in 7 days by 4 parts: shown small, or edited by mouse (drag paints) and keyboard (arrows, Space)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.model.words import DAY_PARTS
from ui.theme import CAPTION, font, tokens

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = DAY_PARTS
Cell = tuple[int, int]


def in_words(cells: Iterable[Cell]) -> str:
    """For a screen reader and a tip: "Monday morning, evening; Sunday midday"."""
    by_day: dict[int, list[int]] = {}
    for day, part in sorted(cells):
        by_day.setdefault(day, []).append(part)
    return "; ".join(f"{DAY_NAMES[day]} {', '.join(PARTS[part] for part in parts)}" for day, parts in by_day.items())


class Availability(QWidget):
    """value() -> frozenset of (day 0 to 6 from Monday, part 0 to 3). `changed` when edited."""

    changed = Signal()

    def __init__(self, cells: Iterable[Cell] = (), *, editable: bool = False) -> None:
        super().__init__()
        self._cells: set[Cell] = set(cells)
        self._editable = editable
        self._at: Cell = (0, 0)
        self._painting: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Free in the week")
        self._tell()

    def value(self) -> frozenset[Cell]:
        return frozenset(self._cells)

    def set_value(self, value: Iterable[Cell] | None) -> None:
        self._cells = {(day, part) for day, part in value or () if 0 <= day < 7 and 0 <= part < 4}
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420 if self._editable else 334, 20 + 4 * 32 if self._editable else 16 + 4 * 15)

    def minimumSizeHint(self) -> QSize:
        return QSize(290 if self._editable else 168, self.sizeHint().height())

    def _left(self) -> int:
        return 78 if self._editable else 0

    def _rect(self, cell: Cell) -> QRectF:
        left, top = self._left(), 20 if self._editable else 16
        wide, tall = (self.width() - left) / 7, (self.height() - top) / 4
        gap = 4 if self._editable else 3
        return QRectF(left + cell[0] * wide, top + cell[1] * tall, wide - gap, tall - gap)

    def _cell(self, point: QPoint) -> Cell | None:
        cells = ((day, part) for day in range(7) for part in range(4))
        return next((cell for cell in cells if self._rect(cell).contains(point)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12 if self._editable else CAPTION))
        painter.setPen(QColor(t.muted))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        for day, words in enumerate(DAYS):
            over = self._rect((day, 0))
            name = words if self._editable else words[0]
            painter.drawText(QRectF(over.x(), 0, over.width(), over.y() - 2), middle, name)
        if self._editable:
            for part, words in enumerate(PARTS):
                beside = self._rect((0, part))
                painter.drawText(QRectF(0, beside.y(), 76, beside.height()), int(Qt.AlignmentFlag.AlignVCenter), words)
        for day in range(7):
            for part in range(4):
                free = (day, part) in self._cells
                painter.setPen(QPen(QColor(t.line), 1) if self._editable and not free else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(t.bar if free else t.pale))
                painter.drawRoundedRect(self._rect((day, part)), 4 if self._editable else 3, 4 if self._editable else 3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.ink), 2))
            painter.drawRoundedRect(self._rect(self._at).adjusted(-1, -1, 1, 1), 5, 5)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell(event.pos())
            if cell is not None:
                free = "free" if cell in self._cells else "not free"
                QToolTip.showText(event.globalPos(), f"{DAY_NAMES[cell[0]]} {PARTS[cell[1]]}: {free}", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell(event.position().toPoint())
        if self._editable and cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._painting = cell not in self._cells
            self._at = cell
            self._put(cell, self._painting)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell(event.position().toPoint())
        if self._painting is not None and cell is not None:
            self._put(cell, self._painting)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._painting = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if self._editable and key in moves:
            across, down = moves[key]
            self._at = (min(6, max(0, self._at[0] + across)), min(3, max(0, self._at[1] + down)))
            self._tell()
            self.update()
        elif self._editable and key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._put(self._at, self._at not in self._cells)
        else:
            super().keyPressEvent(event)

    def _put(self, cell: Cell, free: bool) -> None:
        if (cell in self._cells) == free:
            return
        (self._cells.add if free else self._cells.discard)(cell)
        self._tell()
        self.update()
        self.changed.emit()

    def _tell(self) -> None:
        words = f"Free: {in_words(self._cells)}." if self._cells else "No time given."
        if self._editable:
            day, part = self._at
            state = "free" if self._at in self._cells else "not free"
            words = f"{DAY_NAMES[day]} {PARTS[part]}, {state}. Space changes it, arrows move. {words}"
        self.setAccessibleDescription(words)
