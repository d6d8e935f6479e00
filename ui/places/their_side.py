"""The student's side of work done: who has not answered yet, and both sides once both are in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.insight.reviews import BothSides, OurSide, TheirSide, reviews
from ui.context import Context
from ui.places.actions import Run, opener
from ui.widgets.panel import Heading, Line, Panel, Scroll, clear
from ui.widgets.text import Elided, button, label

_MOST = 5
_WORDS = "Students answer by mail or on paper; type in what they sent. Both reviews open together, when both are in."


class TheirSidePanel(Panel):
    def __init__(self, context: Context) -> None:
        super().__init__("Their side", margins=(16, 14), gap=8)
        self.context = context
        self.add(label(_WORDS, "muted", wrap=True))
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
            self._rows.addWidget(Heading("Both sides are in"))
            for one in done[:_MOST]:
                self._add(one, "Read", self._reader(one))
        if not found:
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


class BothSheet(QWidget):
    """Ours at the left, theirs at the right."""

    width_wanted = 860

    def __init__(self, both: BothSides) -> None:
        super().__init__()
        self.setAccessibleName(f"{both.engagement.candidate}: both sides")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(label(f"{both.engagement.number} · {both.engagement.project}", "muted", wrap=True))
        scroll = Scroll(gap=12, margins=(0, 0, 8, 0))
        across = QHBoxLayout()
        across.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(12)
        for ours in both.ours:
            left.addWidget(_ours(ours))
        left.addStretch(1)
        across.addLayout(left, 1)
        right = QVBoxLayout()
        if both.theirs is not None:
            right.addWidget(_theirs(both.theirs))
        right.addStretch(1)
        across.addLayout(right, 1)
        scroll.body.addLayout(across)
        scroll.body.addStretch(1)
        down.addWidget(scroll, 1)


def _ours(side: OurSide) -> QWidget:
    panel = Panel("Our view", " · ".join(part for part in (side.rater, _day(side.on)) if part), gap=8)
    if side.overall is not None:
        panel.add(_mark("As a whole", side.overall))
    for name, level, evidence in side.marks:
        panel.add(_mark(name, level))
        if evidence:
            panel.add(label(evidence, "muted", wrap=True))
    for name, words in (("To share", side.comment), ("Private", side.private_comment)):
        if words:
            panel.add(Heading(name))
            panel.add(label(words, wrap=True))
    return panel


def _theirs(side: TheirSide) -> QWidget:
    panel = Panel("Their view", f"came in {_day(side.received_on)}", gap=8)
    for name, mark in side.marks:
        panel.add(_mark(name, mark))
    if side.reflection:
        panel.add(Heading("In their words"))
        panel.add(label(side.reflection, wrap=True))
    return panel


def _mark(name: str, mark: int) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(name, wrap=True), 1)
    row.addWidget(label(f"{mark} of 4", "subject"))
    return made


def _day(day: object) -> str:
    return text.short_day(day) if day else ""  # type: ignore[arg-type]
