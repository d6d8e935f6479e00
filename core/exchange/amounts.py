"""Sums of money and counts of hours as people write them; what could mean two things is refused with words."""

from __future__ import annotations

import re

from core import formats
from core.exchange.days import Unreadable
from core.text import fold

_SIGNS = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR",
    "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "ca$": "CAD", "c$": "CAD", "cad": "CAD", "zł": "PLN",
    "zl": "PLN", "pln": "PLN", "chf": "CHF", "fr": "CHF",
}  # fmt: skip
_DOT_GROUPS = frozenset({"EUR", "PLN", "CHF", "DKK", "SEK", "NOK", "CZK", "BRL"})
"""Currencies whose countries mostly write 1.234,50."""
MOST_CENTS = 10**11
_AMOUNT = re.compile(r"([^\d\s.,()'’-]*)\s*([\d.,\s'’]*\d[.,]?)(?:-|–)?\s*([^\d.,()'’-]*)")


def read_money(text: str, currency: str) -> tuple[int, str]:
    """Cents and currency; `currency` holds where the text names none. Raises Unreadable."""
    plain = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if re.fullmatch(r"-.*|\(.*\)|.*[$€£]\s*-.*", plain):
        raise Unreadable(f"“{_short(text)}”: an amount cannot be under 0.")
    match = _AMOUNT.fullmatch(plain)
    if not match:
        raise Unreadable(f"“{_short(text)}” is no amount. Write it as 360.00.")
    told = {_named(sign.strip(), currency, text) for sign in (match[1], match[3]) if sign.strip()}
    if len(told) > 1:
        raise Unreadable(f"“{_short(text)}” names two currencies. Write it as 360.00 with one.")
    named = told.pop() if told else None
    cents = _cents(match[2].strip(), named or currency, text)
    if cents > MOST_CENTS:
        raise Unreadable(f"“{_short(text)}” is too large an amount.")
    return cents, named or currency


def read_currency(text: str) -> str:
    """A three-letter code. Raises Unreadable."""
    return _currency(text.strip(), text)


def _named(sign: str, currency: str, text: str) -> str:
    """By the signs of the employer's country first: $ is a Canadian's own."""
    here = {code: own.strip().casefold() for code, own in formats.now().signs.items()} if formats.now().country else {}
    plain = sign.casefold()
    if here.get(currency) == plain:
        return currency
    return next((code for code, own in here.items() if own == plain), "") or _currency(sign, text)


def _currency(sign: str, text: str) -> str:
    plain = sign.strip().casefold().rstrip(".")
    if plain in _SIGNS:
        return _SIGNS[plain]
    if re.fullmatch(r"[a-z]{3}", plain):
        return plain.upper()
    raise Unreadable(f"“{_short(text)}”: the currency is not known. Write its three letters, such as USD.")


def _cents(digits: str, currency: str, text: str) -> int:
    digits = re.sub(r"(?<=\d)[\s'’](?=\d{3}(\D|$))", "", digits)
    ways = formats.now()
    if ways.lakhs and re.fullmatch(r"\d{1,2}(,\d{2})+,\d{3}(\.\d*)?", digits):
        digits = digits.replace(",", "")
    if re.search(r"[\s'’]", digits):
        raise Unreadable(f"“{_short(text)}” is no amount. Write it as 360.00.")
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return int(digits) * 100
    last = marks[-1]
    whole, _, part = digits.rpartition(last)
    if len(set(marks)) == 2:
        # 1,234.50 and 1.234,50: the last one parts the cents.
        other = "," if last == "." else "."
        if marks.count(last) > 1 or not re.fullmatch(rf"\d{{1,3}}(\{other}\d{{3}})+", whole) or len(part) > 2:
            raise Unreadable(f"“{_short(text)}” is no amount. Write it as 1234.50.")
        return int(whole.replace(other, "")) * 100 + int(part.ljust(2, "0") or 0)
    if len(marks) > 1 or (len(part) == 3 and 1 <= len(whole) <= 3):
        if not re.fullmatch(rf"\d{{1,3}}(\{last}\d{{3}})+", digits):
            raise Unreadable(f"“{_short(text)}” is no amount. Write it as 1234.50.")
        # As the employer's country parts thousands, or as the currency's does.
        grouping = {"." if currency in _DOT_GROUPS else ",", ways.thousands if ways.country else ""}
        if len(marks) == 1 and last not in grouping:
            raise Unreadable(
                f"“{_short(text)}” could mean {digits.replace(last, '')} or {whole}.{part}. "
                f"Write {digits.replace(last, '')}.00 or {whole}.{part[:2]}."
            )
        return int(digits.replace(last, "")) * 100
    if len(part) > 2 or not whole:
        raise Unreadable(f"“{_short(text)}” has more than two places after the point. Write it as 1234.50.")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def read_count(text: str, what: str) -> int:
    """A whole number, with or without its unit ("10 h", "10 hours"). `what` is the noun of the sentence: "hours"."""
    plain = fold(text).strip()
    # Three digits behind a mark are thousands: no count is written to a thousandth.
    plain = re.sub(r"(?<![\d.,])\d{1,3}(?:([.,\s'’])\d{3}(?:\1\d{3})*|(?:,\d{2})+,\d{3})(?![\d.,])", _joined, plain)
    match = re.fullmatch(r"(?:about|ca\.?|~|approx\.?)?\s*(\d{1,6})(?:[.,]0{1,2})?\s*(\D*)", plain)
    unit = match[2].strip(" .") if match else ""
    if not match or (unit and not re.fullmatch(r"[a-z]+( ?(/|per|a|pro|por|par) ?[a-z]+)?", unit)):
        raise Unreadable(f"“{_short(text)}” is no whole number of {what}. Write it as 10.")
    return int(match[1])


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found[0])


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 40 else one[:39] + "…"
