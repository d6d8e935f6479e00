"""The places at the left with their counts, saved lists below, the business at the foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.text import in_digits
from ui.theme import BOLD, NOTE, REGULAR, current, font, set_role, tokens
from ui.widgets.panel import Scroll
from ui.widgets.text import Elided, label, name_plain, tip

WIDTH, WIDEST = 220, 280


class SideItem(QAbstractButton):
    """One place or saved list: words at the left, a count at the right."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setCheckable(True)
        name_plain(self, words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.count: int | None = None
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        self.count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {in_digits(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 24, max(38, QFontMetrics(font()).height() + 18))

    def needed(self) -> int:
        """Pixels for the words at their boldest and the count."""
        digits = "" if self.count is None else in_digits(self.count)
        count = QFontMetrics(font(NOTE)).horizontalAdvance(digits) + 8 if digits else 0
        return QFontMetrics(font(weight=BOLD)).horizontalAdvance(self.text()) + count + 24

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if on or self.underMouse() or self.hasFocus():
            focus = self.hasFocus()
            edge = t.focus if focus else t.line if on else t.side
            painter.setPen(QPen(QColor(edge), 2 if focus else 1))
            painter.setBrush(QColor(t.panel if on else t.hover))
            painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5) if focus else body, 8, 8)
        inside = self.rect().adjusted(11, 0, -11, 0)
        right = 0
        if self.count is not None:
            painter.setFont(font(NOTE))
            painter.setPen(QColor(t.muted))
            words = in_digits(self.count)
            right = painter.fontMetrics().horizontalAdvance(words) + 8
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        painter.setFont(font(weight=BOLD if on else REGULAR))
        painter.setPen(QColor(t.ink))
        room = QRect(inside.x(), 0, inside.width() - right, self.height())
        cut = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(tip(self.text()) if cut != self.text() else "")
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cut)


class Mark(QWidget):
    """The program's mark: a green tile."""

    def __init__(self, size: int = 18) -> None:
        super().__init__()
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)


class SideBar(QFrame):
    """`go(key)` for a place, `list_wanted(key)` for a saved list."""

    go = Signal(str)
    list_wanted = Signal(str)

    def __init__(self, name: str = "Foothold") -> None:
        super().__init__()
        set_role(self, "side")
        self._places: dict[str, SideItem] = {}
        self._lists: dict[str, SideItem] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 20, 12, 20)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(Mark())
        self.name = label(name, "heading")
        head.addWidget(self.name, 1)
        outer.addLayout(head)
        outer.addSpacing(15)
        scroll = Scroll(gap=0)
        outer.addWidget(scroll, 1)
        self._place_box, self._list_box = QVBoxLayout(), QVBoxLayout()
        for box in (self._place_box, self._list_box):
            box.setSpacing(0)
        self._caption = label("SAVED LISTS", "caption")
        self._caption.setContentsMargins(11, 16, 0, 9)
        self._caption.setVisible(False)
        scroll.body.addLayout(self._place_box)
        scroll.body.addWidget(self._caption)
        scroll.body.addLayout(self._list_box)
        scroll.body.addStretch(1)
        outer.addSpacing(8)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 0, 0, 0)
        foot.setSpacing(2)
        self._business, self._state = Elided("", "note"), Elided("", "note")
        foot.addWidget(self._business)
        foot.addWidget(self._state)
        outer.addLayout(foot)
        self._fit()

    def add_place(self, key: str, words: str) -> None:
        item = SideItem(words)
        item.clicked.connect(self._sender(self.go, key))
        self._places[key] = item
        self._place_box.addWidget(item)
        self._fit()

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Counts by place key; a place that is not named keeps its own."""
        for key, count in counts.items():
            if key in self._places:
                self._places[key].set_count(count)
        self._fit()

    def set_lists(self, lists: Sequence[tuple[str, str, int | None]]) -> None:
        """(key, words, count), replacing those shown."""
        for item in self._lists.values():
            self._list_box.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._lists = {}
        for key, words, count in lists:
            item = SideItem(words)
            item.set_count(count)
            item.clicked.connect(self._sender(self.list_wanted, key))
            self._lists[key] = item
            self._list_box.addWidget(item)
        self._caption.setVisible(bool(lists))
        self._fit()

    def _fit(self) -> None:
        """As wide as its words need, within reason."""
        items = [*self._places.values(), *self._lists.values()]
        need = max((item.needed() for item in items), default=0) + 24 + 1
        self.setFixedWidth(min(max(current().px(WIDTH), need), current().px(WIDEST)))

    def choose(self, place: str, saved_list: str = "") -> None:
        """Lights up the place, or the saved list that is open in it."""
        for key, item in self._places.items():
            item.setChecked(key == place and not saved_list)
        for key, item in self._lists.items():
            item.setChecked(key == saved_list)

    def set_foot(self, business: str, state: str) -> None:
        self._business.setText(business)
        self._state.setText(state)

    @staticmethod
    def _sender(signal: SignalInstance, key: str) -> Callable[[], None]:
        return lambda: signal.emit(key)
