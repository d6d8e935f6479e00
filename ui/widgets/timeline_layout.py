"""Where things stand on a timeline: days to pixels, marks of months and weeks, projects packed into rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from core.insight.parts import month_end, month_start
from core.insight.year_parts import YearBar, mondays
from core.text import MONTHS

ROOMY = 16
"""As many projects in sight have a row each, with the title at the left; more are packed."""


@dataclass(frozen=True)
class Scale:
    """`x` of a day's beginning, counted from the first day; `day` on a pixel."""

    first: date
    pixels: float

    def x(self, day: date) -> float:
        return (day - self.first).days * self.pixels

    def span(self, start: date, end: date) -> tuple[float, float]:
        """Left edge and width; both days are in it."""
        return self.x(start), ((end - start).days + 1) * self.pixels

    def day(self, x: float) -> date:
        return self.first + timedelta(days=int(x // self.pixels))

    def weeks(self, dx: float) -> int:
        """A way in whole weeks, the nearest."""
        return round(dx / (7 * self.pixels))


@dataclass(frozen=True)
class Row:
    """`top` and `height` in pixels of the scrolled part. `bars`: indices."""

    top: int
    height: int
    bars: tuple[int, ...]


def month_marks(start: date, end: date, pixels: float) -> list[tuple[date, str]]:
    """(first day, name): in full where there is room, else three letters, else every third; January with its year."""
    found: list[tuple[date, str]] = []
    day = month_start(start)
    while day <= end:
        wide = pixels * 30
        name = MONTHS[day.month - 1] if wide >= 84 else MONTHS[day.month - 1][:3]
        if day.month == 1 or not found:
            name = f"{MONTHS[day.month - 1][:3]} {day.year}" if wide >= 44 else str(day.year)
        if wide >= 30 or day.month % 3 == 1:
            found.append((day, name))
        day = month_end(day) + timedelta(days=1)
    return found


def week_marks(start: date, end: date, pixels: float) -> list[tuple[date, str]]:
    """Mondays with the day of the month, where a week is wide enough to be read."""
    if pixels * 7 < 22:
        return []
    return [(day, str(day.day)) for day in mondays(start, end)]


def roomy(bars: Sequence[YearBar], days: float) -> bool:
    """Whether no window of so many days holds more projects than can have a row each."""
    starts = sorted(bar.start for bar in bars)
    ends = sorted(bar.end for bar in bars)
    span = timedelta(days=days)
    return all(
        bisect_right(starts, day + span) - bisect_right(ends, day - timedelta(days=1)) <= ROOMY for day in starts
    )


def one_each(bars: Sequence[YearBar], seen: tuple[date, date], height: int) -> list[Row]:
    """A row for every project in sight, in the order given."""
    shown = [at for at, bar in enumerate(bars) if bar.start <= seen[1] and bar.end >= seen[0]]
    return [Row(place * height, height, (at,)) for place, at in enumerate(shown)]


def packed(
    bars: Sequence[YearBar], scale: Scale, needs: Callable[[YearBar], float], height: int, gap: float = 8
) -> list[Row]:
    """Each project in the first row that is free from its first day on. `needs`: pixels of its words."""
    free: list[float] = []
    rows: list[list[int]] = []
    for at, bar in enumerate(bars):
        left, wide = scale.span(bar.start, bar.end)
        words = needs(bar)
        right = left + (wide if words <= wide else wide + words) + gap
        place = next((n for n, edge in enumerate(free) if edge <= left), len(free))
        if place == len(free):
            free.append(0)
            rows.append([])
        free[place] = right
        rows[place].append(at)
    tops = accumulate([height] * len(rows), initial=0)
    return [Row(top, height, tuple(inside)) for top, inside in zip(tops, rows, strict=False)]
