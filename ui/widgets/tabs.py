"""Underlined words that choose a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.theme import BOLD, REGULAR, font, tokens
from ui.widgets.text import name_plain

_GAP, _LEAST = 16, 4


class _Tab(QAbstractButton):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setCheckable(True)
        name_plain(self, words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(font(weight=BOLD)).horizontalAdvance(self.text()) + 2, 36)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.parentWidget()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and isinstance(bar, Tabs):
            bar.choose((bar.current() + step) % bar.count(), focus=True)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setFont(font(weight=BOLD if on else REGULAR))
        painter.setPen(QColor(t.ink if on or self.underMouse() else t.muted))
        inside = QRect(0, 0, self.width(), self.height() - 2)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if on:
            wide = min(self.width(), painter.fontMetrics().horizontalAdvance(self.text()))
            painter.fillRect(0, self.height() - 2, wide, 2, QColor(t.accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 3, -1, -4), 5, 5)


class Tabs(QWidget):
    """`changed(int)`; Left and Right move. Only the chosen tab is a tab stop."""

    changed = Signal(int)

    def __init__(self, words: Sequence[str] = (), name: str = "Pages") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._tabs: list[_Tab] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self._group.idClicked.connect(lambda at: self.choose(at))
        self._at = -1
        self.set_words(words)

    def set_words(self, words: Sequence[str]) -> None:
        """New words for the tabs ("Applications 3"); the chosen one stays if it is still there."""
        if len(words) == len(self._tabs):
            for tab, text in zip(self._tabs, words, strict=True):
                name_plain(tab, text)
                tab.setAccessibleName(text)
                tab.updateGeometry()
            return
        for tab in self._tabs:
            self._group.removeButton(tab)
            tab.deleteLater()
        self._tabs = []
        for at, text in enumerate(words):
            tab = _Tab(text)
            self._group.addButton(tab, at)
            self._row.insertWidget(at, tab)
            self._tabs.append(tab)
        at = self._at if 0 <= self._at < len(words) else 0
        self._at = -1
        if words:
            self.choose(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand closer before any word is cut."""
        room = event.size().width() - sum(tab.sizeHint().width() for tab in self._tabs)
        self._row.setSpacing(max(_LEAST, min(_GAP, room // max(len(self._tabs), 1))))
        super().resizeEvent(event)

    def count(self) -> int:
        return len(self._tabs)

    def current(self) -> int:
        return self._at

    def choose(self, at: int, *, focus: bool = False) -> None:
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == at)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == at else Qt.FocusPolicy.ClickFocus)
        if focus:
            self._tabs[at].setFocus(Qt.FocusReason.TabFocusReason)
        if at != self._at:
            self._at = at
            self.changed.emit(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().line))


class TabPages(QWidget):
    """Tabs over a stack of pages. `pages`: (words, widget)."""

    changed = Signal(int)

    def __init__(self, pages: Sequence[tuple[str, QWidget]], name: str = "Pages") -> None:
        super().__init__()
        self.tabs = Tabs([words for words, _ in pages], name)
        self.stack = QStackedWidget()
        for _, page in pages:
            self.stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self.tabs)
        box.addWidget(self.stack, 1)
        self.tabs.changed.connect(self.stack.setCurrentIndex)
        self.tabs.changed.connect(self.changed)
