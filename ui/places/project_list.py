"""The projects: the list at the left, the project at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout

from core import money, text
from core.insight import projects
from core.insight.projects import ProjectRow
from core.model.words import PROJECT_PHASES
from core.text import in_digits
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.base import PlaceBase
from ui.places.project_page import ProjectPage
from ui.places.two_sides import TwoSides
from ui.widgets.chips import FilterBar
from ui.widgets.empty import Empty
from ui.widgets.panel import Line, Panel
from ui.widgets.table import Table
from ui.widgets.text import label

_COLUMNS = (
    Column("number", "No.", kind="muted", width=66, widest="P-0000", folds=1),
    Column("title", "Title", width=0, least=250),
    Column("phase", "Phase", kind="chip", width=100, widest=max(PROJECT_PHASES.values(), key=len)),
    Column("applicants", "Applied", width=70, right=True, folds=2, folded="{} applied"),
    Column("kick_off", "Kick-off", width=60, right=True, widest="28 Nov"),
    Column("due", "Due", width=60, right=True, widest="28 Nov"),
    Column("fee", "Fee", width=60, right=True, widest="$1,250", folds=3),
)
LIVE = ("draft", "open", "closed_for_applications", "selecting", "running", "review")


class ProjectList(PlaceBase):
    key, title = "project-list", "List"
    nouns = frozenset({
        "projects", "milestones", "questions", "project_skills", "applications", "answers", "offers", "engagements",
        "milestones_done", "check_ins", "work_authorisations", "documents", "payees",
        "extensions", "hour_entries", "deliveries", "payments", "instalments", "rubrics", "criteria", "evaluations",
        "scores", "fit_reviews", "candidates", "candidate_skills", "blackouts", "schools", "school_periods",
        "colleagues", "employers",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._phases: frozenset[str] = frozenset()
        self._sort, self._down = "number", True
        self._ids: list[str] = []
        self._all: dict[str, ProjectRow] = {}
        self._model = PagedTable(_COLUMNS, self._rows, self)
        self._model.sort_wanted.connect(self._sort_by)
        self.table = Table(self._model, "Projects")
        self.filters = FilterBar()
        self.filters.removed.connect(lambda phase: self._set(self._phases - {phase}))
        self.filters.add_wanted.connect(self._offer_filters)
        self._shown: QLabel = label("", "muted")
        self.page = ProjectPage(context)
        self.table.picked.connect(self.page.show_project)
        self.table.opened.connect(lambda row_id: context.open_form("projects", row_id))
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(self.filters, 1)
        bar.addWidget(self._shown)
        left.add(bar)
        left.add(Line())
        left.add(self.table, 1)
        nothing = Empty(
            "No project yet",
            "A project is one micro-internship: a few hours of real work, a fixed fee, dates. "
            "Begin with something you never get to.",
            "New project",
            lambda: context.open_form("projects"),
            "Write down to-dos first",
            lambda: context.open_form("to_dos"),
        )
        split = TwoSides(left, self.page, (606, 402))
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        today, store = self.context.today(), self.context.store
        self._all = {row.id: row for row in projects.projects(store, today=today)}
        self._ids = projects.project_ids(store, "", self._phases, self._sort, self._down, today=today)
        self._stack.setCurrentIndex(0 if self._all else 1)
        self.filters.set_filters([(phase, PROJECT_PHASES[phase]) for phase in PROJECT_PHASES if phase in self._phases])
        self._shown.setText(f"{in_digits(len(self._all))} → {in_digits(len(self._ids))}" if self._phases else "")
        self.table.picked.disconnect(self.page.show_project)
        self.table.show_ids(self._ids)
        self.table.picked.connect(self.page.show_project)
        self.page.show_project(self.table.current_id())

    def subtitle(self) -> str:
        """How many, and in which phases."""
        if not self._all:
            return ""
        counts = [(sum(row.phase == phase for row in self._all.values()), phase) for phase in LIVE]
        parts = [f"{count} {PROJECT_PHASES[phase].lower()}" for count, phase in counts if count]
        return " · ".join([text.plural(len(self._all), "project"), *parts])

    def primary(self) -> Command:
        return Command("add-project", "New project", "", lambda: self.context.open_form("projects"))

    def count(self) -> int | None:
        rows = projects.projects(self.context.store, today=self.context.today())
        return sum(row.phase in LIVE for row in rows) or None

    def choose(self, row_id: str) -> None:
        """Picks a project; a filter that hides it is taken off."""
        if row_id not in self._ids:
            self._phases = frozenset()
            self.refresh()
        self.table.choose(row_id)
        self.page.show_project(row_id)

    def print_list(self) -> None:
        """The list as it is filtered and sorted."""
        cells = [[_words(cell) for cell in self._cells(self._all[row_id])] for row_id in self._ids]
        words = [PROJECT_PHASES[phase] for phase in PROJECT_PHASES if phase in self._phases]
        columns = [(column.title, "right" if column.right else "left") for column in _COLUMNS]
        self.print_rows("Projects", words, columns, cells, "project")

    # --- within -----------------------------------------------------------------------------------------------------

    def _rows(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        return {row_id: self._cells(self._all[row_id]) for row_id in ids if row_id in self._all}

    def _cells(self, row: ProjectRow) -> tuple[Any, ...]:
        today = self.context.today()
        kick_off, due = _near(row.kick_off_on, today), _near(row.due_on, today)
        phase = (row.phase_words, row.kind)
        fee = money.show(row.fee, row.currency) if row.fee else ""
        return (row.number, row.title, phase, row.applicants or "", kick_off, due, fee)

    def _sort_by(self, key: str, down: bool) -> None:
        self._sort, self._down = key, down
        self.refresh()

    def _set(self, phases: frozenset[str]) -> None:
        self._phases = phases
        self.refresh()
        self.head_changed.emit()

    def _offer_filters(self) -> None:
        menu = QMenu(self)
        for phase, words in PROJECT_PHASES.items():
            on = phase in self._phases
            count = sum(row.phase == phase for row in self._all.values())
            action = QAction(f"{words}  {count}", menu, checkable=True, checked=on)
            action.triggered.connect(lambda _on, phase=phase: self._set(self._phases ^ {phase}))
            menu.addAction(action)
        menu.popup(self.filters.add.mapToGlobal(self.filters.add.rect().bottomLeft()))


def _near(day: date | None, today: date) -> str:
    """14 Dec; of a day further off than some months, month and year say enough."""
    if day is None:
        return ""
    if abs((day - today).days) < 330:
        return text.short_day(day, day)
    return f"{text.MONTHS[day.month - 1][:3]} {day:%y}"


def _words(cell: Any) -> str:
    return str(cell[0] if isinstance(cell, tuple) else cell)
