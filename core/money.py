"""Money is integer cents with a currency; nothing here uses binary fractions."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from core import formats

_PLAIN = re.compile(r"(\d+)(?:[.,](\d{1,2}))?")


def show(cents: int, currency: str = "USD") -> str:
    """`36000` in USD is "$360", `36050` is "$360.50", or as the employer's country writes it.

    A currency without a known sign is written behind.
    """
    return formats.now().amount(cents, currency)


def read(words: str, currency: str = "USD") -> int | None:
    """Cents of what `show` writes and of plain numbers. "" is None. ValueError where it is none."""
    ways = formats.now()
    words = words.replace("\u00a0", " ").replace("\u202f", " ").replace("'", "’").strip()
    for sign in (currency, ways.signs.get(currency, "").strip(), formats.OWN.signs.get(currency, "")):
        words = words.removeprefix(sign).removesuffix(sign).strip() if sign else words
    if not words:
        return None
    between = re.escape(ways.thousands.replace("\u00a0", " "))
    tail = r"\d{2,3}" if ways.lakhs else r"\d{3}"
    grouped = rf"(\d{{1,3}}(?:{between}{tail})*{between}\d{{3}})(?:{re.escape(ways.point)}(\d{{1,2}}))?"
    found = re.fullmatch(grouped, words)
    if found is None and (found := _PLAIN.fullmatch(words)) and "," in words and ways.point != ",":
        # Where commas part the thousands, one before two digits is a slip.
        found = None
    if found is None:
        raise ValueError(words)
    return int(re.sub(r"\D", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))


def plain(cents: int) -> str:
    """Without a currency: "412.50", or as the employer's country writes it"""
    whole, part = divmod(cents, 100)
    return f"{formats.now().number(whole)}{formats.now().point}{part:02}"


def per_hour(cents: int, hours: int) -> int | None:
    """Cents for each estimated hour, half up; None without hours."""
    if hours <= 0:
        return None
    return int((Decimal(cents) / hours).quantize(Decimal(1), ROUND_HALF_UP))


def decimal_text(cents: int) -> str:
    """Plain decimal for files: `36050` is "360.50"."""
    return f"{Decimal(cents) / 100:.2f}"
