"""More time, asked and answered. It is never a mark against anyone."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Extension, words
from core.store import Label, Store
from core.text import short_day
from core.work import authorisation
from core.work.checks import find, past_day
from core.work.engaged import after, at_work, engagement_of
from core.work.sides import reviews_day

LONGEST_EXTENSION = timedelta(days=365)


def ask_extension(
    store: Store,
    engagement_id: str,
    new_due_on: date,
    *,
    today: date,
    on: date | None = None,
    granted: bool | None = None,
    reason: str = "",
) -> str:
    """`granted`: the answer, where it is given at once; `reason` as `answer_extension` has it."""
    asked_on = past_day(on, today, "Asked")
    extension_id = new_id()
    why = reason.strip()
    with store.change(Label.EXTENSION_ASKED, ("engagements", engagement_id), reason=why) as session:
        engagement = engagement_of(session, engagement_id)
        if engagement.status not in ("agreed", "running"):
            state = words.ENGAGEMENT_STATES[engagement.status].lower()
            raise UserError(f"This engagement is {state}; its due date no longer moves.")
        after(engagement.agreed_on, asked_on, "It was agreed")
        if not engagement.due_on < new_due_on <= engagement.due_on + LONGEST_EXTENSION:
            due = short_day(engagement.due_on)
            raise FieldErrors({"new_due_on": f"Choose a day after the present due date, {due}, within a year of it."})
        waiting = select(Extension.id).where(Extension.engagement_id == engagement_id, Extension.granted.is_(None))
        if session.scalar(waiting.limit(1)):
            raise UserError("An earlier wish for more time has no answer yet. Answer that one first.")
        session.add(Extension(id=extension_id, engagement_id=engagement_id, asked_on=asked_on, new_due_on=new_due_on))
        if granted is not None:
            session.flush()
            answer_extension(store, extension_id, granted, today=today, reason=why)
    return extension_id


def answer_extension(
    store: Store, extension_id: str, granted: bool, *, today: date, on: date | None = None, reason: str = ""
) -> str:
    """Granting moves the due date of the engagement.

    HoldError (authorisation) where that is beyond the work authorisation's window, unless `reason` says why.
    """
    answered_on = past_day(on, today, "Answered")
    with store.change(Label.EXTENSION_ANSWERED, reason=reason.strip()) as session:
        extension = find(session, Extension, extension_id, "wish for more time")
        store.note_ref(("engagements", extension.engagement_id))
        if extension.granted is not None:
            raise UserError("This wish for more time has its answer already.")
        after(extension.asked_on, answered_on, "It was asked for")
        engagement = at_work(session, extension.engagement_id, "its due date no longer moves")
        if granted:
            first = engagement.started_on or engagement.kick_off_on
            authorisation.hold(session, engagement, first, extension.new_due_on, reason)
            engagement.due_on = extension.new_due_on
            if engagement.reviews_open_on is not None:
                engagement.reviews_open_on = max(engagement.reviews_open_on, reviews_day(extension.new_due_on))
        extension.granted, extension.answered_on = granted, answered_on
    return extension_id
