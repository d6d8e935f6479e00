"""White cards with a hairline, and the headings above them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import set_role
from ui.widgets.text import appear, label


class Panel(QFrame):
    """`body` takes what stands in the card; `heading` inside it, with a muted note behind."""

    def __init__(
        self, heading: str = "", note: str = "", *, margins: tuple[int, int] = (18, 16), gap: int = 12
    ) -> None:
        """`margins` are (left and right, top and bottom) in pixels; (0, 0) for rows that reach the edge."""
        super().__init__()
        set_role(self, "panel")
        self.body = QVBoxLayout(self)
        across, down = margins
        self.body.setContentsMargins(across or 1, down or 1, across or 1, down or 1)
        self.body.setSpacing(gap)
        self.heading = Heading(heading, note)
        appear(self.heading, bool(heading))
        self.body.addWidget(self.heading)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)


class Heading(QWidget):
    """A bold heading and a small muted note on one line; `add` puts a control at its right end."""

    def __init__(self, words: str, note: str = "") -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._words, self._note = label(words, "heading", wrap=True), label(note, "note", wrap=True)
        self._row.addWidget(self._words)
        self._row.addWidget(self._note)
        self._row.addStretch(1)

    def say(self, words: str, note: str = "") -> None:
        self._words.setText(words)
        self._note.setText(note)
        appear(self, bool(words))

    def add(self, control: QWidget) -> None:
        self._row.addWidget(control)


class Line(QFrame):
    """A hairline."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "line")
        self.setFixedHeight(1)


class _Column(QWidget):
    def minimumSizeHint(self) -> QSize:
        """Words that wrap are as high as their width makes them; asked without it, they leave a gap at the end."""
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class Scroll(QScrollArea):
    """A column that scrolls down only; put things into `body`."""

    def __init__(self, gap: int = 12, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = _Column()
        set_role(inner, "page")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(gap)
        self.setWidget(inner)

    def clear(self) -> None:
        clear(self.body)


def clear(layout: QLayout) -> None:
    """Empties a layout; its widgets go once the event at hand is over."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
