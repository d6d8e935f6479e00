"""Cards for the weeks ahead in which nothing is planned: who is free, what would fit, and the step to fill them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.insight.records import names_of
from core.insight.year_gaps import Gap
from core.text import in_digits, plural, short_day
from ui.context import Context
from ui.theme import current
from ui.widgets.chips_field import Flow
from ui.widgets.panel import Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import button, label

_MOST = 4
_MOST_ROWS = 200
_LONGEST = 24


class GapCards(QWidget):
    """Two beside each other where there is room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._all = False
        self._gaps: tuple[Gap, ...] = ()
        self._cards: list[QWidget] = []
        self._across = 2
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)

    def show_gaps(self, gaps: Sequence[Gap], planned: bool) -> None:
        """`planned`: at least one project has a day; before that, the whole year is open and no gap."""
        self._gaps = tuple(gaps) if planned else ()
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        shown = self._gaps if self._all else self._gaps[:_MOST]
        self._cards = [self._card(gap) for gap in shown]
        if len(self._gaps) > len(shown):
            self._cards.append(button(f"{len(self._gaps) - len(shown)} more gaps", "link", self._show_all))
        self._lay()
        self._turn()

    def _show_all(self) -> None:
        self._all = True
        self.show_gaps(self._gaps, planned=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        # One below the other is the narrowest that they can be.
        return QSize(self._least(), super().minimumSizeHint().height())

    def _least(self) -> int:
        return max((card.minimumSizeHint().width() for card in self._cards), default=0)

    def _turn(self) -> None:
        across = 2 if self.width() >= max(current().px(560), 2 * self._least() + self._grid.spacing()) else 1
        if across != self._across:
            self._across = across
            self._lay()

    def _lay(self) -> None:
        for place, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // self._across, place % self._across)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)

    def _card(self, gap: Gap) -> QWidget:
        panel = Panel(margins=(16, 14), gap=4)
        verb = "have" if " to " in gap.words else "has"
        title = f"{gap.words[:1].upper()}{gap.words[1:]} {verb} nothing planned"
        panel.add(label(title, "heading", wrap=True))
        panel.add(label(self._told(gap), "muted", wrap=True))
        steps = QWidget()
        row = Flow(steps, 10)
        plan = button("Plan something", "link", self._planner(gap), name=f"Plan something: {gap.words}")
        links = [plan]
        if gap.free:
            links.append(button("Who is free", "link", self._lister(gap), name=f"Who is free: {gap.words}"))
        for todo_id, words in gap.to_dos[:2]:
            short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
            name = f"Make a project for {gap.words}: {words}"
            links.append(button(f"Make “{short}” a project", "link", self._maker(gap, todo_id, words), name=name))
        for one in links:
            one.setProperty("side", "flush")
            row.addWidget(one)
        panel.add(steps)
        panel.body.addStretch(1)
        return panel

    def _told(self, gap: Gap) -> str:
        days = f"{short_day(gap.start)} to {short_day(gap.end)}, {plural(gap.weeks, 'week')}."
        count = len(gap.free)
        if not count:
            free = "Nobody of your pool is known to be free then."
        else:
            verb = "is" if count == 1 else "are"
            never = f"; {in_digits(gap.new)} of them never worked with you" if count > 1 and gap.new else ""
            free = f"{plural(count, 'candidate')} of your pool {verb} free then{never}."
        said = [days, free]
        if gap.on_break:
            said.append(f"Students of {plural(len(gap.on_break), 'school')} have no classes.")
        if gap.to_dos:
            verb = "would fit" if len(gap.to_dos) <= 2 else "could fit, such as these"
            said.append(f"{plural(len(gap.to_dos), 'to-do')} {verb}.")
        return " ".join(said)

    def _planner(self, gap: Gap) -> Callable[[], None]:
        return lambda: self.context.open_form("projects", kick_off_on=gap.start)

    def _maker(self, gap: Gap, todo_id: str, words: str) -> Callable[[], None]:
        return lambda: self.context.open_form("projects", todo_id=todo_id, title=words, kick_off_on=gap.start)

    def _lister(self, gap: Gap) -> Callable[[], None]:
        def show() -> None:
            shown = gap.free[:_MOST_ROWS]
            names = names_of(self.context.store, [("candidates", row_id) for row_id in shown])
            sheet = QWidget()
            sheet.setAccessibleName(f"Free: {gap.words}")
            sheet.width_wanted = 520  # type: ignore[attr-defined]
            column = QVBoxLayout(sheet)
            column.setContentsMargins(0, 0, 0, 0)
            said = "Of your pool, with two weeks free of exams, days away and work of yours, from "
            column.addWidget(label(f"{said}{short_day(gap.start)} to {short_day(gap.end)}.", "muted", wrap=True))
            scroll = Scroll(gap=8)
            rows = [Row(names.get(row_id, ""), action="Open", run=self._goer(row_id)) for row_id in shown]
            scroll.body.addWidget(Rows(rows, subjects=240, actions=60))
            if len(gap.free) > len(shown):
                scroll.body.addWidget(label(f"and {in_digits(len(gap.free) - len(shown))} more", "muted"))
            scroll.body.addStretch(1)
            column.addWidget(scroll, 1)
            self.context.open_sheet(sheet)

        return show

    def _goer(self, candidate_id: str) -> Callable[[], None]:
        return lambda: self.context.show("candidates", candidate_id)
