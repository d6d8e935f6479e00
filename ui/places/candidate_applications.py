"""A person's applications: to which project, how far it came, and the way there."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from core import text
from core.insight.application_board import way, way_words
from core.insight.person import CandidateApplication, CandidateView
from ui.context import Context
from ui.places.actions import Run
from ui.widgets.chips import Tone
from ui.widgets.panel import Heading, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import label


def count(_context: Context, view: CandidateView) -> int:
    return len(view.applications)


def page(context: Context, view: CandidateView) -> QWidget:
    scroll = Scroll(gap=10)

    def shower(project_id: str) -> Run:
        return lambda: context.show("projects", project_id)

    rows = [
        Row(one.project, _detail(context, one), one.words, cast("Tone", one.kind), "Open", shower(one.project_id))
        for one in view.applications
    ]
    if rows:
        scroll.body.addWidget(Rows(rows, 120, 50))
        for one in view.applications:
            # Under a code there is no way to tell: it would say which code it is.
            if len(steps := way(context.store, one.id, today=context.today())) > 1:
                scroll.body.addWidget(Heading(one.project))
                scroll.body.addWidget(label(way_words(steps, context.today()), "muted", wrap=True))
    else:
        words = "No applications yet. An invitation or an application of theirs stands here with how far it came."
        scroll.body.addWidget(label(words, "muted", wrap=True))
    scroll.body.addStretch(1)
    return scroll


def _detail(context: Context, one: CandidateApplication) -> str:
    applied = f"applied {text.short_day(one.applied_on, context.today())}" if one.applied_on else ""
    return " · ".join(part for part in (one.number, applied) if part)
