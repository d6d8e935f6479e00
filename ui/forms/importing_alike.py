"""A row of a file beside those whom it may be about, and the choice: the same person, or someone else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.jobs.intake_alike import Beside
from ui.widgets.fields import ChoiceField
from ui.widgets.form_row import FormRow
from ui.widgets.panel import Panel
from ui.widgets.text import Elided, label


class AlikePanel(QWidget):
    """`decided(place, candidate id, row of the file, or "")`."""

    decided = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._place = -1
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        self.panel = Panel("May be known already")
        down.addWidget(self.panel)
        self._grid = QWidget()
        self.panel.add(self._grid)
        self.choice = ChoiceField()
        self.choice.changed.connect(self._changed)
        self.row = FormRow("This row is about", self.choice, caption=True)
        self.panel.add(self.row)
        self.setVisible(False)

    def say(self, place: int, found: Beside | None, chosen: str | None) -> None:
        """`chosen`: whom the row is about as things stand, "" for somebody new, None where somebody must say it."""
        self._place = place
        self.setVisible(found is not None)
        if found is None:
            return
        self.panel.heading.say("May be known already", f"row {found.line} beside whom it resembles")
        self.choice.blockSignals(True)
        same = [(one, f"the same person: {name}, who {why}") for one, name, why in found.people]
        unsaid = [(None, "not said yet, so it is left out")] if chosen is None else []
        self.choice.set_choices([*unsaid, ("", "someone else, who is not in the store"), *same])
        self.choice.set_value(chosen)
        self.choice.blockSignals(False)
        self.panel.body.removeWidget(self._grid)
        self._grid.hide()
        self._grid.deleteLater()
        self._grid = _facts(found)
        self.panel.body.insertWidget(1, self._grid)

    def _changed(self) -> None:
        value = self.choice.value()
        if self._place >= 0 and value is not None:
            self.decided.emit(self._place, str(value))


def _facts(found: Beside) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    heads = ["", f"Row {found.line}", *(name for _, name, _ in found.people)]
    for column, words in enumerate(heads):
        grid.addWidget(Elided(words, "subject"), 0, column)
    for at, fact in enumerate(found.facts, 1):
        grid.addWidget(label(fact.words, "note"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(fact.here or "–", wrap=True), at, 1)
        for column, words in enumerate(fact.there):
            # Not by colour alone: what agrees says so.
            said = f"{words or '–'}{'  ✓ same' if fact.agree[column] else ''}"
            grid.addWidget(label(said, "" if fact.agree[column] else "muted", wrap=True), at, 2 + column)
    grid.setColumnMinimumWidth(0, 100)
    for column in range(1, len(heads)):
        grid.setColumnStretch(column, 1)
    return held
