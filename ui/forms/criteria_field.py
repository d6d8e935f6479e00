"""The criteria of a rubric, a card each: worded levels, moved and removed, weighed with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.words import COMPETENCIES
from core.text import fold
from ui.forms.fields import typed
from ui.theme import current, set_role
from ui.widgets.fields import AreaField, ChoiceField, NumberField, Unreadable
from ui.widgets.form_row import Beside, FormRow, entry
from ui.widgets.text import IconButton, appear, button, keys, label

LEVELS = ("level_1", "level_2", "level_3", "level_4")
_LEAST = {"weight": 52, **dict.fromkeys(LEVELS, 164)}
"""Pixels that a field needs, 132 unless said."""
PARTS = ("name", "hint", "question_id", "competency", "weight", "weight_why", *LEVELS)
BLANK: dict[str, Any] = {"name": "", "hint": "", "question_id": None, "competency": "", "weight": 1, "weight_why": "",
                         **dict.fromkeys(LEVELS, ""), "id": None}  # fmt: skip


class _Card(QFrame):
    """One criterion; `row_id`: the row that it stands for."""

    changed = Signal()
    move_wanted = Signal(int)

    def __init__(self, questions: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        set_role(self, "panel")
        self.row_id: str | None = None
        self.rows: dict[str, FormRow] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(14, 10, 14, 14)
        down.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.number = label("", "heading")
        head.addWidget(self.number, 1)
        self.earlier = IconButton("chevron-up", "Move up", lambda: self.move_wanted.emit(-1))
        self.later = IconButton("chevron-down", "Move down", lambda: self.move_wanted.emit(1))
        self.drop = IconButton("x", "Remove")
        for one, way in ((self.earlier, "Up"), (self.later, "Down")):
            one.setToolTip(f"{one.toolTip()} ({keys(f'Alt+{way}')})")
        for one in (self.earlier, self.later, self.drop):
            policy = one.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            one.setSizePolicy(policy)
            head.addWidget(one)
        down.addLayout(head)
        self._line(down, [("name", "Name", typed(), 2), ("hint", "What it looks at", typed(), 3)])
        competencies = [("", "None"), *((name, name) for name in COMPETENCIES)]
        beside: list[tuple[str, str, QWidget, int]] = [
            ("competency", "Competency", ChoiceField(competencies), 4),
            ("weight", "Weight", NumberField(1, 10), 1),
        ]
        if questions:
            beside.insert(0, ("question_id", "Shown by", ChoiceField(questions), 5))
        self._line(down, beside)
        why = FormRow("Why it counts more or less than the others", typed("It decides whether we can use it"),
                      caption=True)  # fmt: skip
        self._register("weight_why", why)
        down.addWidget(why)
        self._line(
            down,
            [(key, f"Level {n}", AreaField(least=3, tallest=9), 1) for n, key in enumerate(LEVELS, 1)],
        )
        for part in self.stops():
            part.installEventFilter(self)
        self._ask_why()

    def _line(self, down: QVBoxLayout, parts: Sequence[tuple[str, str, QWidget, int]]) -> None:
        line = Beside()
        for key, words, field, share in parts:
            row = FormRow(words, field, caption=True)
            self._register(key, row)
            line.add(row, share, current().px(_LEAST.get(key, 132)))
        down.addWidget(line)

    def _register(self, key: str, row: FormRow) -> None:
        self.rows[key] = row
        row.field.changed.connect(lambda *_: self._typed(key))  # type: ignore[attr-defined]

    def _typed(self, key: str) -> None:
        self.rows[key].set_error()
        if key == "weight":
            self._ask_why()
        self.changed.emit()

    def _ask_why(self) -> None:
        """Another weight asks for its reason at once."""
        try:
            weight = self.rows["weight"].field.value()  # type: ignore[attr-defined]
        except Unreadable:
            return
        why = self.rows["weight_why"]
        appear(why, weight not in (None, 1) or bool(why.field.value()))  # type: ignore[attr-defined]

    def stops(self) -> list[QWidget]:
        """In the order of Tab, which follows the eye."""
        shown = [entry(self.rows[key].field) for key in PARTS if key in self.rows]
        return [self.earlier, self.later, self.drop, *shown]

    def name_all(self, at: int, of: int) -> None:
        what = f"Criterion {at}"
        self.number.setText(what)
        self.setAccessibleName(what)
        for one, words in ((self.earlier, "Move up"), (self.later, "Move down"), (self.drop, "Remove")):
            one.setAccessibleName(f"{words}: {what.casefold()}")
        appear(self.earlier, at > 1)
        appear(self.later, at < of)
        for row in self.rows.values():
            row.name(f"{what}: {row.label.text()}")

    def value(self) -> dict[str, Any]:
        found = dict(BLANK) | {key: row.field.value() for key, row in self.rows.items()}  # type: ignore[attr-defined]
        found["weight"] = found["weight"] or 1
        return found | {"id": self.row_id}

    def set_value(self, value: Mapping[str, Any]) -> None:
        self.row_id = value.get("id")
        for key, row in self.rows.items():
            row.field.set_value(value.get(key, BLANK[key]))  # type: ignore[attr-defined]
        self._ask_why()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_wanted.emit(step)
                return True
        return False


class CriteriaField(QWidget):
    """value() -> list of dicts with BLANK's keys. Alt+Up and Alt+Down move the criterion in which one types.

    `questions`: (value, words) of what can show a criterion; empty where there is no project to ask any.
    """

    changed = Signal()

    def __init__(self, questions: Sequence[tuple[Any, str]], fewest: int, most: int) -> None:
        super().__init__()
        self._questions, self._fewest, self._most = questions, fewest, most
        self._cards: list[_Card] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self.count_words = label("", "note", wrap=True)
        self.add = button("Add an empty criterion", "dashed", self._add_one)
        self._box.addWidget(self.add)
        self._box.addWidget(self.count_words)
        self.setFocusProxy(self.add)
        self._name()

    def value(self) -> list[dict[str, Any]]:
        return [card.value() for card in self._cards]

    def set_value(self, value: Iterable[Mapping[str, Any]] | None) -> None:
        for card in self._cards:
            self._forget(card)
        self._cards = []
        for one in value or ():
            self._insert().set_value(one)
        self._name()

    def take(self, criterion: Mapping[str, Any]) -> None:
        """Adds one from elsewhere, at the end."""
        if not self.is_full():
            self._insert().set_value({**criterion, "id": None})
            self._name()
            self.changed.emit()

    def is_full(self) -> bool:
        return len(self._cards) >= self._most

    def names(self) -> set[str]:
        """Folded, of the criteria that are in it."""
        return {fold(card.rows["name"].field.value()) for card in self._cards}  # type: ignore[attr-defined]

    def set_errors(self, errors: Mapping[str, str]) -> FormRow | None:
        """`0.level_2`: of the first criterion's second level."""
        first: FormRow | None = None
        for at, card in enumerate(self._cards):
            for key in PARTS:
                row = card.rows.get(key)
                if row is None:
                    continue
                words = errors.get(f"{at}.{key}", "")
                row.set_error(words)
                if words and key == "weight_why":
                    appear(row, True)
                if words and first is None:
                    first = row
        return first

    def _add_one(self) -> None:
        card = self._insert()
        self._name()
        entry(card.rows["name"].field).setFocus()
        self.changed.emit()

    def _insert(self) -> _Card:
        card = _Card(self._questions)
        card.changed.connect(self._changed)
        card.move_wanted.connect(lambda step: self.shift(card, step))
        card.drop.clicked.connect(partial(self._remove, card))
        self._box.insertWidget(len(self._cards), card)
        self._cards.append(card)
        return card

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def shift(self, card: _Card, step: int) -> None:
        at = self._cards.index(card)
        if not 0 <= at + step < len(self._cards):
            return
        held = next((part for part in card.stops() if part.hasFocus()), entry(card.rows["name"].field))
        self._cards.insert(at + step, self._cards.pop(at))
        self._box.removeWidget(card)
        self._box.insertWidget(at + step, card)
        self._name()
        back = held if held.isVisible() else card.later if held is card.earlier else card.earlier
        QTimer.singleShot(0, back, back.setFocus)
        self.changed.emit()

    def _remove(self, card: _Card, *_: object) -> None:
        self._cards.remove(card)
        self._forget(card)
        self._name()
        self.add.setFocus()
        self.changed.emit()

    def _forget(self, card: _Card) -> None:
        self._box.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _name(self) -> None:
        for at, card in enumerate(self._cards, 1):
            card.name_all(at, len(self._cards))
        appear(self.add, not self.is_full())
        stops = [part for card in self._cards for part in card.stops()]
        # Each goes behind the one before it; the row that adds one stood where they are to stand, and follows at last.
        for one, after in pairwise([self.add, *stops, self.add] if stops else []):
            QWidget.setTabOrder(one, after)
        self._say()

    def _say(self) -> None:
        weights = []
        for card in self._cards:
            try:
                weights.append(card.rows["weight"].field.value() or 1)  # type: ignore[attr-defined]
            except Unreadable:
                return
        count, said = len(weights), f"A rubric has {self._fewest} to {self._most} criteria."
        if count >= 2 and len(set(weights)) == 1:
            said = f"{count} criteria, each counts the same. {said}"
        elif count >= 2:
            shares = ", ".join(f"{round(100 * one / sum(weights))} %" for one in weights)
            said = f"{count} criteria; of the whole they count {shares}. {said}"
        self.count_words.setText(said)
