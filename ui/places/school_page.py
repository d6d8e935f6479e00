"""The page of one school: what came of it, whom to write to there, and its calendar."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.insight.availability import span_words
from core.insight.schools import CAME, ContactRow, PeriodRow, SchoolPage, came_of, school_page
from core.text import in_digits
from core.work import schools
from ui.context import Context
from ui.places.actions import Action, Run, attempt, menu_button, opener
from ui.places.behind import open_rows
from ui.theme import current
from ui.widgets.chips import Pill
from ui.widgets.count import Count
from ui.widgets.empty import Empty
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.text import Elided, button, copied, label

_STATES = {"now": "now", "past": "over", "ahead": ""}
_MOST_PERIODS = 8


class SchoolPanel(Panel):
    """`show_school(id)`; None shows that none is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(18, 16), gap=12)
        self.context = context
        self._inside: QWidget | None = None
        self.show_school(None)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(current().px(300), 0))

    def show_school(self, row_id: str | None) -> None:
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        view = self._find(row_id)
        self._inside = self._page(view) if view else Empty("No school chosen", "Pick one in the list to see its page.")
        self.body.addWidget(self._inside, 1)

    def _find(self, row_id: str | None) -> SchoolPage | None:
        if row_id is None:
            return None
        try:
            return school_page(self.context.store, row_id, today=self.context.today())
        except UserError:
            return None

    def _page(self, view: SchoolPage) -> QWidget:
        scroll, line = Scroll(gap=10), view.line
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Elided(line.name, "big"), 1)
        if line.is_focus:
            head.addWidget(Pill("focus", "green"))
        scroll.body.addLayout(head)
        about = " · ".join(part for part in (line.short_name, line.place, ", ".join(view.domains)) if part)
        if about:
            scroll.body.addWidget(label(about, "muted", wrap=True))
        scroll.body.addLayout(self._buttons(view))
        scroll.body.addWidget(self._came(view))
        scroll.body.addWidget(Heading("Campus contacts"))
        for contact in view.contacts:
            scroll.body.addWidget(self._contact(contact))
        if not view.contacts:
            words = "Nobody yet. Add the career office: students’ records go there, and it knows who may fit."
            scroll.body.addWidget(label(words, "muted", wrap=True))
        scroll.body.addWidget(Heading("Calendar"))
        for period in view.periods[:_MOST_PERIODS]:
            scroll.body.addWidget(_period(period))
        if not view.periods:
            words = "No exam weeks yet. With them, due dates and touches keep clear of exams."
            scroll.body.addWidget(label(words, "muted", wrap=True))
        scroll.body.addWidget(label(f"Class years roll over on {view.rollover}.", "note", wrap=True))
        scroll.body.addStretch(1)
        return scroll

    def _buttons(self, view: SchoolPage) -> QHBoxLayout:
        context, line = self.context, view.line
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(button("Edit", "", opener(context, "schools", line.id), name=f"Edit {line.name}"))
        turn = self._turner(line.id, not line.is_focus)
        words = "No focus school" if line.is_focus else "Make it a focus school"
        row.addWidget(menu_button(f"More for {line.name}", [Action(words, turn)]))
        row.addStretch(1)
        return row

    def _turner(self, school_id: str, focus: bool) -> Run:
        context = self.context
        said = "It is a focus school now." if focus else "It is no focus school any more."
        return lambda: attempt(
            context, lambda: schools.set_focus(context.store, school_id, focus, today=context.today()), said
        )

    def _came(self, view: SchoolPage) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, (what, (words, definition)) in enumerate(CAME.items()):
            count = getattr(view.line, what)
            run = self._shower(view, what) if count else None
            grid.addWidget(Count(in_digits(count), words, run, definition), at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        return box

    def _shower(self, view: SchoolPage, what: str) -> Run:
        def show() -> None:
            rows = came_of(self.context.store, view.line.id, what, today=self.context.today())
            words, definition = CAME[what]
            open_rows(self.context, f"{view.line.name}: {in_digits(len(rows))} {words}", f"{definition}.", rows)

        return show

    def _contact(self, one: ContactRow) -> QWidget:
        made = QWidget()
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        who = ", ".join(part for part in (one.name, one.office) if part)
        if who:
            down.addWidget(copied(who))
        where = " · ".join(part for part in (one.email, one.phone) if part)
        if where:
            down.addWidget(copied(where, "muted"))
        return made


def _period(one: PeriodRow) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    year = f" {one.ends_on.year}"
    words = f"{one.kind_words}, {span_words(one.starts_on, one.ends_on)}{year}"
    row.addWidget(label(words, "muted" if one.state == "past" else "", wrap=True), 1)
    if _STATES[one.state]:
        row.addWidget(Pill(_STATES[one.state], "amber" if one.state == "now" else "neutral"))
    return made
