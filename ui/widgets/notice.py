"""An amber note that holds or warns, with the way out as a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.theme import set_role
from ui.widgets.text import appear, button, label


class Notice(QFrame):
    """`say(words, action, run)`; empty words hide it."""

    def __init__(self, words: str = "", action: str = "", run: Callable[[], object] | None = None) -> None:
        super().__init__()
        set_role(self, "notice")
        self._run: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        self.words = label("", wrap=True)
        self.link = button("", "notice", self._go)
        row.addWidget(self.words, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say(words, action, run)

    def say(self, words: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        self._run = run
        self.words.setText(words)
        self.link.say(action, f"{action}: {words}")
        appear(self.link, bool(action and run))
        appear(self, bool(words))

    def _go(self) -> None:
        if self._run is not None:
            self._run()
