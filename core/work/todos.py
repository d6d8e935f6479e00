"""The to-do inbox: what an owner never gets to, until it is done, put off or becomes a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from core import clock
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import ToDo
from core.repeating import EVERY, latest_until, next_after
from core.store import Label, Store
from core.text import clean, in_digits, line
from core.work.checks import find
from core.work.todo_words import ToDoDraft, read_todo

__all__ = [
    "ToDoDraft",
    "add_todo",
    "capture_todo",
    "capture_todos",
    "change_todo",
    "done_todos",
    "draft_of",
    "remove_todos",
    "reopen_todo",
    "snooze_todos",
    "todo_draft",
]

TODO_LIMIT = 2_000
_MARKS = ("- [ ] ", "[ ] ", "- ", "* ", "• ")


def capture_todos(
    store: Store, pasted: str, *, today: date, progress: Callable[[int, int], object] | None = None
) -> list[str]:
    """One to-do for each line that says something; a leading list mark ("- ", "* ", "[ ] ") is not part of it.

    `progress(done, total)` may raise to cancel; then nothing is written.
    """
    texts = [found for found in (_unmarked(part) for part in clean(pasted).split("\n")) if found]
    drafts = [_checked(read_todo(text, today=today)) for text in texts]
    if not drafts:
        raise FieldErrors({"text": "Write what is to be done."})
    ids = [new_id() for _ in drafts]
    with store.change(Label.TODO_CAPTURED, *(("to_dos", row_id) for row_id in ids)) as session:
        for at, (todo_id, draft) in enumerate(zip(ids, drafts, strict=True)):
            session.add(_row(todo_id, draft, today))
            if progress is not None and at % 100 == 0:
                session.flush()
                progress(at, len(ids))
    return ids


def capture_todo(store: Store, text: str, *, today: date) -> str:
    """One line, with what its last words ask for."""
    return capture_todos(store, line(text), today=today)[0]


def add_todo(store: Store, draft: ToDoDraft, *, today: date, captured_on: date | None = None) -> str:
    """As the draft has it, its words untouched: from a file, or a form."""
    todo_id, draft = new_id(), _checked(draft)
    with store.change(Label.TODO_CAPTURED, ("to_dos", todo_id)) as session:
        session.add(_row(todo_id, draft, captured_on or today))
    return todo_id


def change_todo(store: Store, todo_id: str, draft: ToDoDraft, *, today: date) -> str:
    draft = _checked(draft)
    if draft.snoozed_until is not None and draft.snoozed_until <= today:
        draft = replace(draft, snoozed_until=None)
    with store.change(Label.TODO_CHANGED, ("to_dos", todo_id)) as session:
        todo = open_todo(session, todo_id)
        _write(todo, draft)
    return todo_id


def snooze_todos(store: Store, todo_ids: Iterable[str], until: date | None, *, today: date) -> None:
    """Out of sight until that day; None brings them back at once."""
    if until is not None and until <= today:
        raise FieldErrors({"until": "Choose a day after today to put it off to."})
    _each(store, Label.TODO_CHANGED, todo_ids, lambda _session, todo: setattr(todo, "snoozed_until", until))


def done_todos(store: Store, todo_ids: Iterable[str], *, today: date) -> None:
    """Done by oneself. One that repeats is followed by the next in the same change."""

    def done(session: Session, todo: ToDo) -> None:
        todo.done_on = today
        follow(session, todo, today)

    _each(store, Label.TODO_DONE, todo_ids, done)


def remove_todos(store: Store, todo_ids: Iterable[str]) -> None:
    """Gone for good, as far as undo does not bring it back; one that became a project stays with it."""
    ids = list(todo_ids)
    with store.change(Label.TODO_REMOVED, *(("to_dos", row_id) for row_id in ids)) as session:
        for row_id in ids:
            todo = find(session, ToDo, row_id, "to-do")
            if todo.project_id is not None:
                raise UserError("This to-do became a project, so it stays.")
            session.delete(todo)


def reopen_todo(store: Store, todo_id: str, *, today: date) -> str:
    with store.change(Label.TODO_CHANGED, ("to_dos", todo_id)) as session:
        find(session, ToDo, todo_id, "to-do").done_on = None
    return todo_id


def todo_draft(store: Store, todo_id: str) -> ToDoDraft:
    with store.read() as session:
        return draft_of(find(session, ToDo, todo_id, "to-do"))


def draft_of(todo: ToDo) -> ToDoDraft:
    return ToDoDraft(
        text=todo.text,
        due_on=todo.due_on,
        snoozed_until=todo.snoozed_until,
        repeat_months=todo.repeat_months,
        repeat_from=todo.repeat_from,
    )


def open_todo(session: Session, todo_id: str) -> ToDo:
    """The row, where something can still be done with it."""
    todo = find(session, ToDo, todo_id, "to-do")
    if todo.project_id is not None:
        raise UserError("This to-do became a project; change the project instead.")
    if todo.done_on is not None:
        raise UserError("This to-do is done already. Open it again first.")
    return todo


def follow(session: Session, todo: ToDo, today: date) -> None:
    """The next of one that repeats: asleep until its day, and due as long after it as this one was."""
    months, first = todo.repeat_months, todo.repeat_from
    if months is None or first is None:
        return
    # One that is done ahead of its day must not come again on that very day.
    this = latest_until(first, months, max(first, todo.snoozed_until or first))
    comes = next_after(first, months, max(today, this))
    due = None if todo.due_on is None else comes + (todo.due_on - this)
    session.add(
        ToDo(
            id=new_id(),
            text=todo.text,
            captured_on=today,
            due_on=due,
            snoozed_until=comes,
            repeat_months=months,
            repeat_from=first,
        )
    )
    # The repetition goes on with the next one; brought back, this one is done once.
    todo.repeat_months = todo.repeat_from = None


def _each(store: Store, label: Label, todo_ids: Iterable[str], do: Callable[[Session, ToDo], object]) -> None:
    ids = list(todo_ids)
    with store.change(label, *(("to_dos", row_id) for row_id in ids)) as session:
        for row_id in ids:
            do(session, open_todo(session, row_id))


def _unmarked(raw: str) -> str:
    found = line(raw)
    for mark in _MARKS:
        if found.startswith(mark):
            return found[len(mark) :].strip()
    return "" if found in ("-", "*", "•") else found


def _checked(draft: ToDoDraft) -> ToDoDraft:
    text = line(draft.text)
    if not text:
        raise FieldErrors({"text": "Write what is to be done."})
    if len(text) > TODO_LIMIT:
        raise FieldErrors(
            {"text": f"A to-do has at most {in_digits(TODO_LIMIT)} characters; this one has {in_digits(len(text))}."}
        )
    for field in ("due_on", "snoozed_until", "repeat_from"):
        day = getattr(draft, field)
        if day is not None and day.year not in clock.YEARS:
            raise FieldErrors({field: f"The year {day.year} is a slip. Give one up to {clock.YEARS[-1]}."})
    if draft.repeat_months is not None and draft.repeat_months not in EVERY:
        raise FieldErrors({"repeat_months": f"A to-do repeats {', '.join(EVERY.values())}."})
    if (draft.repeat_months is None) != (draft.repeat_from is None):
        if draft.repeat_months is None:
            return replace(draft, text=text, repeat_from=None)
        raise FieldErrors({"repeat_from": "Say from which day on it repeats."})
    return replace(draft, text=text)


def _row(todo_id: str, draft: ToDoDraft, captured_on: date) -> ToDo:
    todo = ToDo(id=todo_id, captured_on=captured_on)
    _write(todo, draft)
    return todo


def _write(todo: ToDo, draft: ToDoDraft) -> None:
    todo.text, todo.due_on, todo.snoozed_until = draft.text, draft.due_on, draft.snoozed_until
    todo.repeat_months, todo.repeat_from = draft.repeat_months, draft.repeat_from
