"""Columns of cards beside each other: each with its count, the cards by mouse and by key, more of them when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from core.text import in_digits
from ui.theme import current, set_role
from ui.widgets.board_column import BoardColumn, CardFace
from ui.widgets.panel import Panel
from ui.widgets.text import Button, appear, button, label

Welcome = Callable[[str, str], bool]


class CardBoard(QScrollArea):
    """`moved(card, column)`: let go there, or pushed by Alt with an arrow. `opened(card)`, `asked(card, place)`.

    `more_wanted(column)`: its next cards. `welcome(card, column)` says whether the column would take the card.
    """

    opened = Signal(str)
    moved = Signal(str, str)
    asked = Signal(str, QPoint)
    more_wanted = Signal(str)

    def __init__(self, welcome: Welcome) -> None:
        super().__init__()
        self._welcome = welcome
        self._heads: tuple[tuple[str, str], ...] = ()
        self.columns: dict[str, BoardColumn] = {}
        self._counts: dict[str, QLabel] = {}
        self._more: dict[str, Button] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_columns(self, heads: Sequence[tuple[str, str]]) -> None:
        """(key, heading) in order; the same ones again keep cards, places and the keyboard."""
        if tuple(heads) == self._heads:
            return
        self._heads = tuple(heads)
        self.columns, self._counts, self._more = {}, {}, {}
        inner = QWidget()
        set_role(inner, "page")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for at, (key, words) in enumerate(heads):
            grid.addWidget(self._column(key, words), 0, at)
            grid.setColumnStretch(at, 1)
        self.setWidget(inner)

    def _column(self, key: str, words: str) -> QWidget:
        made = Panel(margins=(0, 0), gap=0)
        set_role(made, "column")
        made.heading.setParent(None)
        made.setMinimumWidth(current().px(148))
        head = QHBoxLayout()
        head.setContentsMargins(11, 10, 11, 8)
        head.setSpacing(8)
        head.addWidget(label(words, "heading", wrap=True), 1)
        count = self._counts[key] = label("", "note")
        head.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        made.add(head)
        cards = self.columns[key] = BoardColumn(words, lambda row_id: self._welcome(row_id, key))
        cards.opened.connect(self.opened)
        cards.asked.connect(self.asked)
        cards.aside.connect(lambda way: self._beside(key, way))
        cards.pushed.connect(lambda row_id, way: self._push(row_id, key, way))
        cards.dropped.connect(lambda row_id: self.moved.emit(row_id, key))
        made.add(cards, 1)
        more = self._more[key] = button("Show more", "link-small", lambda: self.more_wanted.emit(key))
        appear(more, False)
        made.add(more)
        return made

    def show_cards(self, key: str, cards: Sequence[CardFace], total: int) -> None:
        """`total`: how many there are; where it is more than the cards, a link below asks for more."""
        self.columns[key].show_cards(cards)
        self._counts[key].setText(in_digits(total) if total else "")
        left = total - len(cards)
        more = self._more[key]
        heading = dict(self._heads)[key]
        more.say(f"{in_digits(left)} more", f"{in_digits(left)} more in {heading}")
        appear(more, left > 0)

    def follow(self, row_id: str) -> None:
        """The keyboard goes with a card that moved."""
        for column in self.columns.values():
            if column.choose(row_id):
                column.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(column, 0, 0)

    def _push(self, row_id: str, key: str, way: int) -> None:
        keys = list(self.columns)
        at = keys.index(key) + way
        if 0 <= at < len(keys):
            self.moved.emit(row_id, keys[at])

    def _beside(self, key: str, way: int) -> None:
        keys = list(self.columns)
        at = keys.index(key) + way
        while 0 <= at < len(keys):
            column = self.columns[keys[at]]
            if column.cards():
                column.setFocus(Qt.FocusReason.TabFocusReason)
                self.ensureWidgetVisible(column, 0, 0)
                return
            at += way
