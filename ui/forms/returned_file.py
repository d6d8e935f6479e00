"""One file among those that came back: what it is, whose, what it says, and what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.jobs.returned import Returned
from core.jobs.returned_said import Said
from core.text import plural
from ui.theme import current
from ui.widgets.chips import Pill
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel
from ui.widgets.text import Elided, amp, button, label

_LONGEST = 400
"""Characters of a value that are shown; all of it is taken in."""


class ReturnedFile(Panel):
    """`ticked(sum of the file, on)`: somebody says that they have looked at it."""

    ticked = Signal(str, bool)

    def __init__(self, one: Returned, *, open_now: bool, ticked: bool) -> None:
        super().__init__(margins=(16, 12), gap=8)
        self.one = one
        self.tick: QCheckBox | None = None
        self.setAccessibleName(f"{one.what or one.name}, {one.whose}".strip(", "))
        self._head()
        for words in one.problems:
            self.add(label(words, "warn", wrap=True))
        for words in one.notes:
            self.add(label(words, "note", wrap=True))
        self._values = _grid(one.said) if one.said and one.takes else None
        if self._values is not None:
            self._fold(open_now)
        if one.takes and one.look:
            self._ask(ticked)

    def _head(self) -> None:
        one = self.one
        row = QHBoxLayout()
        row.setSpacing(10)
        title = " · ".join(part for part in (one.what, one.whose) if part) or one.name
        row.addWidget(Elided(title, "subject", least=80), 1)
        if not one.takes:
            row.addWidget(Pill("not taken in", "red"), 0, Qt.AlignmentFlag.AlignTop)
        elif one.look:
            row.addWidget(Pill("look at it", "amber"), 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(Pill("ready", "green"), 0, Qt.AlignmentFlag.AlignTop)
        self.add(row)
        under = " · ".join(part for part in (one.about, one.name if one.what else "") if part)
        if under:
            self.add(Elided(under, "note"))

    def _fold(self, open_now: bool) -> None:
        values = self._values
        if values is None:
            return
        count = plural(len(self.one.said), "answer")
        self.fold = button("", "link-small", self._turn)
        self.fold.setProperty("side", "flush")
        self._count = count
        self.add(self.fold)
        self.add(values)
        values.setVisible(open_now)
        self._say()

    def _turn(self) -> None:
        if self._values is not None:
            self._values.setVisible(self._values.isHidden())
            self._say()

    def _say(self) -> None:
        hidden = self._values is not None and self._values.isHidden()
        words = f"Show {self._count}" if hidden else f"Hide {self._count}"
        self.fold.say(words, f"{words} of {self.one.whose or self.one.name}")

    def _ask(self, ticked: bool) -> None:
        one = self.one
        notice = Notice(one.look)
        self.add(notice)
        down = QVBoxLayout()
        down.setContentsMargins(0, 0, 0, 0)
        tick = self.tick = QCheckBox(amp("It is right: take it in"))
        tick.setAccessibleName(f"{one.name} is right: take it in")
        tick.setChecked(ticked)
        tick.toggled.connect(lambda on: self.ticked.emit(one.sha256, on))
        down.addWidget(tick, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(down)


def _grid(said: tuple[Said, ...]) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for at, one in enumerate(said):
        words = label(one.words, "note", wrap=True)
        words.setFixedWidth(current().px(200))
        grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop)
        value = one.value if len(one.value) <= _LONGEST else f"{one.value[:_LONGEST]}…"
        if one.was:
            value = f"{value}\nnow in the store: {one.was}"
        grid.addWidget(label(value, wrap=True), at, 1)
    grid.setColumnStretch(1, 1)
    return held
