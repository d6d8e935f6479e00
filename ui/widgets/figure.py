"""A big number with its words and base; a click opens the rows behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.text import appear, button, label


class Figure(QWidget):
    """`number` ("46 %"), `words` ("first and second years"), `base` ("of 121"), `run` with `action` opens the rows."""

    def __init__(
        self, number: str, words: str, base: str = "", action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self.number, self.words = label(number, "figure"), label(words, "muted", wrap=True)
        self.base = label(base, "note", wrap=True)
        for part in (self.number, self.words, self.base):
            box.addWidget(part)
        appear(self.base, bool(base))
        if action and run is not None:
            box.addWidget(button(action, "link-small", run, name=f"{action}: {number} {words}"))
        box.addStretch(1)

    def say(self, number: str, words: str, base: str = "") -> None:
        self.number.setText(number)
        self.words.setText(words)
        self.base.setText(base)
        appear(self.base, bool(base))
