"""Days as a calendar file (.ics, RFC 5545) that any calendar program takes in, and takes in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import UserError
from core.exchange.time_zone_out import time_zone
from core.text import clean, line

MAKER = "-//Foothold//Foothold//EN"
_MOST = 1_000
"""Letters of a text; calendars cut or refuse what is longer."""


@dataclass(frozen=True, slots=True)
class Day:
    """`uid`: for life. `number`: goes up with each change. `at`: the hour in the file's zone, None: the whole day."""

    uid: str
    title: str
    on: date
    number: int
    changed_at: datetime
    at: time | None = None
    minutes: int = 0
    where: str = ""
    note: str = ""
    cancelled: bool = False


def write_days(days: Sequence[Day], *, name: str, zone: str) -> bytes:
    """The same days give the same bytes. UserError where the zone is none that is known."""
    from icalendar import Calendar, Event, vText

    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise UserError(f"“{zone}” is no time zone. Set it under Settings, Your business.") from fault
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(line(name)[:_MOST])
    for day in days:
        event = Event()
        event.add("uid", day.uid)
        event.add("dtstamp", day.changed_at.astimezone(UTC))
        event.add("last-modified", day.changed_at.astimezone(UTC))
        event.add("sequence", day.number)
        event.add("summary", _words(day.title))
        if day.at is None:
            event.add("dtstart", day.on)
            event.add("dtend", day.on + timedelta(days=1))
            # A due day takes nobody's time.
            event.add("transp", "TRANSPARENT")
        else:
            begins = datetime.combine(day.on, day.at, there)
            event.add("dtstart", begins)
            event.add("dtend", begins + timedelta(minutes=day.minutes))
        for field, words in (("location", day.where), ("description", day.note)):
            if words.strip():
                event.add(field, _words(words))
        event.add("status", "CANCELLED" if day.cancelled else "CONFIRMED")
        calendar.add_component(event)
    for name_of_zone in sorted(calendar.get_missing_tzids()):
        on = [day.on for day in days]
        calendar.subcomponents.insert(0, time_zone(ZoneInfo(name_of_zone), min(on), max(on)))
    made: bytes = calendar.to_ical()
    return made


def _words(text: str) -> str:
    # Some readers take these two for the end of a line of the file.
    return clean(text).replace("\u2028", "\n").replace("\u2029", "\n")[:_MOST]
