"""What a condition of a filter is called: one short text, as it stands on its chip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight import filter_values as read
from core.insight.availability import grid_of, week_words
from core.insight.filter_fields import BARE, FilterField, options
from core.text import MONTHS, ordinal, plural, short_day

_MOST_NAMED = 4
_RELATIVE = {
    "next": "in the next {}",
    "last": "in the last {}",
    "ago": "more than {} ago",
    "ahead": "more than {} ahead",
    "spring": "this spring",
    "this_year": "this year",
}


class Words:
    """Names are asked for once a field."""

    def __init__(self, session: Session, fields: Mapping[str, FilterField], today: date) -> None:
        self.fields = fields
        self._session, self._today = session, today
        self._names: dict[str, dict[str, str]] = {}

    def leaf(self, field: FilterField, op: Any, value: Any) -> str:
        """What cannot be read says so instead of what it would mean."""
        try:
            read.check(field, op, value, self._today)
        except UserError:
            return f"{field.words}: cannot be used"
        named = self._value(field, op, value)
        if op in field.said:
            return field.said[op].format(named)
        if op in ("filled", "empty"):
            return f"{field.words}: {'any' if op == 'filled' else 'none'}"
        if op in ("yes", "no"):
            return f"{field.words}: {op}"
        if field.kind in ("number", "date", "span") or (field.kind == "year" and op == "between"):
            return f"{field.words} {named}"
        before = {"none": "not ", "has": "has ", "begins": "begins with ", "every": "all of "}.get(op, "")
        if field.kind == "week":
            return f"Free {'' if op == 'every' else 'at some time: '}{named}"
        return f"{field.words}: {before}{named}"

    def _value(self, field: FilterField, op: str, value: Any) -> str:
        if field.kind == "date" and op in _RELATIVE:
            how_long = plural(value["n"], value["unit"].removesuffix("s")) if op not in BARE else ""
            return _RELATIVE[op].format(how_long)
        if op in BARE:
            return ""
        if field.kind in ("text", "search"):
            return " ".join(value.split()) if field.kind == "search" else f"“{' '.join(value.split())}”"
        if field.kind == "number":
            return _numbers(*read.numbers(field, value), str)
        if field.kind == "year" and op == "between":
            return _numbers(*read.numbers(field, value), ordinal)
        if field.kind in ("date", "span"):
            return self._days(*read.span(field, value, whole=False))
        if field.kind == "week":
            marks = read.marks(field, value)
            return week_words(grid_of("".join("1" if at in marks else "0" for at in range(28))))
        if field.kind == "level":
            wanted, least = read.levels(field, value)
            level = f" ({dict(field.choices)[least]} or better)" if least is not None else ""
            return self._named(field, wanted) + level
        return self._named(field, read.picked(field, value))

    def _named(self, field: FilterField, values: Sequence[str]) -> str:
        if field.key not in self._names:
            self._names[field.key] = dict(options(self._session, field))
        names = self._names[field.key]
        if field.kind == "year":
            values = sorted(values, key=lambda one: (len(one), one))
        said = [names.get(one, "one that is gone") for one in values]
        more = len(said) - _MOST_NAMED
        return ", ".join(said[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

    def _days(self, low: date | None, high: date | None) -> str:
        if low is None or high is None:
            return f"from {short_day(low, self._today)}" if low else f"up to {short_day(high or date.max, self._today)}"
        if low.day == 1 and (high + timedelta(days=1)).day == 1 and (low.year, low.month) == (high.year, high.month):
            return f"in {MONTHS[low.month - 1]}" + (f" {low.year}" if _far(low, self._today) else "")
        return f"{short_day(low, self._today)} to {short_day(high, self._today)}"


def _far(day: date, today: date) -> bool:
    return abs((day - today).days) > 300


def _numbers(low: float | None, high: float | None, say: Any) -> str:
    def plain(number: float) -> str:
        return str(say(int(number))) if number == int(number) else str(number)

    if low is None or high is None:
        return f"at least {plain(low)}" if low is not None else f"at most {plain(high or 0)}"
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"
