"""Counts and days as each country shows them are read as they were meant, and never silently as another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import formats, text
from core.exchange.amounts import read_count
from core.exchange.days import Unreadable, read_day

every_country = pytest.mark.parametrize("country", ["", *formats.COUNTRIES])


@pytest.fixture(autouse=True)
def own() -> Iterator[None]:
    yield
    formats.use("")


@every_country
@given(count=st.integers(0, 999_999))
def test_a_count_is_read_as_it_is_shown(country: str, count: int) -> None:
    formats.use(country)
    shown = text.in_digits(count)
    assert read_count(shown, "hours") == read_count(f"{shown} hours", "hours") == count
    assert text.ungrouped(shown) == str(count)


@every_country
def test_a_part_of_a_number_is_no_whole_number(country: str) -> None:
    formats.use(country)
    for words in ("1,5", "1.5", "2,50", "12.25", "1 5", "1.5000"):
        assert not text.ungrouped(words).isdigit()
        with pytest.raises(Unreadable):
            read_count(words, "hours")


@pytest.mark.parametrize(("words", "count"), [("1,000 hours", 1000), ("1.000", 1000), ("10.0", 10), ("10,00", 10)])
def test_thousands_are_told_from_a_part_that_is_nothing(words: str, count: int) -> None:
    assert read_count(words, "hours") == count


@every_country
@given(day=st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_it_is_shown(country: str, day: date) -> None:
    formats.use(country)
    for show in (text.day, text.short_day, text.full_day, text.letter_day):
        assert read_day(show(day), "unknown") == (day, None)


@every_country
def test_a_day_in_numbers_follows_the_country_and_says_so(country: str) -> None:
    formats.use(country)
    found, note = read_day("3/4/2027", "unknown")
    assert found == (date(2027, 3, 4) if formats.now().month_first else date(2027, 4, 3))
    assert note is not None
    assert ("month first" in note) == formats.now().month_first
