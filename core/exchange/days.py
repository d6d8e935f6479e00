"""Days, months and class years as people in several countries write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, TypeAlias

from core import formats
from core.text import day as day_words
from core.text import fold
from core.text import month as month_words

Order: TypeAlias = Literal["day", "month", "unknown", "mixed"]
"""Which comes first in 03/04/2027, as far as the other days of the same table tell."""

FIRST_YEAR, LAST_YEAR = 1950, 2100
_MONTHS = (
    ("january", "januar", "janner", "enero", "janvier", "styczen", "stycznia"),
    ("february", "februar", "feber", "febrero", "fevrier", "luty", "lutego"),
    ("march", "marz", "maerz", "marzo", "mars", "marzec", "marca"),
    ("april", "abril", "avril", "kwiecien", "kwietnia"),
    ("may", "mai", "mayo", "maj", "maja"),
    ("june", "juni", "junio", "juin", "czerwiec", "czerwca"),
    ("july", "juli", "julio", "juillet", "lipiec", "lipca"),
    ("august", "agosto", "aout", "sierpien", "sierpnia"),
    ("september", "septiembre", "septembre", "wrzesien", "wrzesnia"),
    ("october", "oktober", "octubre", "octobre", "pazdziernik", "pazdziernika"),
    ("november", "noviembre", "novembre", "listopad", "listopada"),
    ("december", "dezember", "diciembre", "decembre", "grudzien", "grudnia"),
)
# The month in which students of that term finish; common practice at colleges in the United States.
_TERMS = {
    "spring": 5, "summer": 8, "fall": 12, "autumn": 12, "winter": 12, "primavera": 5, "verano": 8, "otono": 12,
    "fruhling": 5, "sommer": 8, "herbst": 12, "printemps": 5, "ete": 8, "automne": 12, "wiosna": 5, "lato": 8,
    "jesien": 12,
}  # fmt: skip
_TIME = re.compile(r"[T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_COMPACT = re.compile(r"(19|20|21)\d{6}")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_CLASS_WORDS = {
    "freshman": 1, "freshmen": 1, "frosh": 1, "fr": 1, "fy": 1, "first": 1, "one": 1, "erstes": 1, "primero": 1,
    "primer": 1, "premiere": 1, "pierwszy": 1, "sophomore": 2, "soph": 2, "so": 2, "second": 2, "two": 2, "zweites": 2,
    "segundo": 2, "deuxieme": 2, "seconde": 2, "drugi": 2, "junior": 3, "jr": 3, "third": 3, "three": 3, "drittes": 3,
    "tercero": 3, "tercer": 3, "troisieme": 3, "trzeci": 3, "senior": 4, "sr": 4, "fourth": 4, "four": 4,
    "viertes": 4, "cuarto": 4, "quatrieme": 4, "czwarty": 4, "fifth": 5, "five": 5, "funftes": 5, "quinto": 5,
    "cinquieme": 5, "piaty": 5, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "l1": 1, "l2": 2, "l3": 3, "m1": 4, "m2": 5,
}  # fmt: skip
_GRADUATE = frozenset(
    {"graduate", "grad", "master", "masters", "mba", "phd", "doctoral", "alumni", "alumnus", "alumna"}
)


class Unreadable(ValueError):
    """The words say what is wrong and how to write it."""


def day_order(texts: Iterable[str]) -> Order:
    """Looks at every day of a table: one above 12 in first or second place tells for all."""
    day = month = False
    for text in texts:
        match = _YEAR_LAST.fullmatch(_without_time(text))
        if match and match[2] != ".":
            day = day or int(match[1]) > 12 >= int(match[3])
            month = month or int(match[3]) > 12 >= int(match[1])
    if day and month:
        return "mixed"
    return "day" if day else "month" if month else "unknown"


def _without_time(text: str) -> str:
    return _TIME.sub("", text.strip())


def read_day(text: str, order: Order) -> tuple[date, str | None]:
    """The day, and a note where it could have been read in another way. Raises Unreadable."""
    plain = _without_time(text)
    if match := _YEAR_FIRST.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]), text), None
    if match := _YEAR_LAST.fullmatch(plain):
        return _numeric(match, order, text)
    if _COMPACT.fullmatch(plain):
        return _day(int(plain[:4]), int(plain[4:6]), int(plain[6:]), text), None
    if _SERIAL.fullmatch(plain) and 29_221 <= float(plain) <= 73_050:
        found = _SERIAL_ZERO + timedelta(days=int(float(plain)))
        return found, f"{plain} was read as a spreadsheet's day number: {day_words(found)}."
    words = _tokens(plain)
    months = [number for word in words if (number := _month(word))]
    years = [int(w) for w in words if re.fullmatch(r"\d{4}", w)]
    small = [int(m[1]) for w in words if (m := re.fullmatch(r"(\d{1,2})(st|nd|rd|th|er|e|º)?", w))]
    if not years and len(small) == 2:
        years = [_century(small.pop())]
    if len(months) == 1 and len(years) == 1 and len(small) == 1:
        return _day(years[0], months[0], small[0], text), None
    raise Unreadable(f"“{_short(text)}” is no day that can be read. Write it as 2027-05-31.")


def _numeric(match: re.Match[str], order: Order, text: str) -> tuple[date, str | None]:
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) if len(match[4]) == 4 else _century(int(match[4]))
    if match[2] == "." or first > 12:
        return _day(year, second, first, text), None
    if second > 12 or first == second:
        return _day(year, first, second, text), None
    by_day, by_month = _day(year, second, first, text), _day(year, first, second, text)
    if order == "mixed":
        raise Unreadable(
            f"“{_short(text)}” could be {day_words(by_day)} or {day_words(by_month)}. "
            f"Write it as {by_day} or {by_month}."
        )
    if order == "day":
        return by_day, f"“{_short(text)}” was read as {day_words(by_day)}, day first like other days of this table."
    if order == "month":
        return by_month, None
    here = formats.now()
    found, first_named = (by_month, "month") if here.month_first else (by_day, "day")
    why = "as your country writes it" if here.country else "nothing beside it tells"
    return found, f"“{_short(text)}” was read as {day_words(found)}, {first_named} first; {why}."


def read_month(text: str, order: Order) -> tuple[date, str | None]:
    """The last day of the month that is meant, and a note where part of it had to be assumed. Raises Unreadable."""
    plain = _without_time(text)
    if match := re.fullmatch(r"(\d{4})\s*[-/.]\s*(\d{1,2})", plain):
        return _end(int(match[1]), int(match[2]), text), None
    if match := re.fullmatch(r"(\d{1,2})\s*[-/. ]\s*(\d{4}|'?\d{2})", plain):
        return _end(_year(match[2]), int(match[1]), text), None
    if match := re.fullmatch(r"(\d{4})\s*[-/–]\s*(\d{4})", plain):
        return _assumed(int(match[2]), text)
    words = _tokens(plain)
    numbers = [w for w in words if re.fullmatch(r"\d{4}|\d{2}", w)]
    months = [number for word in words if (number := _month(word))]
    terms = [_TERMS[word] for word in words if word in _TERMS]
    if len(numbers) == 1 and len(words) <= 5:
        year = _year(numbers[0])
        if len(months) == 1:
            return _end(year, months[0], text), None
        if len(terms) == 1:
            end = _end(year, terms[0], text)
            return end, f"“{_short(text)}” was read as {month_words(end)}."
        if not months and (len(numbers[0]) == 4 or "'" in text or "’" in text) and _only_a_year(words):
            return _assumed(year, text)
    found, note = read_day(text, order)
    return _end(found.year, found.month, text), note


def _only_a_year(words: list[str]) -> bool:
    return all(w.isdigit() or w in ("class", "of", "year", "graduates", "grad", "in") for w in words)


def _assumed(year: int, text: str) -> tuple[date, str | None]:
    end = _end(year, 5, text)
    return end, f"“{_short(text)}” names no month; {month_words(end)} was taken."


def read_class_year(text: str) -> tuple[int | None, int | None, str | None]:
    """Class year 1 to 5, or a year of graduation that stands in its place, and a note. Raises Unreadable."""
    words = _tokens(text)
    numbers = [int(m[1]) for w in words if (m := re.fullmatch(r"(\d+)(st|nd|rd|th|º|ª|o|a|e|er|ere|eme|re)?", w))]
    if len(numbers) == 1 and FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return None, numbers[0], f"“{_short(text)}” was read as the year of graduation."
    if any(w.startswith("semest") or w == "sem" for w in words) and len(numbers) == 1 and 1 <= numbers[0] <= 10:
        year = (numbers[0] + 1) // 2
        return year, None, f"“{_short(text)}” was read as class year {year}."
    named = [_CLASS_WORDS[w] for w in words if w in _CLASS_WORDS]
    if not _GRADUATE.isdisjoint(words):
        return None, None, f"“{_short(text)}” is no class year and was left out."
    # "Senior (4th)" says the same twice.
    told = set(numbers) | set(named)
    if len(told) == 1 and 1 <= (year := told.pop()) <= 5:
        return year, None, None
    raise Unreadable(f"“{_short(text)}” is no class year. Write a number from 1 to 5.")


def _tokens(text: str) -> list[str]:
    plain = fold(text).replace("ł", "l").replace("'", " ").replace("’", " ")
    return re.sub(r"[^\wºª]+|_", " ", re.sub(r"(?<=\d)(?=[a-z]{3,})|(?<=[a-z]{3})(?=\d)", " ", plain)).split()


def _month(word: str) -> int | None:
    """English is short from three letters on; each such start is one month in all five languages."""
    if len(word) < 3:
        return None
    found = {at for at, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)}
    if word == "sept":
        return 9
    return found.pop() if len(found) == 1 else None


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _year(digits: str) -> int:
    digits = digits.lstrip("'")
    return int(digits) if len(digits) == 4 else _century(int(digits))


def _day(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"“{_short(text)}”: the year {year} cannot be right. Write the day as 2027-05-31.")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{_short(text)}”: there is no such day. Write it as 2027-05-31.") from None


def _end(year: int, month: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"“{_short(text)}”: the year {year} cannot be right. Write the month as 2028-05.")
    if not 1 <= month <= 12:
        raise Unreadable(f"“{_short(text)}”: there is no month {month}. Write it as 2028-05.")
    return date(year, month, calendar.monthrange(year, month)[1])


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 40 else one[:39] + "…"
