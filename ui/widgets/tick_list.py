"""A list of things to tick and to put in order: Space ticks, Alt with an arrow moves, and so does the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from ui.theme import current, set_role

_KEY = Qt.ItemDataRole.UserRole


class TickList(QListWidget):
    """value() -> the ticked keys in order. `always`: keys that stay ticked."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], always: Iterable[str] = ()) -> None:
        super().__init__()
        self._choices, self._always = dict(choices), frozenset(always)
        set_role(self, "ticks")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMinimumHeight(current().px(420))
        self.setToolTip("Space ticks; Alt with the up or down arrow moves")
        self.set_value([])
        self.itemChanged.connect(lambda _item: self.changed.emit())
        self.model().rowsMoved.connect(lambda *_: self.changed.emit())

    def value(self) -> list[str]:
        items = [self.item(at) for at in range(self.count())]
        return [str(one.data(_KEY)) for one in items if one.checkState() == Qt.CheckState.Checked]

    def set_value(self, value: Iterable[str] | None) -> None:
        """The ticked ones first, in this order; what is not offered is left out."""
        on = [key for key in value or () if key in self._choices]
        self.blockSignals(True)
        self.clear()
        for key in (*on, *(key for key in self._choices if key not in on)):
            item = QListWidgetItem(self._choices[key])
            item.setData(_KEY, key)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsEnabled
            if key not in self._always:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags)
            ticked = key in on or key in self._always
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow()
        if 0 <= at + step < self.count():
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)
            self.changed.emit()
