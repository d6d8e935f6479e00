"""What the steps of an engagement share: find it, check days and words against it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.model import Engagement, words
from core.states import AT_WORK
from core.text import clean, in_digits, short_day
from core.work.checks import TEXT_LIMIT, find

DAY_MINUTES = 24 * 60


def engagement_of(session: Session, engagement_id: str) -> Engagement:
    return find(session, Engagement, engagement_id, "engagement")


def at_work(session: Session, engagement_id: str, what: str) -> Engagement:
    """One that has not ended; `what` no longer changes once it has."""
    engagement = engagement_of(session, engagement_id)
    if engagement.status not in AT_WORK:
        state = words.ENGAGEMENT_STATES[engagement.status].lower()
        raise UserError(f"This engagement is {state}; {what}.")
    return engagement


def after(earlier: date | None, later: date, what: str, field: str = "on") -> None:
    if earlier is not None and later < earlier:
        raise FieldErrors({field: f"{what} on {short_day(earlier)}; give that day or a later one."})


def before_end(engagement: Engagement, day: date) -> None:
    ended = engagement.ended_on
    if ended is not None and day > ended:
        raise FieldErrors({"on": f"The work ended on {short_day(ended)}; give that day or an earlier one."})


def needed(text: str, words_: str) -> str:
    cleaned = long_text("why", text)
    if not cleaned:
        raise FieldErrors({"why": words_})
    return cleaned


def long_text(field: str, text: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > TEXT_LIMIT:
        raise FieldErrors(
            {field: f"{in_digits(len(cleaned))} characters; at most {in_digits(TEXT_LIMIT)} fit. Please shorten it."}
        )
    return cleaned
