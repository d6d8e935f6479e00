"""The timeline of the year: look ahead, move what has not begun, and fill the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.errors import SystemFault, UserError
from core.insight.parts import add_months, month_start, words_list
from core.insight.year import YearView, move_preview, year_view
from core.insight.year_load import balance
from core.insight.year_parts import YearBar
from core.text import as_written, in_digits
from core.work import reschedule
from ui.calendar_file import calendar_file
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.places.year_gaps import GapCards
from ui.theme import current
from ui.widgets.chips_field import Flow
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import Panel, Scroll
from ui.widgets.text import IconButton, appear, button, label, tip
from ui.widgets.timeline import ZOOMS, Timeline
from ui.widgets.timeline_scene import bar_words

_BACK, _AHEAD = 24, 36
"""Months that can be gone to, from today; farther where projects are."""
_SPANS = dict(zip(ZOOMS, ("Weeks", "3 months", "Half a year", "A year"), strict=True))


class YearLine(PlaceBase):
    key, title, icon = "year-line", "Year", "calendar-range"
    nouns = frozenset({
        "projects", "milestones", "engagements", "offers", "colleagues", "schools", "school_periods", "to_dos",
        "pool_entries", "candidates", "enrolments", "blackouts",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: YearView | None = None
        self.line: Timeline | None = None
        self._pages = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._empty = Empty(
            "Nothing is planned yet",
            "Each project stands here from its kick-off to its due date, beside the exams and breaks of your schools "
            "and the hours that you have for supervising.",
            "Plan the first project",
            lambda: self.context.open_form("projects"),
        )
        self._scroll = Scroll(gap=12)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._scroll)
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self.head_changed)

    # --- asking -----------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        today = self.context.today()
        start, end = add_months(month_start(today), -_BACK), add_months(month_start(today), _AHEAD)
        self._view = view = year_view(self.context.store, start, end, today=today)
        self._pages.setCurrentIndex(1 if view.all else 0)
        if not view.all:
            return
        if self.line is None:
            self._build(view, today)
        else:
            self.line.scene.today = today
            self.line.show_year(view)
        self._gaps.show_gaps(view.gaps, view.all - view.undated > 0)
        self._tell()
        self._room()

    def _build(self, view: YearView, today: date) -> None:
        self.line = line = Timeline(
            view, today, lambda row_id: reschedule.why_fixed(self.context.store, row_id, today=self.context.today())
        )
        line.moved.connect(self._move)
        line.refused.connect(self.context.say)
        line.opened.connect(lambda row_id: self.context.show("projects", row_id))
        line.chosen.connect(lambda _row_id: self._tell())
        body = self._scroll.body
        body.addWidget(self._tools(line))
        panel = Panel(margins=(16, 10), gap=0)
        panel.add(line)
        body.addWidget(panel)
        body.addWidget(self._chosen_line(line))
        self._balance = label("", "muted", wrap=True)
        body.addWidget(self._balance)
        self._gaps = GapCards(self.context)
        body.addWidget(self._gaps)
        body.addStretch(1)
        line.looked.connect(self._looked)
        line.go(month_start(today - timedelta(days=20)), 0)

    def _tools(self, line: Timeline) -> QWidget:
        self.span = ChoiceField(list(_SPANS.items()))
        self.span.setAccessibleName("Time in sight")
        self.span.setMinimumContentsLength(max(map(len, _SPANS.values())))
        self.span.set_value(ZOOMS[2])
        self.span.changed.connect(lambda: line.zoom(self.span.value()))
        self._schools = button("Each school", "quiet", self._turn_schools)
        holder = QWidget()
        row = Flow(holder, 6)
        for one in (
            IconButton("chevron-left", "Earlier", lambda: line.pan(-line.scene.days / 2)),
            button("Today", "", lambda: line.go(self.context.today())),
            IconButton("chevron-right", "Later", lambda: line.pan(line.scene.days / 2)),
            self.span,
            button("−", "quiet", lambda: line.step(-1), name="Show more time", hover="Show more time (−)"),
            button("+", "quiet", lambda: line.step(1), name="Show less time", hover="Show less time (+)"),
            self._schools,
            button("Calendar file…", "quiet", calendar_file(self.context), icon="calendar-days"),
            button("Print…", "quiet", self.print_list, icon="printer"),
        ):
            row.addWidget(one)
        return holder

    def _turn_schools(self) -> None:
        if self.line is not None:
            self.line.set_expanded(not self.line.scene.expanded)
            self._schools.say("One row for all schools" if self.line.scene.expanded else "Each school")
            self._room()

    def _chosen_line(self, line: Timeline) -> QWidget:
        """What a mouse does by dragging, as buttons."""
        self._chosen = QWidget()
        column = QVBoxLayout(self._chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._chosen_words = label("", "subject", wrap=True)
        column.addWidget(self._chosen_words)
        steps = QWidget()
        row = Flow(steps, 8)
        self._earlier = button("A week earlier", "link", lambda: line.move_by_weeks(-1))
        self._later = button("A week later", "link", lambda: line.move_by_weeks(1))
        for one in (button("Open", "link", self._open), self._earlier, self._later):
            one.setProperty("side", "flush")
            row.addWidget(one)
        column.addWidget(steps)
        return self._chosen

    def _open(self) -> None:
        if self.line is not None and (bar := self.line.bar()) is not None:
            self.context.show("projects", bar.project_id)

    # --- telling ----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        bar = self.line.bar() if self.line is not None else None
        appear(self._chosen, bar is not None)
        if bar is None:
            return
        movable = bar.phase in reschedule.MOVABLE
        self._chosen_words.setText(bar_words(bar))
        appear(self._earlier, movable)
        appear(self._later, movable)

    def _looked(self) -> None:
        """Other days are in sight."""
        line, view = self.line, self._view
        if line is None or view is None:
            return
        near = min(_SPANS, key=lambda days: abs(days - line.scene.days))
        self.span.set_value(near)
        start, end = line.seen()
        self._balance.setText(_balance_words(view, start, end))
        self._balance.setToolTip(tip(view.estimate.words))
        self._ask_soon.start()

    def subtitle(self) -> str:
        view, line = self._view, self.line
        if view is None or line is None or not view.all:
            return "Nothing is planned yet"
        start, end = line.seen()
        seen = sum(bar.start <= end and bar.end >= start for bar in view.bars)
        said = [f"{_month(start, end)} to {_month(end, start)}", text.plural(seen, "project")]
        said.append(text.plural(len(view.gaps), "gap") if view.gaps else "no gap ahead")
        if view.undated:
            said.append(f"{in_digits(view.undated)} without a day")
        mine = next((one for one in view.loads if one.colleague_id == self.context.store.me), None)
        if mine is not None and mine.hours_a_week is not None:
            said.append(f"you can supervise {text.plural(mine.hours_a_week, 'hour')} a week")
        return " · ".join(said)

    def primary(self) -> Command:
        return Command("add-project", "New project", "", lambda: self.context.open_form("projects"))

    # --- doing ------------------------------------------------------------------------------------------------------

    def _move(self, project_id: str, day: object) -> None:
        if not isinstance(day, date):
            return
        try:
            reschedule.reschedule(self.context.store, project_id, day, today=self.context.today())
        except (UserError, SystemFault) as error:
            self.context.say(str(error))
            return
        bar = self.line.bar() if self.line is not None else None
        if bar is not None and self._view is not None:
            exams = move_preview(bar, day, self._view.schools, self.context.today()).exams
            self.context.say(_moved_words(bar, exams))

    def print_list(self) -> None:
        """The days in sight, as one page."""
        from core.jobs import year as paper

        if self.line is None:
            return
        store, today = self.context.store, self.context.today()
        start, end = self.line.seen()
        self.context.preview(
            "Year",
            lambda: paper.draw_year(store, start, end, today=today),
            lambda out: paper.year(store, start, end, out, today=today, overwrite=True),
        )

    # --- size -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room()

    def _room(self) -> None:
        """The timeline is as high as its rows, and leaves room for what stands below it."""
        if self.line is not None:
            most = max(current().px(260), self.height() - current().px(104))
            self.line.setFixedHeight(min(self.line.needed(), most))


def _month(day: date, other: date) -> str:
    return text.MONTHS[day.month - 1] if day.year == other.year else text.month(day)


def _moved_words(bar: YearBar, exams: Sequence[str]) -> str:
    said = f"{bar.title} now goes from {text.short_day(bar.start)} to {text.short_day(bar.end)}"
    return f"{said}; its kick-off falls into exams at {words_list(exams)}" if exams else said


def _balance_words(view: YearView, start: date, end: date) -> str:
    """In sight: 32 hours of work handed over for 2.3 hours of supervision · ahead 194 hours for about 15."""
    found = balance(view.bars, start, end, view.estimate)
    said = []
    if found.done:
        said.append(
            f"{text.plural(found.done_hours, 'hour')} of work handed over for "
            f"{_hours(found.done_minutes)} of supervision"
        )
    if found.planned:
        ahead = f"{text.plural(found.planned_hours, 'hour')} planned for about {_hours(found.planned_minutes)}"
        said.append(ahead if said else f"{ahead} of supervision")
    words = " · ".join(said) or "No work falls due in these days"
    return f"In sight: {words}. {view.estimate.words}"


def _hours(minutes: int) -> str:
    amount = as_written(f"{(minutes + 3) // 6 / 10:.1f}".removesuffix(".0"))
    return f"{amount} hour" if amount == "1" else f"{amount} hours"
