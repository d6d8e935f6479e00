"""The story of a person: what is next, what happened, when they are free, which projects fit."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.insight.match import Fit
from core.insight.person import CandidateView
from core.insight.story import StoryItem
from ui.context import Context
from ui.widgets.availability import Availability
from ui.widgets.panel import Heading, Scroll
from ui.widgets.story import Link, Moment, Story
from ui.widgets.text import button, label, tip

_MOST_FITS = 3
_LONGEST = 34


def page(context: Context, view: CandidateView) -> QWidget:
    scroll, today = Scroll(gap=12), context.today()
    moments = [Moment("Next", [view.next_touch.words])] if view.next_touch is not None else []
    moments += [Moment(_when(item.on, today), _linked(context, item)) for item in view.story]
    if moments:
        scroll.body.addWidget(Story(moments))
    else:
        scroll.body.addWidget(label("Nothing has happened yet. Log a first contact under More.", "muted", wrap=True))
    scroll.body.addWidget(Heading("Available"))
    if view.availability.grid:
        grid = view.availability.grid
        scroll.body.addWidget(Availability((d, p) for d, day in enumerate(grid) for p, free in enumerate(day) if free))
    words = view.availability.words or "Nobody has asked yet when they are free."
    scroll.body.addWidget(label(words, "note", wrap=True))
    fits = [fit for fit in view.fits if fit.fits][:_MOST_FITS]
    if view.fits:
        scroll.body.addWidget(Heading("Fits"))
        if not fits:
            words = "Of the projects that are still to fill none fits."
            scroll.body.addWidget(label(words, "note", wrap=True))
        for fit in fits:
            scroll.body.addWidget(_fit(context, fit))
    if view.fits:
        why = button("See why, and which others…", "link", lambda: context.open_form("what_fits", candidate_id=view.id))
        why.setProperty("side", "flush")
        scroll.body.addWidget(why)
    scroll.body.addStretch(1)
    return scroll


def _fit(context: Context, fit: Fit) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    shown = fit.project if len(fit.project) <= _LONGEST else fit.project[: _LONGEST - 1].rstrip() + "…"
    link = button(shown, "link", lambda: context.show("projects", fit.project_id), name=fit.project)
    link.setToolTip(tip(fit.project) if shown != fit.project else "")
    row.addWidget(link)
    row.addStretch(1)
    column.addLayout(row)
    column.addWidget(label(f"{fit.words} · {fit.points} of 100 points", "muted", wrap=True))
    return box


def _linked(context: Context, item: StoryItem) -> list[str | Link]:
    words, link, inner = item.words, item.link, item.link_words
    if link is None or not inner or inner not in words or link[0] not in ("projects", "candidates"):
        return [words]
    noun, row_id = link
    before, _, after = words.partition(inner)
    parts: list[str | Link] = [before, Link(inner, lambda: context.show(noun, row_id)), after]
    return [part for part in parts if part]


def _when(day: date, today: date) -> str:
    return text.MONTHS[day.month - 1][:3] + ("" if (today - day).days < 330 else f" {day.year}")
