"""The list of candidates at the left, the person at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from core import text
from core.insight import filters, lists, people
from core.insight.list_columns import ListColumn, cells, columns, ordered_ids
from core.insight.list_groups import groups
from core.insight.schools import schools_of_people
from core.insight.stage import STAGES
from core.store import Store
from core.text import in_digits
from ui.asking import AT_ONCE, Asking
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, Group, PagedTable, in_words
from ui.places.base import PlaceBase
from ui.places.candidate_page import CandidatePage
from ui.places.chosen_bar import ChosenBar
from ui.places.list_menu import View, everyone, list_menu, opened
from ui.places.two_sides import TwoSides
from ui.widgets.chips import FilterBar
from ui.widgets.empty import Empty
from ui.widgets.filter_menu import filter_menu
from ui.widgets.notice import Notice
from ui.widgets.panel import Line, Panel
from ui.widgets.table import Table
from ui.widgets.text import button, label

_HEAD = "group:"
_FOLDS = {"school": (2, "{}"), "class_year": (1, "{} year")}
_LONGEST = {"stage": max((words for words, _ in STAGES.values()), key=len)}
_LEAST_NAME = 130
_NAME_BESIDE_MANY = 190
_FIT = 5
"""Columns that stand beside each other without scrolling to the side."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """`head`: the words over the list, None where they were not asked for."""

    ids: list[str]
    groups: list[Group]
    head: str | None
    is_everyone: bool


def _head(store: Store, today: date, total: int) -> str:
    if not total:
        return ""
    parts = [text.plural(total, "person", "people"), text.plural(schools_of_people(store), "school")]
    cold = people.count(store, {"field": "cold", "is": "yes"}, today=today)
    return " · ".join([*parts, f"{in_digits(cold)} going cold"] if cold else parts)


def _column(one: ListColumn, many: bool) -> Column:
    folds, folded = _FOLDS.get(one.key, (0, "{}")) if not many else (0, "{}")
    width = _NAME_BESIDE_MANY if many and not one.width else one.width
    return Column(
        one.key,
        one.words,
        one.kind,
        width,
        one.right,
        widest=_LONGEST.get(one.key, ""),
        least=_LEAST_NAME,
        folds=folds,
        folded=folded,
    )


class CandidateList(PlaceBase):
    key, title, icon = "candidates", "Candidates", "users"
    nouns = frozenset({
        "candidates", "candidate_emails", "enrolments", "candidate_skills", "candidate_languages", "candidate_tags",
        "tags", "custom_fields", "custom_values", "saved_lists", "blackouts", "applications", "offers", "engagements",
        "payments", "touches", "pool_entries", "outcomes", "consents", "schools", "skills", "fit_reviews",
        "evaluations",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view = everyone()
        self._known: dict[str, ListColumn] = {}
        self._ids: list[str] = []
        self._total = 0
        self._chip_words: list[str] = []
        self._head_words, self._head_is_old = "", True
        self._wanted: str | None = None
        self._asking = Asking(context, self)
        self._model = PagedTable((), self._rows, self)
        self._model.sort_wanted.connect(self._sort_by)
        self.table = Table(self._model, "Candidates")
        self.filters = FilterBar()
        self.filters.removed.connect(self._drop_filter)
        self.filters.add_wanted.connect(self._offer_filters)
        self._shown: QLabel = label("", "muted")
        self.more = button("List", "chip", self._offer_more, icon="chevron-down", name="Columns, groups, saved lists")
        self._problem = Notice()
        self.chosen = ChosenBar(context, self.table.chosen_ids, self._choose_one)
        self.table.several.connect(self.chosen.say)
        self.page = CandidatePage(context)
        self._on_page: str | None = None
        self._picks_count = True
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda row_id: context.open_form("candidates", row_id))
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(10)
        bar.addWidget(self.filters, 1)
        self._shown.setContentsMargins(0, 5, 0, 0)
        bar.addWidget(self._shown, 0, Qt.AlignmentFlag.AlignTop)
        bar.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        left.add(bar)
        left.add(self._problem)
        left.add(Line())
        left.add(self.chosen)
        left.add(self.table, 1)
        nobody = Empty(
            "Nobody yet",
            "Candidates are the students you meet: from a fair, a campus office, a referral, an application.",
            "Add a candidate",
            lambda: context.open_form("candidates"),
        )
        split = TwoSides(left, self.page, (616, 392))
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(nobody)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._head_is_old = True
        self.ask()

    def ask(self) -> None:
        """The rows that stand stay until the answer is there."""
        store, today, view = self.context.store, self.context.today(), self._view
        asked = filters.shown(store, view.filter, today)
        self._chip_words = [words or "Everyone" for words in asked.chips]
        self._problem.say(" ".join(dict.fromkeys(asked.problems)))
        self.filters.set_filters([(str(at), words) for at, words in enumerate(self._chip_words)])
        self._total = people.count(store, filters.EVERYONE, today=today)
        with_head, many = self._head_is_old, self._total > AT_ONCE

        def question() -> _Answer:
            ids = ordered_ids(store, asked.tree, view.sort, view.descending, today=today)
            found = groups(store, ids, view.group_by, today=today) if view.group_by else []
            made = [Group(_HEAD + one.key, one.words, one.ids) for one in found]
            head = _head(store, today, self._total) if with_head else None
            return _Answer(ids, made, head, filters.is_everyone(asked.tree))

        self._asking.ask(question, self._answered, beside=many, words="Looking through the list")

    def _answered(self, answer: _Answer) -> None:
        self._ids = answer.ids
        self._stack.setCurrentIndex(0 if self._total else 1)
        self._shown.setText("" if answer.is_everyone else f"{in_digits(self._total)} → {in_digits(len(self._ids))}")
        self._set_columns()
        self._picks_count, before = False, self._on_page
        self.table.show_ids(self._ids, groups=answer.groups)
        self._picks_count = True
        current = self.table.current_id()
        current = None if current in self._model.groups else current
        # In another order the same person is still the same.
        if answer.head is not None or current != before:
            self._picked(current)
        if answer.head is not None:
            self._head_is_old, self._head_words = False, answer.head
            self.head_changed.emit()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.choose(wanted)

    def _set_columns(self) -> None:
        self._known = columns(self.context.store)
        wanted = [self._known[key] for key in self._view.columns if key in self._known]
        made = [_column(one, len(wanted) > _FIT) for one in wanted]
        self._model.sorted_by = (self._view.sort, self._view.descending)
        if made != self._model.columns:
            self._model.set_columns(made)

    def subtitle(self) -> str:
        return self._head_words

    def primary(self) -> Command:
        return Command("add-candidate", "Add candidate", "", lambda: self.context.open_form("candidates"))

    def count(self) -> int | None:
        return people.count(self.context.store, filters.EVERYONE, today=self.context.today())

    def choose(self, row_id: str) -> None:
        """Picks a person; a filter that hides them is taken off."""
        if not self._asking.under_way and row_id not in self._ids and not filters.is_everyone(self._view.filter):
            self._view = everyone()
            self.refresh()
        if self._asking.under_way:
            self._wanted = row_id
            self._picked(row_id)
            return
        if self._model.row_of(row_id) is None:
            for head in [one.key for one in self._model.groups.values() if row_id in one.ids]:
                self.table.fold(head, False)
        self.table.choose(row_id)
        if self._on_page != row_id:
            self._picked(row_id)

    def show_list(self, key: str) -> None:
        """A ready or a saved list, with its own columns, order and groups."""
        found = lists.find_list(self.context.store, key)
        if found is not None:
            self._view = opened(found)
        self.ask()

    def print_list(self) -> None:
        """The list as it is filtered, sorted and shown."""
        keys = [column.key for column in self._model.columns]
        found = cells(self.context.store, keys, self._ids, today=self.context.today())
        rows = [[in_words(cell) for cell in found[row_id]] for row_id in self._ids if row_id in found]
        titles = [(column.title, "right" if column.right else "left") for column in self._model.columns]
        self.print_rows("Candidates", self._chip_words, titles, rows, "person")

    # --- within -----------------------------------------------------------------------------------------------------

    def _rows(self, ids: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        keys = [column.key for column in self._model.columns]
        return cells(self.context.store, keys, ids, today=self.context.today())

    def _picked(self, row_id: str | None) -> None:
        if self._picks_count:
            self._on_page = row_id
            self.page.show_person(row_id)

    def _sort_by(self, key: str, down: bool) -> None:
        self._view = replace(self._view, sort=key, descending=down)
        self.ask()

    def _show(self, view: View) -> None:
        self._view = view
        self.ask()

    def _narrow(self, tree: filters.Node) -> None:
        self._show(replace(self._view, filter=tree))

    def _drop_filter(self, at: str) -> None:
        left = filters.parts(filters.shown(self.context.store, self._view.filter, self.context.today()).tree)
        self._narrow({"all": [one for place, one in enumerate(left) if place != int(at)]})

    def _offer_filters(self) -> None:
        catalogue = filters.catalogue(self.context.store)
        menu = filter_menu(self, self._view.filter, catalogue, self._narrow, self._build)
        menu.popup(self.filters.add.mapToGlobal(self.filters.add.rect().bottomLeft()))

    def _build(self) -> None:
        self.context.open_form("list_filter", tree=self._view.filter, done=self._narrow)

    def _offer_more(self) -> None:
        menu = list_menu(self, self.context, self._view, self._show, self.table.selectAll)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _choose_one(self) -> None:
        current = self.table.current_id()
        self.table.clearSelection()
        self.table.choose(current)
