"""Ctrl+K: finds anything and does anything. One line, results in groups, arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)  # fmt: skip
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from core.text import fold
from ui.command import Command
from ui.theme import CAPTION, MEDIUM, NOTE, current, font, set_role, tokens
from ui.widgets.panel import Line
from ui.widgets.text import keys, label

ROW, HEAD, TYPED_MS = 36, 28, 120
RUN = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Hit:
    """One found thing. `group` is the heading it stands under ("Candidates")."""

    title: str
    detail: str
    run: Callable[[], object]
    group: str = "Found"
    keys: str = ""


class _Hits(QAbstractListModel):
    """Hits with their group headings as rows of their own that cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Hit | str] = []

    def fill(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            groups.setdefault(hit.group, []).append(hit)
        self.rows = []
        for group, found in groups.items():
            self.rows += [group, *found]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == RUN:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row if isinstance(row, str) else f"{row.title}, {row.detail}" if row.detail else row.title
        return None


class _HitPainter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t, row = tokens(), index.data(RUN)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if isinstance(row, str):
            painter.setPen(QColor(t.muted))
            painter.setFont(font(CAPTION, MEDIUM))
            painter.drawText(rect.adjusted(20, 6, -20, 0), middle, row.upper())
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            # Muted words are a little too faint on the ground of a selection.
            quiet = QColor(t.ink if chosen else t.muted)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(t.selection))
                painter.drawRoundedRect(QRectF(rect).adjusted(8, 1, -8, -1), 8, 8)
            inside = rect.adjusted(20, 0, -20, 0)
            painter.setFont(font(NOTE))
            painter.setPen(quiet)
            if row.keys:
                painter.drawText(inside, middle | int(Qt.AlignmentFlag.AlignRight), row.keys)
                inside.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(row.keys) - 12, 0)
            painter.setFont(font())
            face = painter.fontMetrics()
            painter.setPen(QColor(t.ink))
            title = face.elidedText(row.title, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, middle, title)
            inside.adjust(face.horizontalAdvance(title) + 12, 0, 0, 0)
            painter.setPen(quiet)
            detail = face.elidedText(row.detail, Qt.TextElideMode.ElideRight, max(inside.width(), 0))
            painter.drawText(inside, middle, detail)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, HEAD if isinstance(index.data(RUN), str) else ROW)


class Palette(QWidget):
    """Lies over the window. `find(text)` is asked 120 ms after the last key; commands match on every word typed."""

    def __init__(
        self, over: QWidget, find: Callable[[str], Sequence[Hit]], commands: Callable[[], Sequence[Command]]
    ) -> None:
        super().__init__(over)
        self._over, self._find, self._commands = over, find, commands
        self._back: QWidget | None = None
        self.card = QFrame(self)
        set_role(self.card, "panel")
        box = QVBoxLayout(self.card)
        box.setContentsMargins(1, 0, 1, 8)
        box.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(18, 0, 16, 0)
        self._sign = label()
        self._sign.setPixmap(current().pixmap("search", "muted", 18, self.devicePixelRatioF()))
        line.addWidget(self._sign)
        self.text = QLineEdit()
        set_role(self.text, "palette")
        self.text.setMaxLength(200)
        self.text.setPlaceholderText("Find anyone and anything, or type what you want to do")
        self.text.setAccessibleName("Search everything")
        line.addWidget(self.text, 1)
        line.addWidget(label("Esc", "keys"))
        box.addLayout(line)
        box.addWidget(Line())
        self.model = _Hits()
        self.list = QListView()
        self.list.setAccessibleName("Found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._run(index))
        box.addWidget(self.list, 1)
        self.none = label("Nothing found. Try fewer letters.", "muted")
        self.none.setContentsMargins(20, 10, 20, 10)
        box.addWidget(self.none)
        self._wait = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._wait.timeout.connect(self.search)
        self.text.textChanged.connect(lambda: self._wait.start())
        self.text.installEventFilter(self)
        over.installEventFilter(self)
        self.setVisible(False)

    def open(self, text: str = "") -> None:
        self._back = QApplication.focusWidget()
        self.setGeometry(self._over.rect())
        self._sign.setPixmap(current().pixmap("search", "muted", 18, self.devicePixelRatioF()))
        self.text.setText(text)
        self.search()
        self.setVisible(True)
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        self._wait.stop()
        self.setVisible(False)
        if self._back is not None:
            try:
                self._back.setFocus(Qt.FocusReason.OtherFocusReason)
            except RuntimeError:  # what had the focus is gone by now
                self._over.setFocus()
        self._back = None

    def search(self) -> None:
        """Asks now, without waiting for the next key."""
        self._wait.stop()
        text = self.text.text().strip()
        hits = list(self._find(text)) if text else []
        self.model.fill(hits + self._matching(text))
        rows = self.model.rows
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if rows:
            self.list.setCurrentIndex(self.model.index(1, 0))
            self.list.scrollToTop()
        self._fit()

    def _matching(self, text: str) -> list[Hit]:
        wanted = fold(text).split()
        found = []
        for command in self._commands():
            hay = fold(f"{command.words} {command.detail}")
            if command.enabled() and all(word in hay for word in wanted):
                found.append(Hit(command.words, command.detail, command.run, "Do", keys(command.shortcut)))
        return found

    def _fit(self) -> None:
        self.setGeometry(self._over.rect())
        wide = min(640, self.width() - 48)
        tall = sum(HEAD if isinstance(row, str) else ROW for row in self.model.rows[:14]) or 40
        self.card.setGeometry((self.width() - wide) // 2, 72, wide, min(tall + 62, self.height() - 120))

    def _run(self, index: QModelIndex) -> None:
        row = index.data(RUN)
        if isinstance(row, Hit):
            self.close_palette()
            row.run()

    def _step(self, step: int) -> None:
        at, rows = self.list.currentIndex().row(), self.model.rows
        for _ in rows:
            at = (at + step) % len(rows)
            if isinstance(rows[at], Hit):
                self.list.setCurrentIndex(self.model.index(at, 0))
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1,
                Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5,
            }  # fmt: skip
            key = Qt.Key(event.key())
            if key in steps:
                self._step(steps[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if self._wait.isActive():
                    self.search()
                self._run(self.list.currentIndex())
                return True
            if key == Qt.Key.Key_Escape:
                self.close_palette()
                return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), tokens().color("dim"))
