"""Rows of things that need someone: subject, detail, chip, link, hairlines between (as on Today)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import MEDIUM, current, font
from ui.widgets.chips import Pill, Tone
from ui.widgets.panel import Line, Panel, clear
from ui.widgets.text import Elided, appear, button


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
        one = QWidget()
        one.setMinimumHeight(43)
        one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(one)
        line.setContentsMargins(16, 4, 12, 4)
        line.setSpacing(16)
        subject = Elided(row.subject, "subject", least=80, wide=self._subject)
        line.addWidget(subject)
        line.addWidget(Elided(row.detail, "muted", least=0), 1)
        if row.chip:
            line.addWidget(Pill(row.chip, row.tone), 0, Qt.AlignmentFlag.AlignVCenter)
        if row.action and row.run is not None:
            link = button(row.action, "link", row.run, name=f"{row.action}: {row.subject}", hover=row.tip)
            link.setProperty("side", "right")
            link.setMinimumWidth(self._action)
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        return one
