"""Duplicates: pairs who may be one person, with why; merged by hand, or told apart for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.work import duplicates
from core.work.duplicates import Pair
from core.work.side_by_side import pair_names
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.actions import attempt
from ui.places.base import PlaceBase
from ui.widgets.empty import Empty
from ui.widgets.panel import Line, Panel
from ui.widgets.table import Table
from ui.widgets.text import button

_COLUMNS = (
    Column("one", "This person", width=220, sorts=False),
    Column("other", "and this one", width=220, sorts=False, folds=2),
    Column("why", "Why they may be one", kind="muted", width=0, least=200, sorts=False, folds=1),
)


class Duplicates(PlaceBase):
    key, title = "duplicates", "Duplicates"
    nouns = frozenset({"candidates", "candidate_emails", "enrolments", "different_people"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._pairs: dict[str, Pair] = {}
        self._asked = 0
        self.table = Table(PagedTable(_COLUMNS, self._cells, self), "Pairs who may be one person")
        self.table.opened.connect(lambda _key: self.merge())
        steps = QWidget()
        row = QHBoxLayout(steps)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(button("Compare and merge", "", self.merge))
        row.addWidget(button("Different people", "", self.tell_apart))
        row.addStretch(1)
        found = Panel(margins=(0, 0), gap=0)
        found.add(self.table, 1)
        found.add(Line())
        found.add(steps)
        nobody = Empty("Nobody is here twice", "Who shares a mailbox, a phone, or a name at one school stands here.")
        stopped = Empty("The search was stopped", "Nothing was changed.", "Look again", self.ask)
        self._stack = QStackedWidget()
        for one in (nobody, found, stopped):
            self._stack.addWidget(one)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    def ask(self) -> None:
        self._asked += 1
        asked, store = self._asked, self.context.store
        self.context.tasks.run(
            lambda progress: duplicates.pairs(store, progress.step),
            done=lambda pairs: self._show(pairs, asked),
            cancelled=lambda: self._stack.setCurrentIndex(2),
            words="Looking for people who are here twice",
            cancellable=True,
        )

    def _show(self, pairs: list[Pair], asked: int) -> None:
        # Of several questions on their way only the last counts.
        if asked != self._asked:
            return
        self._pairs = {f"{pair.first_id}:{pair.second_id}": pair for pair in pairs}
        self._stack.setCurrentIndex(1 if pairs else 0)
        self.table.show_ids(list(self._pairs))
        self.head_changed.emit()

    def subtitle(self) -> str:
        if not self._pairs:
            return "Who may be one person twice"
        return f"{text.plural(len(self._pairs), 'pair')} who may be one person"

    def primary(self) -> Command:
        return Command("add-candidate", "Add candidate", "", lambda: self.context.open_form("candidates"))

    def _cells(self, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        pairs = {key: self._pairs[key] for key in keys if key in self._pairs}
        names = pair_names(self.context.store, [(one.first_id, one.second_id) for one in pairs.values()])
        made = {}
        for key, pair in pairs.items():
            one, other = names.get((pair.first_id, pair.second_id), ("", ""))
            made[key] = (one, other, "; ".join(pair.why))
        return made

    def _chosen(self) -> Pair | None:
        return self._pairs.get(self.table.current_id() or "")

    def merge(self) -> None:
        if (pair := self._chosen()) is not None:
            self.context.open_form("merge", keep_id=pair.first_id, other_id=pair.second_id)

    def tell_apart(self) -> None:
        if (pair := self._chosen()) is not None:
            words = "They are different people and are not shown together again."
            store = self.context.store
            attempt(self.context, lambda: duplicates.tell_apart(store, pair.first_id, pair.second_id), words)
