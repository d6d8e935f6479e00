"""How a brief is laid out, a project's as a template's: numbered lines, names as pills, a worded criterion."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ui.theme import set_role
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Flow
from ui.widgets.panel import Heading
from ui.widgets.text import label


class Numbered(QWidget):
    """Numbered lines with something short at their right end."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        for at, (words, aside) in enumerate(lines):
            grid.addWidget(label(str(at + 1), "muted"), at, 0, top)
            grid.addWidget(label(words, wrap=True), at, 1)
            if aside:
                grid.addWidget(label(aside, "muted"), at, 2, top | right)


class Pills(QWidget):
    """Names beside each other, on as many lines as they need."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        flow = Flow(self, 6)
        for one in names:
            flow.addWidget(Pill(one))


class WordedCriterion(QFrame):
    """A criterion with its levels, the lowest first. `notes` stand small between its name and them."""

    def __init__(self, name: str, aside: str, notes: Sequence[str], levels: Sequence[str]) -> None:
        super().__init__()
        set_role(self, "sunken")
        self.setAccessibleName(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Heading(name, aside), 0, 0, 1, 2)
        shown = [words for words in notes if words]
        for at, words in enumerate(shown, 1):
            grid.addWidget(label(words, "note", wrap=True), at, 0, 1, 2)
        for level, words in enumerate(levels, 1):
            at = len(shown) + level
            grid.addWidget(label(str(level), "subject"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words, wrap=True), at, 1)
