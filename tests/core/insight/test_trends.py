"""A promise against the period before: as long, as far into it, and silent where there is nothing to compare."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.insight.figure import Figure, Period
from core.insight.parts import month_end
from core.insight.summary import program_summary
from core.insight.summary_promises import against, period_before
from core.store import Store
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(start=DAYS, length=st.integers(0, 900), gone=st.floats(0, 1))
def test_the_period_before_ends_before_and_is_as_long(start: date, length: int, gone: float) -> None:
    end = start + timedelta(days=length)
    until = start + timedelta(days=int(length * gone))
    before = period_before(Period(start, until), end)
    assert before.start <= before.end < start
    if not (start.day == 1 and end == month_end(end)):
        assert before.end - before.start == until - start
        assert before.start == start - (end - start) - timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "until", "end", "before"),
    [
        ((2026, 1, 1), (2026, 12, 31), (2026, 12, 31), ((2025, 1, 1), (2025, 12, 31))),
        ((2026, 1, 1), (2026, 11, 23), (2026, 12, 31), ((2025, 1, 1), (2025, 11, 23))),
        ((2025, 1, 1), (2025, 12, 31), (2025, 12, 31), ((2024, 1, 1), (2024, 12, 31))),
        ((2026, 3, 1), (2026, 3, 31), (2026, 3, 31), ((2026, 2, 1), (2026, 2, 28))),
        ((2026, 3, 10), (2026, 3, 19), (2026, 3, 19), ((2026, 2, 28), (2026, 3, 9))),
    ],
)
def test_a_year_is_held_against_a_year_and_half_of_it_against_half(
    start: tuple[int, int, int],
    until: tuple[int, int, int],
    end: tuple[int, int, int],
    before: tuple[tuple[int, int, int], tuple[int, int, int]],
) -> None:
    found = period_before(Period(date(*start), date(*until)), date(*end))
    assert (found.start, found.end) == (date(*before[0]), date(*before[1]))


def share(part: int, base: int, *, hidden: bool = False) -> Figure:
    value = Fraction(part, base) if base and not hidden else None
    return Figure("x", "x", "x", "share", part, base, value, hidden=hidden)


def test_it_says_the_way_and_what_was_counted() -> None:
    assert against(share(9, 12), share(7, 14)) == "up from 50 % (7 of 14)"
    assert against(share(3, 6), share(6, 8)) == "down from 75 % (6 of 8)"
    assert against(share(5, 10), share(5, 10)) == "as much as 50 % (5 of 10)"


@given(now=st.integers(1, 30), then=st.integers(1, 30), data=st.data())
def test_a_share_of_under_five_says_nothing_of_a_way(now: int, then: int, data: st.DataObject) -> None:
    parts = data.draw(st.integers(0, now)), data.draw(st.integers(0, then))
    said = against(share(parts[0], now), share(parts[1], then))
    assert f"{parts[1]} of {then}" in said
    assert ("too few to compare" in said) == (min(now, then) < 5)
    assert ("%" in said) == (min(now, then) >= 5)


def test_nothing_is_said_where_there_is_nothing_to_compare_or_a_small_group_would_show() -> None:
    for now, then in ((share(0, 0), share(1, 2)), (share(1, 2), share(0, 0)), (share(1, 2), share(1, 3, hidden=True)),
                      (share(1, 3, hidden=True), share(1, 2))):  # fmt: skip
        assert against(now, then) == ""


def test_a_year_is_held_against_the_year_before_it_on_the_summary(store: Store, build: Build) -> None:
    project = build.project()
    for year, done in (("2025", 3), ("2026", 5)):
        for at in range(5):
            state = "accepted" if at < done else "ended_early"
            build.work(
                project, build.person(f"Ana A{year}{at}"), status=state, started_on=day(f"{year}-02-20"),
                **{"accepted_on" if at < done else "ended_on": day(f"{year}-03-01")},
            )  # fmt: skip
    view = program_summary(store, day("01-01"), day("12-31"), today=TODAY)
    trends = {one.key: one.trend for one in view.promises}
    assert trends["accessible"] == "up from 60 % (3 of 5)"
    assert trends["pipeline"] == "as much as 1"
    assert trends["engaged"] == ""
    assert view.compared == "Up and down are against 1 Jan to 22 Nov 2025."
    earlier = program_summary(store, day("2025-01-01"), day("2025-12-31"), today=TODAY)
    assert earlier.compared == "There is nothing to compare with from 1 Jan to 31 Dec 2024."
