"""The projects as a board: a column for each part of their way, and where a card may go from there by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import states
from core.insight.projects import ProjectRow, projects
from core.store import Store
from core.text import plural, short_day

COLUMNS = {
    "draft": "Draft",
    "open": "Open",
    "selecting": "Selecting",
    "running": "Running",
    "review": "In review",
    "done": "Closed",
}
"""Key to heading."""
_COLUMN_OF = {"closed_for_applications": "open", "closed": "done", "cancelled": "done"}
_FOLLOWS = {
    "running": "A project runs once its first student has agreed to the offer.",
    "review": "A project is in review once its work is delivered.",
    "done": "A project closes by itself once its work is accepted or has ended.",
}
_AT_WORK = "What stands here follows from the students’ work. Change the work on the project’s page."


@dataclass(frozen=True, slots=True)
class Card:
    """`under`: its number and what comes next; `detail`: what it waits for, in few words, with its `kind` of chip."""

    id: str
    number: str
    title: str
    column: str
    phase: str
    phase_words: str
    under: str
    detail: str
    kind: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class Step:
    """What moving a card does: `verb` is draft, open, selecting, cancel, or "" where `words` say why it stays."""

    verb: str
    words: str = ""


def board(store: Store, *, today: date) -> dict[str, tuple[Card, ...]]:
    """By column; what is due next stands first, what is over the latest first."""
    rows = [(_column(row.phase), row) for row in projects(store, today=today)]
    found: dict[str, tuple[Card, ...]] = {}
    for key in COLUMNS:
        mine = [row for column, row in rows if column == key]
        mine.sort(key=lambda row: (_next(row) or date.max, row.number), reverse=key == "done")
        found[key] = tuple(_card(row, key, today) for row in mine)
    return found


def step(card: Card, column: str) -> Step:
    """What moving the card to a column means; core.work has the last word on whether it can be done."""
    if card.column == column:
        return Step("", "")
    if card.phase in ("running", "review", "closed"):
        return Step("", _AT_WORK)
    if column == "done":
        return Step("cancel") if card.phase != "cancelled" else Step("")
    if column in _FOLLOWS:
        return Step("", _FOLLOWS[column])
    status = "open" if card.phase == "closed_for_applications" else card.phase
    if states.may(states.PROJECT, status, column):
        return Step(column)
    if card.phase == "cancelled":
        return Step("", "Bring it back to draft first.")
    if column == "selecting":
        return Step("", "Open it for applications first.")
    return Step("", "Open it for applications again first; then it can go back to draft.")


def _column(phase: str) -> str:
    return _COLUMN_OF.get(phase, phase)


def _next(row: ProjectRow) -> date | None:
    if row.phase == "open":
        return row.apply_by or row.kick_off_on
    if row.phase in ("running", "review"):
        return row.due_on
    return row.kick_off_on or row.due_on


def _card(row: ProjectRow, column: str, today: date) -> Card:
    comes, detail, kind = _detail(row, today)
    people = f"{row.filled} of {row.openings}" if row.openings > 1 and row.filled else ""
    under = " · ".join(part for part in (row.number, comes, people) if part)
    return Card(row.id, row.number, row.title, column, row.phase, row.phase_words, under, detail, kind, row.supervisor)


def _detail(row: ProjectRow, today: date) -> tuple[str, str, str]:
    """What comes next, the chip's words and its kind."""

    def said(what: str, day: date | None) -> str:
        return f"{what} {short_day(day, today)}" if day else ""

    applied = f"{row.applicants} applied"
    if row.phase == "draft":
        return said("from", row.kick_off_on), "", "neutral"
    if row.phase == "open":
        days = (row.apply_by - today).days if row.apply_by else None
        left = "" if days is None else "closes today" if days == 0 else f"{plural(days, 'day')} left"
        return left, applied, "amber" if days is not None and days <= 3 else "green"
    if row.phase in ("closed_for_applications", "selecting"):
        return applied, "decide" if row.applicants else "nobody yet", "amber"
    if row.phase == "running" and row.due_on is not None:
        late = (today - row.due_on).days
        return "", *((f"{plural(late, 'day')} late", "red") if late > 0 else (said("due", row.due_on), "green"))
    if row.phase == "review":
        return said("due", row.due_on), "waits for you", "amber"
    return said("", row.due_on).strip(), row.phase_words, "neutral"
