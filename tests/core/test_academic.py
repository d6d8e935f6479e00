"""Class years follow from days: they roll over on the school's day, once a year, by hand as from graduation."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.academic import class_year

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
ROLLOVER = st.tuples(st.integers(1, 12), st.integers(1, 28))


@given(DAYS, ROLLOVER, st.integers(1, 4))
def test_a_year_set_by_hand_is_one_more_after_each_roll_over(
    set_on: date, rollover: tuple[int, int], year: int
) -> None:
    month, on = rollover
    first = date(set_on.year, month, on)
    if first <= set_on:
        first = date(set_on.year + 1, month, on)
    for passed in range(3):
        day = date(first.year + passed, month, on)
        before = class_year(day - timedelta(days=1), None, year, set_on, rollover=rollover)
        assert (before, class_year(day, None, year, set_on, rollover=rollover)) == (year + passed, year + passed + 1)


@given(DAYS, DAYS, ROLLOVER)
def test_from_graduation_it_rises_by_one_on_the_roll_over_alone(
    day: date, graduation: date, rollover: tuple[int, int]
) -> None:
    today, tomorrow = (class_year(one, graduation, rollover=rollover) for one in (day, day + timedelta(days=1)))
    if today is None or tomorrow is None:
        assert graduation <= day or graduation < day + timedelta(days=1)
        return
    rolls = ((day + timedelta(days=1)).month, (day + timedelta(days=1)).day) == rollover
    # Years before the first are told as the first.
    assert tomorrow - today in ((0, 1) if rolls else (0,))
    if rolls and today > 1:
        assert tomorrow == today + 1


def test_may_2029_is_the_fourth_year_that_ends_then() -> None:
    may = date(2029, 5, 31)
    assert [class_year(date(year, 9, 1), may) for year in (2025, 2026, 2027, 2028)] == [1, 2, 3, 4]
    assert class_year(date(2026, 8, 14), may) == 1
    assert class_year(date(2026, 8, 15), may) == 2
    assert class_year(may, may) == 4
    assert class_year(may + timedelta(days=1), may) is None
