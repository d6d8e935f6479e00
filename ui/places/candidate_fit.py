"""How it went on both sides, over all projects together, and what could follow."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import text
from core.insight.fit_summary import Course, FitSummary, FitWork, fit_summary
from core.insight.person import CandidateView
from ui.context import Context
from ui.places.actions import Run, opener
from ui.places.both_sheet import BothSheet
from ui.widgets.chips_field import Flow
from ui.widgets.panel import Heading, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import button, label

_MOST = 30
"""Letters of a project's title on a button."""


def count(view: CandidateView) -> int:
    """Projects that were worked on."""
    return sum(one.engagement_id is not None for one in view.applications)


def page(context: Context, view: CandidateView) -> QWidget:
    scroll, fit = Scroll(gap=10), fit_summary(context.store, view.id, today=context.today())
    body = scroll.body
    if not fit.works:
        words = "Once a project has begun, both views of it stand here, with the competencies over time."
        body.addWidget(label(words, "muted", wrap=True))
        body.addStretch(1)
        return scroll
    if fit.wants_next:
        body.addWidget(Heading("Would like to do next"))
        body.addWidget(label(fit.wants_next, wrap=True, select=True))
    marks = (("Would work here again", fit.again), ("Interest in a role here", fit.interest))
    said = [f"{words}: {mark} of 4" for words, mark in marks if mark is not None]
    if said:
        body.addWidget(label(" · ".join(said), "muted", wrap=True))
    body.addWidget(_steps(context, fit))
    body.addWidget(Heading("Both views"))
    body.addWidget(Rows([_work(context, one) for one in fit.works], 120, 50))
    if fit.courses:
        body.addWidget(Heading("Competencies over time"))
        body.addWidget(Rows([_course(context, one) for one in fit.courses], 120, 50))
    body.addStretch(1)
    return scroll


def _steps(context: Context, fit: FitSummary) -> QWidget:
    made = QWidget()
    row = Flow(made, 6)
    for application_id, project in fit.offers:
        offer = opener(context, "offers", application_id=application_id)
        row.addWidget(button(f"Offer “{_short(project)}”…", "primary", offer, name=f"Offer {project}"))
    row.addWidget(button("Next project…", "", opener(context, "what_fits", candidate_id=fit.candidate_id)))
    for words, kind in (("Internship…", "internship"), ("Role…", "full_time")):
        follow = opener(context, "outcomes", candidate_id=fit.candidate_id, kind=kind)
        row.addWidget(button(words, "", follow, hover="Record that it was offered"))
    return made


def _work(context: Context, one: FitWork) -> Row:
    work = one.sides.engagement
    parts = [
        f"ours {one.ours}" if one.ours is not None else "",
        f"theirs {one.theirs}" if one.theirs is not None else "",
        f"scored {one.score} on applying" if one.score is not None else "",
        one.words,
    ]
    read = bool(one.sides.ours or one.sides.theirs or one.sides.mid or one.sides.half_way)
    detail = " · ".join(part for part in parts if part)
    return Row(work.project, detail, "", "neutral", "Read" if read else "", _reader(context, one), tip=detail)


def _reader(context: Context, one: FitWork) -> Run:
    return lambda: context.open_sheet(BothSheet(one.sides))


def _course(context: Context, one: Course) -> Row:
    steps = [f"{level} {text.month(day)}" for day, _, level in one.points]
    first, last = one.points[0][2], one.points[-1][2]
    return Row(one.name, " → ".join(steps), f"{last} of 4", "green" if last > first else "neutral")


def _short(title: str) -> str:
    return title if len(title) <= _MOST else f"{title[: _MOST - 1]}…"
