"""The to-do inbox as a list: what is open, what sleeps, what was done, and when each comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.glance import Waiting
from core.insight.parts import number_words
from core.model import Project, ToDo
from core.repeating import repeat_words
from core.store import Store
from core.text import fold, plural, short_day

State = Literal["open", "later", "done"]
Sort = Literal["newest", "oldest", "due", "words"]
STATES: dict[State, str] = {"open": "Open", "later": "Later", "done": "Done"}
SORTS: dict[Sort, str] = {"newest": "Newest first", "oldest": "Oldest first", "due": "Due first", "words": "A to Z"}
SOON = timedelta(days=7)
"""From then on a to-do with a day stands on Today."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """`chip`: its day, or when it comes or was done, with its `kind`. `project`: what it became, in words."""

    id: str
    text: str
    state: State
    captured_on: date
    due_on: date | None
    snoozed_until: date | None
    done_on: date | None
    repeat_months: int | None
    repeat_from: date | None
    repeats: str
    chip: str
    kind: str
    project_id: str | None
    project: str


def inbox(
    store: Store, words: str = "", state: State | None = "open", sort: Sort = "newest", *, today: date
) -> list[InboxRow]:
    """`words` must all stand in the text, accents and case aside. What has no day stands last where days are sorted."""
    wanted = fold(words).split()
    with store.read() as session:
        query = select(ToDo, Project.number, Project.title).outerjoin(Project, Project.id == ToDo.project_id)
        rows = [_row(todo, number, title, today) for todo, number, title in session.execute(query)]
        made = {todo.id: todo.created_at for todo in session.scalars(select(ToDo))}
    kept = [row for row in rows if state in (None, row.state) and all(one in fold(row.text) for one in wanted)]
    kept.sort(key=lambda row: (row.captured_on, made[row.id], row.id), reverse=sort != "oldest")
    if sort == "words":
        kept.sort(key=lambda row: fold(row.text))
    elif sort == "due":
        kept.sort(key=lambda row: row.due_on or row.snoozed_until or date.max)
    return kept


def counts(store: Store, *, today: date) -> dict[State, int]:
    rows = inbox(store, state=None, today=today)
    return {state: sum(row.state == state for row in rows) for state in STATES}


def to_dos_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """What has a day and comes up to it."""
    query = select(ToDo).where(
        ToDo.done_on.is_(None), ToDo.project_id.is_(None), ToDo.due_on.is_not(None), ToDo.due_on <= today + SOON
    )
    for todo in session.scalars(query.order_by(ToDo.due_on, ToDo.id)):
        if todo.snoozed_until is None or todo.snoozed_until <= today:
            chip, kind = _due(todo.due_on or today, today)
            yield Waiting("to_do", "Take it up", "To-do is due", todo.text, chip, kind, 5, ("to_dos", todo.id))


def _row(todo: ToDo, number: int | None, title: str | None, today: date) -> InboxRow:
    state, months, first = _state(todo, today), todo.repeat_months, todo.repeat_from
    repeats = repeat_words(months, first) if months is not None and first is not None else ""
    chip, kind = "", "neutral"
    if todo.project_id is not None:
        chip = "became a project"
    elif todo.done_on is not None:
        chip = f"done {short_day(todo.done_on, today)}"
    elif state == "later" and todo.snoozed_until is not None:
        chip = f"comes {short_day(todo.snoozed_until, today)}"
    elif todo.due_on is not None:
        chip, kind = _due(todo.due_on, today)
    elif (waited := (today - todo.captured_on).days) >= SOON.days:
        chip = f"waits {plural(waited, 'day')}"
    return InboxRow(
        todo.id, todo.text, state, todo.captured_on, todo.due_on, todo.snoozed_until, todo.done_on,
        todo.repeat_months, todo.repeat_from, repeats, chip, kind,
        todo.project_id, f"{number_words('P', number)} {title}" if number is not None else "",
    )  # fmt: skip


def _state(todo: ToDo, today: date) -> State:
    if todo.done_on is not None or todo.project_id is not None:
        return "done"
    return "later" if todo.snoozed_until is not None and todo.snoozed_until > today else "open"


def _due(due: date, today: date) -> tuple[str, str]:
    days = (due - today).days
    if days < 0:
        return f"{plural(-days, 'day')} late", "red"
    words = "due today" if days == 0 else "due tomorrow" if days == 1 else f"due {short_day(due, today)}"
    return words, "amber" if days <= SOON.days else "neutral"
