"""A number and its words below; the words are the way to the rows behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.text import button, label, tip


class Count(QWidget):
    """`run` opens the rows; without it the words are plain. `hover` says what is counted."""

    def __init__(self, number: str, words: str, run: Callable[[], object] | None = None, hover: str = "") -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.number = label(number, "big")
        box.addWidget(self.number)
        if run is None:
            plain = label(words, "note", wrap=True)
            plain.setContentsMargins(0, 5, 0, 5)
            box.addWidget(plain)
        else:
            line = QHBoxLayout()
            link = button(words, "link-small", run, name=f"{number}: {words}")
            link.setProperty("side", "flush")
            line.addWidget(link)
            line.addStretch(1)
            box.addLayout(line)
        box.addStretch(1)
        self.setToolTip(tip(hover))
