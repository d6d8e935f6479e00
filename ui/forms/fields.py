"""Fields that only forms of Foothold's nouns need, made of the plain ones."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from core.text import MONTHS, fold
from ui.widgets.availability import Availability
from ui.widgets.fields import LineField, Unreadable


def typed(hint: str = "") -> LineField:
    """A line that takes more than any rule allows: the rule says what is too long, and nothing pasted is cut unseen."""
    return LineField(2000, hint)


class LinesField(LineField):
    """Several short things on one line, separated by commas or semicolons. value() -> list[str]."""

    def value(self) -> list[str]:  # type: ignore[override]
        return [part.strip() for part in super().value().replace(";", ",").split(",") if part.strip()]

    def set_value(self, value: Iterable[str] | None) -> None:
        super().set_value(", ".join(value or ()))


class MonthField(LineField):
    """ "May 2029", "5/2029" or "2029-05". value() -> the month's last day or None, raises Unreadable."""

    def __init__(self) -> None:
        super().__init__(20, "May 2029")

    def value(self) -> date | None:  # type: ignore[override]
        words = super().value()
        if not words:
            return None
        parts = words.replace("/", " ").replace("-", " ").replace(".", " ").replace(",", " ").split()
        years = [int(part) for part in parts if part.isdigit() and len(part) == 4]
        months = [self._month(part) for part in parts if not (part.isdigit() and len(part) == 4)]
        if len(years) == 1 and len(months) == 1 and months[0] and 1950 <= years[0] <= 2100:
            return date(years[0], months[0], calendar.monthrange(years[0], months[0])[1])
        raise Unreadable("Type a month and a year, such as May 2029.")

    def set_value(self, value: date | None) -> None:  # type: ignore[override]
        super().set_value(f"{MONTHS[value.month - 1]} {value.year}" if value else "")

    @staticmethod
    def _month(part: str) -> int:
        if part.isdigit():
            return int(part) if 1 <= int(part) <= 12 else 0
        found = [n for n, name in enumerate(MONTHS, 1) if len(part) >= 3 and fold(name).startswith(fold(part))]
        return found[0] if len(found) == 1 else 0


class WeekField(QWidget):
    """The week grid as 28 marks 0/1, Monday to Sunday by four parts; empty where nothing is marked."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = Availability(editable=True)
        self.changed = self._grid.changed
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._grid)
        self.setFocusProxy(self._grid)

    def value(self) -> str:
        free = self._grid.value()
        marks = "".join("1" if (day, part) in free else "0" for day in range(7) for part in range(4))
        return marks if "1" in marks else ""

    def set_value(self, value: str | None) -> None:
        marks = value or ""
        self._grid.set_value((n // 4, n % 4) for n, mark in enumerate(marks) if mark == "1")


def choices(words: dict[Any, str] | Sequence[str], none: str | None = None) -> list[tuple[Any, str]]:
    """(value, words) for a ChoiceField; `none` is the words for "not said"."""
    pairs = list(words.items()) if isinstance(words, dict) else [(word, word) for word in words]
    return pairs if none is None else [(None, none), *pairs]


class PickField(QWidget):
    """One row of the store, found by typing its words. value() -> id or None.

    `find(words)` gives (id, title, detail) of those that fit. The detail tells apart people of one name.
    `name(id)` are the words for a row that is set.
    """

    changed = Signal()

    def __init__(
        self, find: Callable[[str], Sequence[tuple[str, str, str]]], name: Callable[[str], str], hint: str = ""
    ) -> None:
        super().__init__()
        self._find, self._named, self._id, self._offered = find, name, None, {}
        self._line = typed(hint)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take)
        self._line.setCompleter(completer)
        self._line.textEdited.connect(self._look)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._line)
        self.setFocusProxy(self._line)

    _id: str | None
    _offered: dict[str, str]

    def value(self) -> str | None:
        return self._id

    def set_value(self, value: str | None) -> None:
        words = self._named(value) if value else ""
        self._id = value if words else None
        self._line.set_value(words)

    def _look(self, typed: str) -> None:
        found = self._find(typed) if typed.strip() else []
        self._offered = {f"{title} · {detail}" if detail else title: row_id for row_id, title, detail in found}
        self._names.setStringList(list(self._offered))
        self._id = self._offered.get(typed)
        self.changed.emit()

    def _take(self, words: str) -> None:
        self._id = self._offered.get(words)
        self.changed.emit()
