"""What a figure is: counts first, its one definition, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from core.insight.parts import SMALL, month_end
from core.text import as_written, in_digits

Unit = Literal["share", "months", "hours", "count"]
Ref = tuple[str, str]
NONE_YET = "none yet"
HIDDEN = "hidden, under 5"


@dataclass(frozen=True, slots=True)
class Period:
    """From day to day, both in it. `end` is never after today: what lies ahead has not happened."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def months(self) -> list[date]:
        """The first day of each calendar month that it touches."""
        found = [self.start.replace(day=1)]
        while (following := month_end(found[-1]) + timedelta(days=1)) <= self.end:
            found.append(following)
        return found if self.start <= self.end else []

    def quarters(self) -> list[tuple[date, date]]:
        """(first, last day) of each calendar quarter whose last day it holds."""
        found = []
        for year in range(self.start.year, self.end.year + 1):
            for month in (1, 4, 7, 10):
                last = month_end(date(year, month + 2, 1))
                if self.holds(last):
                    found.append((date(year, month, 1), last))
        return found


@dataclass(frozen=True, slots=True)
class Figure:
    """`value`: a share from 0 to 1, a median of months, a sum of hours, or a count; None where the base is 0 or it is
    hidden. `numerator` and `base` are counts (of a median: how many it is over); hidden ones are 0. `rows`: (noun, id)
    of all that the base counts; `counted`: those of them that a share's numerator counts.
    """

    key: str
    words: str
    definition: str
    unit: Unit
    numerator: int
    base: int
    value: Fraction | None
    rows: tuple[Ref, ...] = ()
    hidden: bool = False
    counted: tuple[Ref, ...] = ()

    @property
    def shown(self) -> str:
        """84 %; 26 months; none yet. A share is rounded half up, but 100 % and 0 % are said of all and none only."""
        if self.hidden:
            return HIDDEN
        if self.value is None:
            return NONE_YET
        if self.unit == "share":
            return percent(self.numerator, self.base)
        number = (Decimal(self.value.numerator) / Decimal(self.value.denominator)).quantize(
            Decimal("0.1"), ROUND_HALF_UP
        )
        amount = as_written(f"{number:,f}".removesuffix(".0"))
        return {"months": f"{amount} months", "hours": f"{amount} hours", "count": amount}[self.unit]

    @property
    def counts(self) -> str:
        """9 of 26; where it is no share, what it is over: of 26."""
        if self.hidden:
            return ""
        base = in_digits(self.base)
        return f"{in_digits(self.numerator)} of {base}" if self.unit == "share" else f"of {base}"


def percent(part: int, of: int) -> str:
    """Whole, half up, but never 0 % of some nor 100 % of not quite all."""
    whole = (200 * part + of) // (2 * of)
    if 0 < part < of:
        whole = min(99, max(1, whole))
    return f"{whole} %"


def share(
    key: str, words: str, definition: str, rows: Sequence[tuple[Ref, bool]], *, hide_small: bool = False
) -> Figure:
    """`rows`: each thing of the base, and whether the numerator counts it."""
    base, part = len(rows), sum(counted for _, counted in rows)
    if hide_small and 0 < base < SMALL:
        return Figure(key, words, definition, "share", 0, 0, None, (), hidden=True)
    value = Fraction(part, base) if base else None
    of_part = tuple(ref for ref, counted in rows if counted)
    return Figure(key, words, definition, "share", part, base, value, tuple(ref for ref, _ in rows), counted=of_part)


def median(key: str, words: str, definition: str, rows: Sequence[tuple[Ref, int]]) -> Figure:
    values = sorted(value for _, value in rows)
    base = len(values)
    middle = Fraction(values[(base - 1) // 2] + values[base // 2], 2) if base else None
    return Figure(key, words, definition, "months", base, base, middle, tuple(ref for ref, _ in rows))


def total(key: str, words: str, definition: str, value: Fraction, rows: Iterable[Ref]) -> Figure:
    refs = tuple(rows)
    return Figure(key, words, definition, "hours", len(refs), len(refs), value if refs else None, refs)


def count(key: str, words: str, definition: str, part: int, rows: Iterable[Ref]) -> Figure:
    """A number beside its base, which it may exceed; so it is no share."""
    refs = tuple(rows)
    return Figure(key, words, definition, "count", part, len(refs), Fraction(part) if refs else None, refs)
