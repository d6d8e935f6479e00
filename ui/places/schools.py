"""The schools: reach at a glance, the list with what came of each, and the page of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.insight import reach as reaching
from core.insight.schools import SchoolLine, school_lines
from core.text import fold, in_digits, plural
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.base import PlaceBase
from ui.places.school_page import SchoolPanel
from ui.places.school_reach import ReachStrip
from ui.places.two_sides import NARROW, TwoSides
from ui.theme import current
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.panel import Line, Panel, Scroll
from ui.widgets.table import Table
from ui.widgets.text import label

_COLUMNS = (
    Column("name", "School", width=0, least=150),
    Column("focus", "Reach", kind="chip", width=74, folds=2, widest="focus"),
    Column("candidates", "People", width=66, right=True),
    Column("applicants", "Applied", width=68, right=True),
    Column("engagements", "Projects", width=72, right=True, folds=3, folded="{} projects"),
    Column("hires", "Hired", width=58, right=True, folds=4, folded="{} hired"),
    Column("calendar", "Calendar", kind="warn", width=190, folds=1),
)
_WHICH = [("", "All schools"), ("focus", "Focus schools"), ("other", "Outside focus"), ("none", "Nobody applied yet")]
_BESIDE, _STACKED = 380, 620
"""Least height of list and page: side by side, and one above the other."""
_KEYS: dict[str, Callable[[SchoolLine], Any]] = {
    "name": lambda one: fold(one.name),
    "focus": lambda one: not one.is_focus,
    "candidates": lambda one: -one.candidates,
    "applicants": lambda one: -one.applicants,
    "engagements": lambda one: -one.engagements,
    "hires": lambda one: -one.hires,
    "calendar": lambda one: (not one.in_exams, not one.calendar, one.calendar),
}
_FIT: dict[str, Callable[[SchoolLine], bool]] = {
    "": lambda _one: True,
    "focus": lambda one: one.is_focus,
    "other": lambda one: not one.is_focus,
    "none": lambda one: not one.applicants,
}


class Schools(PlaceBase):
    key, title, icon = "schools", "Schools", "school"
    nouns = frozenset({
        "schools", "school_contacts", "school_periods", "enrolments", "applications", "engagements", "outcomes",
        "candidates",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lines: dict[str, SchoolLine] = {}
        self._sort, self._down = "name", False
        self._model = PagedTable(_COLUMNS, self._rows, self)
        self._model.sort_wanted.connect(self._sort_by)
        self.table = Table(self._model, "Schools")
        self.wanted = LineField(100, "Find a school")
        self.wanted.setAccessibleName("Find a school")
        self.wanted.changed.connect(self._show)
        self.which = ChoiceField(_WHICH)
        self.which.setAccessibleName("Which schools")
        self.which.changed.connect(self._show)
        self._count: QLabel = label("", "muted")
        self.strip = ReachStrip(context)
        self.panel = SchoolPanel(context)
        self.table.picked.connect(self.panel.show_school)
        self.table.opened.connect(lambda row_id: context.open_form("schools", row_id))
        split = TwoSides(self._left(), self.panel, (660, 372))
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(
            Empty(
                "No school yet",
                "A school comes with its first candidate, found by the e-mail’s domain. Or add one here, with its "
                "campus office and exam weeks.",
                "Add a school",
                lambda: context.open_form("schools"),
            )
        )
        # In a small window all of it scrolls, so that the list keeps room for its rows.
        page = Scroll(gap=12)
        page.body.addWidget(self.strip)
        page.body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = current().px
        self._stack.setMinimumHeight(px(_STACKED if self.width() < px(NARROW) else _BESIDE))

    def _left(self) -> Panel:
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self.wanted, 1)
        bar.addWidget(self.which)
        bar.addWidget(self._count)
        left.add(bar)
        left.add(Line())
        left.add(self.table, 1)
        return left

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        store, today = self.context.store, self.context.today()
        self._lines = {one.id: one for one in school_lines(store, today=today)}
        self.strip.show_reach(reaching.reach(store, today=today))
        # What was made just now would come last for Tab, though it stands above the list.
        for one, after in pairwise([*self.strip.links(), self.wanted, self.which, self.table]):
            QWidget.setTabOrder(one, after)
        self._stack.setCurrentIndex(0 if self._lines else 1)
        self._show()

    def subtitle(self) -> str:
        if not self._lines:
            return ""
        focus = sum(one.is_focus for one in self._lines.values())
        return f"{plural(len(self._lines), 'school')} · {focus} in focus"

    def primary(self) -> Command:
        return Command("add-school", "Add school", "", lambda: self.context.open_form("schools"))

    def choose(self, row_id: str) -> None:
        """Picks a school; what hides it is taken off."""
        if row_id not in self._model.ids:
            self.wanted.set_value("")
            self.which.set_value("")
            self.refresh()
        self.table.choose(row_id)
        self.panel.show_school(row_id)
        # A page that was made just now has no height yet to scroll in.
        QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))

    # --- within -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        wanted, fits = fold(self.wanted.value()), _FIT[self.which.value()]
        found = [
            one
            for one in self._lines.values()
            if fits(one) and (not wanted or wanted in fold(f"{one.name} {one.short_name} {one.place}"))
        ]
        found = sorted(found, key=_KEYS[self._sort], reverse=self._down)
        all_ = len(found) == len(self._lines)
        self._count.setText("" if all_ else f"{in_digits(len(self._lines))} → {in_digits(len(found))}")
        self.table.show_ids([one.id for one in found])
        self.panel.show_school(self.table.current_id())

    def _sort_by(self, key: str, down: bool) -> None:
        self._sort, self._down = key, down
        self._show()

    def _rows(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        return {row_id: _cells(self._lines[row_id]) for row_id in ids if row_id in self._lines}


def _cells(one: SchoolLine) -> tuple[Any, ...]:
    counts = (
        in_digits(count) if count else "" for count in (one.candidates, one.applicants, one.engagements, one.hires)
    )
    focus = ("focus", "green") if one.is_focus else ""
    return (one.name, focus, *counts, (one.calendar, one.in_exams))
