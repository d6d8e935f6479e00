"""A form lies as a sheet over its place: the ground is dimmed, Esc closes, Tab stays inside, focus goes back after."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import set_role, tokens
from ui.widgets.panel import Scroll
from ui.widgets.text import Elided, IconButton, appear

Where = Literal["right", "center"]


class Sheet(QFrame):
    """Title, close button, the widget (scrolling if it is long), a foot for its buttons.

    The widget may have `leave() -> bool`: asked before closing, False keeps the sheet open. `closed` comes once.
    """

    closed = Signal()

    def __init__(
        self, inside: QWidget, title: str, note: str, foot: QWidget | None, *, where: Where, width: int, scroll: bool
    ) -> None:
        super().__init__()
        set_role(self, "sheet" if where == "right" else "sheet-center")
        self.setAccessibleName(title)
        self.inside, self.where, self.wanted = inside, where, width
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 1, 1)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 18, 16, 12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title, self.note = Elided(title, "title"), Elided(note, "muted")
        appear(self.note, bool(note))
        words.addWidget(self.title)
        words.addWidget(self.note)
        head.addLayout(words, 1)
        self.close_button = IconButton("x", "Close", self.ask_close)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        if scroll:
            holder = Scroll(margins=(24, 4, 24, 24))
            holder.body.addWidget(inside)
            holder.body.addStretch(1)
            box.addWidget(holder, 1)
        else:
            plain = QVBoxLayout()
            plain.setContentsMargins(24, 4, 24, 24)
            plain.addWidget(inside)
            box.addLayout(plain, 1)
        if foot is not None:
            strip = QFrame()
            set_role(strip, "sheet-foot")
            line = QHBoxLayout(strip)
            line.setContentsMargins(24, 12, 24, 12)
            line.addWidget(foot)
            box.addWidget(strip)

    def say(self, title: str, note: str = "") -> None:
        self.setAccessibleName(title)
        self.title.setText(title)
        self.note.setText(note)
        appear(self.note, bool(note))

    def ask_close(self) -> bool:
        leave = getattr(self.inside, "leave", None)
        if leave is not None and not leave():
            return False
        self.closed.emit()
        return True

    def stops(self) -> list[QWidget]:
        """Everything in it that Tab reaches, in order."""
        found: list[QWidget] = []
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            usable = self.isAncestorOf(one) and one.isVisible() and one.isEnabled()
            if usable and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                found.append(one)
            one = one.nextInFocusChain()
        return [part for part in found if part.focusProxy() is None]

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops, now = self.stops(), QApplication.focusWidget()
        if not stops:
            return True
        at = stops.index(now) if now in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def focus_first(self) -> None:
        stops = self.stops()
        inner = [part for part in stops if part is not self.close_button]
        (inner or stops or [self])[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_close()
        else:
            super().keyPressEvent(event)


class SheetLayer(QWidget):
    """Covers `over` and holds at most one sheet. A second takes the first one's place, never stands on it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.sheet: Sheet | None = None
        self._back: QWidget | None = None
        over.installEventFilter(self)
        self.setVisible(False)

    def open(self, sheet: Sheet) -> bool:
        """False if the sheet that is open wants to stay."""
        if self.sheet is not None and not self.sheet.ask_close():
            return False
        self._back = QApplication.focusWidget()
        self.sheet = sheet
        sheet.setParent(self)
        sheet.closed.connect(self._closed)
        self._fit()
        self.setVisible(True)
        self.raise_()
        sheet.show()
        sheet.focus_first()
        return True

    def close_sheet(self) -> bool:
        return self.sheet is None or self.sheet.ask_close()

    def _closed(self) -> None:
        sheet, self.sheet = self.sheet, None
        self.setVisible(False)
        if sheet is not None:
            sheet.hide()
            sheet.deleteLater()
        back, self._back = self._back, None
        if back is not None and _alive(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._over.rect())
        if self.sheet is None:
            return
        wide, tall = self.width(), self.height()
        across = min(self.sheet.wanted, wide - 32)
        if self.sheet.where == "right":
            self.sheet.setGeometry(QRect(wide - across, 0, across, tall))
        else:
            high = min(max(self.sheet.sizeHint().height(), 160), tall - 48)
            self.sheet.setGeometry(QRect((wide - across) // 2, max((tall - high) // 3, 24), across, high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), tokens().color("dim"))


def _alive(widget: QWidget) -> bool:
    try:
        widget.objectName()
    except RuntimeError:
        return False
    return True
