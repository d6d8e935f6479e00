"""The files of a mail: which are kept, and whether one answers a question of the project."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from core.work.documents import File, size_words
from ui.widgets.fields import ChoiceField
from ui.widgets.text import amp

WITH_PERSON, WHOLE = "person", "whole"
"""Where a file goes, besides the id of the question that it answers."""


class FilesOfMail(QWidget):
    """value() -> name and bytes of each that is ticked and stays with the person; answers() -> of the others."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(2)
        self._lines: list[tuple[File, QCheckBox, ChoiceField, QWidget]] = []
        self._places: list[tuple[str, str]] = []

    def value(self) -> list[File]:
        return [file for file, place in self._chosen() if place == WITH_PERSON]

    def answers(self) -> dict[str | None, list[File]]:
        """By question, None for the application as a whole."""
        found: dict[str | None, list[File]] = {}
        for file, place in self._chosen():
            if place != WITH_PERSON:
                found.setdefault(None if place == WHOLE else place, []).append(file)
        return found

    def set_places(self, questions: Sequence[tuple[str, str]], *, applies: bool) -> None:
        """`questions`: id and words. Without an application all go with the person."""
        asked = [(key, f"Answers “{words}”") for key, words in questions]
        self._places = [*asked, (WHOLE, "With the application")] if applies else []
        for _, _, place, _ in self._lines:
            self._offer(place)

    def set_value(self, files: Sequence[File] | None) -> None:
        for _, _, _, line in self._lines:
            self._down.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for name, data in files or ():
            tick = QCheckBox(amp(f"{name} · {size_words(len(data))}"))
            tick.setAccessibleName(f"Keep {name}")
            tick.setChecked(True)
            place = ChoiceField()
            place.setAccessibleName(f"Where {name} is kept")
            place.setMinimumContentsLength(18)
            self._offer(place)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(tick, 1)
            row.addWidget(place)
            tick.toggled.connect(place.setEnabled)
            tick.toggled.connect(lambda _on: self.changed.emit())
            place.changed.connect(self.changed)
            self._lines.append(((name, data), tick, place, line))
            self._down.addWidget(line)
        if self._lines:
            self.setFocusProxy(self._lines[0][1])

    def _offer(self, place: ChoiceField) -> None:
        before = place.value()
        place.set_choices([(WITH_PERSON, "With the person"), *self._places])
        keys = {WITH_PERSON, *(key for key, _ in self._places)}
        place.set_value(before if before in keys else WITH_PERSON)
        place.setVisible(bool(self._places))

    def _chosen(self) -> list[tuple[File, str]]:
        return [(file, str(place.value())) for file, tick, place, _ in self._lines if tick.isChecked()]
