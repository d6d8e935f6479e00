"""Talks about the work: planned, held, taken off. What they took counts as supervision."""

from __future__ import annotations

from datetime import date

from core.errors import FieldErrors
from core.ids import new_id
from core.model import CheckIn
from core.store import Label, Store
from core.text import short_day
from core.work.checks import find, past_day
from core.work.engaged import DAY_MINUTES, after, at_work, engagement_of, long_text


def plan_check_in(
    store: Store, engagement_id: str, on: date | None, *, today: date, note: str = "", check_in_id: str | None = None
) -> str:
    """`check_in_id`: moves one that is planned already."""
    if on is None or on < today:
        raise FieldErrors({"on": "Choose today or a later day."})
    row_id = check_in_id or new_id()
    with store.change(Label.CHECK_IN_PLANNED, ("engagements", engagement_id)) as session:
        engagement = at_work(session, engagement_id, "no check-in is planned any more")
        after(engagement.agreed_on, on, "It was agreed")
        if check_in_id is None:
            row = CheckIn(id=row_id, engagement_id=engagement_id)
        else:
            row = find(session, CheckIn, check_in_id, "check-in")
            if row.held_on is not None:
                raise FieldErrors({"on": f"This check-in was held on {short_day(row.held_on)}."})
        row.planned_on, row.note = on, long_text("note", note)
        session.add(row)
    return row_id


def hold_check_in(
    store: Store,
    engagement_id: str,
    minutes: int,
    *,
    today: date,
    on: date | None = None,
    note: str = "",
    check_in_id: str | None = None,
) -> str:
    """One that took place; `check_in_id`: the one planned, or held and now mended. `minutes`: the employer's time."""
    held_on = past_day(on, today, "Held")
    if not 0 <= minutes <= DAY_MINUTES:
        raise FieldErrors({"minutes": "Give the minutes that it took, up to 24 hours."})
    row_id = check_in_id or new_id()
    with store.change(Label.CHECK_IN_HELD, ("engagements", engagement_id)) as session:
        engagement = engagement_of(session, engagement_id)
        after(engagement.agreed_on, held_on, "It was agreed")
        if check_in_id is None:
            row = CheckIn(id=row_id, engagement_id=engagement_id, planned_on=None, minutes=0)
        else:
            row = find(session, CheckIn, check_in_id, "check-in")
        before = row.minutes if row.held_on is not None else 0
        engagement.supervision_minutes = max(0, engagement.supervision_minutes - before) + minutes
        row.held_on, row.minutes, row.note = held_on, minutes, long_text("note", note)
        session.add(row)
    return row_id


def remove_check_in(store: Store, check_in_id: str, *, today: date) -> str:
    with store.change(Label.CHECK_IN_PLANNED) as session:
        row = find(session, CheckIn, check_in_id, "check-in")
        store.note_ref(("engagements", row.engagement_id))
        engagement = engagement_of(session, row.engagement_id)
        if row.held_on is not None:
            engagement.supervision_minutes = max(0, engagement.supervision_minutes - row.minutes)
        session.delete(row)
    return check_in_id
