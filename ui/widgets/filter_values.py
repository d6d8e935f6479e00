"""What a condition of a filter compares with: words, numbers, days, several of several, parts of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.insight.filter_fields import BARE, UNITS, FilterField, Option
from ui.theme import current
from ui.widgets.availability import Availability
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField, LineField, NumberField
from ui.widgets.text import appear, label

FEW = 12
"""Up to so many stand side by side; of more one picks from a list."""
_LARGEST = 999_999_999


class Value(QWidget):
    """value() gives what the filter's tree holds; raises Unreadable."""

    changed = Signal()

    def value(self) -> Any:
        return None

    def set_value(self, value: Any) -> None:
        """What does not fit is left as it was made."""

    def _line(self, *parts: QWidget) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in parts:
            line.addWidget(part)
        line.addStretch(1)

    def _tell(self, *_: object) -> None:
        self.changed.emit()


def _named(field: Any, name: str, width: int = 0) -> Any:
    field.setAccessibleName(name)
    if width:
        field.setFixedWidth(current().px(width))
    return field


class WordsValue(Value):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._words = _named(LineField(200), f"{name}: words")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._words)
        self._words.changed.connect(self._tell)

    def value(self) -> str:
        return str(self._words.value())

    def set_value(self, value: Any) -> None:
        self._words.set_value(value if isinstance(value, str) else "")


class RangeValue(Value):
    """Two numbers or two days; either may be left empty."""

    def __init__(self, name: str, today: date | None = None) -> None:
        super().__init__()
        self._days = today is not None

        def one(words: str) -> Any:
            if today is not None:
                return _named(DateField(today), f"{name}: {words}", 150)
            return _named(NumberField(-_LARGEST, _LARGEST), f"{name}: {words}", 76)

        self._ends = [one("from"), one("to")]
        self._line(self._ends[0], label("to", "muted"), self._ends[1])
        for end in self._ends:
            end.changed.connect(self._tell)

    def value(self) -> list[Any]:
        found = [end.value() for end in self._ends]
        return [one.isoformat() if isinstance(one, date) else one for one in found]

    def set_value(self, value: Any) -> None:
        for end, one in zip(self._ends, value if isinstance(value, list | tuple) else (), strict=False):
            if self._days:
                end.set_value(date.fromisoformat(one) if isinstance(one, str) else None)
            else:
                end.set_value(int(one) if isinstance(one, int | float) else None)


class AgoValue(Value):
    """So many days, weeks, months or years."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._count = _named(NumberField(0, max(UNITS.values())), f"{name}: how many", 64)
        self._unit = _named(ChoiceField([(unit, unit) for unit in UNITS]), f"{name}: days, weeks, months or years", 110)
        self._line(self._count, self._unit)
        self._count.changed.connect(self._tell)
        self._unit.changed.connect(self._tell)

    def value(self) -> dict[str, Any]:
        return {"n": self._count.value(), "unit": self._unit.value()}

    def set_value(self, value: Any) -> None:
        if isinstance(value, dict):
            self._count.set_value(value.get("n"))
            self._unit.set_value(value.get("unit"))


class PickValue(Value):
    """Several of several. A few are chips at once; of many one is picked from a list and becomes a chip."""

    def __init__(self, name: str, offered: Sequence[Option]) -> None:
        super().__init__()
        self._offered = dict(offered)
        self._chips = ChipsField(offered if len(offered) <= FEW else ())
        self._chips.setAccessibleName(name)
        self._chips.changed.connect(self._dropped)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._chips)
        self._more: ChoiceField | None = None
        if not offered:
            box.addWidget(label("There is nothing to choose from yet.", "note"))
        appear(self._chips, 0 < len(offered) <= FEW)
        if len(offered) > FEW:
            self._more = _named(ChoiceField([("", "Add…"), *offered]), f"{name}: add one")
            self._more.setMinimumWidth(current().px(160))
            self._more.changed.connect(self._add)
            box.addWidget(self._more)

    def value(self) -> list[str]:
        return self._chips.value()

    def set_value(self, value: Any) -> None:
        wanted = [str(one) for one in value] if isinstance(value, list | tuple) else []
        gone = [(one, "One that is gone") for one in wanted if one not in self._offered]
        if self._more is not None or gone:
            shown = list(self._offered.items()) if self._more is None else []
            known = [(one, self._offered[one]) for one in wanted if one in self._offered and self._more is not None]
            self._chips.set_choices([*shown, *known, *gone])
            appear(self._chips, bool(shown or known or gone))
        self._chips.set_value(wanted)

    def _add(self) -> None:
        chosen = self._more.value() if self._more is not None else ""
        if chosen and self._more is not None:
            self.set_value([*self.value(), *([] if chosen in self.value() else [chosen])])
            self._more.set_value("")
            self.changed.emit()

    def _dropped(self) -> None:
        if self._more is not None:
            self.set_value(self.value())
            self._more.setFocus()
        self.changed.emit()


class LevelValue(Value):
    """Several of several, and at least how well."""

    def __init__(self, name: str, offered: Sequence[Option], levels: Sequence[Option]) -> None:
        super().__init__()
        self._of = PickValue(name, offered)
        choices: list[tuple[Any, str]] = [
            (None, "at any level"),
            *((key, f"{words} or better") for key, words in levels),
        ]
        self._level = _named(ChoiceField(choices), f"{name}: at least how well")
        self._level.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._level.setMinimumWidth(current().px(220))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._of)
        box.addWidget(self._level)
        self._of.changed.connect(self._tell)
        self._level.changed.connect(self._tell)

    def value(self) -> dict[str, Any]:
        return {"of": self._of.value(), "level": self._level.value()}

    def set_value(self, value: Any) -> None:
        if isinstance(value, dict):
            self._of.set_value(value.get("of"))
            level = value.get("level")
            self._level.set_value(None if level is None else str(level))


class WeekValue(Value):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._grid = _named(Availability(editable=True), f"{name}: parts of the week")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._grid)
        self._grid.changed.connect(self._tell)

    def value(self) -> list[int]:
        return sorted(day * 4 + part for day, part in self._grid.value())

    def set_value(self, value: Any) -> None:
        self._grid.set_value(divmod(one, 4) for one in value or () if isinstance(one, int))


def value_field(field: FilterField, op: str, offered: Sequence[Option], today: date) -> Value | None:
    """What to compare with; None where the operator needs nothing."""
    if op in BARE:
        return None
    if field.kind in ("text", "search"):
        return WordsValue(field.words)
    if field.kind == "week":
        return WeekValue(field.words)
    if field.kind == "level":
        return LevelValue(field.words, offered, field.choices)
    if op == "between":
        return RangeValue(field.words, today if field.kind in ("date", "span") else None)
    return AgoValue(field.words) if field.kind == "date" else PickValue(field.words, offered)
