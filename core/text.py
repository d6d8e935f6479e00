"""Text is Unicode NFC; days and numbers are put into words here."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from core import formats

# Marks that turn the direction of what follows or hide letters: data from outside must not carry them.
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s,;<>\"()\[\]]+@[^@\s,;<>\"()\[\]]+\.[^@\s,;<>\"()\[\].]{2,}")
# Letters that Unicode does not take apart into a base and a mark, though people type the base.
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
ASIDE = "\n\u2063\n"
"""In a text that was read out of a file: what follows stands on every page, as a head or a foot."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC without control and direction marks, ends trimmed; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc(_CONTROL.sub("", _INVISIBLE.sub("", text))).strip()


def line(text: str) -> str:
    """`clean`, folded to one line."""
    return " ".join(clean(text).split())


def is_email(text: str) -> bool:
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None and ".." not in text


def fold(text: str) -> str:
    """For comparing: case, accents and space aside."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_STROKED))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def day(value: date) -> str:
    """Mon 14 December 2026, or as the employer's country writes it"""
    return _day(formats.now().long_day, value)


def short_day(value: date, today: date | None = None) -> str:
    """14 Dec 2026, or as the employer's country writes it; without the year when it is today's."""
    ways = formats.now()
    return _day(ways.near_day if today is not None and today.year == value.year else ways.short_day, value)


def near_day(value: date) -> str:
    """14 December, without a year"""
    return _day(formats.now().full_near_day, value)


def full_day(value: date) -> str:
    """14 December 2026, without its weekday"""
    return _day(formats.now().full_day, value)


def letter_day(value: date) -> str:
    """Monday, December 14, 2026: as a letter or a mail in English names it"""
    return _day(formats.now().letter_day, value)


def day_span(start: date, end: date) -> str:
    """7 to 14 December, or December 7 to 14; 28 December to 3 January; without a year"""
    if start == end:
        return near_day(end)
    if (start.year, start.month) != (end.year, end.month):
        return f"{near_day(start)} to {near_day(end)}"
    month_first = formats.now().full_near_day.startswith("{B}")
    return f"{near_day(start)} to {end.day}" if month_first else f"{start.day} to {near_day(end)}"


@lru_cache(maxsize=4096)
def _day(pattern: str, value: date) -> str:
    name, at, d = MONTHS[value.month - 1], value.weekday(), value.day
    return pattern.format(a=_DAYS[at], A=_WEEKDAYS[at], d=d, dd=f"{d:02}", b=name[:3], B=name, y=value.year)


def month(value: date) -> str:
    """December 2026"""
    return f"{MONTHS[value.month - 1]} {value.year}"


def in_digits(value: int) -> str:
    """1,250, or as the employer's country writes it"""
    return formats.now().number(value)


def as_written(number: str) -> str:
    """ "1,250.5" as the employer's country writes it"""
    whole, point, part = number.replace(",", "").partition(".")
    return in_digits(int(whole)) + (formats.now().point + part if point else "")


def ungrouped(words: str) -> str:
    """A whole number as it is typed or as `in_digits` shows it, without what parts its thousands.

    "1,5" stays as it is: half a number is none, and no fifteen.
    """
    words = words.strip()
    between = rf"[\s{re.escape(formats.now().thousands)},'’]"
    if re.fullmatch(rf"-?\d{{1,3}}(?:{between}\d{{3}})+|-?\d{{1,2}}(?:,\d{{2}})*,\d{{3}}", words):
        return re.sub(between, "", words)
    return words


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 project`, `2 projects`"""
    return f"{in_digits(count)} {one if count == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def ago(days: int) -> str:
    """today, 2 d, in 3 d"""
    return "today" if days == 0 else f"{days} d" if days > 0 else f"in {-days} d"


def cut(text: str, letters: int) -> str:
    """One line of at most so many letters, "…" included; cut at a space where one is near."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    if letters < 2:
        return ""
    kept = text[: letters - 1]
    space_at = kept.rfind(" ", letters * 3 // 4)
    return (kept[:space_at] if space_at > 0 else kept).rstrip(" ,;:.–-") + "…"
