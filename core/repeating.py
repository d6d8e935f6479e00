"""Days that come again every so many months, counted from their first so that none drifts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from core.text import MONTHS

EVERY = {1: "every month", 3: "every three months", 6: "every half year", 12: "every year"}
"""Months between two of them, and the words for it."""


def repeat_words(months: int, first: date) -> str:
    """every month, every three months, every January"""
    return f"every {MONTHS[first.month - 1]}" if months == 12 and first.day == 1 else EVERY[months]


def months_later(first: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day: 29 February, 31 January."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def latest_until(first: date, months: int, day: date) -> date:
    """The last of `first`, `first` plus `months`, ... that is not after `day`; the first where all are."""
    if first >= day:
        return first
    steps = ((day.year - first.year) * 12 + day.month - first.month) // months
    found = months_later(first, steps * months)
    return found if found <= day else months_later(first, (steps - 1) * months)


def next_after(first: date, months: int, day: date) -> date:
    """The first of `first`, `first` plus `months`, ... that comes after `day`."""
    if first > day:
        return first
    steps = ((day.year - first.year) * 12 + day.month - first.month) // months
    found = months_later(first, steps * months)
    return found if found > day else months_later(first, (steps + 1) * months)
