"""When to be in touch with someone next: a rule over days alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Be in touch every so many days (0: not regularly), until graduation, not in the exams of their school."""

    every_days: int = 60
    until_graduation: bool = True
    not_in_exams: bool = True
    message_key: str = ""


USUAL: Mapping[str, Plan] = {
    "near_miss_intern": Plan(every_days=60, message_key="message-checking-in"),
    "past_micro_intern": Plan(every_days=60, message_key="message-checking-in"),
    "fair": Plan(every_days=45, message_key="message-after-a-fair"),
    "referred": Plan(every_days=60, message_key="message-checking-in"),
    "applied": Plan(every_days=90, message_key="message-checking-in"),
    "declined_us": Plan(every_days=120, message_key="message-checking-in"),
    "other": Plan(every_days=90, message_key="message-checking-in"),
}
"""By the reason for which someone is kept. Common practice, to be changed by the person."""


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
