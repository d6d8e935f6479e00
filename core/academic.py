"""Class years and graduation, derived from dates and never stored."""

from __future__ import annotations

from datetime import date

DEFAULT_ROLLOVER = (8, 15)
"""Month and day on which class years roll over where a school names none (common practice, editable per school)."""


def academic_year(day: date, rollover: tuple[int, int] = DEFAULT_ROLLOVER) -> int:
    """The calendar year in which the academic year that holds `day` began."""
    return day.year if (day.month, day.day) >= rollover else day.year - 1


def class_year(
    today: date,
    graduation: date | None,
    set_year: int | None = None,
    set_on: date | None = None,
    *,
    years: int = 4,
    rollover: tuple[int, int] = DEFAULT_ROLLOVER,
) -> int | None:
    """1 for a first year; one set by hand holds as of its day and rolls like the other. `years`: a degree's length.

    None where nothing is known or once the graduation lies in the past.
    """
    if graduation is not None and graduation < today:
        return None
    if set_year is not None and set_on is not None:
        rolled = set_year + academic_year(today, rollover) - academic_year(set_on, rollover)
        return max(1, min(rolled, 8))
    if graduation is None:
        return None
    # The last academic year is the one that holds the graduation day (a day in the roll-over month counts to the old).
    last = academic_year(graduation.replace(day=1), rollover)
    return max(1, years - (last - academic_year(today, rollover)))


def months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
