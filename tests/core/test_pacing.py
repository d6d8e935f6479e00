"""When to be in touch next, against days counted by hand and by its laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pacing import next_touch

LAST = date(2026, 10, 1)
EXAMS = (date(2026, 11, 28), date(2026, 12, 4))


@pytest.mark.parametrize(
    ("every", "exams", "leaves", "expected"),
    [
        (60, (), None, date(2026, 11, 30)),
        (60, (EXAMS,), None, date(2026, 12, 5)),
        (60, (EXAMS, (date(2026, 12, 5), date(2026, 12, 8))), None, date(2026, 12, 9)),
        (57, (EXAMS,), None, date(2026, 11, 27)),
        (60, (), date(2026, 11, 30), date(2026, 11, 30)),
        (60, (), date(2026, 11, 29), None),
        (60, (EXAMS,), date(2026, 12, 4), None),
        (0, (), None, None),
    ],
)
def test_days_counted_by_hand(
    every: int, exams: tuple[tuple[date, date], ...], leaves: date | None, expected: date | None
) -> None:
    assert next_touch(LAST, every, exams, leaves) == expected


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 20)).map(lambda s: (s[0], s[0] + timedelta(days=s[1]))), max_size=8)


@given(DAYS, st.integers(0, 400), SPANS, st.none() | DAYS)
def test_never_in_exams_never_after_graduation_never_too_early(
    last: date, every: int, exams: list[tuple[date, date]], leaves: date | None
) -> None:
    day = next_touch(last, every, exams, leaves)
    if day is not None:
        assert not any(first <= day <= end for first, end in exams)
        assert leaves is None or day <= leaves
        assert day >= last + timedelta(days=max(every, 1))
        assert next_touch(last, every, list(reversed(exams)), leaves) == day
