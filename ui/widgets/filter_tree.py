"""A filter to build: conditions and groups of them, all by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.insight.filter_fields import FilterField, Option
from ui.theme import current, set_role
from ui.widgets.fields import ChoiceField
from ui.widgets.filter_values import Value, value_field
from ui.widgets.text import IconButton, button, label

Catalogue = Mapping[str, tuple[FilterField, Sequence[Option]]]
_MODES = (
    ("all", "All of these hold"),
    ("any", "Any of these holds"),
    ("none", "None of these holds"),
    ("not_all", "Not all of these hold"),
)
_BESIDE = 690
"""Pixels from which a condition stands on one line."""
_DEEPEST = 3
"""Groups in groups that can be made here; deeper ones are shown all the same."""


def unwrapped(node: Any) -> tuple[str, list[Any]]:
    """A tree as a mode and its parts."""
    if not node:
        return "all", []
    if "not" in node:
        inside = node["not"]
        for key, mode in (("any", "none"), ("all", "not_all")):
            if key in inside:
                return mode, list(inside[key])
        return "none", [inside]
    for key in ("all", "any"):
        if key in node:
            return key, list(node[key])
    return "all", [node]


def wrapped(mode: str, parts: list[Any]) -> dict[str, Any]:
    if mode in ("all", "any"):
        return {mode: parts}
    return {"not": {"any" if mode == "none" else "all": parts}}


class _Condition(QWidget):
    """Field, operator, value, and a cross."""

    changed = Signal()
    gone = Signal()

    def __init__(self, catalogue: Catalogue, today: date, node: Any) -> None:
        super().__init__()
        self._catalogue, self._today, self._strange = catalogue, today, None
        choices = [(key, entry[0].words) for key, entry in catalogue.items()]
        key = node.get("field")
        if key not in catalogue:
            # A field that was removed is shown, so that it can be taken out.
            self._strange = node
            choices.insert(0, (key, "A field that is no longer there"))
        self.field, self.op = ChoiceField(choices), ChoiceField()
        self.field.setAccessibleName("What the condition is about")
        self.field.setFixedWidth(current().px(190))
        self.op.setFixedWidth(current().px(160))
        self._value: Value | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.remove = IconButton("x", "Remove this condition", self.gone.emit)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.field, 0, 0, top)
        self._grid.addWidget(self.op, 0, 1, top)
        self._grid.addLayout(self._holder, 1, 0, 1, 3)
        self._grid.addWidget(self.remove, 0, 3, top)
        self._beside = False
        self.field.set_value(key)
        self._show_operators(node.get("is"))
        self._show_value(node.get("value"))
        self.field.changed.connect(self._other_field)
        self.op.changed.connect(self._other_operator)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The value stands beside what it is about where there is room, else below."""
        super().resizeEvent(event)
        beside = self.width() >= current().px(_BESIDE)
        if beside != self._beside:
            self._beside = beside
            self._grid.removeItem(self._holder)
            if beside:
                self._grid.addLayout(self._holder, 0, 2)
            else:
                self._grid.addLayout(self._holder, 1, 0, 1, 3)

    def value(self) -> dict[str, Any]:
        if self._strange is not None and self.field.value() == self._strange.get("field"):
            return dict(self._strange)
        found = {"field": self.field.value(), "is": self.op.value()}
        return found if self._value is None else {**found, "value": self._value.value()}

    def _entry(self) -> tuple[FilterField, Sequence[Option]] | None:
        return self._catalogue.get(self.field.value())

    def _show_operators(self, wanted: Any = None) -> None:
        entry = self._entry()
        self.op.set_choices(list(entry[0].operators.items()) if entry else [])
        self.op.set_value(wanted)
        words = entry[0].words if entry else "it"
        self.op.setAccessibleName(f"{words}: how it is compared")
        self.remove.setAccessibleName(f"Remove the condition on {words}")

    def _show_value(self, value: Any) -> None:
        while (item := self._holder.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        entry = self._entry()
        self._value = value_field(entry[0], self.op.value(), entry[1], self._today) if entry else None
        if self._value is not None:
            self._value.set_value(value)
            self._value.changed.connect(self.changed)
            self._holder.addWidget(self._value, 0, Qt.AlignmentFlag.AlignTop)
            if self.isVisible():
                self._value.show()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        inside = self._value.findChildren(QWidget) if self._value is not None else []
        # The list that a choice opens is a window of its own.
        here = [one for one in inside if one.window() is self.window() and one.focusProxy() is None]
        tabbed = [one for one in here if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return [self.field, self.op, *tabbed, self.remove]

    def _other_field(self) -> None:
        self._show_operators()
        self._show_value(None)
        self.changed.emit()

    def _other_operator(self) -> None:
        before = None
        if self._value is not None:
            try:
                before = self._value.value()
            except ValueError:
                before = None
        self._show_value(before)
        self.changed.emit()


class _Group(QFrame):
    """How its parts go together, the parts, and ways to add one."""

    changed = Signal()
    gone = Signal()

    def __init__(self, catalogue: Catalogue, today: date, node: Any, deep: int = 0) -> None:
        super().__init__()
        self._catalogue, self._today, self._deep = catalogue, today, deep
        self._parts: list[_Condition | _Group] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(12 if deep else 0, 10 if deep else 0, 8 if deep else 0, 10 if deep else 0)
        box.setSpacing(10)
        if deep:
            set_role(self, "panel")
        head = QHBoxLayout()
        self.mode = ChoiceField(_MODES)
        self.mode.setAccessibleName("How these go together" if deep else "How the conditions go together")
        self.mode.setFixedWidth(current().px(230))
        self.mode.changed.connect(self.changed)
        head.addWidget(self.mode)
        head.addStretch(1)
        self._cross = IconButton("x", "Remove this group", self.gone.emit) if deep else None
        if self._cross is not None:
            head.addWidget(self._cross)
        box.addLayout(head)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        box.addLayout(self._body)
        self._none = label("No conditions yet.", "note")
        box.addWidget(self._none)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        self.add = button("Add a condition", "link", self._add_condition)
        foot.addWidget(self.add)
        self.more = button("Add a group", "link", self._add_group) if deep < _DEEPEST else None
        if self.more is not None:
            foot.addWidget(self.more)
        foot.addStretch(1)
        box.addLayout(foot)
        mode, parts = unwrapped(node)
        self.mode.set_value(mode)
        for part in parts:
            self._insert(part)
        self._look()

    def value(self) -> dict[str, Any]:
        return wrapped(self.mode.value(), [part.value() for part in self._parts])

    def _insert(self, node: Any) -> _Condition | _Group:
        part: _Condition | _Group
        if isinstance(node, Mapping) and "field" in node:
            part = _Condition(self._catalogue, self._today, node)
        else:
            part = _Group(self._catalogue, self._today, node, self._deep + 1)
        part.changed.connect(self.changed)
        part.gone.connect(lambda: self._remove(part))
        self._parts.append(part)
        self._body.addWidget(part)
        if self.isVisible():
            # Otherwise only once the event loop comes round, and Tab would pass it by until then.
            part.show()
        return part

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        inner = [stop for part in self._parts for stop in part.stops()]
        found = (self.mode, self._cross, *inner, self.add, self.more)
        return [one for one in found if one is not None]

    def _add_condition(self) -> None:
        key = next(iter(self._catalogue))
        part = self._insert({"field": key})
        self._look()
        if isinstance(part, _Condition):
            part.field.setFocus()
        self.changed.emit()

    def _add_group(self) -> None:
        part = self._insert({"any": []})
        self._look()
        if isinstance(part, _Group):
            part.add.setFocus()
        self.changed.emit()

    def _remove(self, part: _Condition | _Group) -> None:
        self._parts.remove(part)
        self._body.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._look()
        self.add.setFocus()
        self.changed.emit()

    def _look(self) -> None:
        self._none.setVisible(not self._parts)


class FilterTree(QWidget):
    """value() -> the tree; raises Unreadable where a number or a day is none."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        super().__init__()
        self._catalogue, self._today = catalogue, today
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._root: _Group | None = None
        self.set_value({})

    def value(self) -> dict[str, Any]:
        return self._root.value() if self._root is not None else {}

    def set_value(self, value: Any) -> None:
        if self._root is not None:
            self._box.removeWidget(self._root)
            self._root.hide()
            self._root.deleteLater()
        self._root = _Group(self._catalogue, self._today, value if isinstance(value, Mapping) else {})
        self._root.changed.connect(self._changed)
        self._box.addWidget(self._root)
        self._order()
        self.setFocusProxy(self._root.mode)

    def _changed(self) -> None:
        self._order()
        self.changed.emit()

    def _order(self) -> None:
        """Tab goes through it as it stands; conditions come and go."""
        if self._root is not None:
            for one, after in pairwise(self._root.stops()):
                QWidget.setTabOrder(one, after)
