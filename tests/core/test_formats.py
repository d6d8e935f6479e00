"""Days, money and numbers as countries write them, held against babel's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from core import formats, money, text
from core.formats import COUNTRIES

DAY = date(2026, 12, 4)
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
countries = st.sampled_from(COUNTRIES)


@pytest.fixture(autouse=True)
def foothold_again() -> Iterator[None]:
    yield
    formats.use("")


def same(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


@given(countries, days)
def test_days_are_as_the_country_writes_them(country: str, day: date) -> None:
    formats.use(country)
    there = Locale("en", country)
    # Some shorten June not at all and September to four letters; Foothold has three for each.
    short = format_date(day, "medium", there).replace(format_date(day, "MMM", there), text.MONTHS[day.month - 1][:3])
    assert text.short_day(day) == short
    assert text.full_day(day) == format_date(day, "long", there)
    assert text.letter_day(day) == format_date(day, "full", there)


@given(countries, st.integers(-(10**12), 10**12))
def test_numbers_are_as_the_country_writes_them(country: str, number: int) -> None:
    formats.use(country)
    assert same(text.in_digits(number)) == same(format_decimal(number, locale=Locale("en", country)))


@given(countries, st.integers(0, 10**11), st.sampled_from(["USD", "EUR", "GBP"]))
def test_money_is_as_the_country_writes_it(country: str, cents: int, currency: str) -> None:
    formats.use(country)
    # Whole sums stand without their cents, and a sign of letters apart from the digits.
    told = format_currency(Decimal(cents) / 100, currency, locale=Locale("en", country)) if cents % 100 else None
    if told is not None:
        assert same(money.show(cents, currency)).replace(" ", "") == same(told).replace(" ", "")


@given(st.sampled_from(["", *COUNTRIES]), st.integers(0, 10**11), st.sampled_from(["USD", "EUR", "PLN", "CAD", "XAU"]))
def test_what_is_shown_is_read(country: str, cents: int, currency: str) -> None:
    formats.use(country)
    assert money.read(money.show(cents, currency), currency) == cents
    assert money.read(money.plain(cents), currency) == cents
    assert money.read(f"{cents // 100}.{cents % 100:02}", currency) == cents
    assert int(text.ungrouped(text.in_digits(cents))) == cents


@pytest.mark.parametrize("words", ["12.5.0", "4 00 0", "1,2,3", "ten", "-5", "1.2345", "1.5000"])
def test_what_is_no_amount_is_refused(words: str) -> None:
    for country in ("", *COUNTRIES):
        formats.use(country)
        with pytest.raises(ValueError, match=words[0]):
            money.read(words)


def test_until_one_is_chosen_days_are_foothold_s_own() -> None:
    assert text.short_day(DAY) == "4 Dec 2026"
    assert text.day(DAY) == "Fri 4 December 2026"
    assert text.letter_day(DAY) == "Friday, December 4, 2026"
    assert money.show(123_450) == "$1,234.50"
    assert not formats.use("XX")


def test_spans_follow_the_order_of_day_and_month() -> None:
    assert text.day_span(date(2026, 12, 7), date(2026, 12, 14)) == "7 to 14 December"
    formats.use("US")
    assert text.day_span(date(2026, 12, 7), date(2026, 12, 14)) == "December 7 to 14"
    assert text.day_span(date(2026, 12, 28), date(2027, 1, 3)) == "December 28 to January 3"


def test_english_is_offered_first_by_the_names_of_countries() -> None:
    offered = formats.offered()
    assert offered[:2] == [("US", "United States"), ("GB", "United Kingdom")]
    assert [code for code, _ in offered] == list(COUNTRIES)
