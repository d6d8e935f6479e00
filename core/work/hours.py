"""Hours as the student tells them, and the employer's own time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Engagement, HourEntry
from core.store import Label, Store
from core.text import short_day
from core.work.checks import find, past_day
from core.work.engaged import DAY_MINUTES, after, before_end, engagement_of, long_text


def log_hours(
    store: Store, engagement_id: str, minutes: int, *, today: date, on: date | None = None, note: str = ""
) -> str:
    """They change nothing about the fee, also beyond the estimate. Returns the entry's id."""
    worked_on = past_day(on, today, "Worked")
    entry_id = new_id()
    with store.change(Label.HOURS_LOGGED, ("engagements", engagement_id)) as session:
        _check(session, engagement_of(session, engagement_id), worked_on, minutes)
        session.add(
            HourEntry(
                id=entry_id,
                engagement_id=engagement_id,
                worked_on=worked_on,
                minutes=minutes,
                note=long_text("note", note),
            )
        )
    return entry_id


def change_hours(
    store: Store, entry_id: str, minutes: int, *, today: date, on: date | None = None, note: str = ""
) -> str:
    worked_on = past_day(on, today, "Worked")
    with store.change(Label.HOURS_LOGGED) as session:
        entry = find(session, HourEntry, entry_id, "entry of hours")
        store.note_ref(("engagements", entry.engagement_id))
        _check(session, engagement_of(session, entry.engagement_id), worked_on, minutes, besides=entry_id)
        entry.worked_on, entry.minutes, entry.note = worked_on, minutes, long_text("note", note)
    return entry_id


def remove_hours(store: Store, entry_id: str, *, today: date) -> str:
    with store.change(Label.HOURS_LOGGED) as session:
        entry = find(session, HourEntry, entry_id, "entry of hours")
        store.note_ref(("engagements", entry.engagement_id))
        session.delete(entry)
    return entry_id


def _check(session: Session, engagement: Engagement, worked_on: date, minutes: int, besides: str = "") -> None:
    if not 1 <= minutes <= DAY_MINUTES:
        raise FieldErrors({"minutes": "One day has up to 24 hours: log each day for itself."})
    if engagement.started_on is None:
        raise UserError("The work has not started yet. Record the kick-off first.")
    after(engagement.started_on, worked_on, "The work started")
    before_end(engagement, worked_on)
    # A day of someone with two engagements has 24 hours as well.
    day = (
        select(func.coalesce(func.sum(HourEntry.minutes), 0))
        .join(Engagement, Engagement.id == HourEntry.engagement_id)
        .where(
            Engagement.candidate_id == engagement.candidate_id,
            HourEntry.worked_on == worked_on,
            HourEntry.id != besides,
        )
    )
    if int(session.scalar(day) or 0) + minutes > DAY_MINUTES:
        raise FieldErrors({"minutes": f"With what is logged already, {short_day(worked_on)} has over 24 hours."})


def add_supervision_minutes(store: Store, engagement_id: str, minutes: int, *, today: date) -> int:
    """Time that the employer's side spent on it, added up; a negative number mends a slip. Returns the new sum."""
    if minutes == 0 or abs(minutes) > 100 * 60:
        raise FieldErrors({"minutes": "Give the time of supervision, up to 100 hours at once."})
    with store.change(Label.HOURS_LOGGED, ("engagements", engagement_id)) as session:
        engagement = engagement_of(session, engagement_id)
        if engagement.supervision_minutes + minutes < 0:
            raise FieldErrors({"minutes": "That would leave less than no time."})
        engagement.supervision_minutes += minutes
        return engagement.supervision_minutes
