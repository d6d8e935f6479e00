"""A project's rubric as its raters read it: what each level looks like."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.insight.projects import ProjectView
from core.work.rubrics import CriterionDraft, rubric_draft
from ui.context import Context
from ui.places.actions import opener
from ui.widgets.brief_parts import WordedCriterion
from ui.widgets.empty import Empty
from ui.widgets.panel import Scroll
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
    aside = [f"question {question}" if question else "the whole application"]
    if weighted:
        aside.append(f"weight {one.weight}")
    levels = (one.level_1, one.level_2, one.level_3, one.level_4)
    return WordedCriterion(one.name, " · ".join(aside), (one.hint, one.weight_why), levels)
