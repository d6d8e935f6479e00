"""What the program does: the six promises with figure and base, each open to the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core import money, text
from core.chart import Chart
from core.insight import filters, people
from core.insight.figure import Figure
from core.insight.parts import month_end
from core.insight.records import names_of
from core.insight.schools import Behind
from core.insight.summary import ProgramSummary, program_summary
from core.insight.summary_reach import SchoolReach
from ui.asking import Asking
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.places.behind import MOST, open_rows
from ui.widgets.bars import Bars
from ui.widgets.chart_lines import ChartLines
from ui.widgets.chips import Tone
from ui.widgets.fields import ChoiceField
from ui.widgets.figure import Figure as BigFigure
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import label

_AT_ONCE = 2_000
"""People whom it counts within a blink; more are counted beside the window."""


class Promises(PlaceBase):
    key, title = "promises", "Promises"
    nouns = frozenset({
        "projects", "applications", "engagements", "evaluations", "scores", "fit_reviews", "payments", "touches",
        "pool_entries", "outcomes", "enrolments", "schools", "extensions", "candidates",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asking = Asking(context, self)
        self.period = ChoiceField([("year", "This year"), ("months", "Last 12 months"), ("last", "Last year")])
        self.period.setAccessibleName("Period")
        self.period.changed.connect(self._ask_again)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        line = QHBoxLayout()
        line.addWidget(self.period)
        line.addStretch(1)
        outer.addLayout(line)
        self._scroll = Scroll(gap=12)
        outer.addWidget(self._scroll, 1)

    def span(self) -> tuple[date, date]:
        """First and last day of the period chosen; the last may lie ahead, so that a year is held against a year."""
        today = self.context.today()
        if self.period.value() == "last":
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        if self.period.value() == "months":
            month = today.year * 12 + today.month - 12
            return date(month // 12, month % 12 + 1, 1), month_end(today)
        return date(today.year, 1, 1), date(today.year, 12, 31)

    def _ask_again(self) -> None:
        self.refresh()
        self.head_changed.emit()

    def ask(self) -> None:
        start, end = self.span()
        store, today = self.context.store, self.context.today()
        self._asking.ask(
            lambda: program_summary(store, start, end, today=today),
            self._show,
            beside=people.count(store, filters.EVERYONE, today=today) > _AT_ONCE,
            words="Counting",
        )

    def _show(self, view: ProgramSummary) -> None:
        self._scroll.clear()
        body = self._scroll.body
        body.addWidget(self._promises(view))
        body.addWidget(label(view.compared, "note", wrap=True))
        body.addLayout(self._side_by_side((view.by_month, 3), (view.by_class_year, 2)))
        for group in view.groups:
            body.addWidget(Heading(group.title))
            body.addWidget(Rows([self._figure(one) for one in group.figures], subjects=240, actions=90))
        body.addLayout(self._side_by_side((view.students_said, 1), (view.we_saw, 1)))
        body.addLayout(self._side_by_side((view.followed, 1), (view.paid_by_month, 1)))
        self._reach(view)
        self._spending(view)
        body.addStretch(1)

    def _side_by_side(self, *given: tuple[Chart, int]) -> QHBoxLayout:
        """Charts that have something to show, with how much of the room each takes."""
        line = QHBoxLayout()
        line.setSpacing(12)
        for chart, room in given:
            if chart.empty:
                continue
            panel = Panel(chart.title, margins=(16, 12), gap=8)
            drawn = ChartLines(chart) if chart.whole else Bars(chart, 132, numbered=True)
            drawn.opened.connect(self._bar_opener(chart))
            panel.add(drawn)
            panel.body.addStretch(1)
            line.addWidget(panel, room)
        return line

    def _bar_opener(self, chart: Chart) -> Callable[[int], None]:
        return lambda at: self._behind(chart.title, chart.bars[at].words, chart.bars[at].rows)

    def _reach(self, view: ProgramSummary) -> None:
        if not view.schools:
            return
        self._scroll.body.addWidget(Heading("Reach by school", "groups under five are gathered"))
        self._scroll.body.addWidget(Rows([self._school(one) for one in view.schools], subjects=240, actions=60))

    def _school(self, one: SchoolReach) -> Row:
        counts = (one.selected, "selected"), (one.finished, "finished"), (one.went_on, "went on with us")
        detail = " · ".join(f"{text.in_digits(count)} {words}" for count, words in counts if count is not None)
        applied = "under 5 applied" if one.applied is None else f"{text.in_digits(one.applied)} applied"
        if one.school_id is None:
            return Row(one.school, detail, applied)
        return Row(one.school, detail, applied, "neutral", "Open", self._goer("schools", one.school_id))

    def _spending(self, view: ProgramSummary) -> None:
        if not view.spending:
            return
        body = self._scroll.body
        body.addWidget(Heading("Projects and spending"))
        body.addWidget(
            Rows(
                [
                    Row(
                        one.project,
                        f"{one.number} · {one.state} · {text.plural(one.hours, 'hour')}",
                        f"{money.show(one.paid, one.currency)} of {money.show(one.fee, one.currency)} paid",
                        "neutral",
                        "Open",
                        self._goer("projects", one.project_id),
                    )
                    for one in view.spending[-MOST:]
                ],
                subjects=240,
                actions=60,
            )
        )
        if len(view.spending) > MOST:
            more = f"and {text.in_digits(len(view.spending) - MOST)} that began before"
            body.addWidget(label(more, "muted"))

    def _promises(self, view: ProgramSummary) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for place, one in enumerate(view.promises):
            panel = Panel(margins=(16, 14))
            panel.add(BigFigure(one.figure, one.label, "; ".join(said for said in (one.detail, one.trend) if said)))
            grid.addWidget(panel, place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
        return box

    def _figure(self, one: Figure) -> Row:
        base = one.counts if one.unit == "share" and one.base else ""
        detail = " · ".join(part for part in (base, one.definition) if part)
        words = one.words[:1].upper() + one.words[1:]
        if not one.rows or one.hidden:
            return Row(words, detail, one.shown, "neutral", tip=one.definition)
        tone: Tone = "green" if one.value else "neutral"
        return Row(words, detail, one.shown, tone, "Rows", self._opener(one), one.definition)

    def _opener(self, one: Figure) -> Callable[[], None]:
        return lambda: self._behind(one.words, f"{one.shown}: {one.definition}", one.rows)

    def _behind(self, title: str, words: str, rows: Sequence[tuple[str, str]]) -> None:
        """The rows that a figure or a bar counts, each with the way to it."""
        names = names_of(self.context.store, rows[:MOST])
        open_rows(self.context, title, words, [Behind(noun, one, names.get(one, ""), "") for noun, one in rows])

    def _goer(self, noun: str, row_id: str) -> Callable[[], None]:
        return lambda: self.context.show(noun, row_id)

    def subtitle(self) -> str:
        start, end = self.span()
        last = min(end, self.context.today())
        return f"{text.short_day(start)} to {text.short_day(last)} · every figure with its base"

    def primary(self) -> Command:
        return Command("summary", "Program summary…", "", self._summary)

    def _summary(self) -> None:
        from core.jobs import papers

        store, today = self.context.store, self.context.today()
        start, end = self.span()
        self.context.preview(
            "Program summary",
            lambda: papers.draw_summary(store, start, end, today=today),
            lambda out: papers.summary(store, start, end, out, today=today, overwrite=True),
        )
