"""Who is selected, by group: counts before shares, and small numbers told for what they are."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from core import text
from core.insight.fairness import Fairness, Group, Split, behind, fairness
from core.insight.parts import SMALL
from core.work.self_identification import set_collects
from ui.context import Context
from ui.places.actions import Run, attempt
from ui.places.base import PlaceBase
from ui.places.behind import open_rows
from ui.places.fairness_lines import GroupLines
from ui.widgets.empty import Empty
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.text import button, label

_ABOUT = (
    "Applications of twelve months that got an offer, were not selected, or wait though the work runs without them. "
    "A rate under four fifths of the highest is worth a look, not a verdict: with small numbers it is often chance. "
    "Fisher’s exact p says how often chance alone would split people like this or more unevenly."
)
_VOLUNTARY = (
    "Students may say something of themselves, on a form of its own that is kept apart: it is on no screen, print or "
    f"export, and only groups of {SMALL} and more are counted. Where one alone would be hidden, the next smallest is "
    f"hidden with it; and counts move by {SMALL} people and more, so that no single decision tells an answer. Ask your "
    "adviser whether the law asks it of you."
)


class FairnessPage(PlaceBase):
    key, title = "fairness", "Fairness"
    nouns = frozenset({
        "applications", "offers", "projects", "rubrics", "candidates", "enrolments", "schools", "employers",
        "self_identifications",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: Fairness | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(gap=12)
        box.addWidget(self._scroll)

    def ask(self) -> None:
        self._view = view = fairness(self.context.store, today=self.context.today())
        self._scroll.clear()
        body = self._scroll.body
        if view.base:
            body.addWidget(label(_ABOUT, "muted", wrap=True))
        else:
            words = "Once names are revealed and offers made, this page shows who was selected, by group."
            body.addWidget(Empty("Nobody has been decided on yet", words))
        if view.waiting:
            words = (
                f"{text.plural(view.waiting, 'application')} left out until the names of their project are revealed."
            )
            body.addWidget(label(words, "note", wrap=True))
        for split in view.splits if view.base else ():
            self._split(split)
        self._voluntary(view)
        body.addStretch(1)

    def _split(self, split: Split) -> None:
        body = self._scroll.body
        body.addWidget(Heading(split.title))
        body.addWidget(GroupLines(split.groups, lambda one: self._opener(split, one)))
        body.addWidget(label(f"{split.words} {split.definition}", "note", wrap=True))

    def _voluntary(self, view: Fairness) -> None:
        panel = Panel("Voluntary self-identification", margins=(16, 14), gap=10)
        panel.add(label(_VOLUNTARY, "muted", wrap=True))
        asked = QCheckBox("Collect voluntary answers")
        asked.setChecked(view.collects)
        asked.toggled.connect(self._collect)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(asked)
        row.addStretch(1)
        if view.collects:
            form = "self_identification"
            row.addWidget(button("Enter answers…", "", lambda: self.context.open_form(form)))
        panel.add(row)
        if view.collects and not any(one.apart for one in view.splits):
            words = (
                f"Nothing is shown yet: it takes {SMALL} people with the same answer who were decided on, and more "
                "than one answer among few who were selected. What is new counts from the next day on."
            )
            panel.add(label(words, "note", wrap=True))
        self._scroll.body.addWidget(panel)

    def _collect(self, on: bool) -> None:
        context = self.context
        attempt(context, lambda: set_collects(context.store, on, today=context.today()), "")

    def _opener(self, split: Split, one: Group) -> Run:
        def show() -> None:
            said = f"{one.shown} selected. {split.definition}"
            open_rows(self.context, one.words, said, behind(self.context.store, one))

        return show

    def subtitle(self) -> str:
        view = self._view
        if view is None or not view.base:
            return "Who is selected, by group"
        days = f"{text.short_day(view.start)} to {text.short_day(view.end)}"
        return f"{view.selected} of {text.plural(view.base, 'application')} selected · {days}"
