"""What a country writes is read in a table as it was meant there; a sum is never silently read as another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import formats, money
from core.exchange.amounts import read_money
from core.exchange.days import Unreadable

CODES = st.sampled_from(["USD", "EUR", "GBP", "CAD", "CHF", "PLN", "SEK", "INR"])


@pytest.fixture(autouse=True)
def own() -> Iterator[None]:
    yield
    formats.use("")


@pytest.mark.parametrize("country", ["", *formats.COUNTRIES])
@given(cents=st.integers(0, 10**10), code=CODES)
def test_a_sum_is_read_as_its_country_shows_it(country: str, cents: int, code: str) -> None:
    formats.use(country)
    assert read_money(money.show(cents, code), code) == (cents, code)
    assert read_money(money.plain(cents), code) == (cents, code)


@given(
    cents=st.integers(0, 10**9), code=CODES, here=st.sampled_from(formats.COUNTRIES), home=st.sampled_from(["US", "DE"])
)
def test_a_sum_from_elsewhere_is_read_rightly_or_refused(cents: int, code: str, here: str, home: str) -> None:
    formats.use(here)
    shown = money.show(cents, code)
    formats.use(home)
    try:
        read = read_money(shown, code)
    except Unreadable:
        return
    assert read[0] == cents
