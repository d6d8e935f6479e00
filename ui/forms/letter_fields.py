"""Fields of the letter's form: words for what lacks them, and the terms to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.widgets.fields import AreaField
from ui.widgets.form_row import FormRow
from ui.widgets.text import amp


class AskedField(QWidget):
    """value(): by field the words typed for it. What is asked for changes; what was typed is kept."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, str] = {}
        self._rows: dict[str, FormRow] = {}
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(10)

    def ask(self, fields: Sequence[tuple[str, str]]) -> None:
        """(name, words) of what is to be asked for, in their order."""
        if list(self._rows) == [name for name, _ in fields]:
            return
        self._said = self.value()
        for row in self._rows.values():
            self._down.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {name: self._row(name, words) for name, words in fields}
        first: Any = next((row.field for row in self._rows.values()), None)
        self.setFocusProxy(first)

    def _row(self, name: str, words: str) -> FormRow:
        field = AreaField(4_000, least=1, tallest=8)
        field.set_value(self._said.get(name, ""))
        row = FormRow(words, field)
        # A question is as long as whoever wrote it wanted, so it breaks, as a caption does not.
        cast("QVBoxLayout", row.layout()).insertWidget(0, row.label)
        row.name(f"Words for: {words}")

        def typed() -> None:
            row.set_error()
            self.changed.emit()

        field.changed.connect(typed)
        self._down.addWidget(row)
        return row

    def value(self) -> dict[str, str]:
        return {**self._said, **{name: row.field.value() for name, row in self._rows.items()}}  # type: ignore[attr-defined]

    def set_value(self, value: Mapping[str, str] | None) -> None:
        self._said = dict(value or {})
        for name, row in self._rows.items():
            row.field.set_value(self._said.get(name, ""))  # type: ignore[attr-defined]

    def set_errors(self, errors: Mapping[str, str]) -> FormRow | None:
        first = None
        for name, row in self._rows.items():
            row.set_error(errors.get(name, ""))
            first = first or (row if name in errors else None)
        return first


class TermsField(QWidget):
    """value(): the keys that are ticked."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """(key, name, what it says)"""
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 6, 0, 0)
        down.setSpacing(6)
        for key, name, words in choices:
            box = QCheckBox(amp(name))
            box.setToolTip(words)
            box.setAccessibleName(name)
            box.setAccessibleDescription(words)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[key] = box
            down.addWidget(box)

    def value(self) -> list[str]:
        return [key for key, box in self._boxes.items() if box.isChecked()]

    def set_value(self, value: Iterable[str] | None) -> None:
        wanted = set(value or ())
        for key, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(key in wanted)
            box.blockSignals(False)
