"""Days, months, class years, amounts and hours as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.amounts import read_count, read_money
from core.exchange.days import Unreadable, day_order, read_class_year, read_day, read_month
from core.exchange.spreadsheet import show

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_an_unambiguous_day_is_read_as_it_is(day: date) -> None:
    for text in (
        day.isoformat(),
        show(day),
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day} 10:30:00",
    ):
        assert read_day(text, "unknown") == (day, None)
    assert read_day(f"{day:%m/%d/%Y}", "month")[0] == day
    assert read_day(f"{day:%d/%m/%Y}", "day")[0] == day


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    for read in (
        lambda: read_day(text, "unknown"),
        lambda: read_month(text, "mixed"),
        lambda: read_class_year(text),
        lambda: read_money(text, "USD"),
        lambda: read_count(text, "hours"),
    ):
        try:
            read()
        except Unreadable as fault:
            assert str(fault).endswith(".")  # noqa: PT017


def test_one_day_above_twelve_tells_for_all() -> None:
    assert day_order(["03/04/2027", "13/04/2027"]) == "day"
    assert day_order(["03/04/2027", "04/13/2027"]) == "month"
    assert day_order(["13/04/2027", "04/13/2027"]) == "mixed"
    assert day_order(["03/04/2027", "", "soon", "13.4.2027"]) == "unknown"
    assert read_day("03/04/2027", "day") == (
        date(2027, 4, 3), "“03/04/2027” was read as Sat 3 April 2027, day first like other days of this table.",
    )  # fmt: skip
    assert read_day("03/04/2027", "month") == (date(2027, 3, 4), None)
    found, note = read_day("03/04/2027", "unknown")
    assert found == date(2027, 3, 4)
    assert note is not None
    assert "month first" in note
    with pytest.raises(Unreadable, match="could be Sat 3 April 2027 or Thu 4 March 2027"):
        read_day("03/04/2027", "mixed")
    assert read_day("13/04/2027", "mixed")[0] == date(2027, 4, 13)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15. März 2028", date(2028, 3, 15)), ("15 de mayo de 2028", date(2028, 5, 15)),
        ("1er août 2027", date(2027, 8, 1)), ("15 września 2027", date(2027, 9, 15)),
        ("15-May-28", date(2028, 5, 15)), ("May 1st, 2028", date(2028, 5, 1)), ("46888", date(2028, 5, 15)),
    ],
)  # fmt: skip
def test_days_in_other_words(text: str, expected: date) -> None:
    assert read_day(text, "unknown")[0] == expected


@pytest.mark.parametrize("text", ["31/02/2027", "2027-13-01", "soon", "5/15/3028", "0000-01-01", "99999999"])
def test_days_that_are_none(text: str) -> None:
    with pytest.raises(Unreadable):
        read_day(text, "unknown")


@pytest.mark.parametrize(
    ("text", "expected", "noted"),
    [
        ("2028-05", date(2028, 5, 31), False), ("May 2028", date(2028, 5, 31), False),
        ("05/2028", date(2028, 5, 31), False), ("2028", date(2028, 5, 31), True),
        ("2028-05-15", date(2028, 5, 31), False), ("May-28", date(2028, 5, 31), False),
        ("Class of 2028", date(2028, 5, 31), True), ("Spring 2028", date(2028, 5, 31), True),
        ("Fall 2027", date(2027, 12, 31), True), ("Feb 2028", date(2028, 2, 29), False),
        ("grudzień 2027", date(2027, 12, 31), False), ("5/15/2028", date(2028, 5, 31), False),
    ],
)  # fmt: skip
def test_months_of_graduation(text: str, expected: date, noted: bool) -> None:
    found, note = read_month(text, "unknown")
    assert found == expected
    assert (note is not None) == noted


@pytest.mark.parametrize("text", ["9999", "1066", "13/2028", "soon", "20228"])
def test_months_that_are_none(text: str) -> None:
    with pytest.raises(Unreadable):
        read_month(text, "unknown")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1", 1), ("1st", 1), ("Freshman", 1), ("Sophomore", 2), ("2nd year", 2), ("JUNIOR", 3), ("Year 3", 3),
        ("Senior (4th)", 4), ("5", 5), ("2º", 2), ("2e année", 2), ("II rok", 2), ("3. Semester", 2), ("SO", 2),
    ],
)  # fmt: skip
def test_class_years(text: str, year: int) -> None:
    assert read_class_year(text)[0] == year


def test_class_years_that_are_none() -> None:
    assert read_class_year("2028")[:2] == (None, 2028)
    assert read_class_year("Graduate student")[0] is None
    for text in ("9", "0", "junior or senior", "x"):
        with pytest.raises(Unreadable, match="Write a number from 1 to 5"):
            read_class_year(text)


@pytest.mark.parametrize(
    ("text", "cents", "currency"),
    [
        ("$1,234.50", 123450, "USD"), ("1.234,50 €", 123450, "EUR"), ("USD 500", 50000, "USD"),
        ("1 234,50 zł", 123450, "PLN"), ("1'234.50 CHF", 123450, "CHF"), ("500", 50000, "USD"), ("0", 0, "USD"),
        ("1,234", 123400, "USD"), ("1.234 €", 123400, "EUR"), ("12,5", 1250, "USD"), ("1,234,567", 123456700, "USD"),
        ("360.5", 36050, "USD"), ("€500,-", 50000, "EUR"),
    ],
)  # fmt: skip
def test_amounts(text: str, cents: int, currency: str) -> None:
    assert read_money(text, "USD") == (cents, currency)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.234", "could mean 1234 or 1.234"), ("$1.234", "could mean"), ("1,234 €", "could mean"),
        ("-5", "under 0"), ("(500)", "under 0"), ("abc", "no amount"), ("1,23,4", "no amount"),
        ("360.5051", "two places"), ("€500 USD", "two currencies"), ("99999999999999", "too large"),
    ],
)  # fmt: skip
def test_amounts_that_are_refused(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_money(text, "USD")


@given(st.integers(0, 10**10))
def test_money_is_exact(cents: int) -> None:
    whole, part = divmod(cents, 100)
    assert read_money(f"${whole:,}.{part:02}", "USD") == (cents, "USD")
    assert read_money(f"{whole:,}".replace(",", ".") + f",{part:02} €", "USD") == (cents, "EUR")


def test_hours() -> None:
    assert [read_count(text, "hours") for text in ("10", "10.0", "10 h", "10 hours/week", "about 10", "400")] == [
        10, 10, 10, 10, 10, 400,
    ]  # fmt: skip
    for text in ("10-15", "-5", "12.5", "many"):
        with pytest.raises(Unreadable, match="no whole number of hours"):
            read_count(text, "hours")
