"""A project's rubric as its raters read it: what each level looks like."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from core.insight.projects import ProjectView
from core.work.rubrics import CriterionDraft, rubric_draft
from ui.context import Context
from ui.places.actions import opener
from ui.theme import set_role
from ui.widgets.empty import Empty
from ui.widgets.panel import Heading, Scroll
from ui.widgets.text import button, label


def rubric_page(context: Context, view: ProjectView) -> QWidget:
    draft = rubric_draft(context.store, view.id)
    edit = opener(context, "rubrics", project_id=view.id)
    if draft is None:
        page = Scroll()
        nothing = Empty(
            "No rubric yet",
            "Three to six criteria, each with four levels worded as something one can observe. "
            "With it, applications are scored blind, question by question.",
            "Make the rubric",
            edit,
        )
        page.body.addWidget(nothing)
        return page
    scroll = Scroll(gap=12, margins=(0, 0, 8, 0))
    head = QHBoxLayout()
    head.addWidget(label(view.rubric, "muted", wrap=True), 1)
    head.addWidget(button("Edit", "", edit, name="Edit the rubric"))
    scroll.body.addLayout(head)
    questions = {one.id: number for number, one in enumerate(view.questions, 1)}
    weighted = len({one.weight for one in draft.criteria}) > 1
    for criterion in draft.criteria:
        scroll.body.addWidget(_criterion(criterion, questions.get(criterion.question_id or ""), weighted))
    scroll.body.addStretch(1)
    return scroll


def _criterion(one: CriterionDraft, question: int | None, weighted: bool) -> QWidget:
    made = QFrame()
    set_role(made, "sunken")
    made.setAccessibleName(one.name)
    grid = QGridLayout(made)
    grid.setContentsMargins(14, 12, 14, 12)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    notes = [f"question {question}" if question else "the whole application"]
    if weighted:
        notes.append(f"weight {one.weight}")
    grid.addWidget(Heading(one.name, " · ".join(notes)), 0, 0, 1, 2)
    at = 1
    for words in (one.hint, one.weight_why):
        if words:
            grid.addWidget(label(words, "note", wrap=True), at, 0, 1, 2)
            at += 1
    for level, words in enumerate((one.level_1, one.level_2, one.level_3, one.level_4), 1):
        grid.addWidget(label(str(level), "subject"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, wrap=True), at, 1)
        at += 1
    return made
