"""Reach at a glance: this year's figures, each with its base and the rows behind it, and where people heard of us."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from core.insight.figure import Figure
from core.insight.reach import Reach, Source, behind
from core.insight.schools import Behind
from core.text import in_digits, short_day
from ui.context import Context
from ui.places.actions import Run
from ui.places.behind import open_rows
from ui.widgets.chips_field import Flow
from ui.widgets.count import Count
from ui.widgets.panel import Panel, clear
from ui.widgets.text import button, label

_MOST_SOURCES = 4
_WORDS = {
    "new_schools": "{} of {} schools are new",
    "outside_focus": "{} of {} from outside focus",
    "early": "{} of {} in their first two years",
    "months_before": "met before graduation, median of {1}",
}
_NONE = {
    "new_schools": "new schools",
    "outside_focus": "from outside focus",
    "early": "in their first two years",
    "months_before": "met before graduation",
}


class ReachStrip(Panel):
    """`show_reach(reach)`."""

    def __init__(self, context: Context) -> None:
        super().__init__("Reach this year", margins=(16, 10), gap=6)
        self.context = context
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(10)
        self._figures: list[QWidget] = []
        self._across = 0
        self.add(self._inside)
        heard = QWidget()
        self._sources = Flow(heard, 4)
        self.add(heard)
        self.setAccessibleName("Reach this year")

    def show_reach(self, reach: Reach) -> None:
        period = f"{short_day(reach.period.start)} to {short_day(reach.period.end)}"
        self.heading.say("Reach this year", period)
        clear(self._grid)
        self._figures = [self._figure(one) for one in reach.figures]
        self._across = 0
        self._lay()
        clear(self._sources)
        if reach.sources:
            self._sources.addWidget(label("Heard of us by:", "note"))
        for one in reach.sources[:_MOST_SOURCES]:
            words = f"{one.words} {one.applicants}"
            self._sources.addWidget(button(words, "link-small", self._of_source(one), name=f"{words} of {one.base}"))
        if others := reach.sources[_MOST_SOURCES:]:
            words = f"others {sum(one.applicants for one in others)}"
            name = f"{words} of {others[0].base}"
            self._sources.addWidget(button(words, "link-small", self._of_others(others), name=name))

    def links(self) -> list[QWidget]:
        """What Tab reaches in it, in the order of reading."""
        figures = [link for figure in self._figures for link in figure.findChildren(QPushButton)]
        items = (self._sources.itemAt(at) for at in range(self._sources.count()))
        sources = [item.widget() for item in items if item is not None]
        return [*figures, *(one for one in sources if isinstance(one, QPushButton))]

    def _figure(self, one: Figure) -> QWidget:
        if not one.base:
            return Count(one.shown, _NONE[one.key], None, one.definition)
        words = _WORDS[one.key].format(in_digits(one.numerator), in_digits(one.base))
        return Count(one.shown, words, self._of_figure(one), one.definition)

    def _lay(self) -> None:
        """All side by side, two by two where the window is narrow, or each below the other."""
        gap, edges = self._grid.horizontalSpacing(), self.body.contentsMargins()
        room = self.width() - edges.left() - edges.right()
        widest = max((figure.sizeHint().width() for figure in self._figures), default=0)
        count = len(self._figures)
        across = next((n for n in (count, 2) if n * widest + (n - 1) * gap <= room), 1)
        if across == self._across or not self._figures:
            return
        self._across = across
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        for at, figure in enumerate(self._figures):
            self._grid.addWidget(figure, at // across, at % across)
        for at in range(min(across, len(self._figures))):
            self._grid.setColumnStretch(at, 1)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._lay()

    # --- the rows behind --------------------------------------------------------------------------------------------

    def _of_figure(self, one: Figure) -> Run:
        def show() -> None:
            said = f"{one.shown}, {one.counts}. {one.definition}."
            open_rows(self.context, one.words[0].upper() + one.words[1:], said, behind(self.context.store, one))

        return show

    def _of_source(self, one: Source) -> Run:
        def show() -> None:
            rows = self._named(one)
            open_rows(self.context, one.words, f"{one.applicants} of {one.base} who applied this year.", rows)

        return show

    def _of_others(self, others: Sequence[Source]) -> Run:
        def show() -> None:
            rows = [row for one in others for row in self._named(one, one.words)]
            open_rows(self.context, "Other sources", f"{len(rows)} of {others[0].base} who applied this year.", rows)

        return show

    def _named(self, one: Source, detail: str = "") -> list[Behind]:
        from core.insight.records import names_of

        names = names_of(self.context.store, one.rows)
        return [Behind(noun, row_id, names.get(row_id, ""), detail) for noun, row_id in one.rows]
