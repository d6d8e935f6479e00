"""A way to group people, as lines whose words are never cut: their end says as much as their start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from core.insight.fairness import Group
from core.insight.figure import percent
from ui.places.actions import Run
from ui.theme import MEDIUM, current, font
from ui.widgets.chips import Pill, Tone
from ui.widgets.panel import Line, Panel
from ui.widgets.text import Elided, button, label

_SUBJECT = (180, 290)
"""Least and most width of a group's name."""
_NARROW = 620
"""Below it what is said stands under the name."""


class GroupLines(Panel):
    """`opener`: shows those behind a group."""

    def __init__(self, groups: Sequence[Group], opener: Callable[[Group], Run]) -> None:
        super().__init__(margins=(0, 0), gap=0)
        face = QFontMetrics(font(weight=MEDIUM))
        least, most = (current().px(one) for one in _SUBJECT)
        wide = min(max(least, *(face.horizontalAdvance(one.words) + 4 for one in groups)), most)
        for place, one in enumerate(groups):
            if place:
                self.body.addWidget(Line())
            self.body.addWidget(_GroupLine(one, wide, opener(one)))


class _GroupLine(QWidget):
    def __init__(self, one: Group, wide: int, run: Run) -> None:
        super().__init__()
        self._under = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 12, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowMinimumHeight(0, current().px(28))
        self._wide = wide
        self._subject = Elided(one.words, "subject", least=80, wide=wide)
        self._said = label(one.said, "muted", wrap=True)
        self._said.setVisible(bool(one.said))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._subject, 0, 0, middle)
        self._grid.addWidget(self._said, 0, 1, middle)
        self._grid.addWidget(Pill(_chip(one), _tone(one)), 0, 2, middle)
        if one.ids:
            link = button("Rows", "link", run, name=f"Rows: {one.words}")
            link.setProperty("side", "right")
            self._grid.addWidget(link, 0, 3, middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        under = self.width() < current().px(_NARROW)
        if under == self._under:
            return
        self._under = under
        self._grid.removeWidget(self._subject)
        self._grid.removeWidget(self._said)
        self._subject.set_wide(0 if under else self._wide)
        self._grid.addWidget(self._subject, 0, 0, 1, 2 if under else 1)
        self._grid.addWidget(self._said, 1 if under else 0, 0 if under else 1, 1, 4 if under else 1)


def _chip(one: Group) -> str:
    return one.shown if one.hidden else percent(one.selected, one.base)


def _tone(one: Group) -> Tone:
    if one.best:
        return "green"
    if one.against is not None and one.against.under and not one.against.reverses:
        return "amber"
    return "neutral"
