"""When someone is free: the week in words, and which weeks of a span. Never why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.insight.parts import words_list
from core.model.words import DAY_PARTS
from core.text import day_span, plural

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST_PHRASES = 4
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Availability:
    """`grid`: seven days from Monday, each with four parts of the day; () where nobody has said."""

    grid: tuple[tuple[bool, ...], ...]
    words: str
    hours_a_week: int | None
    blackouts: tuple[Span, ...]


def availability(free_grid: str, hours_a_week: int | None, blackouts: Iterable[Span], today: date) -> Availability:
    """Blackouts that have passed are left out."""
    grid = grid_of(free_grid)
    ahead = tuple(sorted(span for span in blackouts if span[1] >= today))
    hours = f"{plural(hours_a_week, 'hour')} a week" if hours_a_week is not None else ""
    week = ", ".join(part for part in (week_words(grid), hours) if part)
    away = f"Not {words_list([span_words(*span) for span in ahead])}" if ahead else ""
    sentences = [part[0].upper() + part[1:] + "." for part in (week, away) if part]
    return Availability(grid, " ".join(sentences), hours_a_week, ahead)


def grid_of(free_grid: str) -> tuple[tuple[bool, ...], ...]:
    """Of Candidate.free_grid; () unless it has its 28 marks."""
    if len(free_grid) != 28:
        return ()
    return tuple(tuple(mark == "1" for mark in free_grid[day * 4 : day * 4 + 4]) for day in range(7))


def week_words(grid: tuple[tuple[bool, ...], ...]) -> str:
    """evenings and weekends; "" where nobody has said. What is said holds of the grid exactly."""
    if not grid:
        return ""
    free = {(day, part) for day in range(7) for part in range(4) if grid[day][part]}
    if len(free) in (0, 28):
        return "any time" if free else "no free time in the week"
    weekend = {(day, part) for day in (5, 6) for part in range(4)}
    phrases = []
    if weekends := weekend <= free:
        free -= weekend
    for part, name in enumerate(DAY_PARTS):
        days = [day for day in range(7) if (day, part) in free]
        if len(days) == 7 or (weekends and len(days) == 5):
            phrases.append(f"{name}s")
        elif days == [0, 1, 2, 3, 4]:
            phrases.append(f"weekday {name}s")
        elif days:
            phrases.append(f"{_days(days)} {name}s")
    if weekends:
        phrases.append("weekends")
    # "Sat and Sun afternoons and evenings" would be read as evenings of these days alone.
    phrases.sort(key=lambda phrase: phrase.removesuffix("s") not in DAY_PARTS)
    if len(phrases) > _MOST_PHRASES or sum(len(phrase) for phrase in phrases) > 90:
        count = sum(sum(day) for day in grid)
        return f"{count} of 28 parts of the week"
    return words_list(phrases)


def _days(days: list[int]) -> str:
    """Mon to Sat; Mon, Wed and Fri"""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return words_list([DAYS[day] for day in days])


def span_words(start: date, end: date) -> str:
    """7 to 14 December; 28 December to 3 January"""
    return day_span(start, end)


@dataclass(frozen=True, slots=True)
class Weeks:
    """`free` of `total` weeks of a span, the first beginning on its first day. A week is free without any day away."""

    free: int
    total: int
    words: str


def weeks(start: date | None, end: date | None, away: Iterable[Span]) -> Weeks:
    """Free all weeks; not 7 to 14 December; free 2 of 3 weeks."""
    if start is None or end is None or end < start:
        return Weeks(0, 0, "no dates yet")
    clashes = sorted(span for span in away if span[0] <= end and span[1] >= start)
    total = (end - start).days // 7 + 1
    starts = [start + timedelta(days=7 * week) for week in range(total)]
    free = sum(not any(span[0] < one + timedelta(days=7) and span[1] >= one for span in clashes) for one in starts)
    if not clashes:
        return Weeks(free, total, "free all weeks" if total > 1 else "free then")
    if len(clashes) == 1 and free:
        return Weeks(free, total, f"not {span_words(*clashes[0])}")
    return Weeks(free, total, f"free {free} of {plural(total, 'week')}" if free else "not free then")
