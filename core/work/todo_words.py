"""What a to-do's last words ask for: "... every January", "... by 12 March". It is shown before it is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.repeating import months_later, next_after, repeat_words
from core.text import MONTHS, fold, line, short_day

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPANS = {"month": 1, "quarter": 3, "half year": 6, "year": 12}
_MONTH = "|".join([*MONTHS, *(f"{name[:3]}\\.?" for name in MONTHS)])
_END = re.compile(
    rf"[\s,;–-]+(?:every (?P<every>{_MONTH}|month|quarter|half year|year)"
    rf"|in (?P<month>{_MONTH})"
    rf"|by (?:(?P<soon>today|tomorrow|{'|'.join(_WEEKDAYS)})"
    rf"|(?P<day>\d{{1,2}})\.? (?P<of>{_MONTH})(?: (?P<year>\d{{4}}))?"
    rf"|(?P<of_us>{_MONTH}) (?P<day_us>\d{{1,2}})(?:,? (?P<year_us>\d{{4}}))?))\s*\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class ToDoDraft:
    """A line of the inbox. One that repeats comes every `repeat_months` months, counted from `repeat_from`."""

    text: str = ""
    due_on: date | None = None
    snoozed_until: date | None = None
    repeat_months: int | None = None
    repeat_from: date | None = None


def read_todo(words: str, *, today: date) -> ToDoDraft:
    """The line without the words at its end that name a day; a day that does not exist is left in the text."""
    text = line(words)
    found = _END.search(text)
    if found is None or not text[: found.start()].strip():
        return ToDoDraft(text=text)
    kept = text[: found.start()].rstrip()
    if found["every"]:
        return _repeating(kept, fold(found["every"]), today)
    if found["month"]:
        first = _next_month(_month(found["month"]), today)
        return ToDoDraft(text=kept, snoozed_until=first)
    due = _soon(fold(found["soon"]), today) if found["soon"] else _due(found, today)
    return ToDoDraft(text=text) if due is None else ToDoDraft(text=kept, due_on=due)


def told(draft: ToDoDraft, today: date) -> str:
    """What was understood, in words; "" where nothing but the text was."""
    parts = []
    if draft.due_on is not None:
        parts.append(f"due {short_day(draft.due_on, today)}")
    if draft.repeat_months is not None and draft.repeat_from is not None:
        parts.append(repeat_words(draft.repeat_months, draft.repeat_from))
    if draft.snoozed_until is not None:
        parts.append(f"comes on {short_day(draft.snoozed_until, today)}")
    return " · ".join(parts)


def _repeating(text: str, every: str, today: date) -> ToDoDraft:
    if every in _SPANS:
        months = _SPANS[every]
        # The one that is written down now is the first; the next comes a span later.
        return ToDoDraft(text=text, repeat_months=months, repeat_from=today)
    first = _next_month(_month(every), today)
    return ToDoDraft(text=text, repeat_months=12, repeat_from=first, snoozed_until=first)


def _month(words: str) -> int:
    key = fold(words).rstrip(".")[:3]
    return next(at for at, name in enumerate(MONTHS, 1) if fold(name).startswith(key))


def _next_month(month: int, today: date) -> date:
    """The next first day of that month."""
    return next_after(date(today.year, month, 1), 12, today)


def _soon(words: str, today: date) -> date:
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    return today + timedelta(days=(_WEEKDAYS.index(words) - today.weekday()) % 7)


def _due(found: re.Match[str], today: date) -> date | None:
    """Of a day without its year the next one: 29 February may be some years off, so it is asked for with its year.

    None where there is no such day, or it lies too far off to be meant.
    """
    day, month = int(found["day"] or found["day_us"]), _month(found["of"] or found["of_us"])
    year = found["year"] or found["year_us"]
    try:
        due = date(int(year) if year else today.year, month, day)
    except ValueError:
        return None
    if not year and due < today:
        due = months_later(due, 12)
    return due if due.day == day and due.year in clock.YEARS else None
