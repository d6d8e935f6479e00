"""The list of a place: rows of 38 px, hairlines between, chips, a header that sorts."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.models.paged_table import ID, KIND, TONE, PagedTable
from ui.theme import MEDIUM, NOTE, REGULAR, font, tokens
from ui.widgets.chips import HEIGHT, draw_pill, pill_width

ROW, PAD, FIRST_PAD = 38, 8, 16


class CellPainter(QStyledItemDelegate):
    """Draws text, warn, muted, strong and chip cells from the model's roles."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        painter.fillRect(rect, QColor(t.selection if chosen else t.panel))
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left = FIRST_PAD if index.column() == 0 else PAD
        inside = rect.adjusted(left, 0, -PAD, -1)
        words, kind = str(index.data() or ""), index.data(KIND)
        if kind == "chip":
            self._chip(painter, inside, words, str(index.data(TONE) or "neutral"))
        else:
            faint, late = kind == "muted" and not chosen, kind == "warn" and index.data(TONE)
            colour = t.muted if faint else t.bad if late else t.ink
            painter.setPen(QColor(colour))
            painter.setFont(font(weight=MEDIUM if kind == "strong" else REGULAR))
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(inside, int(side) | int(Qt.TextFlag.TextSingleLine), cut)
        table = self.parent()
        if isinstance(table, Table) and table.hasFocus() and table.currentIndex().row() == index.row():
            self._ring(painter, rect, index, table)
        painter.restore()

    @staticmethod
    def _chip(painter: QPainter, inside: QRect, words: str, tone: str) -> None:
        if words:
            face = font(NOTE)
            high = max(HEIGHT, QFontMetrics(face).height() + 4)
            wide = min(pill_width(words, face), inside.width())
            top = inside.y() + (inside.height() - high) / 2
            draw_pill(painter, QRectF(inside.x(), top, wide, high), words, tone, face)

    @staticmethod
    def _ring(painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, table: Table) -> None:
        painter.setPen(QPen(QColor(tokens().focus), 2))
        painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if index.column() == 0:
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if index.column() == table.model().columnCount() - 1:
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW)


class Table(QTableView):
    """Shows a PagedTable. `picked(id or None)` when the current row changes, `opened(id)` on Enter or a double click.

    `show_ids(ids)` takes a new answer and keeps what was chosen by id, and the place on the screen.
    """

    picked = Signal(object)
    opened = Signal(str)

    def __init__(self, model: PagedTable, name: str) -> None:
        super().__init__()
        self._model = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMinimumHeight(ROW * 3)
        down = self.verticalHeader()
        down.setVisible(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW)
        across = self.horizontalHeader()
        across.setAccessibleName(f"{name}: columns")
        across.setHighlightSections(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setSectionsClickable(True)
        across.setMinimumSectionSize(44)
        across.setFixedHeight(32)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.sectionClicked.connect(model.ask_sort)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ID)))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.picked.emit(model.id_at(now.row())))

    def current_id(self) -> str | None:
        return self._model.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[str]:
        """Every selected row, in the order shown."""
        rows: set[int] = set()
        for part in self.selectionModel().selection().toList():
            rows.update(range(part.top(), part.bottom() + 1))
        return [self._model.ids[row] for row in sorted(rows)]

    def show_ids(self, ids: list[str], choose: str | None = None) -> None:
        """`choose` goes to that row; else what was current stays current, else the first row becomes it."""
        kept, at, many = choose or self.current_id(), self.verticalScrollBar().value(), self.chosen_ids()
        picks = self.selectionModel()
        picks.blockSignals(True)
        self._model.reset(ids)
        picks.blockSignals(False)
        row = self._model.row_of(kept)
        if row is None:
            self.picked.emit(None)
            if ids:
                self.selectRow(0)
            return
        self.verticalScrollBar().setValue(at)
        self.choose(kept)
        if choose is None and len(many) > 1:
            chosen = QItemSelection()
            for key in many:
                if (again := self._model.row_of(key)) is not None:
                    index = self._model.index(again, 0)
                    chosen.select(index, index)
            picks.select(chosen, picks.SelectionFlag.ClearAndSelect | picks.SelectionFlag.Rows)

    def choose(self, key: str | None) -> bool:
        """Goes to the row of `key`; False if it is not in the list."""
        row = self._model.row_of(key)
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """Columns of width 0 share what the others leave; columns shrink together where room is short."""
        columns, room = self._model.columns, self.viewport().width()
        fixed = sum(column.width for column in columns)
        open_ = [at for at, column in enumerate(columns) if column.width == 0]
        share = max((room - fixed) // len(open_), 140) if open_ else 0
        total = fixed + share * len(open_)
        squeeze = min(1.0, room / total) if total else 1.0
        least = self.horizontalHeader().minimumSectionSize()
        wide = [max(int((column.width or share) * squeeze), least) for column in columns]
        while wide and sum(wide) > room and max(wide) > least:
            most = wide.index(max(wide))
            wide[most] = max(wide[most] - (sum(wide) - room), least)
        for at, width in enumerate(wide):
            self.setColumnWidth(at, width if at < len(wide) - 1 else max(width, room - sum(wide[:-1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_id()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and key is not None:
            self.opened.emit(key)
        elif event.key() == Qt.Key.Key_Home and key is not None:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End and key is not None:
            self.selectRow(len(self._model.ids) - 1)
        else:
            super().keyPressEvent(event)
