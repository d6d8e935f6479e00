"""The list of candidates at the left, the person at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout

from core import text
from core.insight import people
from core.insight.office import schools
from core.insight.people import CandidateFilter
from core.insight.stage import STAGES
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.base import PlaceBase
from ui.places.candidate_page import CandidatePage
from ui.places.two_sides import TwoSides
from ui.widgets.chips import FilterBar
from ui.widgets.empty import Empty
from ui.widgets.panel import Line, Panel
from ui.widgets.table import Table
from ui.widgets.text import label

_COLUMNS = (
    Column("name", "Name", width=0, least=130),
    Column("school", "School", width=140, folds=2),
    Column("class_year", "Year", width=56, folds=1, folded="{} year"),
    Column("stage", "Stage", kind="chip", width=120, widest=max((words for words, _ in STAGES.values()), key=len)),
    Column("last_contact", "Last contact", kind="warn", width=96),
)


class CandidateList(PlaceBase):
    key, title, icon = "candidates", "Candidates", "users"
    nouns = frozenset({
        "candidates", "candidate_emails", "enrolments", "candidate_skills", "blackouts", "applications", "offers",
        "engagements", "payments", "touches", "pool_entries", "outcomes", "consents", "schools", "fit_reviews",
        "evaluations",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._filter = CandidateFilter()
        self._sort, self._down = "name", False
        self._ids: list[str] = []
        self._total = 0
        self._model = PagedTable(_COLUMNS, self._rows, self)
        self._model.sort_wanted.connect(self._sort_by)
        self.table = Table(self._model, "Candidates")
        self.filters = FilterBar()
        self.filters.removed.connect(self._drop_filter)
        self.filters.add_wanted.connect(self._offer_filters)
        self._shown: QLabel = label("", "muted")
        self.page = CandidatePage(context)
        self.table.picked.connect(self.page.show_person)
        self.table.opened.connect(lambda row_id: context.open_form("candidates", row_id))
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(self.filters, 1)
        bar.addWidget(self._shown)
        left.add(bar)
        left.add(Line())
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

    def ask(self) -> None:
        today, store = self.context.today(), self.context.store
        self._ids = people.candidate_ids(store, self._filter, self._sort, self._down, today=today)
        everyone = self._filter == CandidateFilter()
        self._total = len(self._ids) if everyone else people.count(store, CandidateFilter(), today=today)
        self._stack.setCurrentIndex(0 if self._total else 1)
        self.filters.set_filters(self._chips())
        self._shown.setText("" if everyone else f"{self._total:,} → {len(self._ids):,}")
        self.table.show_ids(self._ids)
        self.page.show_person(self.table.current_id())

    def subtitle(self) -> str:
        if not self._total:
            return ""
        lists = {one.key: one.count for one in people.saved_lists(self.context.store, today=self.context.today())}
        seen = [one for one in schools(self.context.store) if one.candidates]
        parts = [text.plural(self._total, "person", "people"), text.plural(len(seen), "school")]
        if lists["going_cold"]:
            parts.append(f"{lists['going_cold']} going cold")
        return " · ".join(parts)

    def primary(self) -> Command:
        return Command("add-candidate", "Add candidate", "", lambda: self.context.open_form("candidates"))

    def count(self) -> int | None:
        return people.count(self.context.store, CandidateFilter(), today=self.context.today())

    def choose(self, row_id: str) -> None:
        """Picks a person; a filter that hides them is taken off."""
        if row_id not in self._ids:
            self._filter = CandidateFilter()
            self.refresh()
        self.table.choose(row_id)
        self.page.show_person(row_id)

    def show_list(self, key: str) -> None:
        for one in people.saved_lists(self.context.store, today=self.context.today()):
            if one.key == key:
                self._filter = one.filter
        self.refresh()

    def print_list(self) -> None:
        """The list as it is filtered and sorted."""
        rows = people.candidate_rows(self.context.store, self._ids, today=self.context.today())
        cells = [[_words(cell) for cell in self._cells(rows[row_id])] for row_id in self._ids]
        columns = [(column.title, "right" if column.right else "left") for column in _COLUMNS]
        self.print_rows("Candidates", [words for _, words in self._chips()], columns, cells, "person")

    # --- within -----------------------------------------------------------------------------------------------------

    def _rows(self, ids: Any) -> dict[str, tuple[Any, ...]]:
        rows = people.candidate_rows(self.context.store, ids, today=self.context.today())
        return {row_id: self._cells(row) for row_id, row in rows.items()}

    @staticmethod
    def _cells(row: people.CandidateListRow) -> tuple[Any, ...]:
        year = text.ordinal(row.class_year) if row.class_year else ""
        days = "" if row.last_contact_days is None else text.ago(row.last_contact_days)
        return (row.name, row.school, year, (row.stage_words, row.stage_kind), (days, row.cold))

    def _sort_by(self, key: str, down: bool) -> None:
        self._sort, self._down = key, down
        self.refresh()

    def _chips(self) -> list[tuple[str, str]]:
        names = {one.id: one.short_name or one.name for one in schools(self.context.store)}
        chips = []
        for field, blank in CandidateFilter().__dataclass_fields__.items():
            value = getattr(self._filter, field)
            if value != blank.default:
                only = replace(CandidateFilter(), **{field: value})
                chips.append((field, ", ".join(people.filter_words(only, names))))
        return chips

    def _drop_filter(self, field: str) -> None:
        self._set(**{field: getattr(CandidateFilter(), field)})

    def _set(self, **values: Any) -> None:
        self._filter = replace(self._filter, **values)
        self.refresh()
        self.head_changed.emit()

    def _offer_filters(self) -> None:
        menu = QMenu(self)

        def offer(under: QMenu, words: str, on: bool, **values: Any) -> None:
            action = QAction(words, under, checkable=True, checked=on)
            action.triggered.connect(lambda: self._set(**values))
            under.addAction(action)

        years = menu.addMenu("Class year")
        for year in range(1, 6):
            wanted = self._filter.class_years ^ {year}
            offer(years, text.ordinal(year), year in self._filter.class_years, class_years=frozenset(wanted))
        at = menu.addMenu("School")
        for school in [one for one in schools(self.context.store) if one.candidates][:40]:
            wanted_schools = self._filter.school_ids ^ {school.id}
            name = (school.short_name or school.name).replace("&", "&&")
            offer(at, name, school.id in self._filter.school_ids, school_ids=frozenset(wanted_schools))
        stages = menu.addMenu("Stage")
        for key, (words, _tone) in STAGES.items():
            offer(stages, words, self._filter.stage == key, stage=None if self._filter.stage == key else key)
        menu.addSeparator()
        offer(menu, "Going cold", self._filter.going_cold, going_cold=not self._filter.going_cold)
        offer(menu, "Just missed the internship", self._filter.near_miss, near_miss=not self._filter.near_miss)
        offer(menu, "First and second years", self._filter.early, early=not self._filter.early)
        offer(menu, "Graduating within a year", self._filter.graduating_within == 12, graduating_within=12)
        menu.popup(self.filters.add.mapToGlobal(self.filters.add.rect().bottomLeft()))


def _words(cell: Any) -> str:
    return str(cell[0] if isinstance(cell, tuple) else cell)
