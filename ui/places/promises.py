"""What the program does: the six promises with figure and base, each open to the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core import money, text
from core.insight.figure import Figure
from core.insight.records import names_of
from core.insight.summary import ProgramSummary, program_summary
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.widgets.bars import Bars
from ui.widgets.fields import ChoiceField
from ui.widgets.figure import Figure as BigFigure
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import label

_MOST_ROWS = 200


class Promises(PlaceBase):
    key, title = "promises", "Promises"
    nouns = frozenset({
        "projects", "applications", "engagements", "evaluations", "scores", "fit_reviews", "payments", "touches",
        "pool_entries", "outcomes", "enrolments", "schools", "extensions", "candidates",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: ProgramSummary | None = None
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
        """First and last day of the period chosen; the last is never after today."""
        today = self.context.today()
        if self.period.value() == "last":
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        if self.period.value() == "months":
            month = today.year * 12 + today.month - 12
            return date(month // 12, month % 12 + 1, 1), today
        return date(today.year, 1, 1), today

    def _ask_again(self) -> None:
        self.refresh()
        self.head_changed.emit()

    def ask(self) -> None:
        start, end = self.span()
        self._view = view = program_summary(self.context.store, start, end, today=self.context.today())
        self._scroll.clear()
        body = self._scroll.body
        body.addWidget(self._promises(view))
        body.addWidget(Heading("Projects by month"))
        panel = Panel(margins=(16, 14))
        chart = view.by_month
        bars = Bars(chart.bars, chart.title, 96)
        bars.opened.connect(lambda at: self._behind(chart.bars[at].words, chart.bars[at].words, chart.bars[at].rows))
        panel.add(bars)
        body.addWidget(panel)
        for group in view.groups:
            body.addWidget(Heading(group.title))
            body.addWidget(Rows([self._figure(one) for one in group.figures], subjects=240, actions=90))
        if view.spending:
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
                            self._shower(one.project_id),
                        )
                        for one in view.spending
                    ],
                    subjects=240,
                    actions=60,
                )
            )
        body.addStretch(1)

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
        base = f"{one.numerator} of {one.base}" if one.unit == "share" and one.base and not one.hidden else ""
        detail = " · ".join(part for part in (base, one.definition) if part)
        if not one.rows or one.hidden:
            return Row(one.words, detail, one.shown, "neutral", tip=one.definition)
        return Row(
            one.words, detail, one.shown, "green" if one.value else "neutral", "Rows", self._opener(one), one.definition
        )

    def _opener(self, one: Figure) -> Callable[[], None]:
        return lambda: self._behind(one.words, f"{one.shown}: {one.definition}", one.rows)

    def _behind(self, title: str, words: str, rows: Sequence[tuple[str, str]]) -> None:
        """The rows that a figure or a bar counts, each with the way to it."""
        names = names_of(self.context.store, rows[:_MOST_ROWS])
        sheet = QWidget()
        sheet.setAccessibleName(title)
        sheet.width_wanted = 560  # type: ignore[attr-defined]
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(words, "muted", wrap=True))
        shown = [
            Row(
                names.get(row_id, ""),
                action="Open" if noun in ("candidates", "projects") else "",
                run=self._goer(noun, row_id),
            )
            for noun, row_id in rows[:_MOST_ROWS]
        ]
        scroll = Scroll(gap=8)
        if shown:
            scroll.body.addWidget(Rows(shown, subjects=240, actions=60))
        if len(rows) > _MOST_ROWS:
            scroll.body.addWidget(label(f"and {len(rows) - _MOST_ROWS} more", "muted"))
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        self.context.open_sheet(sheet)

    def _goer(self, noun: str, row_id: str) -> Callable[[], None]:
        return lambda: self.context.show(noun, row_id)

    def _shower(self, project_id: str) -> Callable[[], None]:
        return self._goer("projects", project_id)

    def subtitle(self) -> str:
        start, end = self.span()
        return f"{text.short_day(start)} to {text.short_day(end)} · every figure with its base"

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
