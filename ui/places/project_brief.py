"""A project's brief, to read: what is still open in it, why, what, when, for how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core import money, text
from core.insight.projects import ProjectView
from core.model.words import FUNDING
from core.work import plan
from ui.context import Context
from ui.places.actions import attempt, link_to
from ui.widgets.checklist import Checklist, Point
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Flow
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading, Line, Scroll
from ui.widgets.text import label


def brief_page(context: Context, view: ProjectView) -> QWidget:
    scroll = Scroll(gap=16, margins=(0, 0, 8, 0))
    body, today = scroll.body, context.today()
    if view.row.phase == "cancelled":
        on = f" on {text.short_day(view.cancelled_on, today)}" if view.cancelled_on else ""
        body.addWidget(Notice(f"Cancelled{on}: {view.cancelled_why}"))
    if view.exams.words:
        moved = view.exams.move_to
        if moved is None:
            body.addWidget(Notice(view.exams.words))
        else:
            words = f"Move to {text.short_day(moved, today)}"
            body.addWidget(Notice(view.exams.words, words, lambda: _move(context, view, moved)))
    if view.row.phase in ("draft", "open"):
        _checklist(context, view, scroll)
    for name, words in (("Why it matters", view.why_it_matters), ("Outcome", view.summary)):
        _words(scroll, name, words)
    _deliverables(scroll, view, today)
    body.addWidget(_figures(view))
    body.addWidget(_dates(view, today))
    if view.learning_objectives:
        _words(scroll, "Student learns", "\n".join(f"·  {one}" for one in view.learning_objectives))
    _questions(scroll, view)
    for name, names in (("Skills wanted", view.skills), ("Competencies", view.competencies)):
        if names:
            _section(scroll, name, _pills(names))
    _terms(scroll, view)
    _fits(context, scroll, view)
    body.addStretch(1)
    return scroll


def _checklist(context: Context, view: ProjectView, scroll: Scroll) -> None:
    open_points = [point for point in view.check if not point.done]
    done = len(view.check) - len(open_points)
    score = f"{done} of {len(view.check)}" + ("" if open_points else ", ready to be read")
    points = [Point(one.words, False, one.note, "Fix", _fixer(context, view.id, one.field)) for one in open_points]
    _section(scroll, "A brief that tells the truth", *([Checklist(points)] if points else []), note=score)
    scroll.body.addWidget(Line())


def _fixer(context: Context, project_id: str, field: str) -> Callable[[], None]:
    return lambda: context.open_form("projects", project_id, focus=field)


def _move(context: Context, view: ProjectView, day: date) -> None:
    """The kick-off goes to the first day without exams, and the due date goes with it."""

    def move() -> None:
        draft = plan.project_draft(context.store, view.id)
        due = draft.due_on
        if due is not None and draft.kick_off_on is not None:
            due = due + (day - draft.kick_off_on)
        moved = replace(draft, kick_off_on=day, due_on=due)
        plan.change_project(context.store, view.id, moved, today=context.today())

    attempt(context, move, f"Kick-off moved to {text.short_day(day)}, the due date with it.")


def _words(scroll: Scroll, name: str, words: str) -> None:
    if words.strip():
        _section(scroll, name, label(words, wrap=True))


def _section(scroll: Scroll, name: str, *parts: QWidget, note: str = "") -> None:
    """A heading close above what it names."""
    down = QVBoxLayout()
    down.setSpacing(4)
    down.addWidget(Heading(name, note))
    for part in parts:
        down.addWidget(part)
    scroll.body.addLayout(down)


def _deliverables(scroll: Scroll, view: ProjectView, today: date) -> None:
    if not view.milestones:
        return
    lines = [(part.text, text.short_day(part.due_on, today) if part.due_on else "") for part in view.milestones]
    _section(scroll, "Deliverables", Numbered(lines))


def _questions(scroll: Scroll, view: ProjectView) -> None:
    if not view.questions:
        return
    minutes = sum(one.minutes for one in view.questions)
    lines = [(one.text if one.required else f"{one.text} (optional)", f"{one.minutes} min") for one in view.questions]
    _section(scroll, "Questions", Numbered(lines), note=f"{minutes} min" if minutes else "")


def _figures(view: ProjectView) -> QWidget:
    rate = f"{money.show(view.rate, view.currency)} an hour" if view.rate is not None else "—"
    openings = text.plural(view.openings, "opening")
    paid = FUNDING.get(view.funding, view.funding).lower()
    return _facts(
        [
            ("Hours", f"{view.estimated_hours} h" if view.estimated_hours else "—"),
            ("Fixed fee", money.show(view.fee, view.currency) if view.fee else "—"),
            ("That is", rate),
            ("For", f"{view.row.filled} of {openings} filled" if view.row.filled else openings),
            ("Work is", ", ".join(part for part in (view.location_words, view.place) if part)),
            ("Paid by", paid),
        ]
    )


def _dates(view: ProjectView, today: date) -> QWidget:
    def said(day: date | None) -> str:
        return text.short_day(day, today) if day else "—"

    due = "may move for classwork" if view.due_flexible else "fixed"
    return _facts(
        [
            ("Apply by", said(view.apply_by)),
            ("Kick-off", said(view.kick_off_on)),
            ("Due", said(view.due_on)),
            ("Hours", "any time" if view.any_hours else "fixed"),
            ("Due date", due),
            ("Who may apply", view.eligibility or "any school, any year"),
        ]
    )


def _facts(facts: list[tuple[str, str]]) -> QWidget:
    """Three on a line, a small name above each."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 2, 0, 2)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(10)
    for at, (name, words) in enumerate(facts):
        cell = QVBoxLayout()
        cell.setSpacing(1)
        cell.addWidget(label(name, "note", wrap=True))
        cell.addWidget(label(words, "subject", wrap=True))
        cell.addStretch(1)
        grid.addLayout(cell, at // 3, at % 3)
        grid.setColumnStretch(at % 3, 1)
    return made


def _terms(scroll: Scroll, view: ProjectView) -> None:
    terms = [
        ("Tools given", view.tools),
        ("AI tools", view.ai_policy),
        ("Ownership", view.ownership),
        ("Confidentiality", view.confidentiality),
        ("Program", view.program),
    ]
    for name, words in terms:
        _words(scroll, name, words)


def _fits(context: Context, scroll: Scroll, view: ProjectView) -> None:
    if view.row.phase not in ("draft", "open"):
        return
    scroll.body.addWidget(Line())
    fits = view.fits
    note = f"{fits.count:,} in all, {fits.new:,} have never applied to you" if fits.count else ""
    parts: list[QWidget] = []
    for fit in fits.best:
        parts += [link_to(context, fit.candidate_id, fit.name), label(fit.words, "muted", wrap=True)]
    if fits.words:
        parts.append(label(fits.words, "muted", wrap=True))
    _section(scroll, "Who fits today", *parts, note=note)


def _pills(words: tuple[str, ...]) -> QWidget:
    made = QWidget()
    flow = Flow(made, 6)
    for one in words:
        flow.addWidget(Pill(one))
    return made


class Numbered(QWidget):
    """Numbered lines with something short at their right end."""

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        for at, (words, aside) in enumerate(lines):
            grid.addWidget(label(str(at + 1), "muted"), at, 0, top)
            grid.addWidget(label(words, wrap=True), at, 1)
            if aside:
                grid.addWidget(label(aside, "muted"), at, 2, top | right)
