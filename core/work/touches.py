"""Contacts: made and planned, one by one or with many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, Project, Touch, words
from core.store import Label, Store
from core.store.journal import watched
from core.work.checks import Problems, find, known, past_day, rows, tidy
from core.work.touch_plans import after_touch

GONE = "That one is no longer in the store. Choose another."
_CHUNK = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class TouchDraft:
    """`kind`: call, mail, meeting, invitation, fair, note. `on`: the day it was made, or is planned for."""

    candidate_id: str | None = None
    kind: str = "mail"
    on: date | None = None
    subject: str = ""
    text: str = ""
    project_id: str | None = None


def add_touch(
    store: Store, draft: TouchDraft, *, today: date, planned_id: str | None = None, fulfils_due: bool = False
) -> str:
    """Log a contact made. `planned_id`: the planned one that it fulfils. The pool's next date moves on with it.

    `fulfils_due`: without `planned_id` it fulfils the earliest planned one that was due by then, if there is one.
    """
    made_on = past_day(draft.on, today, "Made")
    with store.change(Label.TOUCH_ADDED) as session:
        draft = _checked(session, draft)
        if planned_id is None and fulfils_due and draft.candidate_id is not None:
            due = _due(session, [draft.candidate_id], made_on).get(draft.candidate_id)
            planned_id = due.id if due is not None else None
        touch = Touch(id=new_id()) if planned_id is None else find(session, Touch, planned_id, "planned contact")
        if touch.made_on is not None:
            raise UserError("This contact is logged already.")
        _write(touch, draft, store.me)
        touch.made_on = made_on
        session.add(touch)
        after_touch(session, [touch.candidate_id], made_on, today=today)
        store.note_ref(("candidates", touch.candidate_id))
        return touch.id


def add_touches(
    store: Store,
    candidate_ids: Sequence[str],
    draft: TouchDraft,
    *,
    today: date,
    progress: Progress | None = None,
) -> int:
    """Log the same contact with all of these, as one change; with how many. `draft.candidate_id` is not asked for.

    With whom a contact was planned and due, it is that one that was made.

    `progress(done, total)` may raise to cancel; then nothing is written. Who is gone from the store is left out.
    """
    made_on = past_day(draft.on, today, "Made")
    wanted, count = list(dict.fromkeys(candidate_ids)), 0
    with store.change(Label.TOUCHES_ADDED) as session:
        if progress is not None:
            watched(session, lambda: progress(len(wanted), len(wanted)))
        draft = _checked(session, draft, alone=False)
        for start in range(0, len(wanted), _CHUNK):
            if progress is not None:
                progress(start, len(wanted))
            some = wanted[start : start + _CHUNK]
            there = list(session.scalars(select(Candidate.id).where(Candidate.id.in_(some))))
            due = _due(session, there, made_on)
            for candidate_id in there:
                touch = due.get(candidate_id) or Touch(id=new_id())
                touch.made_on = made_on
                _write(touch, replace(draft, candidate_id=candidate_id), store.me)
                session.add(touch)
            after_touch(session, there, made_on, today=today)
            count += len(there)
            for candidate_id in there if len(wanted) <= 50 else ():
                store.note_ref(("candidates", candidate_id))
        if not count:
            raise UserError("Nobody is chosen, or those who were are no longer in the store.")
    return count


def plan_touch(store: Store, draft: TouchDraft, *, today: date) -> str:
    """A contact to make on a day from today on."""
    with store.change(Label.TOUCH_PLANNED) as session:
        draft = _checked(session, draft)
        if draft.on is None or draft.on < today:
            raise FieldErrors({"on": "Say when: today or a later day."})
        touch = Touch(id=new_id())
        _write(touch, draft, store.me)
        touch.planned_on = draft.on
        session.add(touch)
        store.note_ref(("candidates", touch.candidate_id))
        return touch.id


def touch_draft(store: Store, touch_id: str) -> TouchDraft:
    with store.read() as session:
        row = find(session, Touch, touch_id, "contact")
        return TouchDraft(
            candidate_id=row.candidate_id,
            kind=row.kind,
            on=row.made_on or row.planned_on,
            subject=row.subject,
            text=row.text,
            project_id=row.project_id,
        )


def change_touch(store: Store, touch_id: str, draft: TouchDraft, *, today: date) -> str:
    """Another day or other words; one that was made stays made, one that is planned planned. With whom stays."""
    with store.change(Label.TOUCH_CHANGED) as session:
        touch = find(session, Touch, touch_id, "contact")
        draft = _checked(session, replace(draft, candidate_id=touch.candidate_id))
        if touch.made_on is not None:
            touch.made_on = past_day(draft.on, today, "Made") if draft.on else touch.made_on
        elif draft.on is None or (draft.on < today and draft.on != touch.planned_on):
            raise FieldErrors({"on": "Say when: today or a later day."})
        else:
            touch.planned_on = draft.on
        by = touch.colleague_id
        _write(touch, draft, by)
        store.note_ref(("candidates", touch.candidate_id))
    return touch_id


def remove_touch(store: Store, touch_id: str, *, today: date) -> None:
    """A contact that never was, logged by a slip of the hand; undo brings it back. The next date stays as it is."""
    with store.change(Label.TOUCH_REMOVED) as session:
        touch = find(session, Touch, touch_id, "contact")
        store.note_ref(("candidates", touch.candidate_id))
        session.delete(touch)


def drop_planned_touch(store: Store, touch_id: str, *, today: date) -> None:
    with store.change(Label.TOUCH_PLANNED) as session:
        touch = find(session, Touch, touch_id, "planned contact")
        if touch.made_on is not None:
            raise UserError("This contact was made, so it stays. Undo takes it back.")
        store.note_ref(("candidates", touch.candidate_id))
        session.delete(touch)


def _due(session: Session, candidate_ids: Sequence[str], day: date) -> dict[str, Touch]:
    """By candidate the earliest planned contact that was due by that day."""
    found: dict[str, Touch] = {}
    for touch in rows(session, Touch, Touch.candidate_id.in_(candidate_ids), Touch.made_on.is_(None)):
        if touch.planned_on is None or touch.planned_on > day:
            continue
        there = found.get(touch.candidate_id)
        if there is None or there.planned_on is None or touch.planned_on < there.planned_on:
            found[touch.candidate_id] = touch
    return found


def _checked(session: Session, draft: TouchDraft, *, alone: bool = True) -> TouchDraft:
    problems = Problems()
    draft = tidy(draft, problems, long=("text",))
    if alone:
        problems.when(draft.candidate_id is None, "candidate_id", "Say with whom.")
        known(session, Candidate, draft.candidate_id, problems, "candidate_id", GONE)
    known(session, Project, draft.project_id, problems, "project_id", GONE)
    problems.one_of("kind", draft.kind, words.TOUCH_KINDS)
    problems.raise_if_any()
    return draft


def _write(touch: Touch, draft: TouchDraft, me: str | None) -> None:
    touch.candidate_id = draft.candidate_id or ""
    touch.kind, touch.text, touch.project_id, touch.colleague_id = draft.kind, draft.text, draft.project_id, me
    touch.subject = draft.subject
