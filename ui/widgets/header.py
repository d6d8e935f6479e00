"""The head of the page: title, subtitle, the search box and the one primary button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.command import Command
from ui.widgets.text import Button, Elided, button, keys, label


class Header(QWidget):
    """`search_wanted` when the box is pressed. `show_primary(None)` takes the button away."""

    search_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._command: Command | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 12)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title, self.subtitle = Elided("", "title", 80), Elided("", "muted", 80)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        row.addLayout(words, 1)
        self.search = button("Search everything", "search", self.search_wanted.emit)
        self.search.setAccessibleDescription(f"Finds anything and does anything, {keys('Ctrl+K')}")
        inside = QHBoxLayout(self.search)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addStretch(1)
        self._keys = label(keys("Ctrl+K"), "keys")
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        self.primary: Button = button("", "primary", self._run)
        row.addWidget(self.primary, 0, Qt.AlignmentFlag.AlignVCenter)
        self.primary.setVisible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words, narrow = self.search.fontMetrics().horizontalAdvance(self.search.text()), self.width() < 640
        self._keys.setVisible(not narrow)
        self.search.setFixedWidth(words + 30 if narrow else max(words + 104, min(280, self.width() // 4)))

    def say(self, title: str, subtitle: str) -> None:
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def show_primary(self, command: Command | None) -> None:
        self._command = command
        self.primary.setVisible(command is not None)
        if command is not None:
            self.primary.say(command.words)
            self.primary.setEnabled(command.enabled())
            self.primary.setToolTip(keys(command.shortcut) if command.shortcut else "")

    def _run(self) -> None:
        if self._command is not None:
            self._command.run()
