"""The applications of one project: a board of their statuses and the project's own stages, or a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.insight import application_board
from core.insight.application_board import Board, Card, Column, step, way
from core.work import stages
from ui.context import Context
from ui.models.paged_table import Column as TableColumn
from ui.models.paged_table import PagedTable
from ui.places.actions import attempt
from ui.widgets.board_column import CardFace
from ui.widgets.card_board import CardBoard
from ui.widgets.empty import Empty
from ui.widgets.panel import Panel
from ui.widgets.table import Table
from ui.widgets.text import amp, label

PAGE = 50
BESIDE = 400
"""Applications from which on they are asked for beside the window."""
_COLUMNS = (
    TableColumn("who", "Who", width=0, least=150, sorts=False),
    TableColumn("column", "Stands in", width=180, sorts=False, folds=1),
    TableColumn("chip", "State", kind="chip", width=150, sorts=False),
    TableColumn("waits", "Waiting", kind="muted", width=170, sorts=False),
)


class ProjectWay(QWidget):
    """`show_project(id, board=...)`; `shown_anew` says when it stands."""

    shown_anew = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._project_id = ""
        self._board = Board((), (), 0)
        self._most: dict[str, int] = {}
        self._asked = 0
        self.board = CardBoard(self._takes)
        self.board.opened.connect(self._open)
        self.board.moved.connect(self.move_card)
        self.board.asked.connect(self._offer)
        self.board.more_wanted.connect(self._show_more)
        self._model = PagedTable(_COLUMNS, self._rows, self)
        self.table = Table(self._model, "Applications of the project")
        self.table.opened.connect(self._open)
        held = Panel(margins=(0, 0), gap=0)
        held.add(self.table, 1)
        nobody = Empty(
            "No applications yet",
            "Invite someone, or record an application with its answers; it stands here and goes from left to right.",
            "Record an application",
            lambda: context.open_form("applications", project_id=self._project_id),
        )
        self._stack = QStackedWidget()
        for one in (self.board, held, nobody):
            self._stack.addWidget(one)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    @property
    def subtitle(self) -> str:
        count = len(self._board.cards)
        return (
            f"{text.plural(count, 'application')} · drag a card, or move it with Alt and an arrow key" if count else ""
        )

    @property
    def note(self) -> str:
        hidden = self._board.names_hidden
        if not hidden:
            return ""
        return f"{text.plural(hidden, 'name is', 'names are')} hidden behind codes, and so is since when they wait."

    def show_project(self, project_id: str, *, board: bool, follow: str = "") -> None:
        """`follow`: the application that the keyboard goes with."""
        if project_id != self._project_id:
            self._project_id, self._most = project_id, {}
        self._asked += 1
        asked, store, today = self._asked, self.context.store, self.context.today()
        if application_board.size(store, project_id) <= BESIDE:
            self._show(application_board.board(store, project_id, today=today), board, follow, asked)
            return
        self.context.tasks.run(
            lambda _progress: application_board.board(store, project_id, today=today),
            done=lambda found: self._show(found, board, follow, asked),
            words="Looking where everyone stands",
        )

    def _show(self, found: Board, board: bool, follow: str, asked: int) -> None:
        # Of several questions on their way only the last counts.
        if asked != self._asked:
            return
        self._board = found
        if not self._board.cards:
            self._stack.setCurrentIndex(2)
        elif board:
            self._stack.setCurrentIndex(0)
            self._show_cards()
            if follow:
                self.board.follow(follow)
        else:
            self._stack.setCurrentIndex(1)
            self.table.show_ids([card.id for column in self._board.columns for card in self._board.of(column.key)])
        self.shown_anew.emit()

    def _show_cards(self) -> None:
        self.board.set_columns([(column.key, column.words) for column in self._board.columns])
        for column in self._board.columns:
            cards = self._board.of(column.key)
            most = self._most.get(column.key, PAGE)
            self.board.show_cards(column.key, [_face(card, column) for card in cards[:most]], len(cards))

    def _show_more(self, key: str) -> None:
        self._most[key] = self._most.get(key, PAGE) + PAGE
        self._show_cards()

    def _rows(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        words = {column.key: column.words for column in self._board.columns}
        wanted = set(ids)
        return {
            card.id: (card.who, words[card.column], (card.chip, card.tone) if card.chip else "", card.under)
            for card in self._board.cards
            if card.id in wanted
        }

    # --- moving -----------------------------------------------------------------------------------------------------

    def _card(self, row_id: str) -> Card | None:
        return next((card for card in self._board.cards if card.id == row_id), None)

    def _column(self, key: str) -> Column | None:
        return next((column for column in self._board.columns if column.key == key), None)

    def _takes(self, row_id: str, key: str) -> bool:
        card, column = self._card(row_id), self._column(key)
        if card is None or column is None:
            return False
        wanted = step(card, column, self._project_id)
        return wanted is None or bool(wanted.form)

    def move_card(self, row_id: str, key: str) -> None:
        """The move itself, the form that makes it so, or words why it stays."""
        card, column, context = self._card(row_id), self._column(key), self.context
        if card is None or column is None:
            context.say("This application is not on the board.")
            return
        wanted = step(card, column, self._project_id)
        if wanted is not None:
            if wanted.form:
                context.open_form(wanted.form, wanted.row_id, **wanted.values)
            elif wanted.words:
                context.say(wanted.words)
            return
        store, today = context.store, context.today()

        def move() -> None:
            stages.move_stage(store, [row_id], column.stage_id, column.status, today=today)

        if attempt(context, move, f"{card.who}: {column.words}."):
            self.show_project(self._project_id, board=True, follow=row_id)

    def _open(self, row_id: str) -> None:
        card = self._card(row_id)
        if card is not None and card.candidate_id is not None:
            self.context.show("candidates", card.candidate_id)
        else:
            self.context.show("projects", self._project_id)

    def _offer(self, row_id: str, place: QPoint) -> None:
        card = self._card(row_id)
        if card is None:
            return
        menu = QMenu(self)
        shown = "Show the person" if card.candidate_id else "Show the project"
        menu.addAction(shown).triggered.connect(lambda: self._open(row_id))
        if card.name is not None:
            menu.addAction("How far, and since when…").triggered.connect(lambda: self._show_way(card))
        menu.addSeparator()
        for column in self._board.columns:
            wanted = step(card, column, self._project_id)
            if wanted is None or wanted.form:
                dots = "…" if wanted is not None else ""
                action = menu.addAction(amp(f"Move to {column.words}{dots}"))
                action.triggered.connect(self._mover(row_id, column.key))
        menu.popup(place)

    def _mover(self, row_id: str, key: str) -> Callable[[], None]:
        return lambda: self.move_card(row_id, key)

    def _show_way(self, card: Card) -> None:
        self.context.open_sheet(Way(self.context, card.id, card.who))


class Way(QWidget):
    """Where an application stood, from when on, and for how long."""

    width_wanted = 520

    def __init__(self, context: Context, application_id: str, who: str) -> None:
        super().__init__()
        self.setAccessibleName(who)
        today = context.today()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        found = way(context.store, application_id, today=today)
        for at, one in enumerate(found):
            last = at == len(found) - 1
            days = "since today" if last and not one.days else text.plural(one.days, "day")
            grid.addWidget(label(text.short_day(one.on, today), "muted"), at, 0)
            grid.addWidget(label(one.words, "subject", wrap=True), at, 1)
            grid.addWidget(label(f"{days} so far" if last and one.days else days, "muted"), at, 2)
        grid.setRowStretch(len(found), 1)


def _face(card: Card, column: Column) -> CardFace:
    spoken = ", ".join(part for part in (card.who, column.words, card.chip, card.under) if part)
    return CardFace(card.id, card.who, card.under, card.chip, card.tone, spoken)
