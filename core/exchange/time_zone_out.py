"""A time zone as calendar files say it (RFC 5545, 3.6.5), in the shortest way that all calendars read.

Where the clocks change by one rule, the rule is written (Outlook knows no lists of days); else each change for itself.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_YEARS = 12
"""Over which a rule must hold to be one."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """`at`: what the clocks show when they are changed."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def time_zone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Right from the year before `first` to the one after `last`."""
    from icalendar import Timezone

    made = Timezone()
    made.add("tzid", zone.key)
    begins = first.year - 1
    changes = [one for year in range(begins, max(begins + _YEARS, last.year + 2)) for one in _changes(zone, year)]
    summer, winter = [one for one in changes if one.summer], [one for one in changes if not one.summer]
    which = [_which(side) for side in (winter, summer) if side]
    if len(which) == 2 and all(which):
        for side, one in zip((winter, summer), which, strict=True):
            month, weekday = side[0].at.month, side[0].at.weekday()
            # From long ago on, as programs judge a zone by years gone by.
            at = datetime.combine(_day(1970, month, weekday, one), side[0].at.time())
            rule = f"FREQ=YEARLY;BYDAY={one}{_WEEKDAYS[weekday]};BYMONTH={month}"
            made.add_component(_part(replace(side[0], at=at), rule))
        return made
    there = datetime(begins, 1, 1, tzinfo=UTC).astimezone(zone)
    offset = there.utcoffset() or timedelta()
    long_ago = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    base = _Change(long_ago, offset, offset, there.tzname() or zone.key, summer=False)
    for change in (base, *changes):
        made.add_component(_part(change))
    return made


def _part(one: _Change, rule: str = "") -> TimezoneDaylight | TimezoneStandard:
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur

    part = TimezoneDaylight() if one.summer else TimezoneStandard()
    part.add("dtstart", one.at)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    part.add("tzname", one.name)
    part.add("tzoffsetfrom", one.before)
    part.add("tzoffsetto", one.after)
    return part


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        if _offset(zone, day) != _offset(zone, day + timedelta(days=1)):
            low, high = day, day + timedelta(days=1)
            while high - low > timedelta(seconds=1):
                half = low + (high - low) // 2
                half = half.replace(microsecond=0)
                low, high = (half, high) if _offset(zone, half) == _offset(zone, low) else (low, half)
            before, there = _offset(zone, low), high.astimezone(zone)
            shown = (high + before).replace(tzinfo=None)
            yield _Change(shown, before, _offset(zone, high), there.tzname() or zone.key, bool(there.dst()))
        day += timedelta(days=1)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _which(changes: Sequence[_Change]) -> int:
    """The weekday of the month on which each year's is, the last one as -1; 0 where they follow no such rule."""
    first = changes[0].at
    alike = {(one.at.month, one.at.weekday(), one.at.time(), one.before, one.after) for one in changes}
    if len(alike) > 1 or [one.at.year for one in changes] != list(range(first.year, first.year + len(changes))):
        return 0
    for which in (-1, 1, 2, 3, 4):
        if all(_day(one.at.year, first.month, first.weekday(), which) == one.at.date() for one in changes):
            return which
    return 0


def _day(year: int, month: int, weekday: int, which: int) -> date:
    days = [day for day in Calendar().itermonthdates(year, month) if (day.month, day.weekday()) == (month, weekday)]
    return days[which if which < 0 else which - 1]
