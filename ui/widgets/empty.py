"""An empty place says what goes there and offers the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import current
from ui.widgets.text import button, label


class Empty(QWidget):
    """A heading, a sentence, up to two steps; the first is primary only if `primary` (one primary button a place)."""

    def __init__(
        self,
        heading: str,
        words: str,
        step: str = "",
        run: Callable[[], object] | None = None,
        second: str = "",
        second_run: Callable[[], object] | None = None,
        *,
        primary: bool = False,
    ) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 32, 24, 32)
        box.setSpacing(8)
        box.addStretch(1)
        words_in = QWidget()
        words_in.setMaximumWidth(current().px(440))
        column = QVBoxLayout(words_in)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for text, role in ((heading, "heading"), (words, "muted")):
            if text:
                line = label(text, role, wrap=True)
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(line)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(words_in, 100)
        middle.addStretch(1)
        box.addLayout(middle)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        if step and run is not None:
            row.addWidget(button(step, "primary" if primary else "", run))
        if second and second_run is not None:
            row.addWidget(button(second, "", second_run))
        row.addStretch(1)
        box.addSpacing(8)
        box.addLayout(row)
        box.addStretch(2)
