"""How the sample program's files say days, ids and references; resources/sample/readme.toml tells it to people."""

from __future__ import annotations

import tomllib
import uuid
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import resources
from core.academic import DEFAULT_ROLLOVER

SPACE = uuid.UUID("6d0a5b1e-52a7-5a53-9c1c-0f6f8d1d7a11")
"""Ids are made of their place in the files, so that papers and pictures of the sample come out the same each time."""


def uid(*place: object) -> str:
    return str(uuid.uuid5(SPACE, "/".join(str(part) for part in place)))


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.path(f"sample/{name}.toml").read_text("utf-8"))


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


class Days:
    """Days counted from one day. None and 0 stand for no day."""

    def __init__(self, today: date) -> None:
        self.today = today

    def at(self, said: int | str | None, graduation: date | None = None) -> date:
        """The day said; ValueError where none is."""
        found = self.maybe(said, graduation)
        if found is None:
            raise ValueError("a day is missing")
        return found

    def maybe(self, said: int | str | None, graduation: date | None = None) -> date | None:
        if not said:
            return None
        if isinstance(said, int):
            return self._working_day(said)
        if said.startswith("g") and graduation is not None:
            return graduation + timedelta(days=int(said[1:]))
        return self.today + timedelta(days=int(said.removeprefix("=")))

    def _working_day(self, count: int) -> date:
        # Away from today on both sides, so that nothing past becomes future and no two days swap.
        day = self.today + timedelta(days=count)
        past_friday = day.weekday() - 4
        if past_friday <= 0:
            return day
        return day + timedelta(days=-past_friday if count < 0 else 3 - past_friday)

    def moment(self, said: int | str, hour: int = 20) -> datetime:
        """Some time on that day, in UTC; never later than noon of today."""
        day = self.at(said)
        return datetime.combine(day, time(hour if day < self.today else 12), UTC)

    def graduation(self, spring: int | str, month: int = 5) -> date:
        """The last day of the month expected: of the next spring, a later one, or ("past") of one some months ago."""
        if spring == "past":
            limit = self.today - timedelta(days=35)
            ends = (month_end(year, m) for year in (limit.year - 1, limit.year) for m in (5, 8, 12))
            return max(day for day in ends if day <= limit)
        year = self.today.year
        if self.today <= date(year, 5, 31):
            return month_end(year + int(spring), month)
        # In summer the last year has just left, and those below it have not moved up yet.
        summer = (self.today.month, self.today.day) < DEFAULT_ROLLOVER
        return month_end(year + 1 + max(0, int(spring) - summer), month)
