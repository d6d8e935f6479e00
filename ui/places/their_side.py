"""The student's side of work done: who has not answered yet, and both sides once both are in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.insight.reviews import BothSides, reviews, running
from ui.context import Context
from ui.places.actions import Run, opener
from ui.places.both_sheet import BothSheet
from ui.widgets.drop_button import FORMS, DropButton
from ui.widgets.panel import Heading, Line, Panel, clear
from ui.widgets.text import Elided, button, label

_MOST = 5
_WORDS = (
    "Students answer a PDF form; drop the returned file here, or type in what they sent. Both reviews open together, "
    "when both are in, or on the day that was named at the start."
)


class TheirSidePanel(Panel):
    def __init__(self, context: Context) -> None:
        super().__init__("Their side", margins=(16, 14), gap=8)
        self.context = context
        self.add(label(_WORDS, "muted", wrap=True))
        self.add(DropButton("Drop returned forms", FORMS, lambda paths: context.open_form("returned", paths=paths)))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add(self._rows)

    def ask(self) -> None:
        clear(self._rows)
        found = reviews(self.context.store, today=self.context.today())
        waiting = [one for one in found if not (one.ours and one.theirs_in)]
        done = [one for one in found if one.theirs is not None]
        for one in waiting[:_MOST]:
            self._add(one, "Our view…" if one.theirs_in else "Enter…", self._enter(one))
        if len(waiting) > _MOST:
            self._rows.addWidget(label(f"and {len(waiting) - _MOST} more", "note"))
        if done:
            self._rows.addSpacing(12)
            self._rows.addWidget(Heading("To read"))
            for one in done[:_MOST]:
                self._add(one, "Read", self._reader(one))
        half = [one for one in running(self.context.store, today=self.context.today()) if one.half_way or one.mid]
        if half:
            self._rows.addSpacing(12)
            self._rows.addWidget(Heading("Said half-way"))
            for one in half[:_MOST]:
                self._add(one, "Read", self._reader(one))
        if not found and not half:
            self._rows.addWidget(label("Nothing to review: no work has been delivered yet.", "muted", wrap=True))

    def _add(self, one: BothSides, words: str, run: Run) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(Elided(one.engagement.candidate, "subject"))
        detail = f"{one.engagement.project} · their side is in" if one.theirs_in and not one.ours else ""
        who.addWidget(Elided(detail or one.engagement.project, "note"))
        row.addLayout(who, 1)
        name = f"{words} {one.engagement.candidate}, {one.engagement.project}"
        row.addWidget(button(words, "link", run, name=name), 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 5, 0, 5)
        last = self._rows.itemAt(self._rows.count() - 1) if self._rows.count() else None
        if last is not None and not isinstance(last.widget(), Heading):
            self._rows.addWidget(Line())
        self._rows.addWidget(holder)

    def _enter(self, one: BothSides) -> Run:
        work = one.engagement
        form = "evaluations" if one.theirs_in else "fit_reviews"
        return opener(self.context, form, engagement_id=work.id, candidate=work.candidate)

    def _reader(self, one: BothSides) -> Run:
        return lambda: self.context.open_sheet(BothSheet(one))
