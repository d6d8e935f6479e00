"""What the cells of a grid are to a screen reader: heads and data of a table, or the label and body of a list's item.

ReportLab calls these as it draws a table, also for each of the parts that pages cut it into; a head that is repeated on
a next page is read once.
"""

from __future__ import annotations

from typing import Any

from core.paper.tree import Node


class Cells:
    """A table with `rows` of heads at its top and `columns` of them at its left."""

    def __init__(self, rows: int = 0, columns: int = 0) -> None:
        self.rows, self.columns = rows, columns
        self.table = Node("Table")
        self._parts = 0
        self._repeated = False

    def __call__(self, table: Any, what: str, *given: Any) -> None:
        canvas = table.canv
        if what == "startTable":
            self._parts += 1
            canvas.push(self.table)
        elif what == "startRow":
            self._repeated = self._parts > 1 and given[0] < (table.repeatRows or 0)
            if self._repeated:
                canvas.seal("Pagination")
            canvas.push(Node("TR") if not self._repeated else Node("Artifact"))
        elif what == "startCell":
            row, column, cell = given[:3]
            canvas.push(self._cell(row, column, cell))
        elif what in ("endCell", "endRow", "endTable"):
            canvas.pop()
            if what == "endRow" and self._repeated:
                self._repeated = False
                canvas.unseal()

    def _cell(self, row: int, column: int, cell: Any) -> Node:
        if self._repeated:
            return Node("Artifact")
        if isinstance(cell, (str, list, tuple)) and not cell:
            return Node("TD")
        if self._parts == 1 and row < self.rows:
            return Node("TH", {"Scope": "Column"})
        return Node("TH", {"Scope": "Row"}) if column < self.columns else Node("TD")


class Facts:
    """A list of facts side by side: each cell an item, as `flow.fact` makes them."""

    def __init__(self) -> None:
        self.list = Node("L", {"Numbering": "None"})

    def __call__(self, table: Any, what: str, *_: Any) -> None:
        canvas = table.canv
        if what == "startTable":
            canvas.push(self.list)
        elif what == "startCell":
            canvas.push(Node("LI"))
        elif what in ("endCell", "endTable"):
            canvas.pop()


class Rows:
    """A list: each row an item, its first cell the label, the others its body."""

    def __init__(self) -> None:
        self.list = Node("L", {"Numbering": "Decimal"})
        self._body = Node("LBody")

    def __call__(self, table: Any, what: str, *given: Any) -> None:
        canvas = table.canv
        if what == "startTable":
            canvas.push(self.list)
        elif what == "startRow":
            self._body = Node("LBody")
            canvas.push(Node("LI"))
        elif what == "startCell":
            canvas.push(self._body if given[1] else Node("Lbl"))
        elif what in ("endCell", "endRow", "endTable"):
            canvas.pop()
