"""What a new project starts from: templates that fit its words and why, any other of the list, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.insight import templates
from core.store import Store
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import clear
from ui.widgets.text import button, label

_OFFERED = 3


class StartField(QWidget):
    """value() -> the template's key, "" for none. `chosen(key)` comes when the person picks one, "" takes it off.

    `look(words)` looks for templates that fit what the project is called.
    """

    changed = Signal()
    chosen = Signal(str)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._key, self._looked = store, "", None
        rows = templates.templates(store)
        self._names = {one.key: one.name for one in rows}
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        self._pick = ChoiceField([("", "Blank"), *((one.key, f"{one.name} · {one.category}") for one in rows)])
        self._pick.setMinimumContentsLength(16)
        self._pick.changed.connect(lambda: self._choose(self._pick.value()))
        down.addWidget(self._pick)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(0)
        down.addLayout(self._offers)
        self.setFocusProxy(self._pick)

    _looked: str | None

    def value(self) -> str:
        return self._key

    def name(self) -> str:
        return self._names.get(self._key, "")

    def set_value(self, key: str | None) -> None:
        """Shows it as chosen; what it fills stands in the other fields already."""
        self._key = key or ""
        if self._key and self._key not in self._names:
            # Hidden or gone: what was begun from it keeps its name.
            self._names[self._key] = "A template that is no longer in the list"
            self._pick.set_choices([("", "Blank"), *self._names.items()])
        self._pick.set_value(self._key)
        if self._key:
            clear(self._offers)

    def look(self, words: str) -> None:
        """Silent once something was chosen, and where the words did not change."""
        if self._key or words == self._looked:
            return
        self._looked = words
        clear(self._offers)
        before: QWidget = self._pick
        for one in templates.suggest(self._store, words, limit=_OFFERED):
            holder, link = self._offer(one)
            self._offers.addWidget(holder)
            # They come late, and Tab is to find them where they stand.
            QWidget.setTabOrder(before, link)
            before = link

    def _offer(self, one: templates.Suggestion) -> tuple[QWidget, QWidget]:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        link = button(one.name, "link", self._picker(one.key), name=f"Start from {one.name}, {one.why}")
        link.setProperty("side", "flush")
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(one.why, "muted", wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
        return holder, link

    def _picker(self, key: str) -> Callable[[], None]:
        return lambda: self._choose(key)

    def _choose(self, key: str) -> None:
        # The link that was pressed goes with the others: the keyboard stays in this field.
        self._pick.setFocus(Qt.FocusReason.OtherFocusReason)
        self._looked = None
        self.set_value(key)
        self.chosen.emit(key)
        self.changed.emit()
