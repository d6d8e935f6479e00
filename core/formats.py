"""How the employer's country writes days, numbers and money; the words stay English.

The shapes come from Unicode's CLDR by babel and are read once for each country. Until a country is chosen Foothold
writes as in `OWN`: the day first, commas between thousands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

COUNTRIES = (
    "US", "GB", "CA", "AU", "IE", "NZ", "SG", "IN", "ZA", "AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "HU",
    "IT", "NL", "NO", "PL", "PT", "RO", "SE",
)  # fmt: skip
"""Whose formats are offered: where English is spoken first."""
_MONEY = "\u00a4"
_THIN = str.maketrans({"\u202f": "\u00a0"})
"""Not every typeface has the narrow space."""


@dataclass(frozen=True, slots=True)
class Formats:
    """Days as patterns of str.format: `a` Mon, `A` Monday, `d` 4, `dd` 04, `b` Dec, `B` December, `y` 2026."""

    country: str = ""
    long_day: str = "{a} {d} {B} {y}"
    short_day: str = "{d} {b} {y}"
    near_day: str = "{d} {b}"
    full_near_day: str = "{d} {B}"
    full_day: str = "{d} {B} {y}"
    letter_day: str = "{A}, {B} {d}, {y}"
    month_first: bool = True
    """In 3/4/2027."""
    point: str = "."
    thousands: str = ","
    lakhs: bool = False
    """Behind the first three digits they stand in twos."""
    money: str = "{s}{n}"
    signs: dict[str, str] = field(default_factory=lambda: {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$"})

    def number(self, value: int) -> str:
        text = f"{value:,}"
        if self.lakhs:
            sign, digits = ("-", str(-value)) if value < 0 else ("", str(value))
            head, tail = digits[:-3], digits[-3:]
            parts = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)][::-1]
            return sign + ",".join([*parts, tail])
        return text if self.thousands == "," else text.replace(",", self.thousands)

    def amount(self, cents: int, currency: str) -> str:
        """Whole sums without their cents; a currency without a known sign is written behind."""
        whole, part = divmod(abs(cents), 100)
        number = self.number(whole) + (f"{self.point}{part:02}" if part else "")
        minus, sign = "-" if cents < 0 else "", self.signs.get(currency)
        return minus + (self.money.format(s=sign, n=number) if sign else f"{number} {currency}")


OWN = Formats()


@lru_cache(maxsize=len(COUNTRIES))
def of_country(country: str) -> Formats:
    """`OWN` for a country that is none of `COUNTRIES`."""
    if country not in COUNTRIES:
        return OWN
    from babel import Locale

    there = Locale("en", country)
    symbols, skeletons = there.number_symbols["latn"], there.datetime_skeletons
    by_number = str(skeletons["yMd"].pattern)
    plain = str(there.currency_formats["standard"].pattern).partition(";")[0].replace("\u00a0", " ")
    gap = " " if " " in plain else ""
    signs = {code: there.currency_symbols.get(code, code) for code in OWN.signs}
    signs |= {code: sign for code, sign in there.currency_symbols.items() if code not in signs and sign != code}
    short = _pattern(str(there.date_formats["medium"].pattern))
    return Formats(
        country,
        _pattern(str(there.date_formats["full"].pattern)),
        short,
        _pattern(str(skeletons["MMMd"].pattern)),
        _pattern(str(skeletons["MMMd"].pattern).replace("MMM", "MMMM")),
        _pattern(str(there.date_formats["long"].pattern)),
        _pattern(str(there.date_formats["full"].pattern)).replace("{a}", "{A}"),
        by_number.index("M") < by_number.index("d"),
        str(symbols["decimal"]),
        str(symbols["group"]).translate(_THIN),
        "#,##,##0" in str(there.decimal_formats[None].pattern),
        f"{{s}}{gap}{{n}}" if plain.startswith(_MONEY) else f"{{n}}{gap or ' '}{{s}}",
        # Letters would run into the digits.
        {code: sign + " " if plain.startswith(_MONEY) and not gap and sign[-1].isalpha() else sign
         for code, sign in signs.items()},
    )  # fmt: skip


def offered() -> list[tuple[str, str]]:
    """(country, its name in English) in the order to offer them."""
    from babel import Locale

    names = Locale("en").territories
    return [(code, str(names[code])) for code in COUNTRIES]


_PIECES = (("EEEE", "{a}"), ("MMMM", "{B}"), ("MMM", "{b}"), ("dd", "{dd}"), ("d", "{d}"), ("y", "{y}"))


def _pattern(cldr: str) -> str:
    made = ""
    while cldr:
        for piece, ours in _PIECES:
            if cldr.startswith(piece):
                made, cldr = made + ours, cldr.removeprefix(piece)
                break
        else:
            made, cldr = made + cldr[0], cldr[1:]
    return made


_now = OWN


def use(country: str) -> bool:
    """From now on everything is written so. True where that is a change."""
    global _now
    was, _now = _now, of_country(country)
    return was is not _now


def now() -> Formats:
    return _now
