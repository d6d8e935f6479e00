"""Everyone on the way from prospect to hired: a page of cards for each part, or a list; it follows from facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.insight.pipeline import (
    PIPELINE,
    PersonCard,
    Step,
    count_words,
    person_cards,
    pipeline_ids,
    since_words,
    step,
)
from core.insight.stage import STAGES
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.widgets.board_column import CardFace
from ui.widgets.card_board import CardBoard
from ui.widgets.empty import Empty
from ui.widgets.panel import Panel
from ui.widgets.table import Table

PAGE = 50
"""Cards of a column at a time."""
_COLUMNS = (
    Column("name", "Name", width=0, least=150, sorts=False),
    Column("school", "Year and school", width=190, sorts=False, folds=1),
    Column("part", "Part of the way", width=130, sorts=False, folds=2),
    Column("stage", "Stage", kind="chip", width=150, sorts=False, widest=max((w for w, _ in STAGES.values()), key=len)),
    Column("since", "Since", kind="muted", width=150, sorts=False),
)


class PeopleWay(QWidget):
    """`show_all(board=...)` asks anew, beside the window where many are asked for; `shown_anew` says when it stands."""

    shown_anew = Signal()
    note = "Where someone stands follows from what happened. A card that is moved opens the form that makes it so."

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._ids: dict[str, list[str]] = {key: [] for key in PIPELINE}
        self._most = dict.fromkeys(PIPELINE, PAGE)
        self._cards: dict[str, PersonCard] = {}
        self._asked = 0
        self._is_board = True
        self.board = CardBoard(self._takes)
        self.board.set_columns(list(PIPELINE.items()))
        self.board.opened.connect(lambda row_id: context.show("candidates", row_id))
        self.board.moved.connect(self.move_card)
        self.board.asked.connect(self._offer)
        self.board.more_wanted.connect(self._show_more)
        self._model = PagedTable(_COLUMNS, self._rows, self)
        self.table = Table(self._model, "Everyone by how far they have come")
        self.table.opened.connect(lambda row_id: context.show("candidates", row_id))
        held = Panel(margins=(0, 0), gap=0)
        held.add(self.table, 1)
        nobody = Empty(
            "Nobody yet",
            "Everyone whom you meet stands here by how far they have come, from a first contact to a job.",
            "Add a candidate",
            lambda: context.open_form("candidates"),
        )
        self._stack = QStackedWidget()
        for one in (self.board, held, nobody):
            self._stack.addWidget(one)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    @property
    def subtitle(self) -> str:
        counts = {key: len(ids) for key, ids in self._ids.items()}
        if not (total := sum(counts.values())):
            return ""
        return f"{text.plural(total, 'person', 'people')} · {count_words(counts)}"

    def show_all(self, *, board: bool) -> None:
        self._is_board = board
        self._asked += 1
        asked, store, today = self._asked, self.context.store, self.context.today()
        self.context.tasks.run(
            lambda _progress: pipeline_ids(store, today=today),
            done=lambda ids: self._show(ids, asked),
            words="Looking how far everyone has come",
        )

    def _show(self, ids: dict[str, list[str]], asked: int) -> None:
        # Of several questions on their way only the last counts.
        if asked != self._asked:
            return
        self._ids = ids
        if not any(ids.values()):
            self._stack.setCurrentIndex(2)
        elif self._is_board:
            self._stack.setCurrentIndex(0)
            self._show_cards(list(PIPELINE))
        else:
            self._stack.setCurrentIndex(1)
            self.table.show_ids([one for key in reversed(PIPELINE) for one in ids[key]])
        self.shown_anew.emit()

    def _show_cards(self, keys: Sequence[str]) -> None:
        wanted = [one for key in keys for one in self._ids[key][: self._most[key]]]
        found = person_cards(self.context.store, wanted, today=self.context.today())
        if len(keys) == len(PIPELINE):
            self._cards = {}
        self._cards |= {card.id: card for card in found}
        for key in keys:
            page = self._ids[key][: self._most[key]]
            faces = [_face(self._cards[one], self.context.today()) for one in page if one in self._cards]
            self.board.show_cards(key, faces, len(self._ids[key]))

    def _show_more(self, key: str) -> None:
        self._most[key] += PAGE
        self._show_cards([key])

    def _rows(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        today = self.context.today()
        return {
            card.id: (
                card.name,
                card.under,
                PIPELINE[card.part],
                (card.stage_words, card.kind),
                since_words(card.since, today),
            )
            for card in person_cards(self.context.store, ids, today=today)
        }

    # --- moving -----------------------------------------------------------------------------------------------------

    def _takes(self, row_id: str, column: str) -> bool:
        keys = list(PIPELINE)
        card = self._cards.get(row_id)
        return card is not None and keys.index(column) > keys.index(card.part)

    def move_card(self, row_id: str, column: str) -> None:
        """Opens the form that makes it so, or says why it stays."""
        card = self._cards.get(row_id)
        if card is None:
            self.context.say("This person is not on the board.")
            return
        self._do(step(self.context.store, row_id, card.part, column, today=self.context.today()))

    def _do(self, wanted: Step) -> None:
        if wanted.form:
            self.context.open_form(wanted.form, wanted.row_id, **wanted.values)
        elif wanted.words:
            self.context.say(wanted.words)

    def _offer(self, row_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("Show the person").triggered.connect(lambda: self.context.show("candidates", row_id))
        menu.addSeparator()
        for key, words in PIPELINE.items():
            if self._takes(row_id, key):
                menu.addAction(f"Move to {words}…").triggered.connect(self._mover(row_id, key))
        menu.popup(place)

    def _mover(self, row_id: str, key: str) -> Callable[[], None]:
        return lambda: self.move_card(row_id, key)


def _face(card: PersonCard, today: Any) -> CardFace:
    chip = "" if card.stage_words == PIPELINE[card.part] else card.stage_words
    spoken = ", ".join(
        part for part in (card.name, card.stage_words, card.under, since_words(card.since, today)) if part
    )
    return CardFace(card.id, card.name, card.under, chip, card.kind, spoken)
