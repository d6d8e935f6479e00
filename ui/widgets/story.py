"""What happened, newest first: a muted month at the left, words with links at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.theme import MEDIUM, face_weight, tokens
from ui.widgets.panel import clear
from ui.widgets.text import label


@dataclass(frozen=True)
class Link:
    words: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Moment:
    """`when` ("Jun", "Next"); `parts` are plain strings and Links in reading order."""

    when: str
    parts: Sequence[str | Link]


class _Words(QLabel):
    """Words with links. Everything is escaped before it becomes markup; a link's address is only its number."""

    def __init__(self, parts: Sequence[str | Link]) -> None:
        super().__init__()
        self._links = [part for part in parts if isinstance(part, Link)]
        self._parts = parts
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setOpenExternalLinks(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flags = Qt.TextInteractionFlag.LinksAccessibleByMouse
        if self._links:
            flags |= Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(flags)
        if not self._links:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("".join(part if isinstance(part, str) else part.words for part in parts))
        self.linkActivated.connect(lambda at: self._links[int(at)].run())
        colour, at, markup = tokens().accent, 0, []
        for part in parts:
            if isinstance(part, str):
                markup.append(escape(part))
            else:
                style = f"color:{colour};text-decoration:none;font-weight:{face_weight(MEDIUM)}"
                markup.append(f'<a href="{at}" style="{style}">{escape(part.words)}</a>')
                at += 1
        words = "".join(markup).replace("\n", "<br>")
        self.setText(f'<p style="margin:0;line-height:118%">{words}</p>')


class Story(QWidget):
    """`set_moments`. Rebuilt when the theme changes."""

    def __init__(self, moments: Sequence[Moment] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, 32)
        self._grid.setColumnStretch(1, 1)
        self.set_moments(moments)

    def set_moments(self, moments: Sequence[Moment]) -> None:
        self._moments = list(moments)
        self._colour = tokens().accent
        clear(self._grid)
        for at, moment in enumerate(self._moments):
            self._grid.addWidget(label(moment.when, "muted", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            if any(isinstance(part, Link) for part in moment.parts):
                words: QLabel = _Words(moment.parts)
            else:
                words = label("".join(str(part) for part in moment.parts), wrap=True)
            self._grid.addWidget(words, at, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._colour != tokens().accent:
            self.set_moments(self._moments)
