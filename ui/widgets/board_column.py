"""A column of cards: dragged with the mouse, or walked and moved with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import MEDIUM, NOTE, current, font, set_role, set_state, tokens
from ui.widgets.chips import HEIGHT, draw_pill, pill_width
from ui.widgets.text import tip

MIME = "application/x-foothold-card"
GAP, PAD = 8, 12
LINES = 3
"""Of a title."""


@dataclass(frozen=True)
class CardFace:
    """What a card shows. `spoken`: the whole of it in one sentence."""

    key: str
    title: str
    under: str
    chip: str
    tone: str
    spoken: str


class _Cards(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.cards: list[CardFace] = []

    def show(self, cards: Sequence[CardFace]) -> None:
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(card.spoken)
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        some = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return some if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, self.cards[indexes[0].row()].key.encode())
        return data


class _Painter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t, column = tokens(), cast("BoardColumn", self.parent())
        card = column.cards()[index.row()]
        rect: QRect = option.rect.adjusted(GAP, 0, -GAP, -GAP)
        held = column.hasFocus() and column.currentIndex().row() == index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(t.panel))
        painter.setPen(QPen(QColor(t.focus), 2) if held else QPen(QColor(t.line), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inside = rect.adjusted(PAD, PAD - 2, -PAD, -PAD + 2)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(t.ink))
        painter.setFont(font(weight=MEDIUM))
        top = inside.top()
        for line in _lines(card.title, inside.width()):
            painter.drawText(QRect(inside.left(), top, inside.width(), _high()), middle, line)
            top += _high()
        painter.setPen(QColor(t.muted))
        painter.setFont(font(NOTE))
        note = QFontMetrics(font(NOTE))
        under = note.elidedText(card.under, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QRect(inside.left(), top, inside.width(), note.height() + 2), middle, under)
        if card.chip:
            wide = min(pill_width(card.chip, font(NOTE)), inside.width())
            top += note.height() + 2 + 6
            draw_pill(painter, QRectF(inside.left(), top, wide, _pill()), card.chip, card.tone, font(NOTE))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        column = cast("BoardColumn", self.parent())
        card, wide = column.cards()[index.row()], column.viewport().width()
        lines = len(_lines(card.title, wide - 2 * (GAP + PAD)))
        high = lines * _high() + QFontMetrics(font(NOTE)).height() + 2 + (6 + _pill() if card.chip else 0)
        return QSize(wide, high + 2 * (PAD - 2) + GAP)


def _high() -> int:
    return QFontMetrics(font()).height() + 2


def _pill() -> int:
    return max(HEIGHT, QFontMetrics(font(NOTE)).height() + 4)


def _lines(words: str, wide: int) -> list[str]:
    """At most three lines; the last is cut with an ellipsis."""
    face = font(weight=MEDIUM)
    layout = QTextLayout(words, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(wide, 20))
        starts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    parts = [words[at : at + length].rstrip() for at, length in starts[:LINES]]
    if len(starts) > LINES:
        at = starts[LINES - 1][0]
        parts[-1] = QFontMetrics(face).elidedText(words[at:], Qt.TextElideMode.ElideRight, max(wide, 20))
    return parts or [""]


class BoardColumn(QListView):
    """`opened(key)`: Enter or a double click. `aside(step)`: the keyboard goes to the column beside.

    `pushed(key, step)`: Alt with Left or Right. `dropped(key)`: a card was let go here. `asked(key, place)`: its menu.
    `welcome(key)` says whether a card that hangs over the column would be taken.
    """

    opened = Signal(str)
    aside = Signal(int)
    pushed = Signal(str, int)
    dropped = Signal(str)
    asked = Signal(str, QPoint)

    def __init__(self, name: str, welcome: Callable[[str], bool]) -> None:
        super().__init__()
        self._cards, self._welcome, self._name = _Cards(), welcome, name
        set_role(self, "board")
        self.setModel(self._cards)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._cards.cards[index.row()].key))

    def cards(self) -> list[CardFace]:
        return self._cards.cards

    def current_key(self) -> str | None:
        row = self.currentIndex().row()
        return self._cards.cards[row].key if 0 <= row < len(self._cards.cards) else None

    def show_cards(self, cards: Sequence[CardFace]) -> None:
        """What was current stays so by its key, and the place on the screen too."""
        kept, down = self.current_key(), self.verticalScrollBar().value()
        self.setAccessibleName(f"{self._name}: {len(cards)}")
        self._cards.show(cards)
        if kept is not None:
            self.choose(kept)
        self.verticalScrollBar().setValue(down)

    def choose(self, key: str) -> bool:
        for row, card in enumerate(self._cards.cards):
            if card.key == key:
                self.setCurrentIndex(self._cards.index(row))
                return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self._cards.cards:
            self.setCurrentIndex(self._cards.index(0))
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        beside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        key = self.current_key()
        if beside and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if key is not None:
                self.pushed.emit(key, beside)
        elif beside:
            self.aside.emit(beside)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and key is not None:
            self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.asked.emit(self._cards.cards[index.row()].key, place)

    # --- dragging ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hover(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hover(event)

    def _hover(self, event: QDragMoveEvent) -> None:
        key = _carried(event.mimeData())
        welcome = key is not None and self._welcome(key)
        set_state(self, "over", welcome)
        if key is not None:
            # A column that does not take the card still hears of it, so that it can say why.
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_state(self, "over", False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        set_state(self, "over", False)
        if (key := _carried(event.mimeData())) is not None:
            # The model is filled anew from the store; Qt must not take the card out of it by itself.
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            self.dropped.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(current().px(168), 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(148), 160)


def _carried(data: QMimeData) -> str | None:
    return bytes(data.data(MIME).data()).decode() if data.hasFormat(MIME) else None
