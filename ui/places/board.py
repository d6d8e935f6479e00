"""The board: the projects' way from draft to closed, moved by hand as far as a hand decides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.insight.board import COLUMNS, Card, board, step
from core.work import plan
from ui.command import Command
from ui.context import Context
from ui.places.actions import attempt
from ui.places.base import PlaceBase
from ui.places.opening import open_project
from ui.theme import set_role
from ui.widgets.board_column import BoardColumn, CardFace
from ui.widgets.empty import Empty
from ui.widgets.panel import Panel
from ui.widgets.text import label

_DONE = {
    "draft": "It is a draft again.",
    "open": "Open for applications again.",
    "selecting": "Closed for applications.",
}


class Board(PlaceBase):
    key, title = "board", "Board"
    nouns = frozenset({"projects", "applications", "offers", "engagements", "extensions", "colleagues"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cards: dict[str, Card] = {}
        self.columns: dict[str, BoardColumn] = {}
        self._counts = {key: label("", "note") for key in COLUMNS}
        inner = QWidget()
        set_role(inner, "page")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for at, (key, words) in enumerate(COLUMNS.items()):
            grid.addWidget(self._column(key, words), 0, at)
            grid.setColumnStretch(at, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._scroll = scroll
        nothing = Empty(
            "No project yet",
            "Each project is a card here and goes from left to right. Begin with something you never get to.",
            "New project",
            lambda: context.open_form("projects"),
            "Write down to-dos first",
            lambda: context.open_form("to_dos"),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll)
        self._stack.addWidget(nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack, 1)

    def _column(self, key: str, words: str) -> QWidget:
        made = Panel(margins=(0, 0), gap=0)
        set_role(made, "column")
        made.heading.setParent(None)
        head = QHBoxLayout()
        head.setContentsMargins(11, 10, 11, 8)
        head.addWidget(label(words, "heading", wrap=True), 1)
        head.addWidget(self._counts[key], 0, Qt.AlignmentFlag.AlignTop)
        made.add(head)
        cards = BoardColumn(words, lambda row_id: self._takes(row_id, key))
        cards.opened.connect(lambda row_id: self.context.show("projects", row_id))
        cards.aside.connect(lambda way: self._beside(key, way))
        cards.pushed.connect(lambda row_id, way: self._push(row_id, way))
        cards.dropped.connect(lambda row_id: self.move_card(row_id, key))
        cards.asked.connect(self._offer)
        self.columns[key] = cards
        made.add(cards, 1)
        return made

    def _takes(self, row_id: str, key: str) -> bool:
        card = self._cards.get(row_id)
        return card is not None and bool(step(card, key).verb)

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        found = board(self.context.store, today=self.context.today())
        self._cards = {card.id: card for cards in found.values() for card in cards}
        for key, cards in found.items():
            self._counts[key].setText(str(len(cards)) if cards else "")
            self.columns[key].show_cards([_face(card) for card in cards])
        self._stack.setCurrentIndex(0 if self._cards else 1)

    def subtitle(self) -> str:
        if not self._cards:
            return ""
        return f"{text.plural(len(self._cards), 'project')} · drag a card, or move it with Alt and an arrow key"

    def primary(self) -> Command:
        return Command("board-project", "New project", "", lambda: self.context.open_form("projects"))

    # --- moving -----------------------------------------------------------------------------------------------------

    def move_card(self, row_id: str, column: str) -> None:
        """What a drop does, and Alt with an arrow, and the menu."""
        card, context = self._cards.get(row_id), self.context
        if card is None:
            # It comes from another window, or what made it was undone while it was in the hand.
            context.say("This project is not on the board.")
            return
        wanted = step(card, column)
        if not wanted.verb:
            if wanted.words:
                context.say(wanted.words)
            return
        if wanted.verb == "cancel":
            context.open_form("project_cancelled", project_id=row_id)
        elif wanted.verb == "open" and card.phase == "draft":
            open_project(context, row_id)
        else:
            store, today = context.store, context.today()
            attempt(context, lambda: plan.move_project(store, row_id, wanted.verb, today=today), _DONE[wanted.verb])
        self._follow(row_id, card.column)

    def _follow(self, row_id: str, before: str) -> None:
        """The keyboard goes with a card that moved; where a form asks first, it stays with the form."""
        self.ask()
        card = self._cards.get(row_id)
        if card is None or card.column == before:
            return
        column = self.columns[card.column]
        if column.choose(row_id):
            column.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(column, 0, 0)

    def _push(self, row_id: str, way: int) -> None:
        keys = list(COLUMNS)
        at = keys.index(self._cards[row_id].column) + way
        if 0 <= at < len(keys):
            self.move_card(row_id, keys[at])

    def _beside(self, key: str, way: int) -> None:
        keys = list(COLUMNS)
        at = keys.index(key) + way
        while 0 <= at < len(keys):
            column = self.columns[keys[at]]
            if column.cards():
                column.setFocus(Qt.FocusReason.TabFocusReason)
                self._scroll.ensureWidgetVisible(column, 0, 0)
                return
            at += way

    def _offer(self, row_id: str, place: QPoint) -> None:
        """The card's menu: its page, and the columns that it may go to."""
        menu = QMenu(self)
        menu.addAction("Show the project").triggered.connect(lambda: self.context.show("projects", row_id))
        menu.addSeparator()
        for key, words in COLUMNS.items():
            if step(self._cards[row_id], key).verb:
                said = "Cancel the project…" if key == "done" else f"Move to {words}"
                menu.addAction(said).triggered.connect(self._mover(row_id, key))
        menu.popup(place)

    def _mover(self, row_id: str, key: str) -> Callable[[], None]:
        return lambda: self.move_card(row_id, key)


def _face(card: Card) -> CardFace:
    parts = (card.title, card.phase_words, card.under, card.detail, card.supervisor and f"with {card.supervisor}")
    spoken = ", ".join(part for part in parts if part)
    return CardFace(card.id, card.title, card.under, card.detail, card.kind, spoken)
