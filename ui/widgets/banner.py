"""A line above everything that stays until its matter is settled (the sample program)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.command import Command
from ui.theme import set_role
from ui.widgets.panel import clear
from ui.widgets.text import button, label


class Banner(QFrame):
    """`say("", [])` hides it."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "banner")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 4, 20, 4)
        self._row.setSpacing(12)
        self.setVisible(False)

    def say(self, words: str, commands: Sequence[Command] = ()) -> None:
        clear(self._row)
        self._row.addWidget(label(words, wrap=True), 1)
        for command in commands:
            self._row.addWidget(button(command.words, "link", command.run))
        self.setVisible(bool(words))
