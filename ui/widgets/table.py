"""The list of a place: rows of 38 px, hairlines between, chips, a header that sorts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from ui.models.paged_table import HEAD, ID, KIND, TONE, Group, PagedTable
from ui.theme import MEDIUM, NOTE, REGULAR, current, font, tokens
from ui.widgets.chips import HEIGHT, draw_pill, pill_width
from ui.widgets.text import tip

ROW, FOLDED_ROW, PAD, FIRST_PAD = 38, 54, 8, 16


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
        if (head := index.data(HEAD)) is not None:
            self._head(painter, rect, head)
            self._focus(painter, rect, index)
            painter.restore()
            return
        left = _left(self.parent(), index.column())
        inside = rect.adjusted(left, 0, -PAD, -1)
        words, kind = str(index.data() or ""), index.data(KIND)
        if kind == "chip":
            self._chip(painter, inside, words, str(index.data(TONE) or "neutral"))
        else:
            faint, late = kind == "muted" and not chosen, kind == "warn" and index.data(TONE)
            colour = t.muted if faint else t.bad if late else t.ink
            painter.setPen(QColor(colour))
            painter.setFont(font(weight=MEDIUM if kind == "strong" else REGULAR))
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)
            below = _below(index)
            if below:
                high = painter.fontMetrics().height() + QFontMetrics(font(NOTE)).height()
                inside = QRect(inside.x(), inside.y() + (inside.height() - high) // 2, inside.width(), high)
                side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            _write(painter, inside, words, side)
            if below:
                painter.setPen(QColor(t.ink if chosen else t.muted))
                painter.setFont(font(NOTE))
                _write(painter, inside, below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._focus(painter, rect, index)
        painter.restore()

    def _focus(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        table = self.parent()
        if isinstance(table, Table) and table.hasFocus() and table.currentIndex().row() == index.row():
            self._ring(painter, rect, index, table)

    @staticmethod
    def _head(painter: QPainter, rect: QRect, head: tuple[str, str, bool]) -> None:
        """The head of a group: a mark that it is open, its words, how many stand below it."""
        t, (words, count, opened) = tokens(), head
        icon = current().icon("chevron-down" if opened else "chevron-right", "muted", 16)
        icon.paint(painter, QRect(rect.x() + FIRST_PAD - 4, rect.y(), 16, rect.height()))
        inside = rect.adjusted(FIRST_PAD + 18, 0, -FIRST_PAD, -1)
        painter.setPen(QColor(t.ink))
        painter.setFont(font(weight=MEDIUM))
        room = inside.adjusted(0, 0, -QFontMetrics(font(NOTE)).horizontalAdvance(count) - 12, 0)
        _write(painter, room, words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        after = min(painter.fontMetrics().horizontalAdvance(words), room.width()) + 12
        painter.setPen(QColor(t.muted))
        painter.setFont(font(NOTE))
        _write(
            painter, inside.adjusted(after, 0, 0, 0), count, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

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
        if index.column() == table.first():
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if index.column() == table.model().columnCount() - 1:
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """What is cut in a cell stands whole in its tip, and nothing else has one."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        words, chip = str(index.data() or ""), index.data(KIND) == "chip"
        face = QFontMetrics(font())
        need = pill_width(words, font(NOTE)) if chip else face.horizontalAdvance(words)
        need = max(need, QFontMetrics(font(NOTE)).horizontalAdvance(_below(index)))
        room = view.visualRect(index).width() - PAD - _left(view, index.column())
        whole = "\n".join(filter(None, (words, _below(index))))
        QToolTip.showText(event.globalPos(), tip(whole) if need > room else "", view)
        return True


def _left(view: object, column: int) -> int:
    return FIRST_PAD if isinstance(view, Table) and column == view.first() else PAD


def _below(index: QModelIndex | QPersistentModelIndex) -> str:
    model = index.model()
    if not isinstance(model, PagedTable) or not model.folded or model.columns[index.column()].width:
        return ""
    return model.second_line(index.row())


def _write(painter: QPainter, inside: QRect, words: str, side: Qt.AlignmentFlag) -> None:
    cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, int(side) | int(Qt.TextFlag.TextSingleLine), cut)


class Table(QTableView):
    """Shows a PagedTable. `picked(id or None)` when the current row changes, `opened(id)` on Enter or a double click.

    `show_ids(ids)` takes a new answer and keeps what was chosen by id, and the place on the screen. Groups fold by a
    click on their head, by Enter, and by the left and right arrow. `several(count)` when other rows are chosen.
    """

    picked = Signal(object)
    opened = Signal(str)
    several = Signal(int)

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
        down.setMinimumSectionSize(24)
        down.setDefaultSectionSize(current().px(ROW))
        across = self.horizontalHeader()
        across.setAccessibleName(f"{name}: columns")
        across.setHighlightSections(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setSectionsClickable(True)
        across.setMinimumSectionSize(44)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.sectionClicked.connect(model.ask_sort)
        # A header asks for each paint whether whole columns are chosen, row by row; here none ever is.
        across.setSelectionModel(QItemSelectionModel(model, self))
        model.headerDataChanged.connect(lambda *_: self._spread())
        self.doubleClicked.connect(self._open)
        self.clicked.connect(lambda index: self.fold(index.data(ID)))
        self.selectionModel().currentRowChanged.connect(self._pick)
        self.selectionModel().selectionChanged.connect(lambda *_: self.several.emit(self.chosen_count()))

    def _open(self, index: QModelIndex) -> None:
        if index.data(HEAD) is None:
            self.opened.emit(index.data(ID))

    def _pick(self, now: QModelIndex, _before: QModelIndex) -> None:
        key = self._model.id_at(now.row())
        if key not in self._model.groups:
            self.picked.emit(key)

    def fold(self, key: str | None, wanted: bool | None = None) -> bool:
        """Folds a group, or shows it again; False if `key` is none or it is so already. None: the other way."""
        if key is None or key not in self._model.groups:
            return False
        closed = self._model.closed
        folded = key in closed
        if wanted is not None and wanted == folded:
            return False
        (closed.discard if folded else closed.add)(key)
        self.show_ids([], key, groups=list(self._model.groups.values()))
        return True

    def first(self) -> int:
        """The first column that is shown."""
        return next((at for at in range(len(self._model.columns)) if not self.isColumnHidden(at)), 0)

    def current_id(self) -> str | None:
        return self._model.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[str]:
        """Every selected row, in the order shown; the head of a group stands for all that are in it."""
        found = [key for top, bottom in self._chosen_rows() for key in self._model.ids[top : bottom + 1]]
        if not self._model.groups:
            return found
        rows = ((self._model.groups[key].ids if key in self._model.groups else (key,)) for key in found)
        return list(dict.fromkeys(one for each in rows for one in each))

    def chosen_count(self) -> int:
        if self._model.groups:
            return len(self.chosen_ids())
        return sum(bottom + 1 - top for top, bottom in self._chosen_rows())

    def _chosen_rows(self) -> list[tuple[int, int]]:
        parts = self.selectionModel().selection().toList()
        return sorted({(part.top(), part.bottom()) for part in parts})

    def show_ids(self, ids: list[str], choose: str | None = None, groups: Sequence[Group] = ()) -> None:
        """`choose` goes to that row; else what was current stays current, else the first row becomes it."""
        kept, at, many = choose or self.current_id(), self.verticalScrollBar().value(), self.chosen_ids()
        picks = self.selectionModel()
        picks.blockSignals(True)
        self._model.reset(ids, groups)
        picks.blockSignals(False)
        self._span()
        row = self._model.row_of(kept)
        if row is None:
            self.picked.emit(None)
            first = next((at for at, key in enumerate(self._model.ids) if key not in self._model.groups), None)
            if first is not None:
                self._go(first)
            self.several.emit(self.chosen_count())
            return
        self.verticalScrollBar().setValue(at)
        self.choose(kept)
        if choose is None and len(many) > 1:
            self._choose_many(many)
        self.several.emit(self.chosen_count())

    def _choose_many(self, keys: list[str]) -> None:
        """By whole stretches of rows: a hundred thousand one by one take minutes."""
        rows = sorted(row for key in keys if (row := self._model.row_of(key)) is not None)
        chosen, start = QItemSelection(), 0
        for at in range(1, len(rows) + 1):
            if at == len(rows) or rows[at] != rows[at - 1] + 1:
                chosen.select(self._model.index(rows[start], 0), self._model.index(rows[at - 1], 0))
                start = at
        picks = self.selectionModel()
        picks.select(chosen, picks.SelectionFlag.ClearAndSelect | picks.SelectionFlag.Rows)

    def _span(self) -> None:
        """The head of a group goes over all columns."""
        self.clearSpans()
        for key in self._model.groups:
            row = self._model.row_of(key)
            if row is not None and len(self._model.columns) > 1:
                self.setSpan(row, 0, 1, len(self._model.columns))

    def choose(self, key: str | None) -> bool:
        """Goes to the row of `key`; False if it is not in the list."""
        row = self._model.row_of(key)
        if row is None:
            return False
        self._go(row)
        self.scrollTo(self._model.index(row, 0))
        return True

    def _go(self, row: int) -> None:
        """That row and no other. `selectRow` asks which keys are held, and with Ctrl turns a chosen row off."""
        picks = self.selectionModel()
        picks.setCurrentIndex(self._model.index(row, 0), picks.SelectionFlag.ClearAndSelect | picks.SelectionFlag.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_model"):
            self._spread()

    def _spread(self) -> None:
        """Columns of width 0 share what the others leave; where that is too little, columns that may give way do.

        What gives way stands as a second line in the rows.
        """
        columns, room = self._model.columns, self.viewport().width()
        wide, shown = [self._need(at) for at in range(len(columns))], set(range(len(columns)))
        open_ = [at for at in shown if columns[at].width == 0]

        def share() -> int:
            return (room - sum(wide[at] for at in shown if at not in open_)) // len(open_)

        least = max((current().px(columns[at].least) for at in open_), default=0)
        for at in sorted((at for at in shown if columns[at].folds), key=lambda at: columns[at].folds):
            if not open_ or share() >= least:
                break
            shown.discard(at)
        for at in open_:
            wide[at] = max(share(), current().px(80))
        self._model.folded = tuple(at for at in range(len(columns)) if at not in shown)
        self.verticalHeader().setDefaultSectionSize(current().px(FOLDED_ROW if self._model.folded else ROW))
        self.horizontalHeader().setFixedHeight(current().px(32))
        last = max(shown, default=0)
        for at, width in enumerate(wide):
            self.setColumnHidden(at, at not in shown)
            spare = room - sum(wide[one] for one in shown if one != at)
            self.setColumnWidth(at, max(width, spare) if at == last else width)

    def _need(self, at: int) -> int:
        """Room for the header and for the longest words that the column is to show whole."""
        column, edges = self._model.columns[at], PAD + (FIRST_PAD if at == 0 else PAD)
        title = str(self._model.headerData(at, Qt.Orientation.Horizontal))
        header = QFontMetrics(font(NOTE)).horizontalAdvance(title)
        words = 0
        if column.widest:
            chip = column.kind == "chip"
            words = pill_width(column.widest, font(NOTE)) if chip else self._advance(column.widest)
        return max(current().px(column.width), header + edges, words + edges + 1)

    @staticmethod
    def _advance(words: str) -> int:
        return QFontMetrics(font()).horizontalAdvance(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_id()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        arrows = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
        if key in self._model.groups and (enter or event.key() in arrows):
            self.fold(key, arrows.get(Qt.Key(event.key())))
        elif enter and key is not None:
            self.opened.emit(key)
        elif event.key() == Qt.Key.Key_Home and key is not None:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End and key is not None:
            self.selectRow(len(self._model.ids) - 1)
        else:
            super().keyPressEvent(event)
