"""What a condition of a filter says, read and checked: days relative to today become days, wrong values a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from core.errors import UserError
from core.insight.filter_fields import BARE, UNITS, FilterField
from core.insight.parts import add_months
from core.text import fold

MOST_PICKED = 400
_LONGEST = 500
_MOST = 10**15
Span = tuple[date | None, date | None]
Range = tuple[float | None, float | None]


def spring(today: date) -> tuple[date, date]:
    """March to June of this year, from July on of the next."""
    year = today.year + (today.month > 6)
    return date(year, 3, 1), date(year, 6, 30)


def wrong(field: FilterField, why: str) -> UserError:
    return UserError(
        f"The condition on “{field.words}” cannot be used: {why}. Change it, or take it out of the filter."
    )


def operator(field: FilterField, op: Any) -> str:
    if not isinstance(op, str) or op not in field.operators:
        raise wrong(field, "this way of comparing does not go with it")
    return op


def words_of(field: FilterField, value: Any) -> str:
    """Folded, so that case and accents do not count."""
    if not isinstance(value, str) or len(value) > _LONGEST or not fold(value):
        raise wrong(field, "type the words that are looked for")
    return fold(value)


def picked(field: FilterField, value: Any) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        raise wrong(field, "choose at least one")
    found = [str(one) for one in value]
    if len(found) > MOST_PICKED:
        raise wrong(field, f"choose at most {MOST_PICKED}")
    return found


def numbers(field: FilterField, value: Any) -> Range:
    """From and to, both in it; either may be open."""
    low, high = _pair(field, value)
    for one in (low, high):
        good = one is None or (isinstance(one, int | float) and not isinstance(one, bool) and -_MOST <= one <= _MOST)
        if not good:
            raise wrong(field, "from and to are numbers")
    if low is None and high is None:
        raise wrong(field, "give a smallest or a largest number")
    if low is not None and high is not None and low > high:
        raise wrong(field, "the smallest number is above the largest")
    return low, high


def days(field: FilterField, op: str, value: Any, today: date) -> Span:
    """First and last day, both in it; either may be open."""
    if op == "spring":
        return spring(today)
    if op == "this_year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if op == "between":
        return span(field, value, whole=False)
    count, unit = amount(field, value)
    if op == "next":
        return today, moved(today, count, unit)
    if op == "ahead":
        return moved(today, count, unit) + timedelta(days=1), None
    if op == "last":
        return moved(today, -count, unit), today
    return None, moved(today, -count, unit) - timedelta(days=1)


def span(field: FilterField, value: Any, *, whole: bool) -> Span:
    """`whole`: neither end may be open."""
    low, high = (_day(field, one) for one in _pair(field, value))
    if (low is None and high is None) or (whole and (low is None or high is None)):
        raise wrong(field, "give the first and the last day" if whole else "give a first or a last day")
    if low is not None and high is not None and low > high:
        raise wrong(field, "the first day is after the last")
    return low, high


def amount(field: FilterField, value: Any) -> tuple[int, str]:
    """So many days, weeks, months or years."""
    count = value.get("n") if isinstance(value, Mapping) else None
    unit = value.get("unit") if isinstance(value, Mapping) else None
    if unit not in UNITS or not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= UNITS[unit]:
        raise wrong(field, "say how many days, weeks, months or years")
    return count, str(unit)


def moved(today: date, count: int, unit: str) -> date:
    if unit == "days":
        return today + timedelta(days=count)
    if unit == "weeks":
        return today + timedelta(days=7 * count)
    return add_months(today, count * (12 if unit == "years" else 1))


def levels(field: FilterField, value: Any) -> tuple[list[str], str | None]:
    """Which, and at least how well; None where any level will do."""
    if not isinstance(value, Mapping):
        raise wrong(field, "choose at least one")
    least = value.get("level")
    if least is not None and str(least) not in dict(field.choices):
        raise wrong(field, "there is no such level")
    return picked(field, value.get("of")), None if least is None else str(least)


def marks(field: FilterField, value: Any) -> list[int]:
    """Parts of the week, 0 for Monday morning to 27 for Sunday night."""
    good = isinstance(value, Sequence) and not isinstance(value, str) and value
    if not good or not all(isinstance(one, int) and 0 <= one < 28 for one in value):
        raise wrong(field, "choose parts of the week")
    return sorted({int(one) for one in value})


def check(field: FilterField, op: Any, value: Any, today: date) -> None:
    """UserError with a sentence where the condition cannot be used."""
    name = operator(field, op)
    if name in BARE:
        return
    if field.kind in ("search", "text"):
        words_of(field, value)
    elif field.kind == "number" or (field.kind == "year" and name == "between"):
        numbers(field, value)
    elif field.kind in ("choice", "year"):
        picked(field, value)
    elif field.kind == "level":
        levels(field, value)
    elif field.kind == "date":
        days(field, name, value, today)
    elif field.kind == "span":
        span(field, value, whole=True)
    else:
        marks(field, value)


def _pair(field: FilterField, value: Any) -> tuple[Any, Any]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise wrong(field, "give from and to")
    return value[0], value[1]


def _day(field: FilterField, value: Any) -> date | None:
    if value is None:
        return None
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise wrong(field, "one of its days is none")
    return found
