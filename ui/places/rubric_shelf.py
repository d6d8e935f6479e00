"""Rubrics to start from: for each competency and common skill, and those of one's own. Read, kept, given away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.text import fold
from core.work import own_rubrics as own
from core.work.rubric_files import Shelved
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.actions import Action, attempt, menu_button, opener
from ui.places.base import PlaceBase
from ui.places.rubric_in_out import draft_from_file, save_as_file
from ui.places.two_sides import TwoSides
from ui.theme import current
from ui.widgets.brief_parts import WordedCriterion
from ui.widgets.chips import Pill
from ui.widgets.empty import Empty
from ui.widgets.fields import LineField
from ui.widgets.panel import Line, Panel, Scroll
from ui.widgets.table import Table
from ui.widgets.text import Elided, button, label

KINDS = {"own": "Your own", "any": "Any task", "competency": "Competency", "skill": "Skill"}
_COLUMNS = (
    Column("name", "Name", width=0, least=200, sorts=False),
    Column("kind", "Kind", kind="muted", width=112, widest="Competency", folds=1, sorts=False),
    Column("criteria", "Criteria", width=76, right=True, folds=2, folded="{} criteria", sorts=False),
)


class RubricShelf(PlaceBase):
    key, title = "rubrics", "Rubrics"
    nouns = frozenset({"templates"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shelf: dict[str, Shelved] = {}
        self._words: str | None = None
        self._model = PagedTable(_COLUMNS, self._cells_of, self)
        self.table = Table(self._model, "Rubrics to start from")
        self.page = _Page()
        self.search = LineField(200, "Search")
        self.search.setAccessibleName("Search rubrics to start from")
        self.search.setClearButtonEnabled(True)
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 16, 10)
        bar.setSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addWidget(button("Take in a file…", "", self.take_in))
        left.add(bar)
        left.add(Line())
        left.add(self.table, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(TwoSides(left, self.page, (440, 568)))
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._open)
        self.search.changed.connect(self.ask)
        self.search.textChanged.connect(lambda words: None if words else self.ask())

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        wanted = fold(self.search.value()).split()
        shelf = own.shelf(self.context.store)
        found = {key: one for key, one in shelf.items() if all(word in _said(one) for word in wanted)}
        fresh = [key for key in found if key not in self._shelf] if self._words == self.search.value() else []
        self._words, self._shelf = self.search.value(), found
        self.table.picked.disconnect(self._picked)
        self.table.show_ids(list(found))
        if len(fresh) == 1:  # made just now
            self.table.choose(fresh[0])
        self.table.picked.connect(self._picked)
        self._picked(self.table.current_id())

    def subtitle(self) -> str:
        shelf = own.shelf(self.context.store).values()
        mine = sum(one.kind == "own" for one in shelf)
        ready = f"{len(shelf) - mine} ready-made"
        return f"{ready} · {mine} of your own" if mine else ready

    def primary(self) -> Command:
        return Command("new-rubric", "New rubric", "", opener(self.context, "own_rubrics"))

    def choose(self, key: str) -> None:
        """Picks a rubric; a search that hides it is taken off."""
        if key not in self._shelf:
            self.search.set_value("")
            self.ask()
        self.table.choose(key)

    # --- within -----------------------------------------------------------------------------------------------------

    def _cells_of(self, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        found = {key: self._shelf[key] for key in keys if key in self._shelf}
        return {key: (one.draft.name, KINDS[one.kind], len(one.draft.criteria)) for key, one in found.items()}

    def _open(self, key: str) -> None:
        self.context.open_form("own_rubrics", key)

    def _picked(self, key: str | None) -> None:
        one = self._shelf.get(key or "")
        if one is None:
            found = self.search.value()
            self.page.show_words("Nothing here says that. Search by another word." if found else "Pick one to read it.")
            return
        mine, context = one.kind == "own", self.context
        first = Action("Edit" if mine else "Make it yours…", opener(context, "own_rubrics", one.key))
        more = [Action("Save as a file…", lambda: save_as_file(self, context, one.draft))]
        if mine:
            more += [Action(""), Action("Remove", lambda: self._remove(one.key))]
        self.page.show_one(one, first, more)

    def _remove(self, key: str) -> None:
        context = self.context
        done = "Removed. Projects that took it keep theirs."
        attempt(context, lambda: own.remove_rubric(context.store, key, today=context.today()), done)

    def take_in(self) -> None:
        draft = draft_from_file(self.context)
        if draft is not None:
            self.context.open_form("own_rubrics", from_file=draft)


class _Page(Panel):
    def __init__(self) -> None:
        super().__init__(margins=(18, 16), gap=12)
        self._inside: QWidget | None = None
        self.show_words("Pick one to read it.")

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(current().px(360), 0))

    def show_words(self, words: str) -> None:
        self._show(Empty("Nothing chosen", words))

    def show_one(self, one: Shelved, first: Action, more: Sequence[Action]) -> None:
        made, draft = QWidget(), one.draft
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head, names = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(8)
        names.setSpacing(4)
        names.addWidget(Elided(draft.name, "big"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Pill(KINDS[one.kind]))
        line.addWidget(Elided(text.plural(len(draft.criteria), "criterion", "criteria"), "muted"), 1)
        names.addLayout(line)
        head.addLayout(names, 1)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(button(first.words, "", first.run, name=f"{first.words}: {draft.name}"), 0, top)
        head.addWidget(menu_button(f"More for {draft.name}", more), 0, top)
        column.addLayout(head)
        scroll = Scroll(gap=12, margins=(0, 0, 8, 0))
        if one.about:
            scroll.body.addWidget(label(one.about, "muted", wrap=True))
        weighted = len({criterion.weight for criterion in draft.criteria}) > 1
        for criterion in draft.criteria:
            aside = [criterion.competency] * (criterion.competency != draft.name)
            aside += [f"weight {criterion.weight}"] * weighted
            notes = (criterion.hint, criterion.weight_why)
            words = " · ".join(part for part in aside if part)
            scroll.body.addWidget(WordedCriterion(criterion.name, words, notes, criterion.levels))
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        self._show(made)

    def _show(self, made: QWidget) -> None:
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = made
        self.body.addWidget(made, 1)


def _said(one: Shelved) -> str:
    parts = [
        part for criterion in one.draft.criteria for part in (criterion.name, criterion.competency, criterion.hint)
    ]
    return fold(" ".join((one.draft.name, one.about, *one.words, *parts)))
