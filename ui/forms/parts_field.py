"""The parts of a fee: an amount and the day it is due, one a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import current
from ui.widgets.date_field import DateField
from ui.widgets.fields import MoneyField
from ui.widgets.text import IconButton, button, label

ON_ACCEPTANCE = "on acceptance"


class _Part(QWidget):
    def __init__(self, currency: str, today: date) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.amount, self.due = MoneyField(currency), DateField(today, ON_ACCEPTANCE)
        self.amount.setMinimumWidth(current().px(70))
        self.due.setMinimumWidth(current().px(116))
        self.due.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.drop = IconButton("x", "Remove this part")
        row.addWidget(self.amount, 2)
        row.addWidget(label("due", "muted"))
        row.addWidget(self.due, 3)
        row.addWidget(self.drop)

    def name(self, at: int) -> None:
        self.amount.setAccessibleName(f"Part {at}: amount")
        self.due.setAccessibleName(f"Part {at}: due, empty is on acceptance")
        self.drop.setAccessibleName(f"Remove part {at}")


class PartsField(QWidget):
    """value() -> list[(cents, day or None)]; None is on acceptance. A line without amount and day drops out.

    `rest` tells what a new line begins with: the cents that are not in a part yet.
    """

    changed = Signal()

    def __init__(self, currency: str, today: date, rest: Callable[[], int], most: int) -> None:
        super().__init__()
        self._currency, self._today, self._rest, self._most = currency, today, rest, most
        self._parts: list[_Part] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.add = button("Another part", "dashed", self._add_one)
        self._box.addWidget(self.add)
        self.setFocusProxy(self.add)

    def value(self) -> list[tuple[int, date | None]]:
        found = [(part.amount.value(), part.due.value()) for part in self._parts]
        return [(amount or 0, due) for amount, due in found if amount is not None or due is not None]

    def set_value(self, value: Iterable[tuple[int, date | None]] | None) -> None:
        for part in self._parts:
            self._forget(part)
        self._parts = []
        for amount, due in value or ():
            part = self._insert()
            part.amount.set_value(amount)
            part.due.set_value(due)
        self._name()

    def _add_one(self) -> None:
        part = self._insert()
        part.amount.set_value(self._rest() or None)
        self._name()
        part.amount.setFocus()
        part.amount.selectAll()
        self.changed.emit()

    def _insert(self) -> _Part:
        part = _Part(self._currency, self._today)
        part.amount.changed.connect(self.changed)
        part.due.changed.connect(self.changed)
        part.drop.clicked.connect(lambda: self._remove(part))
        self._box.insertWidget(len(self._parts), part)
        self._parts.append(part)
        return part

    def _remove(self, part: _Part) -> None:
        self._parts.remove(part)
        self._forget(part)
        self._name()
        self.add.setFocus()
        self.changed.emit()

    def _forget(self, part: _Part) -> None:
        self._box.removeWidget(part)
        part.hide()
        part.deleteLater()

    def _name(self) -> None:
        for at, part in enumerate(self._parts, 1):
            part.name(at)
        self.add.setVisible(len(self._parts) < self._most)
        stops: list[QWidget] = [one for part in self._parts for one in (part.amount, part.due, part.drop)]
        # Each goes behind the one before it; the row that adds one stood where they are to stand, and follows at last.
        for one, after in pairwise([self.add, *stops, self.add] if stops else []):
            QWidget.setTabOrder(one, after)
