"""Before the work starts: what must be ready, and when and how people meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core import states
from core.errors import UserError
from core.model import words
from core.store import Label, Store
from core.text import short_day
from core.work.authorisation import authorisation_of, check_noted
from core.work.checks import LINE_LIMIT, Problems, employer
from core.work.engaged import engagement_of, long_text

CHECKS = {
    "agreement": "The signed agreement is on file",
    "authorisation": "Work authorisation is checked",
    "access": "Access and tools are ready",
    "supervisor": "The supervisor has time",
    "message": "The kick-off message is sent",
    "papers": "Papers for paying are in",
}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class KickOffDraft:
    """`kick_off_time`: as a person writes it ("9:30", "2 pm"), "" for none; in the employer's time zone."""

    kick_off_on: date | None = None
    kick_off_time: str = ""
    how_to_join: str = ""
    checks: list[str] | None = None
    """Keys of CHECKS; None leaves them as they are."""


def kick_off_draft(store: Store, engagement_id: str) -> KickOffDraft:
    with store.read() as session:
        row = engagement_of(session, engagement_id)
        return KickOffDraft(
            kick_off_on=row.kick_off_on,
            kick_off_time=row.kick_off_time,
            how_to_join=row.how_to_join,
            checks=list(row.kick_off_checks),
        )


def prepare_kick_off(store: Store, engagement_id: str, draft: KickOffDraft, *, today: date) -> str:
    problems = Problems()
    how = long_text("how_to_join", draft.how_to_join)
    if draft.kick_off_on is None:
        problems.add("kick_off_on", "Choose the day of the kick-off.")
    try:
        at = clock_time(draft.kick_off_time)
    except UserError as error:
        problems.add("kick_off_time", str(error))
        at = None
    problems.raise_if_any()
    with store.change(Label.KICK_OFF_PREPARED, ("engagements", engagement_id)) as session:
        row = engagement_of(session, engagement_id)
        if row.status != "agreed":
            state = words.ENGAGEMENT_STATES[row.status].lower()
            raise UserError(f"This engagement is {state}; its kick-off is over.")
        day = draft.kick_off_on or row.kick_off_on
        problems.when(
            day < row.agreed_on,
            "kick_off_on",
            f"It was agreed on {short_day(row.agreed_on)}; choose that day or later.",
        )
        problems.when(
            day > row.due_on, "kick_off_on", f"The work is due on {short_day(row.due_on)}; choose a day before."
        )
        if at is not None and (gap := missing_hour(day, at, employer(session).time_zone)):
            problems.add("kick_off_time", gap)
        problems.raise_if_any()
        row.kick_off_on, row.how_to_join = day, how
        row.kick_off_time = f"{at:%H:%M}" if at is not None else ""
        if draft.checks is not None:
            if "authorisation" in draft.checks and "authorisation" not in row.kick_off_checks:
                check_noted(authorisation_of(session, row.candidate_id))
            row.kick_off_checks = _in_order(draft.checks)
    return engagement_id


def set_check(store: Store, engagement_id: str, key: str, done: bool, *, today: date) -> str:
    """Ticks a point of the list, or takes the tick off."""
    if key not in CHECKS:
        raise UserError(f"“{key[:LINE_LIMIT]}” is no point of the list.")
    with store.change(Label.KICK_OFF_PREPARED, ("engagements", engagement_id)) as session:
        row = engagement_of(session, engagement_id)
        if row.status not in states.AT_WORK:
            raise UserError("This engagement has ended; its list stays as it was.")
        if done and key == "authorisation" and key not in row.kick_off_checks:
            check_noted(authorisation_of(session, row.candidate_id))
        wanted = set(row.kick_off_checks) | {key} if done else set(row.kick_off_checks) - {key}
        row.kick_off_checks = _in_order(wanted)
    return engagement_id


def _in_order(keys: Iterable[str]) -> list[str]:
    wanted = set(keys)
    return [key for key in CHECKS if key in wanted]


def clock_time(text: str) -> time | None:
    """9:30, 9.30, 14:00, 2 pm, 2:15pm. None for nothing, UserError for anything else."""
    said = text.strip()
    if not said:
        return None
    found = _TIME.fullmatch(said)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = (found[3] or "").lower() if found else ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise UserError("Type a time of day, such as 9:30 or 2 pm.")
    return time(hour, minute)


def clock_words(kept: str) -> str:
    """2:00 PM for the 14:00 that is kept; "" for none."""
    if not kept:
        return ""
    at = time.fromisoformat(kept)
    return f"{at.hour % 12 or 12}:{at.minute:02} {'PM' if at.hour >= 12 else 'AM'}"


def zone(name: str) -> ZoneInfo:
    """UTC where the name is no zone of this computer."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def missing_hour(day: date, at: time, zone_name: str) -> str:
    """Words where the clocks skip this time in that night (March in the US), else ""."""
    local = datetime.combine(day, at, zone(zone_name))
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return ""
    return (
        f"On {short_day(day)} the clocks go forward and {at:%H:%M} does not exist in {zone_name}. Choose another time."
    )


def twice(day: date, at: time, zone_name: str) -> bool:
    """Whether the clocks show this time twice in that night (November in the US)."""
    local = datetime.combine(day, at, zone(zone_name))
    return not missing_hour(day, at, zone_name) and local.utcoffset() != local.replace(fold=1).utcoffset()
