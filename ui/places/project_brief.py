"""A project's brief, to read: what is still open in it, why, what, when, for how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core import money, text
from core.insight.own_words import values_of
from core.insight.projects import ProjectView
from core.model.words import FUNDING
from core.text import in_digits
from core.work import plan
from core.work.brief import project_draft
from core.work.brief_dates import moved_dates
from ui import posting
from ui.context import Context
from ui.places.actions import attempt, link_to
from ui.widgets.brief_parts import Numbered, Pills
from ui.widgets.checklist import Checklist, Point
from ui.widgets.chips_field import Flow
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading, Line, Scroll
from ui.widgets.text import button, label

Move = Callable[[Context, ProjectView, date], None]


def brief_page(context: Context, view: ProjectView) -> QWidget:
    scroll = Scroll(gap=16, margins=(0, 0, 8, 0))
    body, today = scroll.body, context.today()
    if view.row.phase == "cancelled":
        on = f" on {text.short_day(view.cancelled_on, today)}" if view.cancelled_on else ""
        body.addWidget(Notice(f"Cancelled{on}: {view.cancelled_why}"))
    _exams(context, view, scroll, today)
    if view.row.phase in ("draft", "open"):
        _checklist(context, view, scroll)
    if view.row.phase in ("draft", "open") or view.fit.answers:
        _fit(context, view, scroll)
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
            _section(scroll, name, Pills(names))
    _terms(scroll, view)
    for own in values_of(context.store, "projects", view.id):
        _words(scroll, own.name, own.words)
    _posting(context, view, scroll)
    _fits(context, scroll, view)
    body.addStretch(1)
    return scroll


def _checklist(context: Context, view: ProjectView, scroll: Scroll) -> None:
    open_points = [point for point in view.check if not point.done]
    done = len(view.check) - len(open_points)
    score = f"{done} of {len(view.check)}" + ("" if open_points else ", ready to be read")
    points = [
        Point(one.words, False, one.note or one.why, "Fix", _fixer(context, view.id, one.field)) for one in open_points
    ]
    _section(scroll, "A brief that tells the truth", *([Checklist(points)] if points else []), note=score)
    scroll.body.addWidget(Line())


def _fixer(context: Context, project_id: str, field: str) -> Callable[[], None]:
    return lambda: context.open_form("projects", project_id, focus=field)


def _fit(context: Context, view: ProjectView, scroll: Scroll) -> None:
    """What was answered to "a project or an ongoing job?", and what speaks against it."""
    fit, today = view.fit, context.today()
    asked = f"answered on {text.short_day(fit.on, today)}" if fit.on else ""
    words = "Answer 6 short questions" if fit.key == "none" else "See or change the answers"
    parts: list[QWidget] = [] if fit.key == "none" else [label(fit.words, wrap=True)]
    parts += [label(one, "muted", wrap=True) for one in fit.cautions]
    link = button(words, "link", lambda: context.open_form("fit_check", project_id=view.id))
    link.setProperty("side", "flush")
    _section(scroll, "A project or a job?", *parts, link, note=asked or "not asked yet")
    scroll.body.addWidget(Line())


def _exams(context: Context, view: ProjectView, scroll: Scroll, today: date) -> None:
    for found, move in ((view.exams, _move), (view.due_exams, _move_due)):
        if not found.words:
            continue
        day = found.move_to
        if day is None:
            scroll.body.addWidget(Notice(found.words))
        else:
            words = f"Move to {text.short_day(day, today)}"
            scroll.body.addWidget(Notice(found.words, words, _mover(context, view, move, day)))


def _mover(context: Context, view: ProjectView, move: Move, day: date) -> Callable[[], None]:
    return lambda: move(context, view, day)


def _move(context: Context, view: ProjectView, day: date) -> None:
    """The kick-off goes to the first day without exams, and all other days with it."""

    def move() -> None:
        draft = moved_dates(project_draft(context.store, view.id), day)
        plan.change_project(context.store, view.id, draft, today=context.today())

    attempt(context, move, f"Kick-off moved to {text.short_day(day)}, the other dates with it.")


def _move_due(context: Context, view: ProjectView, day: date) -> None:
    def move() -> None:
        draft = replace(project_draft(context.store, view.id), due_on=day)
        plan.change_project(context.store, view.id, draft, today=context.today())

    attempt(context, move, f"Due date moved to {text.short_day(day)}.")


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
        ("Begun from", f"the template {view.template_name}" if view.template_name else ""),
    ]
    for name, words in terms:
        _words(scroll, name, words)


def _posting(context: Context, view: ProjectView, scroll: Scroll) -> None:
    if view.row.phase == "cancelled":
        return
    links = QWidget()
    flow = Flow(links, 12)
    for words, run in (("Posting as PDF", posting.show), ("Copy as text", posting.copy_saved)):
        flow.addWidget(button(words, "", _runner(run, context, view.id)))
    _section(scroll, "To put it up", links, note="for a wall, a web page or a campus board")


def _runner(run: Callable[[Context, str], None], context: Context, project_id: str) -> Callable[[], None]:
    return lambda: run(context, project_id)


def _fits(context: Context, scroll: Scroll, view: ProjectView) -> None:
    if view.row.phase not in ("draft", "open"):
        return
    scroll.body.addWidget(Line())
    fits = view.fits
    new = f"{in_digits(fits.new)} {'has' if fits.new == 1 else 'have'} never applied to you"
    note = f"{in_digits(fits.count)} in all, {new}" if fits.count else ""
    parts: list[QWidget] = []
    for fit in fits.best:
        words = f"{fit.words} · {fit.points} of 100 points"
        parts += [link_to(context, fit.candidate_id, fit.name), label(words, "muted", wrap=True)]
    if fits.count:
        more = button("See why, and invite several…", "link", lambda: context.open_form("who_fits", project_id=view.id))
        more.setProperty("side", "flush")
        parts.append(more)
    if fits.words:
        parts.append(label(fits.words, "muted", wrap=True))
    if fits.left_out:
        parts.append(label(f"{fits.left_out}.", "note", wrap=True))
    _section(scroll, "Who fits today", *parts, note=note)
