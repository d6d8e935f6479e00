"""A table of any length: all ids in order, and the cells of the pages that were looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.text import in_digits

PAGE, PAGES = 200, 20
Kind = Literal["text", "muted", "strong", "chip", "warn"]
Rows = Callable[[Sequence[str]], Mapping[str, Sequence[Any]]]
Index = QModelIndex | QPersistentModelIndex
KIND = Qt.ItemDataRole.UserRole + 1
ID = Qt.ItemDataRole.UserRole + 2
TONE = Qt.ItemDataRole.UserRole + 3
HEAD = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True)
class Column:
    """`key` is what `sort_wanted` carries. `width` in pixels, 0 takes the rest. `sorts` False: no click on the header.

    `widest`: the longest words it is to show whole. `least`: what an open column asks for before others give way;
    those with `folds` do, the lowest first, and stand as a second line below the open one, worded as in `folded`.

    A cell is text (str, or anything that str() words well, None is empty). In a chip column it is (words, tone) or "",
    in a warn column (words, True) stands in red.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 120
    right: bool = False
    sorts: bool = True
    widest: str = ""
    least: int = 140
    folds: int = 0
    folded: str = "{}"


@dataclass(frozen=True)
class Group:
    """Rows under a head. `key` is the head's own id among the ids; `ids` are its rows, also while it is folded."""

    key: str
    words: str
    ids: Sequence[str]


class PagedTable(QAbstractTableModel):
    """`rows(ids)` is asked for one page of at most 200 ids at a time; ids it leaves out show empty cells.

    With groups a head stands above the rows of each; a row may stand in several.
    """

    sort_wanted = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], rows: Rows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.ids: list[str] = []
        self._rows = rows
        self._at: dict[str, int] = {}
        self._pages: OrderedDict[int, Mapping[str, Sequence[Any]]] = OrderedDict()
        self.sorted_by: tuple[str, bool] | None = None
        self.folded: tuple[int, ...] = ()
        self.groups: dict[str, Group] = {}
        self.closed: set[str] = set()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Others in their place; the rows are asked for again."""
        self.beginResetModel()
        self.columns = list(columns)
        self.folded = ()
        self._pages.clear()
        self.endResetModel()

    def second_line(self, row: int) -> str:
        """What stands below the open column: the words of the columns that gave way."""
        words = ((self.columns[at].folded, in_words(self.cell(row, at))) for at in self.folded)
        return " · ".join(around.format(one) for around, one in words if one)

    def reset(self, ids: Sequence[str], groups: Sequence[Group] = ()) -> None:
        """The answer in its new order. Whoever holds an index by id finds it again by `row_of`.

        With `groups` these say which rows stand where, and those of a closed group are left out.
        """
        self.beginResetModel()
        self.groups = {one.key: one for one in groups}
        self.closed &= set(self.groups)
        self.ids = list(ids)
        if groups:
            self.ids = [row for one in groups for row in (one.key, *(() if one.key in self.closed else one.ids))]
        self._at = {}
        self._pages.clear()
        self.endResetModel()

    def stale(self) -> None:
        """The same ids, other cells: what is on the screen is asked for again."""
        self._pages.clear()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def id_at(self, row: int) -> str | None:
        return self.ids[row] if 0 <= row < len(self.ids) else None

    def row_of(self, key: str | None) -> int | None:
        if key is None:
            return None
        if not self._at:
            # Who stands in several groups is found in the first.
            self._at = {one: row for row, one in reversed(list(enumerate(self.ids)))}
        return self._at.get(key)

    def cell(self, row: int, column: int) -> Any:
        page = self._page(row // PAGE)
        cells = page.get(self.ids[row])
        return cells[column] if cells is not None and column < len(cells) else None

    def _page(self, number: int) -> Mapping[str, Sequence[Any]]:
        found = self._pages.get(number)
        if found is None:
            wanted = self.ids[number * PAGE : (number + 1) * PAGE]
            found = self._rows([one for one in wanted if one not in self.groups] if self.groups else wanted)
            self._pages[number] = found
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        column = self.columns[index.column()]
        if self.groups and (head := self.groups.get(self.ids[index.row()])) is not None:
            return self._head(head, index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return in_words(self.cell(index.row(), index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = in_words(self.cell(index.row(), index.column()))
            below = self.second_line(index.row()) if column.width == 0 else ""
            return f"{words}, {below}" if below else words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == TONE:
            cell = self.cell(index.row(), index.column())
            return cell[1] if isinstance(cell, tuple) and len(cell) == 2 else None
        if role == KIND:
            return column.kind
        if role == ID:
            return self.ids[index.row()]
        return None

    def _head(self, head: Group, column: int, role: int) -> Any:
        count = in_digits(len(head.ids))
        if role == HEAD:
            return head.words, count, head.key not in self.closed
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{head.words}  {count}" if column == 0 else ""
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return f"{head.words}, {count}, {'folded' if head.key in self.closed else 'open'}"
        return head.key if role == ID else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if self.sorted_by is not None and self.sorted_by[0] == column.key:
                return f"{column.title} {'↓' if self.sorted_by[1] else '↑'}"
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def ask_sort(self, column: int) -> None:
        """A click on a header: ascending first, then the other way. The answer comes back by `reset`."""
        if not 0 <= column < len(self.columns) or not self.columns[column].sorts:
            return
        key = self.columns[column].key
        down = self.sorted_by == (key, False)
        self.sorted_by = (key, down)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.sort_wanted.emit(key, down)


def in_words(cell: Any) -> str:
    """What a cell says, without its tone."""
    if isinstance(cell, tuple):
        cell = cell[0] if cell else ""
    return "" if cell is None else str(cell)
