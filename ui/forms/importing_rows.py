"""Every row of a file as the file has it: what it would do, the faulty cell marked, and its reason in words below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from core.jobs.intake_plan import ImportPlan, PlanRow
from core.text import in_digits, line
from core.work.overlay import ANOTHER_ROW
from ui.forms.importing_alike import AlikePanel
from ui.models.paged_table import Column, PagedTable
from ui.theme import current, tokens
from ui.widgets.panel import Panel
from ui.widgets.table import ROW, CellPainter, Table
from ui.widgets.tabs import Tabs
from ui.widgets.text import button, label, tip

OUTCOMES = {"new": ("new", "green"), "changed": ("changed", "amber"), "same": ("same", "neutral"),
            "joined": ("joined", "neutral"), "wrong": ("left out", "red")}  # fmt: skip
_FIRST = (
    Column("line", "Row", kind="muted", width=56, sorts=False),
    Column("outcome", "Outcome", kind="chip", width=92, sorts=False, widest="changed"),
)
MOST_COLUMNS = 60
_LONGEST, _SHOWN_WHOLE = 200, 34
WRONG, CHANGED = Qt.ItemDataRole.UserRole + 11, Qt.ItemDataRole.UserRole + 12
Index = QModelIndex | QPersistentModelIndex


class _Cells(PagedTable):
    """The file's cells, and of each the reason why it is wrong, or what it would change."""

    def __init__(self, plan: ImportPlan, parent: QWidget) -> None:
        self.plan = plan
        self._headers = plan.headers[:MOST_COLUMNS]
        columns = [
            Column(f"c{at}", header, width=72, sorts=False, widest=_widest(plan, at))
            for at, header in enumerate(self._headers)
        ]
        super().__init__([*_FIRST, *columns], self._rows_of, parent)

    def _rows_of(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        found: dict[str, tuple[Any, ...]] = {}
        for one in ids:
            row, cells = self.plan.rows[int(one)], self.plan.table.rows[int(one)].cells
            shown = [self._cell(row, header, cells[at]) for at, header in enumerate(self._headers)]
            asked = row.likely and row.outcome != "wrong" and int(one) not in self.plan.decided
            found[one] = (row.line, ("known?", "amber") if asked else OUTCOMES[row.outcome], *shown)
        return found

    @staticmethod
    def _cell(row: PlanRow, header: str, text: str) -> str:
        words = line(text[:_LONGEST])
        # A mark alone would be seen by nobody whom colour tells nothing.
        return words or ("missing" if header in row.cells else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = index.column() - len(_FIRST)
        if role in (WRONG, CHANGED, Qt.ItemDataRole.AccessibleTextRole) and index.isValid() and at >= 0:
            row = self.plan.rows[int(self.ids[index.row()])]
            wrong, was = row.cells.get(self._headers[at], ""), row.before.get(self._headers[at])
            if role == WRONG:
                return wrong
            if role == CHANGED:
                return None if was is None else f"Now in the store: {was or 'nothing'}"
            words = str(super().data(index, Qt.ItemDataRole.DisplayRole) or "")
            return ". ".join(filter(None, (words, wrong, "" if was is None else f"Now in the store: {was}")))
        return super().data(index, role)


def _widest(plan: ImportPlan, at: int) -> str:
    """Of the first rows: narrow for a year, wide for an address, never so wide that it hides the rest."""
    texts = (line(row.cells[at][:_LONGEST])[:_SHOWN_WHOLE] for row in plan.table.rows[:60])
    return max(texts, key=len, default="") or "missing"


class _Painter(CellPainter):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        wrong, was = index.data(WRONG), index.data(CHANGED)
        if not wrong and was is None:
            return
        t, rect = tokens(), QRect(option.rect).adjusted(3, 5, -3, -6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.bad_ground if wrong else t.warn_ground))
        painter.drawRoundedRect(rect, 5, 5)
        painter.setPen(QColor(t.bad if wrong else t.warn))
        painter.setFont(option.font)
        inside = rect.adjusted(5, 0, -5, 0)
        words = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 5, 5)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        reason = index.data(WRONG) or index.data(CHANGED)
        if event.type() == QHelpEvent.Type.ToolTip and reason:
            QToolTip.showText(event.globalPos(), tip(f"{index.data() or ''}\n{reason}".strip()), view)
            return True
        return super().helpEvent(event, view, option, index)


class RowsPreview(QWidget):
    """`picked(place)` when another row of the plan is looked at, -1 for none. `wrong_wanted`: save those left out."""

    picked = Signal(int)
    wrong_wanted = Signal()
    all_same_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(8)
        self.kinds = Tabs(name="Which rows")
        self.kinds.changed.connect(lambda _at: self._fill())
        self._down.addWidget(self.kinds)
        self.panel = Panel(margins=(0, 0), gap=0)
        self._down.addWidget(self.panel)
        self.why_words = label("", "muted", wrap=True)
        self._down.addWidget(self.why_words)
        self.alike = AlikePanel()
        self._down.addWidget(self.alike)
        self.save_wrong = button("Save the rows left out…", "", self.wrong_wanted.emit)
        self.all_same = button("Each is the person it resembles", "", self.all_same_wanted.emit)
        for one in (self.save_wrong, self.all_same):
            self._down.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        self.table: Table | None = None
        self._model: _Cells | None = None
        self._kind = ""

    def show_plan(self, plan: ImportPlan) -> None:
        """The same layout again keeps the table, the row and the kind that were looked at."""
        before, self._plan = self._plan, plan
        if self._model is None or before is None or before.headers != plan.headers or before.source != plan.source:
            self._lay(plan)
            self._kind = ""
        elif self._model is not None:
            self._model.plan = plan
        self._say_kinds()
        self._fill()
        self._order()

    def _order(self) -> None:
        """What was laid anew comes in the Tab order where it stands on the screen."""
        tabs = self.kinds.findChildren(QAbstractButton)
        chain: list[QWidget] = [*tabs, *([self.table] if self.table else []), self.alike.choice]
        chain += [self.save_wrong, self.all_same]
        for one, after in pairwise(chain):
            QWidget.setTabOrder(one, after)

    def first(self) -> QWidget:
        """What Tab comes to first."""
        return self.kinds.findChildren(QAbstractButton)[0]

    def current(self) -> int:
        """The place of the row that is looked at, -1 where there is none."""
        key = self.table.current_id() if self.table is not None else None
        return int(key) if key is not None else -1

    def _lay(self, plan: ImportPlan) -> None:
        if self.table is not None:
            self.panel.body.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._model = _Cells(plan, self)
        self.table = Table(self._model, "Rows of the file")
        self.table.setItemDelegate(_Painter(self.table))
        self.table.picked.connect(self._picked)
        self.panel.add(self.table)

    def _kinds_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {"": [], "wrong": [], "alike": [], "new": [], "changed": [], "same": [],
                                        "joined": []}  # fmt: skip
        for place, row in enumerate(self._plan.rows if self._plan else ()):
            found[row.outcome].append(place)
            if row.likely:
                found["alike"].append(place)
        odd = {*found["wrong"], *found["alike"]}
        # What may want mending or a decision comes first.
        rest = (place for place in range(len(self._plan.rows) if self._plan else 0) if place not in odd)
        found[""] = [*found["wrong"], *(one for one in found["alike"] if one not in set(found["wrong"])), *rest]
        return {kind: places for kind, places in found.items() if places or not kind}

    def _say_kinds(self) -> None:
        self._places = self._kinds_of()
        words = {"": "All", "wrong": "Left out", "alike": "Known already?", "new": "New", "changed": "Changed",
                 "same": "Same", "joined": "Put together"}  # fmt: skip
        self.kinds.blockSignals(True)
        self.kinds.set_words([f"{words[kind]} {in_digits(len(places))}" for kind, places in self._places.items()])
        if self._kind not in self._places:
            self._kind = ""
        self.kinds.choose(list(self._places).index(self._kind))
        self.kinds.blockSignals(False)

    def _fill(self) -> None:
        if self.table is None or self._model is None:
            return
        kinds = list(self._places)
        self._kind = kinds[min(max(self.kinds.current(), 0), len(kinds) - 1)]
        places = self._places[self._kind]
        self.table.show_ids([str(place) for place in places])
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(current().px(34 + ROW * min(max(len(places), 2), 7)) + bar)
        self.save_wrong.setVisible("wrong" in self._places)
        self.save_wrong.say(f"Save the {in_digits(len(self._places.get('wrong', ())))} left out as a file…")
        self.all_same.setVisible(self._kind == "alike" and len(places) > 1)
        self._picked(self.table.current_id())

    def _picked(self, key: object) -> None:
        place = int(str(key)) if key is not None else -1
        row = self._plan.rows[place] if self._plan and 0 <= place < len(self._plan.rows) else None
        words = _said(row) if row else ""
        self.why_words.setText(words)
        self.why_words.setVisible(bool(words))
        self.picked.emit(place)


def _said(row: PlanRow) -> str:
    """The row in full words, for whoever uses no mouse: what a cell's tip says stands here too."""
    changes = [f"{header}: now {was or 'nothing'} in the store." for header, was in row.before.items()]
    said = " ".join((*row.problems, *changes, *row.notes))
    return f"Row {row.line}: {said}" if said else ""


def decided_locally(plan: ImportPlan, place: int, said: str) -> ImportPlan:
    """A row as it will be under a decision, where trying all of them anew would take too long."""
    row = plan.rows[place]
    outcome = "joined" if said.startswith(ANOTHER_ROW) else "changed" if said else "new"
    person_id = "" if outcome == "joined" else said
    fresh = replace(row, outcome=outcome, person_id=person_id, problems=(), cells={}, before={})
    rows = (*plan.rows[:place], fresh, *plan.rows[place + 1 :])
    return replace(plan, rows=rows, decided={**plan.decided, place: said})
