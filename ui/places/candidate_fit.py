"""How it went on both sides, over all projects together, and what could follow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.insight.fit_summary import Course, FitSummary, FitWork, fit_summary
from core.insight.person import CandidateView
from ui.context import Context
from ui.places.actions import Action, opener
from ui.places.both_sheet import BothSheet
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Flow
from ui.widgets.panel import Heading, Line, Panel, Scroll
from ui.widgets.text import Elided, button, label

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
    body.addWidget(_lines([_work(context, one) for one in fit.works]))
    if fit.courses:
        body.addWidget(Heading("Competencies over time"))
        body.addWidget(_lines([_course(one) for one in fit.courses]))
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


def _lines(made: Sequence[QWidget]) -> Panel:
    card = Panel(margins=(0, 0), gap=0)
    for place, one in enumerate(made):
        if place:
            card.body.addWidget(Line())
        card.body.addWidget(one)
    return card


def _line(subject: str, words: str, beside: QWidget | None) -> QWidget:
    """What it is and what can be done with it; under it all that is said, which is never cut."""
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(16, 6, 12, 8)
    down.setSpacing(0)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(Elided(subject, "subject", least=80), 1)
    if beside is not None:
        head.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
    down.addLayout(head)
    if words:
        down.addWidget(label(words, "muted", wrap=True))
    return made


def _work(context: Context, one: FitWork) -> QWidget:
    work = one.sides.engagement
    parts = [
        f"ours {one.ours}" if one.ours is not None else "",
        f"theirs {one.theirs}" if one.theirs is not None else "",
        f"scored {one.score} on applying" if one.score is not None else "",
        one.words,
    ]
    step = _step(context, one)
    link = button(step.words, "link", step.run, name=f"{step.words}: {work.project}") if step is not None else None
    if link is not None:
        link.setProperty("side", "right")
    return _line(work.project, " · ".join(part for part in parts if part), link)


def _step(context: Context, one: FitWork) -> Action | None:
    """What there is to read; else our own view, where that is what theirs waits for."""
    both = one.sides
    if both.ours or both.theirs or both.mid or both.half_way:
        return Action("Read", lambda: context.open_sheet(BothSheet(both)))
    if both.theirs_in:
        work = both.engagement
        return Action("Our view…", opener(context, "evaluations", engagement_id=work.id, candidate=work.candidate))
    return None


def _course(one: Course) -> QWidget:
    steps = [f"{level} {text.month(day)}" for day, _, level in one.points]
    first, last = one.points[0][2], one.points[-1][2]
    return _line(one.name, " → ".join(steps), Pill(f"{last} of 4", "green" if last > first else "neutral"))


def _short(title: str) -> str:
    return title if len(title) <= _MOST else f"{title[: _MOST - 1]}…"
