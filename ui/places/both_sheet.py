"""What both sides said of one project: ours at the left, theirs at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.insight.reviews import BothSides, HalfWay, OurSide, TheirSide, both_sides
from ui.context import Context
from ui.places.actions import Run, attempt
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.text import label


def reader(context: Context, engagement_id: str) -> Run:
    """Opens what both sides said, as it may be read at that moment."""

    def read() -> None:
        today = context.today()
        attempt(context, lambda: context.open_sheet(BothSheet(both_sides(context.store, engagement_id, today=today))))

    return read


class BothSheet(QWidget):
    """Ours at the left, theirs at the right."""

    width_wanted = 860

    def __init__(self, both: BothSides) -> None:
        super().__init__()
        self.setAccessibleName(f"{both.engagement.candidate}: both sides")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        words = " · ".join(part for part in (both.engagement.number, both.engagement.project, both.words) if part)
        down.addWidget(label(words, "muted", wrap=True))
        scroll = Scroll(gap=12, margins=(0, 0, 8, 0))
        across = QHBoxLayout()
        across.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(12)
        for ours in both.ours:
            left.addWidget(_ours(ours, "Our view"))
        for ours in both.mid:
            left.addWidget(_ours(ours, "Our view half-way"))
        left.addStretch(1)
        across.addLayout(left, 1)
        right = QVBoxLayout()
        if both.theirs is not None:
            right.addWidget(_theirs(both.theirs))
        if both.half_way is not None:
            right.addWidget(_half_way(both.half_way))
        right.addStretch(1)
        across.addLayout(right, 1)
        scroll.body.addLayout(across)
        scroll.body.addStretch(1)
        down.addWidget(scroll, 1)


def _ours(side: OurSide, title: str) -> QWidget:
    panel = Panel(title, " · ".join(part for part in (side.rater, _day(side.on)) if part), gap=8)
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
    for name, words in (("In their words", side.reflection), ("Would like to do next", side.wants_next)):
        if words:
            panel.add(Heading(name))
            panel.add(label(words, wrap=True))
    return panel


def _half_way(side: HalfWay) -> QWidget:
    panel = Panel("Their word half-way", f"came in {_day(side.received_on)}", gap=8)
    for name, mark in side.marks:
        panel.add(_mark(name, mark))
    if side.hours is not None:
        panel.add(label(f"{text.plural(side.hours, 'hour')} so far", "muted", wrap=True))
    for name, words in (("Goes well", side.going_well), ("In the way", side.in_the_way)):
        if words:
            panel.add(Heading(name))
            panel.add(label(words, wrap=True))
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
