"""Rows of things that need someone: subject, detail, chip, link, hairlines between (as on Today)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import MEDIUM, current, font
from ui.widgets.chips import Pill, Tone
from ui.widgets.panel import Line, Panel, clear
from ui.widgets.text import Elided, appear, button

ROOM = 72
"""Pixels of detail that are worth a place beside the subject."""


@dataclass(frozen=True)
class Row:
    """`run` is what the link at the right does."""

    subject: str
    detail: str = ""
    chip: str = ""
    tone: Tone = "neutral"
    action: str = ""
    run: Callable[[], object] | None = None
    tip: str = ""


class Rows(Panel):
    """A card of rows, 43 px each; nothing to show hides it (give an Empty instead)."""

    def __init__(self, rows: Sequence[Row] = (), subjects: int = 166, actions: int = 110) -> None:
        """`subjects` and `actions` are the least width of these columns; words that need more get some."""
        super().__init__(margins=(0, 0), gap=0)
        self._subjects, self._actions = subjects, actions
        self._subject, self._action = subjects, actions
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.heading.setParent(None)
        clear(self.body)
        face = QFontMetrics(font(weight=MEDIUM))
        subjects = (face.horizontalAdvance(row.subject) + 4 for row in rows)
        actions = (face.horizontalAdvance(row.action) + 12 for row in rows)
        self._subject = min(max(self._subjects, *subjects, 0), current().px(240))
        self._action = min(max(self._actions, *actions, 0), current().px(180))
        for place, row in enumerate(rows):
            if place:
                self.body.addWidget(Line())
            self.body.addWidget(self._made(row))
        appear(self, bool(rows))

    def _made(self, row: Row) -> QWidget:
        return _Line(row, self._subject, self._action)


class _Line(QWidget):
    """One row. Where chip and link leave the detail no room, it stands below the subject."""

    def __init__(self, row: Row, subject: int, action: int) -> None:
        super().__init__()
        self._two, self._wide, self._row = False, subject, row
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 4, 12, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setRowMinimumHeight(0, 35)
        self._subject = Elided(row.subject, "subject", least=80, wide=subject)
        self._detail = Elided(row.detail, "muted", least=0)
        self._grid.addWidget(self._subject, 0, 0)
        self._grid.addWidget(self._detail, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._beside = 0
        if row.chip:
            chip = Pill(row.chip, row.tone)
            self._grid.addWidget(chip, 0, 2, Qt.AlignmentFlag.AlignVCenter)
            self._beside += chip.sizeHint().width() + 16
        if row.action and row.run is not None:
            link = button(row.action, "link", row.run, name=f"{row.action}: {row.subject}", hover=row.tip)
            link.setProperty("side", "right")
            link.setMinimumWidth(action)
            self._grid.addWidget(link, 0, 3, Qt.AlignmentFlag.AlignVCenter)
            self._beside += max(action, link.sizeHint().width()) + 16

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = self.width() - 28 - self._wide - 16 - self._beside
        need = QFontMetrics(font()).horizontalAdvance(self._row.detail)
        self._lay(left < min(need, current().px(ROOM)))

    def _lay(self, two: bool) -> None:
        if two == self._two:
            return
        self._two = two
        self._grid.removeWidget(self._subject)
        self._grid.removeWidget(self._detail)
        self._subject.set_wide(0 if two else self._wide)
        self._grid.addWidget(self._subject, 0, 0, 1, 2 if two else 1)
        if two:
            self._grid.addWidget(self._detail, 1, 0, 1, 4)
        else:
            self._grid.addWidget(self._detail, 0, 1)
        self._grid.setContentsMargins(16, 4, 12, 8 if two else 4)
        self.updateGeometry()
