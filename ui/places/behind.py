"""The rows behind a count: what it says, then each with the way to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.insight.schools import Behind
from core.text import in_digits
from ui.context import Context
from ui.places.actions import Run
from ui.widgets.empty import Empty
from ui.widgets.panel import Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import label

MOST = 200
_OPENED = frozenset({"candidates", "projects", "engagements", "schools"})


def open_rows(context: Context, title: str, words: str, rows: Sequence[Behind]) -> None:
    """As a sheet; more than MOST are counted and not drawn."""
    sheet = QWidget()
    sheet.setAccessibleName(title)
    sheet.width_wanted = 560  # type: ignore[attr-defined]
    column = QVBoxLayout(sheet)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(label(words, "muted", wrap=True))
    if not rows:
        column.addWidget(Empty("Nothing yet", "What it counts stands here."), 1)
        context.open_sheet(sheet)
        return

    def goer(noun: str, row_id: str) -> Run:
        return lambda: _go(context, noun, row_id)

    shown = [
        Row(one.title, one.detail, "", "neutral", "Open" if one.noun in _OPENED else "", goer(one.noun, one.row_id))
        for one in rows[:MOST]
    ]
    scroll = Scroll(gap=8)
    scroll.body.addWidget(Rows(shown, subjects=200, actions=60))
    if len(rows) > MOST:
        scroll.body.addWidget(label(f"and {in_digits(len(rows) - MOST)} more", "muted"))
    scroll.body.addStretch(1)
    column.addWidget(scroll, 1)
    context.open_sheet(sheet)


def _go(context: Context, noun: str, row_id: str) -> None:
    context.close_sheet()
    context.show(noun, row_id)
