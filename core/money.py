"""Money is integer cents with a currency; nothing here uses binary fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$"}


def show(cents: int, currency: str = "USD") -> str:
    """`36000` in USD is "$360", `36050` is "$360.50"; a currency without a known sign is written behind."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    amount = f"{whole:,}" + (f".{part:02}" if part else "")
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{amount}" if symbol else f"{sign}{amount} {currency}"


def per_hour(cents: int, hours: int) -> int | None:
    """Cents for each estimated hour, half up; None without hours."""
    if hours <= 0:
        return None
    return int((Decimal(cents) / hours).quantize(Decimal(1), ROUND_HALF_UP))


def decimal_text(cents: int) -> str:
    """Plain decimal for files: `36050` is "360.50"."""
    return f"{Decimal(cents) / 100:.2f}"
