"""The line at the foot: the last undo, redo, what just happened, what is being worked on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.theme import set_role
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Elided, button, keys, label, tip

SAID_MS = 8000


class UndoLine(QFrame):
    """`set_undo("Marked offer as sent", "")`; `say` shows words for some seconds, longer ones for longer."""

    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 1, 20, 1)
        row.setSpacing(8)
        self.setMinimumHeight(31)
        self.undo = button("", "foot", self.undo_wanted.emit)
        self.undo_keys = label(keys("Ctrl+Z"), "keys")
        self.redo = button("", "foot", self.redo_wanted.emit)
        self.redo_keys = label(keys("Ctrl+Shift+Z"), "keys")
        self.said = Elided("", "note")
        self.progress = ProgressLine()
        for part in (self.undo, self.undo_keys, self.redo, self.redo_keys):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.progress)
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(lambda: self.said.setText(""))
        self.set_undo("", "")

    def set_undo(self, undo: str, redo: str) -> None:
        """Words of the change that each would take back or make again; "" hides it."""
        self._words = (undo, redo)
        self._fit()

    def _fit(self) -> None:
        undo, redo = self._words
        room = (self.width() - 200) // 2 - 120 if undo and redo else self.width() - 300
        for part, hint, verb, words in (
            (self.undo, self.undo_keys, "Undo", undo),
            (self.redo, self.redo_keys, "Redo", redo),
        ):
            shown = part.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(room, 60))
            part.say(f"{verb}: “{shown}”", f"{verb}: {words}")
            part.setToolTip(tip(words) if shown != words else "")
            part.setVisible(bool(words))
            hint.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setAccessibleName(words)
        if words:
            self._quiet.start(SAID_MS + 60 * len(words))
        else:
            self._quiet.stop()
