"""A template to read, whole: what it is for, what comes out, when, for how much, what is asked and how it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import money
from core.insight.templates import Lesson, lesson_words
from core.model.words import LOCATION_MODES
from core.template import Body, Measure
from core.text import plural
from ui.places.actions import Action, menu_button
from ui.theme import current
from ui.widgets.brief_parts import Numbered, Pills, WordedCriterion
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Flow
from ui.widgets.empty import Empty
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.text import Elided, button, label


@dataclass(frozen=True)
class Shown:
    """`about`: a muted line beside the category; `first`: the button beside the menu of `more`."""

    body: Body
    about: str
    lesson: Lesson | None
    first: Action
    more: Sequence[Action]


class TemplatePage(Panel):
    def __init__(self) -> None:
        super().__init__(margins=(18, 16), gap=12)
        self._inside: QWidget | None = None
        self.show_one(None)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(current().px(360), 0))

    def show_one(self, shown: Shown | None, nothing: str = "") -> None:
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = _page(shown) if shown else Empty("Nothing chosen", nothing or "Pick one in the list to read it.")
        self.body.addWidget(self._inside, 1)


def _page(shown: Shown) -> QWidget:
    page, body = QWidget(), shown.body
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    head, names = QHBoxLayout(), QVBoxLayout()
    head.setSpacing(8)
    names.setSpacing(4)
    names.addWidget(Elided(body.name, "big"))
    line = QHBoxLayout()
    line.setSpacing(8)
    if body.category:
        line.addWidget(Pill(body.category))
    line.addWidget(Elided(shown.about, "muted"), 1)
    names.addLayout(line)
    head.addLayout(names, 1)
    first = button(shown.first.words, "", shown.first.run, name=f"{shown.first.words}: {body.name}")
    head.addWidget(first, 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(menu_button(f"More for {body.name}", shown.more), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    scroll = Scroll(gap=16, margins=(0, 0, 8, 0))
    _fill(scroll, shown)
    column.addWidget(scroll, 1)
    return page


def _fill(scroll: Scroll, shown: Shown) -> None:
    body = shown.body
    if shown.lesson is not None:
        said = lesson_words(shown.lesson, body.hours)
        if shown.lesson.longer:
            scroll.body.addWidget(Notice(said))
        else:
            _words(scroll, "What it took", said)
    if body.title != body.name:
        _words(scroll, "Title of the project", body.title)
    _words(scroll, "Outcome", body.outcome)
    _words(scroll, "Why it matters", body.why_it_matters)
    if body.milestones:
        days = [(one.text, f"day {one.day}" if one.day else "kick-off") for one in body.milestones]
        _section(scroll, "Deliverables", Numbered(days), note="days after the kick-off")
    scroll.body.addWidget(_figures(body))
    if body.learning_objectives:
        _words(scroll, "Student learns", "\n".join(f"·  {one}" for one in body.learning_objectives))
    if body.questions:
        minutes = sum(one.minutes for one in body.questions)
        asked = [(one.text, f"{one.minutes} min") for one in body.questions]
        _section(scroll, "Questions", Numbered(asked), note=f"{minutes} min")
    for name, names in (("Skills wanted", body.skills), ("Competencies", body.competencies)):
        if names:
            _section(scroll, name, Pills(names))
    for name, words in (
        ("Place", body.place),
        ("Tools given", body.tools),
        ("AI tools", body.ai_policy),
        ("Confidentiality", body.confidentiality),
        ("Ownership", body.ownership),
        ("Who may apply", body.eligibility),
    ):
        _words(scroll, name, words)
    if body.criteria:
        weighted = len({one.weight for one in body.criteria}) > 1
        _section(scroll, "Rubric", *(_criterion(one, weighted) for one in body.criteria), note=body.rubric)
    scroll.body.addStretch(1)


def _figures(body: Body) -> QWidget:
    rate = money.per_hour(body.fee, body.hours)
    pay = money.show(body.fee, body.currency) if body.fee else "no fee yet"
    parts = [
        ("Work", plural(body.hours, "hour") if body.hours else "not said", "any time" if body.any_hours else "fixed"),
        ("Fixed fee", pay, f"{money.show(rate, body.currency)} an hour" if rate else ""),
        ("Due", f"day {body.days}", "may move" if body.due_flexible else "fixed"),
        ("Apply by", plural(body.apply_lead, "day"), "before the kick-off"),
        ("Work is", LOCATION_MODES.get(body.location_mode, body.location_mode).lower(), ""),
    ]
    holder = QWidget()
    flow = Flow(holder, 20)
    for caption, words, note in parts:
        box = QWidget()
        down = QVBoxLayout(box)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(label(caption, "note"))
        down.addWidget(label(words, "subject"))
        down.addWidget(label(note, "note"))
        flow.addWidget(box)
    return holder


def _words(scroll: Scroll, name: str, words: str) -> None:
    if words.strip():
        _section(scroll, name, label(words, wrap=True))


def _section(scroll: Scroll, name: str, *parts: QWidget, note: str = "") -> None:
    down = QVBoxLayout()
    down.setSpacing(6 if len(parts) > 1 else 4)
    down.addWidget(Heading(name, note))
    for part in parts:
        down.addWidget(part)
    scroll.body.addLayout(down)


def _criterion(one: Measure, weighted: bool) -> QWidget:
    aside = [f"question {one.question}" if one.question else "the whole application"]
    if weighted:
        aside.append(f"weight {one.weight}")
    return WordedCriterion(one.name, " · ".join(aside), (one.hint, one.weight_why), one.levels)
