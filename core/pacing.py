"""When to be in touch with someone next: a rule over days alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date]
"""First and last day."""


def next_touch(
    last: date, every_days: int, exams: Iterable[Span] = (), graduates_on: date | None = None
) -> date | None:
    """The day `every_days` after the last contact, past any exams that it would fall into.

    None once it would lie after the graduation, or where there is no regular contact (0 days). A day that exams push
    past the graduation is dropped as well: who sits exams and then leaves is written to before, or not at all.
    """
    if every_days < 1:
        return None
    day = last + timedelta(days=every_days)
    for first, end in sorted(exams):
        if first <= day <= end:
            day = end + timedelta(days=1)
    return None if graduates_on is not None and day > graduates_on else day
